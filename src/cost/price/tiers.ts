import { type Amount, amount, sum, zero } from '../../base/decimal.js';
import { PathfareError } from '../../base/errors.js';
import { shareOut } from '../../base/share-out.js';
import type { Rate, RateTier } from '../../pricing/card/rate-card.js';

/** The part of a volume that one tier prices. */
export interface TierQuantity {
  readonly tier: RateTier;
  readonly quantity: Amount;
}

/**
 * Splits a volume across a rate's tiers, from the first up. A volume exactly on a bound is priced wholly below it
 * (AWS price list: a tier's `endRange` is inclusive). A volume of zero stands as zero in the first tier.
 */
export function splitAcrossTiers(volume: Amount, rate: Rate): readonly TierQuantity[] {
  const parts = rate.tiers
    .map((tier) => ({ tier, quantity: quantityWithin(volume, tier) }))
    .filter(({ quantity }) => quantity.gt(0));
  const [first] = rate.tiers;
  return parts.length > 0 || first === undefined ? parts : [{ tier: first, quantity: zero }];
}

/** What a volume costs through a rate's tiers, exactly. */
export function tieredCost(volume: Amount, rate: Rate): Amount {
  return sum(
    splitAcrossTiers(volume, rate).map(({ tier, quantity }) => quantity.times(tier.price)),
  );
}

function quantityWithin(volume: Amount, tier: RateTier): Amount {
  const begin = amount(tier.beginRange);
  if (volume.lte(begin)) return zero;
  if (tier.endRange === 'Inf' || volume.lte(tier.endRange)) return volume.minus(begin);
  return amount(tier.endRange).minus(begin);
}

/**
 * Shares out a pool's tiers among its members, each in proportion to its volume: PrivateLink's tiers run over the
 * total of all interface endpoints of a Region, so no member owns the first tier. Members sum to the tiers and tiers
 * to the members.
 *
 * @param volumes each member's volume, in the rate's unit
 * @returns for each member, its part of each tier it has a part in
 */
export function allocateTiers(
  volumes: readonly Amount[],
  rate: Rate,
): readonly (readonly TierQuantity[])[] {
  const [first, ...upper] = splitAcrossTiers(sum(volumes), rate);
  if (first === undefined) return volumes.map(() => []);
  const shares = upper.map((part) => ({
    tier: part.tier,
    quantities: shareOut(part.quantity, volumes),
  }));
  return volumes.map((volume, member) => {
    const above = shares.map(({ tier, quantities }) => ({
      tier,
      quantity: quantities[member] ?? zero,
    }));
    const below = volume.minus(sum(above.map(({ quantity }) => quantity)));
    return [
      { tier: first.tier, quantity: below },
      ...above.filter(({ quantity }) => quantity.gt(0)),
    ];
  });
}

/** A straight line `intercept + slope × volume` that a tier schedule follows within one tier. */
export interface TierLine {
  readonly tier: RateTier;
  readonly intercept: Amount;
  readonly slope: Amount;
}

/**
 * The straight lines of a tier schedule. Where prices never rise from tier to tier, the schedule is concave and at
 * every volume equal to the lowest of its lines; the plan rests on that.
 *
 * @throws PathfareError where a price rises from one tier to the next
 */
export function tierLines(rate: Rate): readonly TierLine[] {
  let previous: TierLine | undefined;
  const lines: TierLine[] = [];
  for (const tier of rate.tiers) {
    const slope = amount(tier.price);
    if (previous?.slope.lt(slope)) throw risingTiers(previous.tier, tier);
    const step = previous === undefined ? zero : previous.slope.minus(slope).times(tier.beginRange);
    previous = { tier, slope, intercept: (previous?.intercept ?? zero).plus(step) };
    lines.push(previous);
  }
  return lines;
}

function risingTiers(lower: RateTier, upper: RateTier): PathfareError {
  return new PathfareError(
    'invalid-rates',
    `the price rises from ${lower.price} to ${upper.price} above ${upper.beginRange} GB; the cheapest plan is not defined for rising tiers`,
    { hint: 'Correct the tiers in the rates file: AWS prices fall from tier to tier.' },
  );
}
