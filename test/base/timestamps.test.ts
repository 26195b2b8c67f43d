import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTimestamp, parseTimestamp } from '../../src/base/timestamps.js';

describe('parseTimestamp', () => {
  // Day 20,727 of the epoch is 2026-10-01: 56 years of 365 days are 20,440, their leap days (1972 to
  // 2024) are 14, and 273 days come before October: 20,727 × 86,400 = 1,790,812,800.
  it.each([
    ['2026-10-01', 1_790_812_800],
    ['2026-10-01T00:00:00Z', 1_790_812_800],
    ['2026-10-01t00:00:00z', 1_790_812_800],
    ['2026-10-01T00:00', 1_790_812_800],
    ['2026-10-01 00:00:00', 1_790_812_800],
    ['2026-10-01 00:00:00.250', 1_790_812_800.25],
    ['2026-10-01T02:00:00+02:00', 1_790_812_800],
    ['2026-09-30T19:30:00-0430', 1_790_812_800],
    ['2026-10-01T02:00:00+02', 1_790_812_800],
    ['2026-10-01T00:00:00.123456789Z', 1_790_812_800.123],
    ['1790812800', 1_790_812_800],
    ['1790812800250', 1_790_812_800.25],
    ['0', 0],
    ['2028-02-29', 1_835_395_200],
  ])('reads %s', (text, seconds) => {
    expect(parseTimestamp(text)).toBe(seconds);
  });

  it.each([
    '',
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-10-00',
    '26-10-01',
    '2026-1-1',
    '01/10/2026',
    '20261001',
    '2026-10-01T24:00:00Z',
    '2026-10-01T10:60:00Z',
    '2026-10-01T10:00:60Z',
    '2026-10-01T10',
    '2026-10-01Z',
    '2026-10-01T00:00:00+25:00',
    '-1',
    '1.5',
    '1e9',
    '123456789012345',
    '2026-10-01T00:00:00Z extra',
  ])('takes %j for no time', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it('reads back what formatTimestamp wrote, to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (milliseconds) => {
        expect(parseTimestamp(formatTimestamp(milliseconds / 1000))).toBe(milliseconds / 1000);
      }),
    );
  });
});

describe('formatTimestamp', () => {
  it('writes milliseconds only where there are some', () => {
    expect(formatTimestamp(1_790_812_800)).toBe('2026-10-01T00:00:00Z');
    expect(formatTimestamp(1_790_812_800.25)).toBe('2026-10-01T00:00:00.250Z');
  });
});
