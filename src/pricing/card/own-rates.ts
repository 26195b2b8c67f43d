import * as v from 'valibot';
import { lessPercent } from '../../base/decimal.js';
import { PathfareError, quoteValue, UsageError } from '../../base/errors.js';
import { documentHead } from '../../base/json.js';
import { didYouMean } from '../../base/nearest-names.js';
import { readJson } from '../../base/node/files.js';
import { checked } from '../../base/schema.js';
import { familyNames, type RateName, rateKinds, rateNames } from '../rates.js';
import { checkRate, rateCardSchema, rateSchema, tierSchema } from './document.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import type { Rate, RateCard, RateFamilies, RateTier } from './rate-card.js';
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
  readonly families?: RateFamilies | undefined;
}

/** Reads the file of `--rates`. */
export async function readOwnRates(file: string): Promise<OwnRates> {
  return parseOwnRates(await readJson(file, { name: `\`rates\` ${file}`, hint: shapeHint }), file);
}

const shapeHint =
  'Give a file in the shape of a rate card; any of its rates may be left out. ' +
  '"pathfare prices show --region REGION --format json" prints one to start from.';

const tieredRates = rateNames.flatMap((name) => {
  const { tiers } = rateKinds[name];
  if (tiers === 'none') return [];
  return tiers === 'falling' ? `${name} (at prices that fall)` : name;
});

const tierRule = `Each rate is in the unit of its kind (hours in Hrs, volumes in GB); tiers start at 0, meet without a gap, ascend and end at Inf. Only ${tieredRates.join(' and ')} have several.`;

/**
 * Reads negotiated rates from parsed JSON.
 *
 * @param file the file's name, for messages
 * @throws PathfareError naming the file, the field and what is wrong with it
 */
export function parseOwnRates(value: unknown, file: string): OwnRates {
  const name = `\`rates\` ${file}`;
  const hint = `${shapeHint} The rates are ${rateNames.join(', ')}.`;
  const { region, currency, publishedAt, rates, families } = checked(
    ownRatesSchema,
    value,
    { name, hint },
    'the file',
  );
  for (const rate of rateNames) {
    checkRate(`rates.${rate}`, rateKinds[rate], rates[rate], name, tierRule);
  }
  const known = region === undefined ? undefined : requireRegion(region, name).name;
  return { file, region: known, currency, publishedAt, rates, families };
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
      'mixed-currencies',
      `\`rates\` ${own.file}: rates in ${own.currency}, but those of ${region.name} are in ${base.currency}`,
      { hint: 'Two currencies are never added up. Give every rate in the same currency.' },
    );
  }
  const rates = rateNames.flatMap((name) => {
    const mine = own.rates[name];
    const theirs = base.rates[name];
    if (mine !== undefined) return [[name, yours(mine, own, theirs, base)] as const];
    return theirs === undefined ? [] : [[name, theirs] as const];
  });
  const families = ownFamilies(base.families, own.families);
  return { ...base, source: 'yours', rates: Object.fromEntries(rates), families };
}

function ownFamilies(
  theirs: RateFamilies | undefined,
  mine: RateFamilies | undefined,
): RateFamilies | undefined {
  if (mine === undefined) return theirs;
  return Object.fromEntries(
    familyNames.map((name) => {
      const own = Object.entries(mine[name] ?? {}).map(([of, { unit, publishedAt, tiers }]) => [
        of,
        {
          unit,
          sku: null,
          publishedAt,
          reference: 'yours',
          tiers: tiers.map((tier) => ({ ...tier, rateCode: null })),
        },
      ]);
      return [name, { ...theirs?.[name], ...Object.fromEntries(own) }];
    }),
  );
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
      'invalid-rates',
      `\`rates\` ${own.file}: currency and publishedAt are needed, since ${noRatesFor(region).message}`,
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

/** The components that `--discount` can name. */
export const discountComponents: readonly string[] = [
  ...new Set(rateNames.map((name) => rateKinds[name].discount)),
];

/** Percentages off the published rates. */
export interface Discounts {
  /** Off every rate whose component is not named; undefined for none. */
  readonly everything: string | undefined;
  readonly byComponent: ReadonlyMap<string, string>;
}

/**
 * Reads the values of `--discount`: "12%" for every component, "nat-gateway=5%" for one.
 *
 * @throws UsageError naming the value that is no discount
 */
export function parseDiscounts(values: readonly string[]): Discounts {
  let everything: string | undefined;
  const byComponent = new Map<string, string>();
  for (const value of values) {
    const { component, percent } = parseDiscount(value);
    if (component === undefined ? everything !== undefined : byComponent.has(component)) {
      throw new UsageError(
        'invalid-discount',
        `\`discount\`: ${quoteValue(value)} is the second for the same rates`,
        {
          hint: 'Give one discount for everything, and one for each component.',
        },
      );
    }
    if (component === undefined) everything = percent;
    else byComponent.set(component, percent);
  }
  return { everything, byComponent };
}

function parseDiscount(value: string): { component: string | undefined; percent: string } {
  const match = /^(?:([a-z0-9-]+)=)?(\d{1,3}(?:\.\d{1,6})?)%$/.exec(value.trim());
  const percent = match?.[2];
  if (percent === undefined || Number(percent) > 100) {
    throw new UsageError(
      'invalid-discount',
      `\`discount\`: ${quoteValue(value)} is not a discount`,
      {
        hint: 'Write a percentage from 0% to 100%, such as 12% or nat-gateway=5%.',
      },
    );
  }
  const component = match?.[1];
  if (component !== undefined && !discountComponents.includes(component)) {
    throw new UsageError(
      'invalid-discount',
      `\`discount\`: ${quoteValue(component)} is not a component`,
      {
        hint: `${didYouMean(component, discountComponents)}The components are ${discountComponents.join(', ')}.`,
      },
    );
  }
  return { component, percent };
}

/** A rate card with the discounts taken off, and a finding that says so. */
export interface DiscountedCard {
  readonly card: RateCard;
  readonly findings: readonly PricingFinding[];
}

/**
 * Takes the discounts off the published rates, exact to the last digit.
 *
 * @param own the rates that are the user's own already, which no discount applies to
 */
export function applyDiscounts(
  card: RateCard,
  discounts: Discounts,
  own: ReadonlySet<RateName>,
): DiscountedCard {
  const applied = new Set<string>();
  const rates = rateNames.flatMap((name) => {
    const rate = card.rates[name];
    if (rate === undefined) return [];
    const percent = discounts.byComponent.get(rateKinds[name].discount) ?? discounts.everything;
    if (percent === undefined || own.has(name)) return [[name, rate] as const];
    applied.add(`${rateKinds[name].discount} ${percent}%`);
    return [[name, discounted(rate, percent)] as const];
  });
  if (applied.size === 0) return { card, findings: [] };
  return {
    card: { ...card, source: 'yours', rates: Object.fromEntries(rates) },
    findings: [
      pricingFinding('discount-applied', { region: card.region, discounts: [...applied] }),
    ],
  };
}

function discounted(rate: Rate, percent: string): Rate {
  return {
    ...rate,
    reference: `yours: ${percent}% off ${rate.reference}`,
    ...(rate.assumed === undefined
      ? {}
      : {
          assumed: {
            ...rate.assumed,
            low: lessPercent(rate.assumed.low, percent),
            high: lessPercent(rate.assumed.high, percent),
          },
        }),
    tiers: rate.tiers.map((tier) => ({ ...tier, price: lessPercent(tier.price, percent) })),
  };
}
