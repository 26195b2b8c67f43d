import { loadShippedRateCard } from '../../src/pricing/card/load-rate-card.js';
import type { RateCard } from '../../src/pricing/card/rate-card.js';

/** The shipped rate card of a Region that has one. */
export async function shippedCard(region: string): Promise<RateCard> {
  const card = await loadShippedRateCard(region);
  if (card === undefined) throw new Error(`no shipped card of ${region}`);
  return card;
}

/** The shipped card of a Region as if it had been fetched from AWS's list of this date. */
export async function fetchedCard(region: string, publishedAt: string): Promise<RateCard> {
  const card = await shippedCard(region);
  return { ...card, publishedAt, fetchedAt: '2026-10-01T12:00:00.000Z', source: 'api' };
}
