import { describe, expect, it } from 'vitest';
import { type DailyBytes, dayOf } from '../../../src/cost/demand/days.js';
import { dailyTally, tallyOf } from '../../../src/cost/demand/tally.js';
import { daysIn, firstDay } from '../../../src/cost/outlook/months.js';
import { studentQuantile, trendOf } from '../../../src/cost/outlook/trend.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { traffic } from '../traffic.js';

const first = firstDay({ year: 2026, month: 10 });

/** Bytes of so many days from 1 October 2026 on. */
function daily(days: number, bytesOf: (index: number) => number, service = 's3'): DailyBytes {
  const bytes = new Map(
    Array.from({ length: days }, (_, index) => [first + index, BigInt(Math.round(bytesOf(index)))]),
  );
  return { service, serviceRegion: null, path: 'nat-gateway', bytes };
}

describe('the trend of daily sums', () => {
  it('knows the calendar', () => {
    expect(first).toBe(Date.UTC(2026, 9, 1) / 86_400_000);
    expect(firstDay({ year: 2028, month: 3 })).toBe(Date.UTC(2028, 2, 1) / 86_400_000);
    expect([2, 12].map((month) => daysIn({ year: 2028, month }))).toEqual([29, 31]);
    expect(dayOf({ start: first * 86_400, end: (first + 1) * 86_400 })).toBe(first);
    expect(dayOf({ start: first * 86_400, end: (first + 1) * 86_400 + 1 })).toBeNull();
  });

  it.each([
    [6, 1.43976],
    [20, 1.32534],
    [357, 1.28391],
  ])('takes the 90 %% quantile of Student t with %i degrees of freedom', (df, quantile) => {
    expect(studentQuantile(0.9, df)).toBeCloseTo(quantile, 4);
  });

  it('is not drawn from thirteen days', () => {
    expect(trendOf([daily(13, () => 1000)])).toBeNull();
    expect(trendOf([daily(14, () => 1000)])).not.toBeNull();
  });

  // A line of 1,000,000 + 10,000 a day: the mean of 28 days is at day 13.5, 1,135,000; the middle of December is
  // day 76, 1,760,000.
  it('continues a line without an interval, whatever the day of the week adds', () => {
    const week = [0, 0, 0, 0, 0, -400_000, -500_000];
    const trend = trendOf([
      daily(28, (index) => 1_000_000 + 10_000 * index),
      daily(28, (index) => 2_000_000 + (week[index % 7] ?? 0), 'logs'),
    ]);
    const december = { year: 2026, month: 12 };
    expect(trend?.factorOf('s3', december)).toBe((1_760_000 / 1_135_000).toFixed(6));
    expect(trend?.factorOf('logs', december)).toBe('1.000000');
    const band = trend?.bandOf(december);
    expect(band?.low).toBeCloseTo(1, 9);
    expect(band?.high).toBeCloseTo(1, 9);
  });

  it('widens the further it looks, around what it expects', () => {
    const noise = [3, -2, 5, -4, 1, -3, 2, 4, -5, 0, 3, -1, 2, -4, 1, 0, -2, 3, -3, 2, 4];
    const trend = trendOf([daily(21, (index) => 1_000_000 + 30_000 * (noise[index] ?? 0))]);
    const widths = [11, 12].map((month) => {
      const band = trend?.bandOf({ year: 2026, month }) ?? { low: 1, high: 1 };
      expect(band.low).toBeLessThan(1);
      expect(band.high - 1).toBeCloseTo(1 - band.low, 9);
      return band.high - band.low;
    });
    expect(widths[1]).toBeGreaterThan(widths[0] ?? 0);
  });

  it('stands only on daily rows', () => {
    const start = first * 86_400;
    const day = traffic({
      sent: { bytes: 1n },
      received: { bytes: 1n },
      period: { start, end: start + 86_400 },
    });
    const days = (rows: readonly TrafficProfile[]) => {
      const tally = dailyTally();
      for (const row of rows) tally.add(row);
      return tally.regions.get('us-east-1')?.days;
    };
    expect(days([day])?.whole()).toBe(true);
    expect(days([day])?.series()[0]?.bytes).toEqual(new Map([[first, 2n]]));
    expect(days([{ ...day, period: { start, end: start + 90_000 } }])?.whole()).toBe(false);
    expect(days([{ ...day, sent: { gb: '1' } }])?.whole()).toBe(false);
    // A comparison has no use for days, so its tally does not add them up.
    expect(tallyOf([day]).regions.get('us-east-1')?.days).toBeNull();
  });
});
