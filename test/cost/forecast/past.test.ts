import { describe, expect, it } from 'vitest';
import { pastAccuracy } from '../../../src/cost/forecast/past.js';

const days = (count: number, sumOf: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => ({ day: 20_000 + at, sum: sumOf(at) }));

describe('how the method would have done', () => {
  // 60 days: a forecast from 28 to 32 days on, each held against the 28 days after it.
  it('is told from 60 days on', () => {
    expect(pastAccuracy(days(59, () => 100))).toBeNull();
    expect(pastAccuracy(days(60, () => 100))).toMatchObject({ forecasts: 5, inside: 5 });
  });

  it('looks back at twelve days at most', () => {
    expect(pastAccuracy(days(100, () => 100))?.forecasts).toBe(12);
    expect(pastAccuracy(days(400, () => 100))?.forecasts).toBe(12);
  });

  // Days 28 to 55 have the mean 1,000 + 10 × 41.5; the 28 before them 1,000 + 10 × 13.5: 280 of 1,415 less, and less later on.
  it('holds the line against the last 28 days', () => {
    const past = pastAccuracy(days(60, (at) => 1000 + 10 * at));
    expect(past?.error).toBeLessThan(0.06);
    expect(past?.naiveError).toBeGreaterThan(280 / 1455);
    expect(past?.naiveError).toBeLessThan(280 / 1415);
  });

  it('sees nothing of the days that it is held against', () => {
    const past = pastAccuracy(days(56 + 4, (at) => (at < 32 ? 100 : 10_000)));
    expect([past?.inside, (past?.error ?? 0) > 0.5]).toEqual([0, true]);
  });

  it('is not told of days on which nothing flowed', () => {
    expect(pastAccuracy(days(90, () => 0))).toBeNull();
  });
});
