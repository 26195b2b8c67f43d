import type { Period } from '../../traffic/profile/profile.js';

/** The time that a set of periods covers, each second once. */
export interface Coverage {
  readonly seconds: number;
  readonly start: number;
  readonly end: number;
}

/** The union of periods: a second that two of them cover counts once. Null for no period. */
export function unionOf(periods: readonly Period[]): Coverage | null {
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
export function isSeries(periods: readonly Period[]): boolean {
  const sorted = periods.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every((period, index) => {
    const next = sorted[index + 1];
    if (next === undefined) return true;
    return next.start >= period.end || (next.start === period.start && next.end === period.end);
  });
}
