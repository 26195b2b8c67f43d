import { link, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { formatJson, parseJson } from '../../base/json.js';
import {
  failureReason,
  readJson,
  readText,
  readTextIfThere,
  writeWhole,
} from '../../base/node/files.js';
import { packageFile } from '../../base/package-files.js';
import { parseRateCard } from './document.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import { applyDiscounts, applyOwnRates, type Discounts, type OwnRates } from './own-rates.js';
import type { RateCard } from './rate-card.js';
import { findRegion, noRatesFor, requireRegion } from './regions.js';
import { type RateUse, ratesNotVerified } from './verified.js';

const folder = packageFile('pricing-cache/rates/');
const furtherFolder = packageFile('pricing-cache/further-rates/');

/** Which rates are loaded: those that an estimate may use, or all that there are. */
export type RateScope = 'estimate' | 'all';

/** The Regions that pathfare ships rates for, sorted by name. */
export async function shippedRegions(): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort(compareText);
}

/**
 * The rate card that pathfare ships for a Region, or undefined where it ships none. Nothing is fetched.
 *
 * @throws PathfareError where the installed file is damaged
 */
export async function loadShippedRateCard(
  region: string,
  scope: RateScope = 'estimate',
): Promise<RateCard | undefined> {
  const regionsWithRates = await shippedRegions();
  if (!regionsWithRates.includes(region)) return undefined;
  const card = await readShipped(folder, `pricing-cache/rates/${region}.json`, region);
  if (scope === 'estimate') return card;
  const further = await readShipped(
    furtherFolder,
    `pricing-cache/further-rates/${region}.json`,
    region,
  );
  const { rates, families } = further;
  return { ...card, rates: { ...card.rates, ...rates }, families };
}

async function readShipped(folder: URL, file: string, region: string): Promise<RateCard> {
  const origin = { name: file, hint: 'Install pathfare again.' };
  return parseRateCard(await readJson(new URL(`${region}.json`, folder), origin), file);
}

/** A cached rate card, or none, and what there is to say about the file. */
export interface CachedCard {
  readonly card: RateCard | undefined;
  readonly findings: readonly PricingFinding[];
}

/** The file of a Region's refreshed rate card in the user's cache folder. */
export function cachedCardFile(cacheDir: string, region: string): string {
  return join(cacheDir, 'rates', `${region}.json`);
}

/** The Regions that the cache holds a file of, sorted by name. */
export async function cachedRegions(cacheDir: string): Promise<readonly string[]> {
  const files = await readdir(join(cacheDir, 'rates')).catch(() => []);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((region) => findRegion(region)?.name === region)
    .sort(compareText);
}

/**
 * Reads the refreshed rate card of a Region. A damaged file is set aside (renamed) with a finding, and a
 * folder that can't be read is a finding too: neither stops an estimate, since there are other rates.
 */
export async function readCachedCard(cacheDir: string, region: string): Promise<CachedCard> {
  const file = cachedCardFile(cacheDir, region);
  let text: string | undefined;
  try {
    text = await readTextIfThere(file, originOf(file));
    if (text === undefined) return none();
    return { card: parseCachedCard(text, file, region), findings: [] };
  } catch (error) {
    const reason = failureReason(error);
    if (text === undefined) return none(pricingFinding('cache-file-unreadable', { reason }));
    const movedTo = await setAside(file, text);
    return none(pricingFinding('cache-file-damaged', { reason, movedTo }));
  }
}

const originOf = (file: string) => ({
  name: file,
  hint: 'Name a folder you may write to with `cacheDir` or PATHFARE_CACHE_DIR.',
});

function none(...findings: readonly PricingFinding[]): CachedCard {
  return { card: undefined, findings };
}

function parseCachedCard(text: string, file: string, region: string): RateCard {
  const card = parseRateCard(parseJson(text, originOf(file)), file);
  if (card.region !== region) {
    throw new PathfareError('invalid-rates', `${file}: the card is of ${quoteValue(card.region)}`);
  }
  if (card.source === 'yours') {
    throw new PathfareError('invalid-rates', `${file}: private rates have no place in the cache`);
  }
  return card;
}

/**
 * Moves a damaged file out of the way. Another process may have just replaced it with a good one: what was
 * moved is then put back, unless there is a newer file already.
 */
async function setAside(file: string, damaged: string): Promise<string | undefined> {
  const aside = `${file}.damaged`;
  try {
    await rename(file, aside);
    const moved = await readText(aside, originOf(aside));
    if (moved !== damaged) await link(aside, file).catch(() => undefined);
    return aside;
  } catch {
    return undefined;
  }
}

/**
 * Writes a rate card into the cache, whole.
 *
 * @throws PathfareError where the folder can't be written to, and for private rates
 */
export async function writeCachedCard(cacheDir: string, card: RateCard): Promise<string> {
  if (card.source === 'yours') {
    throw new PathfareError(
      'invalid-rates',
      `${card.region}: private rates are never written to the cache`,
    );
  }
  const file = cachedCardFile(cacheDir, card.region);
  await writeWhole(file, formatJson(card), originOf(file));
  return file;
}

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
  /** The clock that gives the age of the rates. */
  readonly now?: () => Date;
  /** Which rates are loaded; those that an estimate may use by default. */
  readonly scope?: RateScope;
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
  const known = requireRegion(region, sources.where ?? 'region');
  const published = await loadPublished(known.name, sources.cacheDir ?? null, sources.scope);
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
      ...aheadFindings(published.card, now),
    ],
  };
}

/** The rate cards of an estimate, and what the reader should know about them. */
export interface LoadedRates {
  readonly cards: readonly RateCard[];
  readonly findings: readonly PricingFinding[];
  /** What there is to say about the age of those rates that a result rests on. */
  readonly ageFindings: (uses: readonly RateUse[]) => readonly PricingFinding[];
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
  const cards = loaded.map(({ card }) => card);
  return {
    cards,
    findings: distinct(loaded.flatMap(({ findings }) => findings)),
    ageFindings: (uses) => ratesNotVerified(cards, uses, sources.now?.() ?? new Date()),
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
 * @param cacheDir the user's cache folder, or null to read only the shipped rates
 */
export async function loadPublished(
  region: string,
  cacheDir: string | null,
  scope: RateScope = 'estimate',
): Promise<PublishedCard> {
  const shipped = await loadShippedRateCard(region, scope);
  if (cacheDir === null) return { card: shipped, findings: [] };
  const { card: cached, findings } = await readCachedCard(cacheDir, region);
  if (cached === undefined || shipped === undefined) return { card: cached ?? shipped, findings };
  const later = Date.parse(cached.publishedAt) >= Date.parse(shipped.publishedAt);
  return { card: later ? cached : shipped, findings };
}

const dayInMilliseconds = 86_400_000;

/** Whether rates are dated so far ahead that a clock is wrong: they would stand above every later list. */
export function isAhead(publishedAt: string, now: Date): boolean {
  return Date.parse(publishedAt) - now.getTime() > dayInMilliseconds;
}

function aheadFindings(card: RateCard | undefined, now: Date): readonly PricingFinding[] {
  if (card === undefined || !isAhead(card.publishedAt, now)) return [];
  const { region, publishedAt } = card;
  return [pricingFinding('rates-dated-ahead', { region, publishedAt })];
}
