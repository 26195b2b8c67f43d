import { PathfareError, UsageError } from '../../base/errors.js';
import { type Environment, type Fetch, fetchVia } from '../../base/node/proxy.js';
import type { PricingFinding } from '../card/findings.js';
import { loadPublished, loadShippedRateCard, writeCachedCard } from '../card/load-rate-card.js';
import type { RateCard } from '../card/rate-card.js';
import { diffRateCards, type RateChange } from '../card/rate-diff.js';
import type { Region } from '../card/regions.js';
import { acceptRateCard } from './accept-rate-card.js';
import { buildRateCard } from './build-rate-card.js';
import { keepOthers } from './keep-others.js';
import { Allowance, defaultLimits, type FetchLimits } from './limits.js';
import type { PriceListProduct } from './price-list.js';

/** How to fetch rates from AWS, and where to keep them. */
export interface RefreshOptions {
  /** `api` needs credentials with pricing:GetProducts; `offer-file` reads the public list without any. */
  readonly source: 'api' | 'offer-file';
  readonly cacheDir: string;
  /** Lets prices pass that are 0 or differ more than ten times from the old ones. */
  readonly accept: boolean;
  readonly profile?: string | undefined;
  readonly offerBaseUrl?: string | undefined;
  /** Milliseconds that a request to the API may take, or an offer file may stand still. */
  readonly timeLimit: number;
  /** Milliseconds before a repeated request for an offer file. */
  readonly retryDelay?: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** The environment, which may name a proxy and the API's address. */
  readonly env: Environment;
  /** How the public files are fetched; through the environment's proxy by default. */
  readonly fetch?: Fetch;
  /** How much is read for one Region, where it is not the default. */
  readonly limits?: Partial<FetchLimits>;
  /** Told as each Region is done. */
  readonly onProgress?: (region: string, done: number, total: number) => void;
  /** Told how much of a large offer file has come. */
  readonly onDownload?: (region: string, serviceCode: string, bytes: number) => void;
}

/** What came of the refresh of one Region. */
export type Refreshed =
  | {
      readonly kind: 'refreshed';
      readonly region: string;
      readonly card: RateCard;
      /** What differs from the rates that were used before; null where there were none. */
      readonly changes: readonly RateChange[] | null;
      /** Rates that the price list holds under no known name: they are kept as they were. */
      readonly kept: readonly string[];
      readonly findings: readonly PricingFinding[];
    }
  | {
      readonly kind: 'failed';
      readonly region: string;
      readonly error: PathfareError;
      readonly findings: readonly PricingFinding[];
    };

// A few at once: the Price List API throttles at some ten requests a second, and an offer file is large.
const regionsAtOnce = { api: 3, 'offer-file': 2 } as const;

/**
 * Fetches the rates of several Regions and keeps those that are whole and plausible in the cache. One
 * Region's failure leaves its old rates and the other Regions alone.
 *
 * @throws the signal's reason when it is aborted; what was written until then stays
 * @throws UsageError where an option cannot be followed, such as an `offerBaseUrl` that is no URL
 */
export async function refreshRateCards(
  regions: readonly Region[],
  options: RefreshOptions,
): Promise<readonly Refreshed[]> {
  const results = new Map<string, Refreshed>();
  const waiting = [...regions];
  const work = async () => {
    for (let region = waiting.shift(); region !== undefined; region = waiting.shift()) {
      results.set(region.name, await refreshOrFail(region, options));
      options.onProgress?.(region.name, results.size, regions.length);
    }
  };
  await Promise.all(Array.from({ length: regionsAtOnce[options.source] }, work));
  return regions.flatMap((region) => results.get(region.name) ?? []);
}

async function refreshOrFail(region: Region, options: RefreshOptions): Promise<Refreshed> {
  options.signal.throwIfAborted();
  const { card: replaced, findings } = await loadPublished(region.name, options.cacheDir, 'all');
  try {
    return { ...(await refreshRateCard(region, replaced, options)), findings };
  } catch (error) {
    options.signal.throwIfAborted();
    // A flag that cannot be followed is no failure of this Region only.
    if (!(error instanceof PathfareError) || error instanceof UsageError) throw error;
    return { kind: 'failed', region: region.name, error, findings };
  }
}

async function refreshRateCard(
  region: Region,
  replaced: RateCard | undefined,
  options: RefreshOptions,
) {
  const products = await readProducts(region, replaced, options);
  const fetched = buildRateCard(products, {
    region,
    source: options.source,
    fetchedAt: options.now().toISOString(),
    freeEgressGb: await freeEgressGb(region, replaced),
    replaced,
  });
  const accepted = acceptRateCard(fetched, replaced, options.accept, options.now());
  // A card of before pathfare knew further rates does not hold them; the shipped one does.
  const shipped = await loadShippedRateCard(region.name, 'all');
  const before = keepOthers(accepted, replaced);
  const { card, kept: fromShipped } = keepOthers(before.card, shipped);
  const kept = [...new Set([...before.kept, ...fromShipped])];
  await writeCachedCard(options.cacheDir, card);
  const comparable = replaced?.currency === card.currency ? replaced : undefined;
  const changes = comparable === undefined ? null : diffRateCards(comparable, card);
  return { kind: 'refreshed' as const, region: region.name, card, changes, kept };
}

// Each source is loaded when it is used: every other command starts faster without the SDK.
async function readProducts(
  region: Region,
  replaced: RateCard | undefined,
  options: RefreshOptions,
): Promise<readonly PriceListProduct[]> {
  const allowance = new Allowance({ ...defaultLimits, ...options.limits });
  if (options.source === 'api') {
    const { readFromApi } = await import('./price-list-api.js');
    return readFromApi(region, { ...options, allowance, replaced });
  }
  const { readFromOfferFiles } = await import('./offer-file.js');
  const { retryDelay = 1000, fetch = fetchVia(options.env) } = options;
  return readFromOfferFiles(region, { ...options, retryDelay, fetch, allowance, replaced });
}

/**
 * The GB a month that leave free of charge are in no price list; the allowance is one over all Regions of
 * the partition (https://aws.amazon.com/ec2/pricing/on-demand/), so any shipped card of it shows it.
 */
async function freeEgressGb(
  region: Region,
  replaced: RateCard | undefined,
): Promise<string | undefined> {
  const known = replaced?.rates.internetEgressGb?.freeGb;
  if (known !== undefined || region.partition !== 'aws') return known;
  const virginia = await loadShippedRateCard('us-east-1');
  return virginia?.rates.internetEgressGb?.freeGb;
}
