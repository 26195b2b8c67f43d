import { loadShippedRateCard, type RateScope } from '../../src/pricing/card/load-rate-card.js';
import type { RateCard } from '../../src/pricing/card/rate-card.js';

/** A cache folder as pathfare 0.1.0 left it: a card of us-east-1 without rates of regional NAT gateways, and without dates of verification. */
export const oldCache = new URL('cache-0.1.0', import.meta.url).pathname;

/** The shipped rate card of a Region that has one. */
export async function shippedCard(
  region: string,
  scope: RateScope = 'estimate',
): Promise<RateCard> {
  const card = await loadShippedRateCard(region, scope);
  if (card === undefined) throw new Error(`no shipped card of ${region}`);
  return card;
}

/** The shipped card of a Region as if it had been fetched from AWS's list of this date. */
export async function fetchedCard(region: string, publishedAt: string): Promise<RateCard> {
  const card = await shippedCard(region, 'all');
  return { ...card, publishedAt, fetchedAt: '2026-10-01T12:00:00.000Z', source: 'api' };
}
