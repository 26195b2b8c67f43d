import { describe, expect, it } from 'vitest';
import { mixtureQuantile, studentBelow } from '../../../src/cost/forecast/student.js';

describe("Student's t", () => {
  // The quantiles of the printed tables (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2).
  it.each([
    [1, 3.078, 0.9],
    [2, 1.886, 0.9],
    [5, 1.476, 0.9],
    [10, 1.372, 0.9],
    [30, 1.31, 0.9],
    [4, 2.132, 0.95],
    [7, 2.998, 0.99],
    [100, 2.364, 0.99],
  ])('stays with %i degrees of freedom below %f with the probability %f', (df, t, probability) => {
    expect(studentBelow(t, df)).toBeCloseTo(probability, 3);
    expect(studentBelow(-t, df)).toBeCloseTo(1 - probability, 3);
  });

  it('has half of its weight below zero', () => {
    expect(studentBelow(0, 7)).toBe(0.5);
  });

  it('has the quantile of one distribution in a mixture of that one, moved and stretched', () => {
    const one = { weight: 1, center: 100, scale: 10, df: 5 };
    expect(mixtureQuantile([one], 0.9)).toBeCloseTo(114.76, 1);
    expect(mixtureQuantile([one], 0.5)).toBeCloseTo(100, 2);
  });

  it('takes a mixture by weight: half at 0, half at 100, have 90 % below what 80 % of the upper half are below', () => {
    const narrow = { weight: 0.5, scale: 0.001, df: 30 };
    const parts = [
      { ...narrow, center: 0 },
      { ...narrow, center: 100 },
    ];
    expect(mixtureQuantile(parts, 0.9)).toBeCloseTo(100, 1);
    expect(mixtureQuantile(parts, 0.1)).toBeCloseTo(0, 1);
  });
});
