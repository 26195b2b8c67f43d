import { describe, expect, it } from 'vitest';
import {
  amount,
  differsByMoreThan,
  lessPercent,
  percentChange,
  quotient,
  quotientDown,
  toDecimalString,
  trimZeros,
} from '../../src/base/decimal.js';

describe('decimals', () => {
  it('are exact, and never written with an exponent', () => {
    // 2^63-1 bytes × 1/2^30 ends at the thirtieth decimal.
    const gb = amount(2n ** 63n - 1n).div(2 ** 30);
    expect(toDecimalString(gb)).toBe('8589934591.999999999068677425384521484375');
    expect(toDecimalString(amount('1e-40'))).toBe(`0.${'1'.padStart(40, '0')}`);
    expect(toDecimalString(amount('-0'))).toBe('0');
  });

  it('are rounded by what the name of the division says', () => {
    expect(quotient(amount(2), amount(3)).toFixed()).toBe('0.666666666667');
    expect(quotientDown(amount(2), amount(3)).toFixed()).toBe('0.666666666666');
    expect(quotient(amount(1), amount(8), 2).toFixed()).toBe('0.13');
  });

  it.each([
    ['0.0450000000', '0.045'],
    ['100', '100'],
    ['0.000', '0'],
  ])('trims %s to %s', (padded, short) => {
    expect(trimZeros(padded)).toBe(short);
  });

  it('show a tenfold change', () => {
    expect(differsByMoreThan(10, '0.1', '1')).toBe(false);
    expect(differsByMoreThan(10, '1.01', '0.1')).toBe(true);
    expect(differsByMoreThan(10, '0', '0.1')).toBe(true);
  });

  it('take a percentage off, and compare in percent', () => {
    // 0.045 × 0.88 = 0.0396
    expect(lessPercent('0.045', '12')).toBe('0.0396');
    // (0.05 − 0.045) / 0.045 = 11.11… %
    expect(percentChange('0.045', '0.05')).toBe('11.11');
    expect(percentChange('0', '0.05')).toBeNull();
  });
});
