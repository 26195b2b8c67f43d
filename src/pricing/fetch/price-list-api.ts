import type { PricingClient } from '@aws-sdk/client-pricing';
import { PathfareError } from '../../base/errors.js';
import { parseJson } from '../../base/json.js';
import { checked } from '../../base/schema.js';
import type { Partition, Region } from '../card/regions.js';
import type { ServiceCode } from '../rates.js';
import { apiProductSchema, dimensionsOf, type PriceListProduct } from './price-list.js';
import { apiFailure } from './price-list-api-failure.js';
import { isWantedAtAll } from './wanted-products.js';

/** How to reach the Price List API. The credentials come from the SDK's ordinary chain. */
export interface ApiOptions {
  /** A profile of the AWS config and credentials files, in place of the default one. */
  readonly profile?: string | undefined;
  /** Milliseconds that one request may take, its repetitions included. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
}

// The Price List API has endpoints in a few Regions only; each partition has its own price list. GovCloud's
// prices are in the list of the partition aws.
const pricingRegions: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** A page of the answer. */
interface Page {
  readonly PriceList?: readonly unknown[] | undefined;
  readonly NextToken?: string | undefined;
}

interface Query {
  readonly serviceCode: ServiceCode;
  readonly filters: Readonly<Record<string, string>>;
}

/**
 * Reads the products that a rate card needs through `GetProducts` (credentials with pricing:GetProducts).
 *
 * @throws PathfareError naming the cause and the remedy, never an account or a credential
 */
export async function readFromApi(
  region: Region,
  options: ApiOptions,
): Promise<readonly PriceListProduct[]> {
  const client = await connect(region.partition, options);
  try {
    const lists = await Promise.all([
      readAll(client, natQuery(region), region, options),
      readAll(client, vpcQuery(region), region, options),
      readTransfer(client, region, options),
    ]);
    return lists.flat();
  } finally {
    client.destroy();
  }
}

const natQuery = (region: Region): Query => ({
  serviceCode: 'AmazonEC2',
  filters: { regionCode: region.name, productFamily: 'NAT Gateway' },
});

const vpcQuery = (region: Region): Query => ({
  serviceCode: 'AmazonVPC',
  filters: { regionCode: region.name },
});

/** A transfer product has a Region at each end and names the sending one; a wrong filter just finds nothing. */
async function readTransfer(
  client: PricingClient,
  region: Region,
  options: ApiOptions,
): Promise<readonly PriceListProduct[]> {
  for (const field of ['fromRegionCode', 'regionCode']) {
    const query: Query = { serviceCode: 'AWSDataTransfer', filters: { [field]: region.name } };
    const products = await readAll(client, query, region, options);
    if (products.length > 0) return products;
  }
  return [];
}

// Where the environment holds keys as well, the SDK warns that it takes the profile: just what was asked for.
const nothing = () => {};
const quiet = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

// The SDK is loaded here and nowhere else, since every other command starts faster without it.
async function connect(partition: Partition, options: ApiOptions): Promise<PricingClient> {
  const { PricingClient } = await import('@aws-sdk/client-pricing');
  const profile = options.profile === undefined ? {} : { profile: options.profile, logger: quiet };
  return new PricingClient({ region: pricingRegions[partition], maxAttempts: 4, ...profile });
}

/** All pages of one query, reduced page by page to the products that hold a rate. */
async function readAll(
  client: PricingClient,
  query: Query,
  region: Region,
  options: ApiOptions,
): Promise<readonly PriceListProduct[]> {
  const products: PriceListProduct[] = [];
  let page: string | undefined;
  const seen = new Set<string>();
  do {
    const answer = await readPage(client, query, page, options);
    const read = (answer.PriceList ?? []).map((text) => readProduct(text, query));
    products.push(...read.filter((product) => isWantedAtAll(product, region.name)));
    page = answer.NextToken;
    if (page !== undefined && seen.has(page)) throw repeatedPage(query);
    if (page !== undefined) seen.add(page);
  } while (page !== undefined && page !== '');
  return products;
}

async function readPage(
  client: PricingClient,
  query: Query,
  page: string | undefined,
  options: ApiOptions,
): Promise<Page> {
  const { GetProductsCommand } = await import('@aws-sdk/client-pricing');
  const limit = AbortSignal.timeout(options.timeLimit);
  const abortSignal = AbortSignal.any([options.signal, limit]);
  const command = new GetProductsCommand({
    ServiceCode: query.serviceCode,
    FormatVersion: 'aws_v1',
    MaxResults: 100,
    Filters: Object.entries(query.filters).map(([Field, Value]) => ({
      Type: 'TERM_MATCH',
      Field,
      Value,
    })),
    ...(page === undefined ? {} : { NextToken: page }),
  });
  try {
    return await orAborted(client.send(command, { abortSignal }), abortSignal);
  } catch (error) {
    options.signal.throwIfAborted();
    throw apiFailure(error, query.serviceCode, limit.aborted ? options.timeLimit : undefined);
  }
}

/** The SDK stops waiting for an answer when it is told to, but not in the middle of reading its body. */
function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    answer.then(resolve, reject).finally(done);
  });
}

function readProduct(text: unknown, query: Query): PriceListProduct {
  const origin = originOf(query);
  // `PriceList` is an array of JSON strings, which the SDK hands over as they came.
  const json = parseJson(String(text), { ...origin, name: `${origin.name}: a product` });
  const { product, serviceCode, terms, publicationDate } = checked(
    apiProductSchema,
    json,
    origin,
    'a product',
  );
  return {
    sku: product.sku,
    serviceCode,
    productFamily: product.productFamily ?? null,
    attributes: product.attributes,
    terms: dimensionsOf(terms.OnDemand),
    publishedAt: publicationDate,
    reference: `AWS Price List API, GetProducts ${query.serviceCode}`,
  };
}

const originOf = ({ serviceCode }: Query) => ({
  name: `Price List API, ${serviceCode}`,
  hint: "The rates you had are kept. Try again later, or take the public list: `source: 'offer-file'`.",
});

function repeatedPage(query: Query): PathfareError {
  const { name, hint } = originOf(query);
  return new PathfareError('price-list-invalid', `${name}: the same page was sent twice`, { hint });
}
