import { JSONParser } from '@streamparser/json';
import * as v from 'valibot';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { checked } from '../../base/schema.js';
import type { RateCard } from '../card/rate-card.js';
import type { ServiceCode } from '../rate-kind.js';
import { dimensionsOf, type PriceListProduct, productSchema, termsSchema } from './price-list.js';
import { isWantedAtAll } from './wanted-products.js';

/** An offer file on its way in. */
export interface OfferFile {
  readonly serviceCode: ServiceCode;
  readonly region: string;
  /** The card before, whose SKUs name the products that nothing else tells. */
  readonly replaced: RateCard | undefined;
  /** Where it comes from, for messages and as evidence. */
  readonly url: string;
  readonly body: AsyncIterable<Uint8Array>;
}

type Product = v.InferOutput<typeof productSchema>;
type Terms = v.InferOutput<typeof termsSchema>;

/** What has been kept of the file so far: a handful of products out of a hundred thousand. */
interface Kept {
  publishedAt: string | undefined;
  readonly products: Map<string, Product>;
  readonly terms: Map<string, Terms>;
  /** Whether the on-demand prices are all read: the reserved ones, which follow, have begun. */
  pastPrices: boolean;
}

/**
 * Reads the products that a rate card needs from an offer file. The file of AmazonEC2 is hundreds of
 * megabytes long, so it is streamed: every product and term is dropped as soon as it is seen to be another,
 * and reading ends where the reserved prices begin, which are most of it.
 *
 * @throws PathfareError where the file is not JSON, is cut off or is no offer file
 */
export async function readOfferFile(file: OfferFile): Promise<readonly PriceListProduct[]> {
  const kept: Kept = {
    publishedAt: undefined,
    products: new Map(),
    terms: new Map(),
    pastPrices: false,
  };
  const parser = parserInto(kept, file);
  for await (const chunk of file.body) {
    feed(parser, chunk, file);
    if (kept.pastPrices && kept.publishedAt !== undefined) return productsOf(kept, file);
  }
  if (!parser.isEnded) throw notAnOfferFile(file, 'it is cut off');
  return productsOf(kept, file);
}

function parserInto(kept: Kept, file: OfferFile): JSONParser {
  const parser = new JSONParser({
    paths: ['$.publicationDate', '$.products.*', '$.terms.OnDemand.*', '$.terms.Reserved.*'],
    keepStack: false,
  });
  parser.onValue = ({ key, value, stack }) => {
    const sku = String(key);
    if (stack.length === 1) kept.publishedAt = typeof value === 'string' ? value : undefined;
    else if (stack.length === 2) keepProduct(kept, value, file);
    else if (stack[2]?.key === 'Reserved') kept.pastPrices = kept.terms.size > 0;
    else if (kept.products.has(sku)) keepTerms(kept, sku, value, file);
  };
  return parser;
}

function keepProduct(kept: Kept, value: unknown, file: OfferFile): void {
  const product = checked(productSchema, value, originOf(file), 'a product');
  const { serviceCode, region, replaced } = file;
  const { sku, attributes } = product;
  const productFamily = product.productFamily ?? null;
  if (isWantedAtAll({ sku, serviceCode, productFamily, attributes }, region, replaced)) {
    keepOnce(kept.products, product.sku, product, 'described', file);
  }
}

function keepTerms(kept: Kept, sku: string, value: unknown, file: OfferFile): void {
  const terms = checked(termsSchema, value, originOf(file), 'a product');
  keepOnce(kept.terms, sku, terms, 'priced', file);
}

/** A list that says two things of one SKU can't be trusted in either. */
function keepOnce<Value>(
  values: Map<string, Value>,
  sku: string,
  value: Value,
  done: string,
  file: OfferFile,
): void {
  const before = values.get(sku);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) {
    throw notAnOfferFile(file, `SKU ${quoteValue(sku)} is ${done} twice, and differently`);
  }
  values.set(sku, value);
}

function feed(parser: JSONParser, chunk: Uint8Array, file: OfferFile): void {
  try {
    parser.write(chunk);
  } catch (error) {
    if (error instanceof PathfareError) throw error;
    throw notAnOfferFile(file, 'it is not JSON');
  }
}

function productsOf(kept: Kept, file: OfferFile): readonly PriceListProduct[] {
  const publishedAt = v.safeParse(v.pipe(v.string(), v.isoTimestamp()), kept.publishedAt);
  if (!publishedAt.success) throw notAnOfferFile(file, 'it has no publicationDate');
  return [...kept.products.values()].map((product) => ({
    sku: product.sku,
    serviceCode: file.serviceCode,
    productFamily: product.productFamily ?? null,
    attributes: product.attributes,
    terms: dimensionsOf(kept.terms.get(product.sku)),
    publishedAt: publishedAt.output,
    reference: file.url,
  }));
}

function notAnOfferFile(file: OfferFile, what: string): PathfareError {
  const { name, hint } = originOf(file);
  return new PathfareError('price-list-invalid', `${name}: ${what}`, { hint });
}

const originOf = ({ url }: OfferFile) => ({
  name: `Offer file ${url}`,
  hint: 'The rates you had are kept. Try again; if it persists, the mirror or a proxy may change the file.',
});
