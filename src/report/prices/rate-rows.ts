import { groupThousands } from '../../base/text.js';
import type { Rate, RateCard, RateTier } from '../../pricing/card/rate-card.js';
import { type RateName, rateNames } from '../../pricing/rates.js';
import { formatRate } from '../draw/money.js';

/** The bounds of a tier: nothing for a rate of one price, `above 5,242,880` for the last. */
export function tierLabel({
  beginRange,
  endRange,
}: Pick<RateTier, 'beginRange' | 'endRange'>): string {
  if (endRange === 'Inf') {
    return beginRange === '0' ? '' : `above ${groupThousands(beginRange)}`;
  }
  return `${groupThousands(beginRange)} - ${groupThousands(endRange)}`;
}

/** The day of a time in ISO 8601. */
export function dayText(instant: string): string {
  return instant.slice(0, 10);
}

/** One price of a rate card. */
export interface RateRow {
  readonly name: RateName;
  readonly rate: Rate;
  readonly tier: RateTier;
}

/** Every rate of a rate card, in its order. */
export function ratesOf({ rates }: RateCard): readonly Omit<RateRow, 'tier'>[] {
  return rateNames.flatMap((name) => {
    const rate = rates[name];
    return rate === undefined ? [] : [{ name, rate }];
  });
}

/** Every price of a rate card, in its order. */
export function rateRows(card: RateCard): readonly RateRow[] {
  return ratesOf(card).flatMap(({ name, rate }) =>
    rate.tiers.map((tier) => ({ name, rate, tier })),
  );
}

/** A rate's first price for a table cell, in bare digits where it is in USD; a dash where it is not known. */
export function firstPrice(card: RateCard, name: RateName): string {
  const price = card.rates[name]?.tiers[0]?.price;
  if (price === undefined) return '-';
  return card.currency === 'USD' ? price : formatRate(price, card.currency);
}
