import type { Finding } from '../finding.js';
import type { RateCard } from './rate-card.js';
import { noRatesFor, requireRegion } from './regions.js';
import { loadShippedRateCard } from './shipped-cards.js';

/** Where the rates of a Region may come from, in addition to the shipped ones. */
export interface RateSources {
  /** The user's folder of refreshed rate cards, or null for none. */
  readonly cacheDir?: string | null;
}

/** The rates to use for a Region, and what the reader should know about them. */
export interface LoadedRateCard {
  readonly card: RateCard;
  readonly findings: readonly Finding[];
}

/**
 * The best rates there are for a Region without calling AWS.
 *
 * @param region the Region's name in any case, such as "eu-west-1"
 * @throws UsageError where AWS has no such Region, or pathfare has no rates for it
 */
export async function loadRateCard(
  region: string,
  _sources: RateSources = {},
): Promise<LoadedRateCard> {
  const known = requireRegion(region, '--region');
  const card = await loadShippedRateCard(known.name);
  if (card === undefined) throw noRatesFor(known);
  return { card, findings: [] };
}
