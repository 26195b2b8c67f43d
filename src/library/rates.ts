import { type LoadedRates, loadRateCards } from '../pricing/card/load-rate-card.js';
import { parseDiscounts, readOwnRates } from '../pricing/card/own-rates.js';
import type { RateCard } from '../pricing/card/rate-card.js';

/** Which rates hold. The shipped ones by default: nothing is fetched. */
export interface RateOptions {
  /** Files of negotiated rates, in the shape of a rate card; the later file wins. */
  readonly rates?: readonly string[];
  /** Off the published rates: `12%` for all, `nat-gateway=5%` for one component. */
  readonly discount?: readonly string[];
  /** The folder of what "pathfare prices refresh" fetched; none by default. */
  readonly cacheDir?: string | null;
  /** The clock that gives the age of the rates. */
  readonly now?: () => Date;
}

/** Loads the rates of Regions, each once, and what there is to say about them. */
export async function loadRates(
  regions: Iterable<string>,
  { rates = [], discount = [], cacheDir = null, now }: RateOptions = {},
): Promise<LoadedRates> {
  return loadRateCards(regions, {
    cacheDir,
    ownRates: await Promise.all(rates.map((file) => readOwnRates(file))),
    discounts: parseDiscounts(discount),
    ...(now === undefined ? {} : { now }),
  });
}

/**
 * The rates of a Region: the refreshed or the shipped ones, with your own in their place.
 *
 * @throws UsageError where AWS has no such Region, or pathfare has no rates for it
 */
export async function loadRateCard(region: string, options: RateOptions = {}): Promise<RateCard> {
  const { cards } = await loadRates([region], options);
  const [card] = cards;
  if (card === undefined) throw new Error(`no rate card of ${region}`);
  return card;
}
