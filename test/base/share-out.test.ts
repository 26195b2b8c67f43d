import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, sum, toDecimalString } from '../../src/base/decimal.js';
import { shareOut, shareOutCount } from '../../src/base/share-out.js';

describe('sharing out', () => {
  // By hand: 10/7 = 1.4…, 30/7 = 4.2…: rounded down 1 + 4 + 4 = 9, and the first of the largest takes the 1 left.
  it.each([
    [10n, [1n, 3n, 3n], [1n, 5n, 4n]],
    [10n, [3n, 1n, 3n], [5n, 1n, 4n]],
    [10n, [0n, 5n, 5n], [0n, 5n, 5n]],
    [7n, [0n, 0n], [7n, 0n]],
    [0n, [1n, 2n], [0n, 0n]],
    [5n, [], []],
  ])('shares %s over %s', (whole, weights, shares) => {
    expect(shareOutCount(whole, weights)).toEqual(shares);
  });

  it.each([
    ['1', ['1', '1', '1'], ['0.333333333334', '0.333333333333', '0.333333333333']],
    ['2', ['0.5', '1', '1'], ['0.4', '0.8', '0.8']],
    ['0.5', ['0', '0'], ['0.5', '0']],
  ])('shares %s over %s', (whole, weights, shares) => {
    const shared = shareOut(
      amount(whole),
      weights.map((each) => amount(each)),
    );
    expect(shared.map(toDecimalString)).toEqual(shares);
  });

  it.each([
    // A unit of a count is 1; one of an amount the twelfth decimal.
    ['counts', 0, (whole: bigint, weights: bigint[]) => shareOutCount(whole, weights)],
    [
      'amounts',
      12,
      (whole: bigint, weights: bigint[]) => shareOut(amount(whole), amounts(weights)),
    ],
  ] as const)(
    'shares %s in proportion, and the first of the largest takes the rest',
    (_, places, share) => {
      const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), {
        minLength: 1,
        maxLength: 8,
      });
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), weights, (whole, of) => {
          const shares = share(whole, of).map((each) => amount(String(each)));
          expect(toDecimalString(sum(shares))).toBe(String(whole));
          const total = sum(amounts(of));
          if (total.isZero()) return;
          const unit = amount(10).pow(-places);
          const largest = of.indexOf(of.reduce((a, b) => (b > a ? b : a)));
          for (const [index, each] of shares.entries()) {
            // How far the share lies above its proportional part: never a unit below, and only the largest above.
            const above = each.minus(
              amount(whole)
                .times(amount(of[index] ?? 0n))
                .div(total),
            );
            expect(above.gt(unit.negated())).toBe(true);
            const most = index === largest ? unit.times(shares.length) : amount('1e-80');
            expect(above.lt(most)).toBe(true);
          }
        }),
      );
    },
  );
});

function amounts(values: readonly bigint[]) {
  return values.map((value) => amount(value));
}
