import * as v from 'valibot';
import { PathfareError } from '../errors.js';

/** Every rate a card can hold. `…Hour` rates are per hour, `…Gb` rates per GB. */
export const rateNames = [
  'natGatewayHour',
  'natGatewayGb',
  'regionalNatGatewayHour',
  'regionalNatGatewayGb',
  'interfaceEndpointHour',
  'interfaceEndpointGb',
  'publicIpv4Hour',
  'transitGatewayAttachmentHour',
  'transitGatewayGb',
  'regionalTransferGb',
  'internetEgressGb',
] as const;

/** The name of a rate in a rate card. */
export type RateName = (typeof rateNames)[number];

const decimal = v.pipe(
  v.string(),
  v.regex(/^(0|[1-9]\d*)(\.\d+)?$/, 'is not a plain decimal string'),
);
const instant = v.pipe(v.string(), v.isoTimestamp('is not an ISO 8601 time in UTC'));

const tierSchema = v.strictObject({
  /** Lower bound in the rate's unit, exclusive; "0" for the first tier. */
  beginRange: decimal,
  /** Upper bound in the rate's unit, inclusive; "Inf" for the last tier. */
  endRange: v.union([decimal, v.literal('Inf')]),
  /** Price of one unit in the card's currency, as AWS prints it. */
  price: decimal,
  /** The price list's rate code, or null where the published source carries none. */
  rateCode: v.nullable(v.string()),
});

const rateSchema = v.strictObject({
  unit: v.picklist(['Hrs', 'GB']),
  /** The price list's SKU, or null where the published source carries none. */
  sku: v.nullable(v.string()),
  /** When the list or page that holds this rate was published. */
  publishedAt: instant,
  /** The AWS page or list the rate was read from. */
  reference: v.string(),
  /** GB a month that are free before the first tier (internet egress alone), over all Regions. */
  freeGb: v.optional(decimal),
  tiers: v.pipe(v.array(tierSchema), v.minLength(1)),
});

const rateEntries = v.strictObject(v.entriesFromList(rateNames, v.optional(rateSchema)));

const rateCardSchema = v.strictObject({
  schema: v.literal('pathfare/rate-card@1'),
  region: v.string(),
  /** AWS's name of the Region, such as "Europe (Ireland)". */
  location: v.string(),
  currency: v.picklist(['USD', 'CNY']),
  /** The oldest publication date among the card's price lists. */
  publishedAt: instant,
  /** When pathfare fetched the card; null for a shipped one. */
  fetchedAt: v.nullable(instant),
  source: v.picklist(['shipped', 'api', 'offer-file', 'yours']),
  rates: rateEntries,
});

/** One tier of a rate: an exact price between two bounds, with its rate code. */
export type RateTier = Readonly<v.InferOutput<typeof tierSchema>>;

/** One rate: unit, tiers in ascending order, and the evidence for them. */
export type Rate = Readonly<Omit<v.InferOutput<typeof rateSchema>, 'tiers' | 'freeGb'>> & {
  readonly freeGb?: string | undefined;
  readonly tiers: readonly RateTier[];
};

/** The rates of one Region. A rate that is not known is absent, never zero. */
export interface RateCard {
  readonly schema: 'pathfare/rate-card@1';
  readonly region: string;
  readonly location: string;
  readonly currency: 'USD' | 'CNY';
  readonly publishedAt: string;
  readonly fetchedAt: string | null;
  readonly source: 'shipped' | 'api' | 'offer-file' | 'yours';
  readonly rates: { readonly [Name in RateName]?: Rate | undefined };
}

/**
 * Reads a rate card from parsed JSON.
 *
 * @param file the file's name, for the message of a failure
 * @throws PathfareError naming the file, the field and what is wrong with it
 */
export function parseRateCard(value: unknown, file: string): RateCard {
  const result = v.safeParse(rateCardSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new PathfareError(
      `${file}: ${v.getDotPath(issue) ?? 'the rate card'}: ${issue.message}`,
      { hint: 'Run "pathfare prices refresh" to fetch the card again.' },
    );
  }
  for (const name of rateNames) checkTiers(result.output.rates[name], `${file}: rates.${name}`);
  return result.output;
}

/** Tiers start at 0, meet without a gap and end at Inf; a volume on a bound belongs to the tier below it. */
function checkTiers(rate: Rate | undefined, where: string): void {
  if (rate === undefined) return;
  let expected = '0';
  for (const [index, tier] of rate.tiers.entries()) {
    if (tier.beginRange !== expected) {
      throw new PathfareError(
        `${where}: tier ${index + 1} begins at ${tier.beginRange}, expected ${expected}`,
        { hint: 'Tiers must start at 0, meet without a gap and be in ascending order.' },
      );
    }
    expected = tier.endRange;
  }
  if (expected !== 'Inf') {
    throw new PathfareError(`${where}: the last tier ends at ${expected}, expected Inf`, {
      hint: 'The last tier must be open-ended.',
    });
  }
}
