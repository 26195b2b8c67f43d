import * as v from 'valibot';
import { amount } from '../../base/decimal.js';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { checked, readHeadOf, schemaOf } from '../../base/schema.js';
import { type RateKind, rateUnits } from '../rate-kind.js';
import { familyNames, rateFamilies, rateKinds, rateNames } from '../rates.js';
import type { Rate, RateCard, RateTier } from './rate-card.js';

const decimal = v.pipe(
  v.string(),
  v.regex(/^(0|[1-9]\d*)(\.\d+)?$/, 'is not a plain decimal string'),
);
// They are printed as evidence and may come from a file of anybody's: no character that a format would have to escape.
const code = v.pipe(v.string(), v.regex(/^[\w.-]{1,120}$/, 'is not a code of the price list'));
// A Region or a type of instance. What names an object's own members is none.
const of = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+([.-][a-z0-9]+)+$/, 'is not a Region or a type of instance'),
);
const instant = v.pipe(v.string(), v.isoTimestamp('is not an ISO 8601 time in UTC'));

/**
 * A tier as a rate card file holds it.
 *
 * @internal
 */
export const tierSchema = schemaOf<RateTier>()(
  v.strictObject({
    beginRange: decimal,
    endRange: v.union([decimal, v.literal('Inf')]),
    price: decimal,
    rateCode: v.nullable(code),
    verifiedAt: v.optional(instant),
  }),
);

/**
 * A rate as a rate card file holds it.
 *
 * @internal
 */
export const rateSchema = schemaOf<Rate>()(
  v.strictObject({
    unit: v.picklist(rateUnits),
    sku: v.nullable(code),
    publishedAt: instant,
    reference: v.string(),
    verifiedAt: v.optional(instant),
    verifiedIn: v.optional(v.string()),
    assumed: v.optional(v.strictObject({ reason: v.string(), low: decimal, high: decimal })),
    freeGb: v.optional(decimal),
    tiers: v.pipe(v.array(tierSchema), v.minLength(1)),
  }),
);

/**
 * A rate card file.
 *
 * @internal
 */
export const rateCardSchema = schemaOf<RateCard>()(
  v.strictObject({
    ...readHeadOf('rate-card@1'),
    region: v.string(),
    location: v.string(),
    currency: v.picklist(['USD', 'CNY']),
    publishedAt: instant,
    fetchedAt: v.nullable(instant),
    source: v.picklist(['shipped', 'api', 'offer-file', 'yours']),
    rates: v.strictObject(v.entriesFromList(rateNames, v.optional(rateSchema))),
    families: v.optional(
      v.strictObject(v.entriesFromList(familyNames, v.optional(v.record(of, rateSchema)))),
    ),
  }),
);

/**
 * The schemas of a rate card and of its parts. The documents of `cost` and `report` are made with them, since these rooms know
 * only the types of rates.
 *
 * @internal
 */
export const rateSchemas = {
  card: rateCardSchema,
  rateName: v.picklist(rateNames),
  familyName: v.picklist(familyNames),
  unit: rateSchema.entries.unit,
  currency: rateCardSchema.entries.currency,
  source: rateCardSchema.entries.source,
  publishedAt: instant,
} as const;

/**
 * The schemas of a rate card and of its parts.
 *
 * @internal
 */
export type RateSchemas = typeof rateSchemas;

/**
 * Reads a rate card from parsed JSON.
 *
 * @param file the file's name, for the message of a failure
 * @param hint what to do about a card that is wrong
 * @throws PathfareError naming the file, the field and what is wrong with it
 */
export function parseRateCard(
  value: unknown,
  file: string,
  hint = 'Run "pathfare prices refresh" to fetch the card again.',
): RateCard {
  const card = checked(rateCardSchema, value, { name: file, hint }, 'the rate card');
  for (const name of rateNames) {
    checkRate(`rates.${name}`, rateKinds[name], card.rates[name], file, hint);
  }
  for (const name of familyNames) {
    for (const [of, rate] of Object.entries(card.families?.[name] ?? {})) {
      checkRate(`families.${name}.${of}`, rateFamilies[name], rate, file, hint);
    }
  }
  return card;
}

/** What of a rate is checked, be it a card's or the user's own. */
type RateStructure = Pick<Rate, 'unit'> & {
  readonly sku?: string | null | undefined;
  readonly tiers: readonly Pick<RateTier, 'beginRange' | 'endRange' | 'price'>[];
};

/**
 * Checks what a schema cannot say of a rate: its unit, that its tiers start at 0, meet without a gap and end at
 * Inf, that only what AWS prices by volume has several, and that PrivateLink's prices never rise, which the plan rests
 * on. A volume on a bound belongs to the tier below it.
 *
 * @throws PathfareError naming the file, the rate and its SKU
 */
export function checkRate(
  name: string,
  { unit, tiers }: RateKind,
  rate: RateStructure | undefined,
  file: string,
  hint: string,
): void {
  if (rate === undefined) return;
  const sku = rate.sku === undefined || rate.sku === null ? '' : ` (SKU ${quoteValue(rate.sku)})`;
  const where = `${file}: ${name}${sku}`;
  if (rate.unit !== unit) {
    throw new PathfareError('invalid-rates', `${where}: unit ${rate.unit}, expected ${unit}`, {
      hint,
    });
  }
  if (rate.tiers.length > 1 && tiers === 'none') {
    throw new PathfareError(
      'invalid-rates',
      `${where}: ${rate.tiers.length} tiers, expected one price`,
      { hint },
    );
  }
  checkTiers(rate.tiers, where, hint);
  if (tiers === 'falling') checkFalling(rate.tiers, where, hint);
}

function checkFalling(tiers: RateStructure['tiers'], where: string, hint: string): void {
  for (const [index, { price }] of tiers.entries()) {
    const below = tiers[index - 1]?.price ?? price;
    if (amount(price).lte(below)) continue;
    throw new PathfareError(
      'invalid-rates',
      `${where}: tier ${index + 1} costs more than the one below, ${price} after ${below}`,
      { hint },
    );
  }
}

function checkTiers(tiers: RateStructure['tiers'], where: string, hint: string): void {
  let expected = '0';
  for (const [index, { beginRange, endRange }] of tiers.entries()) {
    if (beginRange !== expected) {
      throw new PathfareError(
        'invalid-rates',
        `${where}: tier ${index + 1} begins at ${beginRange}, expected ${expected}`,
        { hint },
      );
    }
    if (endRange !== 'Inf' && amount(endRange).lte(beginRange)) {
      throw new PathfareError(
        'invalid-rates',
        `${where}: tier ${index + 1} ends at ${endRange}, not above its beginning`,
        { hint },
      );
    }
    expected = endRange;
  }
  if (expected !== 'Inf') {
    throw new PathfareError(
      'invalid-rates',
      `${where}: the last tier ends at ${expected}, expected Inf`,
      { hint },
    );
  }
}
