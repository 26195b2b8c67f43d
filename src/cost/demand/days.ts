import type { Period, TrafficProfile } from '../../traffic/profile/profile.js';
import type { NetworkPath } from '../paths/index.js';

/** Bytes by day of one service of a Region on one current path, over all its VPCs. */
export interface DailyBytes {
  readonly service: string;
  readonly serviceRegion: string | null;
  readonly path: NetworkPath | null;
  /** Both directions together, by day: days since 1970-01-01 in UTC. */
  readonly bytes: ReadonlyMap<number, bigint>;
}

/** What the days of a Region are added up by. */
type DailyKey = Pick<DailyBytes, 'service' | 'serviceRegion' | 'path'>;

/** A Region's traffic by day, as far as its rows lie within one day each and count bytes. */
export interface DailySums {
  /** Adds a row; null: one that only says that its day was logged. */
  add(key: DailyKey | null, profile: TrafficProfile): void;
  /** The sums of the days that the rows reach from midnight to midnight, those without traffic too. */
  readonly series: () => readonly DailyBytes[];
  /** False where a row spans several days or counts GB: then no day's sum is whole. */
  readonly whole: () => boolean;
}

const secondsOfDay = 86_400;

/** The day that a period lies in; null where it spans several. */
export function dayOf({ start, end }: Period): number | null {
  const day = Math.floor(start / secondsOfDay);
  return end <= (day + 1) * secondsOfDay ? day : null;
}

/** The first and the last second that rows of a day reach. */
interface Reach {
  start: number;
  end: number;
}

/** Empty sums. */
export function dailySums(): DailySums {
  const byKey = new Map<DailyKey, Map<number, bigint>>();
  const byText = new Map<string, DailyBytes & { readonly bytes: Map<number, bigint> }>();
  const reaches = new Map<number, Reach>();
  let whole = true;
  let last: Period | null = null;
  let lastDay: number | null = null;
  const dayFor = (period: Period): number | null => {
    // Rows of one period come one after another, and share their object.
    if (period === last) return lastDay;
    last = period;
    lastDay = dayOf(period);
    if (lastDay !== null) widen(reaches, lastDay, period);
    return lastDay;
  };
  return {
    add(key, { period, sent, received }) {
      const day = period === null ? null : dayFor(period);
      if (day === null || !('bytes' in sent && 'bytes' in received)) {
        whole = false;
        return;
      }
      if (key === null) return;
      const days = byKey.get(key) ?? daysFor(key, byKey, byText);
      days.set(day, (days.get(day) ?? 0n) + sent.bytes + received.bytes);
    },
    series: () => {
      const days = [...reaches].flatMap(([day, reach]) => (isWhole(day, reach) ? [day] : []));
      return [...byText.values()].map((series) => ({
        ...series,
        bytes: new Map(days.map((day) => [day, series.bytes.get(day) ?? 0n])),
      }));
    },
    whole: () => whole,
  };
}

function daysFor(
  key: DailyKey,
  byKey: Map<DailyKey, Map<number, bigint>>,
  byText: Map<string, DailyBytes & { readonly bytes: Map<number, bigint> }>,
): Map<number, bigint> {
  const { service, serviceRegion, path } = key;
  const text = [service, serviceRegion, path].join('\n');
  const days = byText.get(text) ?? { service, serviceRegion, path, bytes: new Map() };
  byText.set(text, days);
  byKey.set(key, days.bytes);
  return days.bytes;
}

function widen(reaches: Map<number, Reach>, day: number, { start, end }: Period): void {
  const reach = reaches.get(day);
  if (reach === undefined) reaches.set(day, { start, end });
  else {
    reach.start = Math.min(reach.start, start);
    reach.end = Math.max(reach.end, end);
  }
}

/** A day that the rows begin or end within would pull a forecast down. */
function isWhole(day: number, reach: Reach): boolean {
  return reach.start === day * secondsOfDay && reach.end === (day + 1) * secondsOfDay;
}
