import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/cost/demand/days.js';
import { dailyTally, tallyOf } from '../../../src/cost/demand/tally.js';
import { daysIn, dayText, firstDay } from '../../../src/cost/outlook/months.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { traffic } from '../traffic.js';

const first = firstDay({ year: 2026, month: 10 });

describe('days', () => {
  it('are those of the calendar', () => {
    expect(first).toBe(Date.UTC(2026, 9, 1) / 86_400_000);
    expect(firstDay({ year: 2028, month: 3 })).toBe(Date.UTC(2028, 2, 1) / 86_400_000);
    expect([2, 12].map((month) => daysIn({ year: 2028, month }))).toEqual([29, 31]);
    expect(dayOf({ start: first * 86_400, end: (first + 1) * 86_400 })).toBe(first);
    expect(dayOf({ start: first * 86_400, end: (first + 1) * 86_400 + 1 })).toBeNull();
  });

  it.each([0, 59, 11_016, 20_757, 21_243, 47_540])('are written as their date: %i', (day) => {
    expect(dayText(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
  });

  it('are known of daily rows of bytes only', () => {
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
