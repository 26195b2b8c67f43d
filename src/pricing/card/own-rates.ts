import * as v from 'valibot';
import { PathfareError } from '../../base/errors.js';
import { documentHead } from '../../base/json.js';
import { readJson } from '../../base/node/files.js';
import { checked } from '../../base/schema.js';
import { type RateName, rateKinds, rateNames } from '../rates.js';
import { checkRate, rateCardSchema, rateSchema, tierSchema } from './document.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import type { Rate, RateCard, RateTier } from './rate-card.js';
import { noRatesFor, type Region, requireRegion } from './regions.js';

/** Negotiated rates may carry the name of a whole card's schema, from which they were made. */
const ownSchemas = v.picklist(['urn:pathfare:own-rates@1', 'urn:pathfare:rate-card@1']);

const ownTier = v.strictObject({
  ...tierSchema.entries,
  rateCode: v.optional(tierSchema.entries.rateCode),
});
const ownRate = v.strictObject({
  ...v.partial(rateSchema).entries,
  unit: rateSchema.entries.unit,
  tiers: v.pipe(v.array(ownTier), v.minLength(1)),
});
/**
 * A file of negotiated rates: any part of a rate card.
 *
 * @internal
 */
export const ownRatesSchema = v.strictObject({
  ...v.partial(rateCardSchema).entries,
  $schema: v.optional(ownSchemas),
  rates: v.strictObject(v.entriesFromList(rateNames, v.optional(ownRate))),
});

/** A negotiated rate: unit and tiers, and any other part of a rate. */
export interface OwnRate extends Pick<Rate, 'unit' | 'freeGb'> {
  readonly publishedAt?: string | undefined;
  readonly tiers: readonly Pick<RateTier, 'beginRange' | 'endRange' | 'price'>[];
}

/** Negotiated rates, from a file in the shape of a rate card that holds any part of one. */
export interface OwnRates {
  readonly file: string;
  /** The Region they hold for; every Region where the file names none. */
  readonly region: string | undefined;
  readonly currency: RateCard['currency'] | undefined;
  readonly publishedAt: string | undefined;
  readonly rates: { readonly [Name in RateName]?: OwnRate | undefined };
}

/** Reads the file of `--rates`. */
export async function readOwnRates(file: string): Promise<OwnRates> {
  return parseOwnRates(await readJson(file, { name: `--rates ${file}`, hint: shapeHint }), file);
}

const shapeHint =
  'Give a file in the shape of a rate card; any of its rates may be left out. ' +
  '"pathfare prices show --region REGION --format json" prints one to start from.';

const tieredRates = rateNames.flatMap((name) => {
  const { tiers } = rateKinds[name];
  if (tiers === 'none') return [];
  return tiers === 'falling' ? `${name} (at prices that fall)` : name;
});

const tierRule = `Hours are in Hrs, volumes in GB; tiers start at 0, meet without a gap, ascend and end at Inf. Only ${tieredRates.join(' and ')} have several.`;

/**
 * Reads negotiated rates from parsed JSON.
 *
 * @param file the file's name, for messages
 * @throws PathfareError naming the file, the field and what is wrong with it
 */
export function parseOwnRates(value: unknown, file: string): OwnRates {
  const name = `--rates ${file}`;
  const hint = `${shapeHint} The rates are ${rateNames.join(', ')}.`;
  const { region, currency, publishedAt, rates } = checked(
    ownRatesSchema,
    value,
    { name, hint },
    'the file',
  );
  for (const rate of rateNames) checkRate(rate, rates[rate], name, tierRule);
  const known = region === undefined ? undefined : requireRegion(region, name).name;
  return { file, region: known, currency, publishedAt, rates };
}

/** A rate card with the own rates in it, which of them are own, and what there is to say about it. */
export interface OverriddenCard {
  readonly card: RateCard | undefined;
  readonly own: ReadonlySet<RateName>;
  readonly findings: readonly PricingFinding[];
}

/**
 * Puts negotiated rates in the place of the published ones; where two files hold the same rate, the later
 * file wins.
 *
 * @param published the Region's published rates, or undefined where there are none
 * @throws PathfareError where a file's currency is another than the card's
 */
export function applyOwnRates(
  region: Region,
  published: RateCard | undefined,
  files: readonly OwnRates[],
): OverriddenCard {
  const own = new Set<RateName>();
  const findings: PricingFinding[] = [];
  let card = published;
  for (const rates of files) {
    if (rates.region !== undefined && rates.region !== region.name) {
      findings.push(
        pricingFinding('own-rates-not-used', { region: region.name, file: rates.file }),
      );
      continue;
    }
    card = override(region, card, rates);
    for (const name of rateNames) if (rates.rates[name] !== undefined) own.add(name);
  }
  const names = [...own].sort((a, b) => rateNames.indexOf(a) - rateNames.indexOf(b));
  if (names.length > 0) {
    findings.push(pricingFinding('own-rates-used', { region: region.name, rates: names }));
  }
  return { card, own, findings };
}

function override(region: Region, published: RateCard | undefined, own: OwnRates): RateCard {
  const base = published ?? emptyCard(region, own);
  if (own.currency !== undefined && own.currency !== base.currency) {
    throw new PathfareError(
      `--rates ${own.file}: rates in ${own.currency}, but those of ${region.name} are in ${base.currency}`,
      { hint: 'Two currencies are never added up. Give every rate in the same currency.' },
    );
  }
  const rates = rateNames.flatMap((name) => {
    const mine = own.rates[name];
    const theirs = base.rates[name];
    if (mine !== undefined) return [[name, yours(mine, own, theirs, base)] as const];
    return theirs === undefined ? [] : [[name, theirs] as const];
  });
  return { ...base, source: 'yours', rates: Object.fromEntries(rates) };
}

/** A negotiated rate is its owner's word: it keeps no SKU and no rate code of AWS's as its evidence. */
function yours(mine: OwnRate, own: OwnRates, theirs: Rate | undefined, base: RateCard): Rate {
  return {
    unit: mine.unit,
    sku: null,
    publishedAt: mine.publishedAt ?? own.publishedAt ?? theirs?.publishedAt ?? base.publishedAt,
    reference: 'yours',
    freeGb: mine.freeGb ?? theirs?.freeGb,
    tiers: mine.tiers.map((tier) => ({ ...tier, rateCode: null })),
  };
}

/** The card of a Region without published rates: the file must say what nothing else can. */
function emptyCard(region: Region, own: OwnRates): RateCard {
  const { currency, publishedAt } = own;
  if (currency === undefined || publishedAt === undefined) {
    throw new PathfareError(
      `--rates ${own.file}: currency and publishedAt are needed, since ${noRatesFor(region).message}`,
      { hint: 'Add "currency" ("USD" or "CNY") and "publishedAt" (ISO 8601) to the file.' },
    );
  }
  return {
    ...documentHead('rate-card@1'),
    region: region.name,
    location: region.location,
    currency,
    publishedAt,
    fetchedAt: null,
    source: 'yours',
    rates: {},
  };
}
