import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Amount, amount, sum, toDecimalString } from '../../../src/base/decimal.js';
import { PathfareError } from '../../../src/base/errors.js';
import {
  allocateTiers,
  splitAcrossTiers,
  type TierQuantity,
  tierLines,
} from '../../../src/cost/price/component.js';
import type { Rate } from '../../../src/pricing/card/rate-card.js';
import { shippedCard, tieredRate } from '../cards.js';

const endpointGb = shippedCard('us-east-1').rates.interfaceEndpointGb ?? tieredRate(['Inf', '0']);

const plain = (parts: readonly TierQuantity[]) =>
  parts.map(({ tier, quantity }) => [tier.price, toDecimalString(quantity)]);

/** A volume to twelve decimals. */
const volume = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 7n }), fc.nat(999_999_999))
  .map(([whole, fraction]) => amount(`${whole}.${String(fraction).padStart(12, '0')}`));

const fallingTiers: fc.Arbitrary<Rate> = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 1, maxLength: 4 })
  .chain((bounds) =>
    fc
      .array(fc.nat(999), { minLength: bounds.length + 1, maxLength: bounds.length + 1 })
      .map((thousandths) => {
        const ends = [...bounds.toSorted((a, b) => a - b).map(String), 'Inf'];
        const prices = thousandths.toSorted((a, b) => b - a);
        const tiers = ends.map(
          (end, at) => [end, `0.${String(prices[at] ?? 0).padStart(3, '0')}`] as const,
        );
        return tieredRate(...tiers);
      }),
  );

describe('splitAcrossTiers', () => {
  it.each([
    ['0', [['0.01', '0']]],
    ['0.000000000001', [['0.01', '0.000000000001']]],
    ['1048576', [['0.01', '1048576']]],
    [
      '1048576.5',
      [
        ['0.01', '1048576'],
        ['0.006', '0.5'],
      ],
    ],
    [
      '5242881',
      [
        ['0.01', '1048576'],
        ['0.006', '4194304'],
        ['0.004', '1'],
      ],
    ],
  ])('splits %s GB at the bounds', (gb, parts) => {
    expect(plain(splitAcrossTiers(amount(gb), endpointGb))).toEqual(parts);
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(volume, fallingTiers, (gb, rate) => {
        const parts = splitAcrossTiers(gb, rate).map(({ quantity }) => quantity);
        expect(toDecimalString(sum(parts))).toBe(toDecimalString(gb));
      }),
    );
  });
});

describe('allocateTiers', () => {
  it('shares a pool out in proportion: 3 × 600,000 GB have a third of each tier', () => {
    const shares = allocateTiers([amount(600000), amount(600000), amount(600000)], endpointGb);
    // 1,800,000 GB: 1,048,576 in the first tier and 751,424 in the second. A third of the second is
    // 250,474.666…, cut to twelve decimals; the first of the largest takes the rest of it.
    const [a, b, c] = shares.map(plain);
    expect(a).toEqual([
      ['0.01', '349525.333333333332'],
      ['0.006', '250474.666666666668'],
    ]);
    expect(b).toEqual([
      ['0.01', '349525.333333333334'],
      ['0.006', '250474.666666666666'],
    ]);
    expect(c).toEqual(b);
  });

  it('gives each member its volume and each tier its quantity, exactly', () => {
    fc.assert(
      fc.property(
        fc.array(volume, { minLength: 1, maxLength: 8 }),
        fallingTiers,
        (volumes, rate) => {
          const shares = allocateTiers(volumes, rate);
          const ofMembers = shares.map((parts) => text(sum(parts.map(({ quantity }) => quantity))));
          expect(ofMembers).toEqual(volumes.map(text));
          for (const { tier, quantity } of splitAcrossTiers(sum(volumes), rate)) {
            const ofTier = shares.flat().filter((part) => part.tier === tier);
            expect(text(sum(ofTier.map((part) => part.quantity)))).toBe(text(quantity));
          }
        },
      ),
    );
  });

  it('gives nobody less than nothing', () => {
    fc.assert(
      fc.property(fc.array(volume, { maxLength: 8 }), fallingTiers, (volumes, rate) => {
        const quantities = allocateTiers(volumes, rate).flatMap((parts) =>
          parts.map(({ quantity }) => quantity),
        );
        expect(quantities.filter((quantity) => quantity.lt(0)).map(text)).toEqual([]);
      }),
    );
  });

  it('of no members is nothing', () => {
    expect(allocateTiers([], endpointGb)).toEqual([]);
  });
});

const text = (value: Amount) => toDecimalString(value);

describe('tierLines', () => {
  it('are the straight lines that the schedule follows', () => {
    const lines = tierLines(endpointGb).map(({ intercept, slope }) => [
      text(intercept),
      text(slope),
    ]);
    // 1,048,576 × (0.010 − 0.006) = 4,194.304; + 5,242,880 × (0.006 − 0.004) = 14,680.064
    expect(lines).toEqual([
      ['0', '0.01'],
      ['4194.304', '0.006'],
      ['14680.064', '0.004'],
    ]);
  });

  it('have the schedule as the lowest of them, at every volume', () => {
    fc.assert(
      fc.property(volume, fallingTiers, (gb, rate) => {
        const costs = tierLines(rate).map(({ intercept, slope }) =>
          intercept.plus(slope.times(gb)),
        );
        const lowest = costs.reduce((a, b) => (b.lt(a) ? b : a));
        const parts = splitAcrossTiers(gb, rate);
        const cost = sum(parts.map(({ tier, quantity }) => quantity.times(tier.price)));
        expect(text(cost)).toBe(text(lowest));
      }),
    );
  });

  it('are refused where a price rises', () => {
    const rising = tieredRate(['1000', '0.01'], ['Inf', '0.02']);
    expect(() => tierLines(rising)).toThrow(PathfareError);
    expect(() => tierLines(rising)).toThrow('rises from 0.01 to 0.02 above 1000 GB');
  });
});
