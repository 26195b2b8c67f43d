import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRateCard } from '../../src/pricing/card/document.js';
import type { Rate, RateCard } from '../../src/pricing/card/rate-card.js';

/** The rates that pathfare ships for a Region. */
export function shippedCard(region: string): RateCard {
  const file = join(import.meta.dirname, '../../pricing-cache/rates', `${region}.json`);
  return parseRateCard(JSON.parse(readFileSync(file, 'utf8')), file);
}

/** A rate of tiers: each its upper bound and its price, the last bound `Inf`. */
export function tieredRate(...tiers: readonly (readonly [end: string, price: string])[]): Rate {
  let beginRange = '0';
  const bounded = tiers.map(([endRange, price], index) => {
    const tier = { beginRange, endRange, price, rateCode: `TIER.${index + 1}` };
    beginRange = endRange;
    return tier;
  });
  return {
    unit: 'GB',
    sku: 'TIERED',
    publishedAt: '2026-01-01T00:00:00Z',
    reference: 'a test',
    tiers: bounded,
  };
}

/** A rate of one price. */
export function flatRate(unit: Rate['unit'], price: string): Rate {
  return { ...tieredRate(['Inf', price]), unit, sku: 'FLAT' };
}

/** A card of made-up rates for us-east-1. */
export function cardOf(rates: RateCard['rates']): RateCard {
  return {
    schema: 'pathfare/rate-card@1',
    region: 'us-east-1',
    location: 'a test',
    currency: 'USD',
    publishedAt: '2026-01-01T00:00:00Z',
    fetchedAt: null,
    source: 'yours',
    rates,
  };
}

/** A card without some of its rates: they are not known. */
export function without(card: RateCard, ...names: readonly (keyof RateCard['rates'])[]): RateCard {
  const rates = Object.entries(card.rates).filter(([name]) => names.every((each) => each !== name));
  return { ...card, rates: Object.fromEntries(rates) };
}
