import type { NetworkPath, Period, TrafficProfile } from '../traffic/profile.js';

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
  add(key: DailyKey, profile: TrafficProfile): void;
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

/** Empty sums. */
export function dailySums(): DailySums {
  const byKey = new Map<DailyKey, Map<number, bigint>>();
  const byText = new Map<string, DailyBytes & { readonly bytes: Map<number, bigint> }>();
  let whole = true;
  const daysOf = (key: DailyKey): Map<number, bigint> => {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const { service, serviceRegion, path } = key;
    const text = [service, serviceRegion, path].join('\n');
    const days = byText.get(text) ?? { service, serviceRegion, path, bytes: new Map() };
    byText.set(text, days);
    byKey.set(key, days.bytes);
    return days.bytes;
  };
  return {
    add(key, { period, out, in: into }) {
      const day = period === null ? null : dayOf(period);
      if (day === null || typeof out !== 'bigint' || typeof into !== 'bigint') {
        whole = false;
        return;
      }
      const days = daysOf(key);
      days.set(day, (days.get(day) ?? 0n) + out + into);
    },
    series: () => [...byText.values()],
    whole: () => whole,
  };
}
