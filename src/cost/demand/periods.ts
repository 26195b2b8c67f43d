import type { Period } from '../../traffic/profile/profile.js';

/** The time that a set of periods covers, each second once. */
export interface Coverage {
  readonly seconds: number;
  readonly start: number;
  readonly end: number;
}

/** The union of periods: a second that two of them cover counts once. Null for no period. */
function unionOf(periods: readonly Period[]): Coverage | null {
  const sorted = periods.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const [first] = sorted;
  if (first === undefined) return null;
  let seconds = 0;
  let { start, end } = first;
  for (const period of sorted) {
    if (period.start > end) {
      seconds += end - start;
      start = period.start;
    }
    end = Math.max(end, period.end);
  }
  return { seconds: seconds + end - start, start: first.start, end };
}

/**
 * Whether periods form one series, as a sum by day or by hour does: any two are the same or do not overlap.
 * In a series, a service without a row for a period had no traffic in it. Where periods overlap otherwise, the rows
 * were measured apart, and each profile is scaled by its own time.
 */
function isSeries(periods: readonly Period[]): boolean {
  const sorted = periods.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every((period, index) => {
    const next = sorted[index + 1];
    if (next === undefined) return true;
    return next.start >= period.end || (next.start === period.start && next.end === period.end);
  });
}

/** The distinct periods of a VPC's rows, each under a small number, so that a service's can be held as bits. */
export interface PeriodIndex {
  /** The number of a period; the same start and end have the same number. */
  idOf(period: Period): number;
  /** The distinct periods by their number. */
  readonly periods: readonly Period[];
}

/** An empty index. */
export function periodIndex(): PeriodIndex {
  const periods: Period[] = [];
  const byObject = new Map<Period, number>();
  const byText = new Map<string, number>();
  return {
    periods,
    idOf(period) {
      const known = byObject.get(period);
      if (known !== undefined) return known;
      const text = `${period.start}/${period.end}`;
      const same = byText.get(text);
      if (same !== undefined) return same;
      const id = periods.push(period) - 1;
      byText.set(text, id);
      // Readers share one object among rows of one period; only the first is kept, or memory would grow with rows.
      byObject.set(period, id);
      return id;
    },
  };
}

/** Which of a VPC's periods a service has rows in: a bit each. A year of days takes 46 bytes. */
export class PeriodSet {
  #bits = new Uint8Array(8);

  add(id: number): void {
    const at = id >> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (id & 7));
  }

  has(id: number): boolean {
    return ((this.#bits[id >> 3] ?? 0) & (1 << (id & 7))) !== 0;
  }
}

/** The time that the periods of some sets cover together; null for none. */
export function coverageOf(index: PeriodIndex, sets: readonly PeriodSet[]): Coverage | null {
  return unionOf(index.periods.filter((_, id) => sets.some((set) => set.has(id))));
}

/** Whether the sets hold every period of the index. */
export function holdsAll(index: PeriodIndex, sets: readonly PeriodSet[]): boolean {
  return index.periods.every((_, id) => sets.some((set) => set.has(id)));
}

/** What all periods of an index cover, and whether they form one series. */
export function wholeCoverage({ periods }: PeriodIndex): {
  readonly coverage: Coverage | null;
  readonly series: boolean;
} {
  return { coverage: unionOf(periods), series: isSeries(periods) };
}
