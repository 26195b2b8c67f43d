import { JSONParser } from '@streamparser/json';
import * as v from 'valibot';
import { PathfareError } from '../../base/errors.js';
import { checked } from '../../base/schema.js';
import type { ServiceCode } from '../rates.js';
import { dimensionsOf, type PriceListProduct, productSchema, termsSchema } from './price-list.js';
import { isWantedAtAll } from './wanted-products.js';

/** An offer file on its way in. */
export interface OfferFile {
  readonly serviceCode: ServiceCode;
  readonly region: string;
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
}

/**
 * Reads the products that a rate card needs from an offer file. The file of AmazonEC2 is hundreds of
 * megabytes long, so it is streamed: every product and term is dropped as soon as it is seen to be another,
 * and reading ends once the last wanted price is in.
 *
 * @throws PathfareError where the file is not JSON, is cut off or is no offer file
 */
export async function readOfferFile(file: OfferFile): Promise<readonly PriceListProduct[]> {
  const kept: Kept = { publishedAt: undefined, products: new Map(), terms: new Map() };
  const parser = parserInto(kept, file);
  for await (const chunk of file.body) {
    feed(parser, chunk, file);
    if (isComplete(kept)) return productsOf(kept, file);
  }
  if (!parser.isEnded) throw notAnOfferFile(file, 'it is cut off');
  return productsOf(kept, file);
}

function parserInto(kept: Kept, file: OfferFile): JSONParser {
  const parser = new JSONParser({
    paths: ['$.publicationDate', '$.products.*', '$.terms.OnDemand.*'],
    keepStack: false,
  });
  parser.onValue = ({ key, value, stack }) => {
    const sku = String(key);
    if (stack.length === 1) kept.publishedAt = typeof value === 'string' ? value : undefined;
    else if (stack.length === 2) keepProduct(kept, value, file);
    else if (kept.products.has(sku))
      kept.terms.set(sku, checked(termsSchema, value, originOf(file), 'a product'));
  };
  return parser;
}

function keepProduct(kept: Kept, value: unknown, file: OfferFile): void {
  const product = checked(productSchema, value, originOf(file), 'a product');
  const { serviceCode, region } = file;
  const productFamily = product.productFamily ?? null;
  if (isWantedAtAll({ serviceCode, productFamily, attributes: product.attributes }, region)) {
    kept.products.set(product.sku, product);
  }
}

function feed(parser: JSONParser, chunk: Uint8Array, file: OfferFile): void {
  try {
    parser.write(chunk);
  } catch (error) {
    if (error instanceof PathfareError) throw error;
    throw notAnOfferFile(file, 'it is not JSON');
  }
}

/** The products stand before their prices in an offer file, so no more of them follow the first price. */
function isComplete(kept: Kept): boolean {
  const { publishedAt, products, terms } = kept;
  return publishedAt !== undefined && products.size > 0 && terms.size === products.size;
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
