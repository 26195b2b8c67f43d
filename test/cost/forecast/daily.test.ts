import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastDays } from '../../../src/cost/forecast/daily.js';
import type { DailySum } from '../../../src/cost/forecast/line.js';

/** 2026-10-31, a Saturday, as days since 1970-01-01. */
const end = 20_757;

/** Days up to the end of October 2026. */
function daysOf(count: number, sumOf: (at: number, day: number) => number): readonly DailySum[] {
  return Array.from({ length: count }, (_, at) => {
    const day = end - count + 1 + at;
    return { day, sum: sumOf(at, day) };
  });
}

/** Small deviations that are the same in every run. */
function wobble(at: number): number {
  return 20 * Math.sin(at * 12.9898) + 15 * Math.cos(at * 4.1414);
}

function isWeekend(day: number): boolean {
  // Day 0 was a Thursday.
  return [2, 3].includes(day % 7);
}

function forecastOf(days: readonly DailySum[]) {
  const forecast = forecastDays(days);
  if (forecast === null) throw new Error('there are days enough for a forecast');
  return forecast;
}

describe('a forecast of daily sums', () => {
  it('needs 14 days, and something that flowed', () => {
    expect(forecastDays(daysOf(13, () => 100))).toBeNull();
    expect(forecastDays(daysOf(30, () => 0))).toBeNull();
    expect(forecastDays(daysOf(30, () => Number.MIN_VALUE))).toBeNull();
  });

  it('stays at a level that stays, and never says so for certain', () => {
    const { low, middle, high } = forecastOf(daysOf(61, () => 1000)).meanDay(end + 1, 30);
    expect(middle).toBeCloseTo(1000, 0);
    expect(low).toBeLessThan(1000);
    expect(high).toBeGreaterThan(1000);
  });

  // 1,000 on the last day and 2 a day more: day 61 to 92 after it (December) has the mean 1,000 + 2 × (31 + 15.5 + 0.5).
  it('follows a line', () => {
    const forecast = forecastOf(daysOf(92, (at) => 1000 + 2 * (at - 91) + wobble(at) / 10));
    expect(forecast.meanDay(end + 31, 31).middle).toBeCloseTo(1000 + 2 * 46, -1);
    expect(forecast.growth).toBeCloseTo((2 * 30) / (1000 - 91), 2);
  });

  it('keeps weekends: a week from a Monday has the same mean day as any, and a Sunday alone its own', () => {
    const forecast = forecastOf(
      daysOf(42, (at, day) => (isWeekend(day) ? 500 : 1000) + wobble(at)),
    );
    // 5 days of 1,000 and 2 of 500: 6,000 / 7 = 857.
    expect(forecast.meanDay(end + 2, 7).middle / (6000 / 7)).toBeCloseTo(1, 1);
    expect(forecast.meanDay(end + 1, 1).middle / 500).toBeCloseTo(1, 0);
  });

  it('takes a day without a record as unknown, not as zero', () => {
    const all = daysOf(60, (at) => 1000 + wobble(at));
    const some = all.filter((_, at) => at % 5 !== 0);
    expect(forecastOf(some).meanDay(end + 1, 30).middle / 1000).toBeCloseTo(1, 1);
  });

  it('has an answer where a day of the week was never seen', () => {
    const { low, middle, high } = forecastOf(
      daysOf(40, (at) => 1000 + wobble(at)).filter(({ day }) => !isWeekend(day)),
    ).meanDay(end + 1, 30);
    expect(middle / 1000).toBeCloseTo(1, 0);
    expect(low).toBeLessThan(middle);
    expect(high).toBeGreaterThan(middle);
  });

  it('sets one-off days aside, with what was usual', () => {
    const plain = daysOf(61, (at, day) => (isWeekend(day) ? 600 : 1000) + wobble(at));
    const spiked = plain.map((one, at) => (at === 60 ? { ...one, sum: one.sum * 4 } : one));
    const forecast = forecastOf(spiked);
    expect(forecast.oneOffs.map(({ day }) => day)).toEqual([end]);
    expect(forecast.oneOffs[0]?.usual).toBeCloseTo(600, -2);
    const moved =
      forecast.meanDay(end + 62, 31).middle / forecastOf(plain).meanDay(end + 62, 31).middle;
    expect(Math.abs(moved - 1)).toBeLessThan(0.1);
  });

  it('takes days that are often far off as what the traffic is', () => {
    const forecast = forecastOf(daysOf(60, (at) => (at % 4 === 0 ? 5000 : 1000) + wobble(at)));
    expect(forecast.oneOffs).toEqual([]);
  });

  it('sees a new level, and goes on from there', () => {
    const forecast = forecastOf(daysOf(60, (at) => (at < 30 ? 1000 : 1500) + wobble(at)));
    expect(forecast.step).toBe(end - 29);
    expect(forecast.meanDay(end + 62, 31).middle / 1500).toBeCloseTo(1, 0);
  });

  it('sees no new level in traffic that stays or grows', () => {
    expect(forecastOf(daysOf(60, (at) => 1000 + wobble(at))).step).toBeNull();
    expect(forecastOf(daysOf(60, (at) => 1000 + 5 * at + wobble(at))).step).toBeNull();
  });

  it('is never below zero, and its ends are in order, whatever the days hold', () => {
    const sums = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e15, noNaN: true })), {
      minLength: 14,
      maxLength: 40,
    });
    fc.assert(
      fc.property(sums, fc.integer({ min: 1, max: 700 }), (values, ahead) => {
        const days = daysOf(values.length, (at) => values[at] ?? 0);
        const forecast = forecastDays(days);
        if (forecast === null) return values.every((value) => value < 1e-100);
        const { low, middle, high } = forecast.meanDay(end + ahead, 30);
        return 0 <= low && low <= middle && middle <= high && Number.isFinite(high);
      }),
      { numRuns: 60 },
    );
  });

  it('scales with the currency: all sums times 1,000 give all results times 1,000', () => {
    const days = daysOf(30, (at) => 1 + wobble(at) / 1000);
    const small = forecastOf(days).meanDay(end + 1, 30);
    const large = forecastOf(days.map(({ day, sum }) => ({ day, sum: sum * 1000 }))).meanDay(
      end + 1,
      30,
    );
    expect(large.high / small.high).toBeCloseTo(1000, 3);
    expect(large.low / small.low).toBeCloseTo(1000, 3);
  });
});
