import { readCachedCard } from './card-cache.js';
import { applyDiscounts, type Discounts } from './discounts.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import { applyOwnRates, type OwnRates } from './own-rates.js';
import type { RateCard } from './rate-card.js';
import { noRatesFor, requireRegion } from './regions.js';
import { loadShippedRateCard } from './shipped-cards.js';

/** Where the rates of a Region may come from, in addition to the shipped ones. */
export interface RateSources {
  /** The user's folder of refreshed rate cards, or null for none. */
  readonly cacheDir?: string | null;
  /** Negotiated rates, which override the published ones. */
  readonly ownRates?: readonly OwnRates[];
  /** Percentages off the published rates. */
  readonly discounts?: Discounts;
  /** The flag, or the file and line, that the Region's name was read from, for messages. */
  readonly where?: string;
  /** The clock that tells the age of the rates. */
  readonly now?: () => Date;
}

/** The rates to use for a Region, and what the reader should know about them. */
export interface LoadedRateCard {
  readonly card: RateCard;
  readonly findings: readonly PricingFinding[];
}

/**
 * The best rates there are for a Region without calling AWS: the refreshed or the shipped ones, whichever
 * were published later, with the user's own in their place.
 *
 * @param region the Region's name in any case, such as "eu-west-1"
 * @throws UsageError where AWS has no such Region, or pathfare has no rates for it
 * @throws PathfareError where own rates are in another currency
 */
export async function loadRateCard(
  region: string,
  sources: RateSources = {},
): Promise<LoadedRateCard> {
  const known = requireRegion(region, sources.where ?? '--region');
  const published = await loadPublished(known.name, sources.cacheDir ?? null);
  const overridden = applyOwnRates(known, published.card, sources.ownRates ?? []);
  if (overridden.card === undefined) throw noRatesFor(known);
  const none = { everything: undefined, byComponent: new Map() };
  const discounted = applyDiscounts(overridden.card, sources.discounts ?? none, overridden.own);
  const now = sources.now?.() ?? new Date();
  return {
    card: discounted.card,
    findings: [
      ...published.findings,
      ...overridden.findings,
      ...discounted.findings,
      ...ageFindings(published.card, now),
    ],
  };
}

/** The rate cards of an estimate, and what the reader should know about them. */
export interface LoadedRates {
  readonly cards: readonly RateCard[];
  readonly findings: readonly PricingFinding[];
}

/**
 * Loads the rates of each Region once, as `loadRateCard` does.
 *
 * @param whereOf the flag, or the file, that a Region was read from, for messages
 */
export async function loadRateCards(
  regions: Iterable<string>,
  sources: Omit<RateSources, 'where'>,
  whereOf: (region: string) => string = () => 'region',
): Promise<LoadedRates> {
  const loaded = await Promise.all(
    [...new Set(regions)].map((name) => loadRateCard(name, { ...sources, where: whereOf(name) })),
  );
  return {
    cards: loaded.map(({ card }) => card),
    findings: distinct(loaded.flatMap(({ findings }) => findings)),
  };
}

function distinct(findings: readonly PricingFinding[]): readonly PricingFinding[] {
  const seen = new Map(findings.map((finding) => [`${finding.code} ${finding.message}`, finding]));
  return [...seen.values()];
}

/** The published rates of a Region, and what there is to say about the cache. */
export interface PublishedCard {
  readonly card: RateCard | undefined;
  readonly findings: readonly PricingFinding[];
}

/**
 * The refreshed or the shipped rates of a Region, whichever were published later; undefined where there are
 * neither.
 *
 * @param cacheDir the user's cache folder, or null to read the shipped rates alone
 */
export async function loadPublished(
  region: string,
  cacheDir: string | null,
): Promise<PublishedCard> {
  const shipped = await loadShippedRateCard(region);
  if (cacheDir === null) return { card: shipped, findings: [] };
  const { card: cached, findings } = await readCachedCard(cacheDir, region);
  if (cached === undefined || shipped === undefined) return { card: cached ?? shipped, findings };
  const later = Date.parse(cached.publishedAt) >= Date.parse(shipped.publishedAt);
  return { card: later ? cached : shipped, findings };
}

const longestAgeDays = 90;
const dayInMilliseconds = 86_400_000;

/** Whether rates published then are older than 90 days now. */
function isOld(publishedAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(publishedAt) > longestAgeDays * dayInMilliseconds;
}

/** Whether rates are dated so far ahead that a clock is wrong: they would stand above every later list. */
function isAhead(publishedAt: string, now: Date): boolean {
  return Date.parse(publishedAt) - now.getTime() > dayInMilliseconds;
}

function ageFindings(card: RateCard | undefined, now: Date): readonly PricingFinding[] {
  if (card === undefined) return [];
  const { region, publishedAt } = card;
  if (isOld(publishedAt, now)) {
    return [pricingFinding('rates-older-than-90-days', { region, publishedAt })];
  }
  return isAhead(publishedAt, now)
    ? [pricingFinding('rates-dated-ahead', { region, publishedAt })]
    : [];
}
