import { groupThousands } from '../../base/text.js';
import { allRates, type NamedRate } from '../../pricing/card/all-rates.js';
import type { RateCard, RateTier } from '../../pricing/card/rate-card.js';
import type { RateName } from '../../pricing/rates.js';
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
export interface RateRow extends NamedRate {
  readonly tier: RateTier;
}

/** Every price of a rate card, in its order. */
export function rateRows(card: RateCard): readonly RateRow[] {
  return allRates(card).flatMap((named) => named.rate.tiers.map((tier) => ({ ...named, tier })));
}

/** A rate's first price for a table cell, in bare digits where it is in USD; a dash where it is not known. */
export function firstPrice(card: RateCard, name: RateName): string {
  const price = card.rates[name]?.tiers[0]?.price;
  if (price === undefined) return '-';
  return card.currency === 'USD' ? price : formatRate(price, card.currency);
}
