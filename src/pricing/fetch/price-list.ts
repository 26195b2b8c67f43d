import * as v from 'valibot';

/** One price of a product between two bounds, as the price list holds it: every number is a string. */
export interface PriceDimension {
  readonly rateCode: string;
  readonly beginRange: string;
  /** "Inf" where there is no upper bound. */
  readonly endRange: string;
  readonly unit: string;
  /** The price in each currency that the list gives, by the currency's code. */
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

/** A product of the price list with its on-demand prices, from the API or from an offer file. */
export interface PriceListProduct {
  readonly sku: string;
  readonly serviceCode: string;
  readonly productFamily: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** The prices of each on-demand term; the price list keeps them in no order. */
  readonly terms: readonly (readonly PriceDimension[])[];
  /** ISO 8601. */
  readonly publishedAt: string;
  /** Where the product was read. */
  readonly reference: string;
}

const dimension = v.object({
  rateCode: v.string(),
  beginRange: v.string(),
  endRange: v.string(),
  unit: v.string(),
  pricePerUnit: v.record(v.string(), v.string()),
});
const term = v.object({ priceDimensions: v.record(v.string(), dimension) });
const terms = v.record(v.string(), term);

/** The description of a product, the same in the API's answer and in an offer file. */
export const productSchema = v.object({
  sku: v.string(),
  productFamily: v.optional(v.string()),
  attributes: v.record(v.string(), v.string()),
});

/** The on-demand terms of one product, by "SKU.TERM". */
export const termsSchema = terms;

/**
 * A product as `GetProducts` returns it, one JSON string each. An offer file nests the terms once more,
 * by SKU.
 */
export const apiProductSchema = v.object({
  product: productSchema,
  serviceCode: v.string(),
  terms: v.object({ OnDemand: v.optional(terms) }),
  publicationDate: v.pipe(v.string(), v.isoTimestamp()),
});

/** The prices of each term, without the keys that the price list files them under. */
export function dimensionsOf(
  onDemand: v.InferOutput<typeof terms> | undefined,
): readonly (readonly PriceDimension[])[] {
  return Object.values(onDemand ?? {}).map((one) => Object.values(one.priceDimensions));
}
