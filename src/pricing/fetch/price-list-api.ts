import { Readable } from 'node:stream';
import type { PricingClient } from '@aws-sdk/client-pricing';
import { PathfareError } from '../../base/errors.js';
import { parseJson } from '../../base/json.js';
import { type Environment, proxyAgent } from '../../base/node/proxy.js';
import { checked } from '../../base/schema.js';
import type { RateCard } from '../card/rate-card.js';
import type { Partition, Region } from '../card/regions.js';
import type { ServiceCode } from '../rate-kind.js';
import { type Allowance, checkNesting } from './limits.js';
import { apiProductSchema, dimensionsOf, type PriceListProduct } from './price-list.js';
import { apiFailure } from './price-list-api-failure.js';
import { isWantedAtAll } from './wanted-products.js';

/** How to reach the Price List API. The credentials come from the SDK's ordinary chain. */
export interface ApiOptions {
  /** A profile of the AWS config and credentials files, in place of the default one. */
  readonly profile?: string | undefined;
  /** Milliseconds that one request may take, its repetitions included. */
  readonly timeLimit: number;
  /** The card before, whose SKUs name the products that nothing else tells. */
  readonly replaced: RateCard | undefined;
  readonly signal: AbortSignal;
  /** Where the proxy and the API's address are named. The SDK reads its own settings from the process's environment. */
  readonly env: Environment;
  /** What is left of the Region's limits. */
  readonly allowance: Allowance;
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
  readonly PriceList?: unknown;
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
    // One after another: the API throttles at a few requests a second, and several Regions are read at once.
    const lists = [await readTransfer(client, region, options)];
    for (const query of queriesOf(region)) {
      lists.push(await readAll(client, query, region, options));
    }
    return lists.flat();
  } finally {
    client.destroy();
  }
}

/** Filters keep an answer to a few pages; where a service has few products, its Region's are asked for as a whole. */
const filtersOf: readonly (readonly [ServiceCode, Query['filters']])[] = [
  ['AmazonEC2', { productFamily: 'NAT Gateway' }],
  [
    'AmazonEC2',
    {
      productFamily: 'Compute Instance',
      operatingSystem: 'Linux',
      tenancy: 'Shared',
      preInstalledSw: 'NA',
      capacitystatus: 'Used',
    },
  ],
  ['AmazonVPC', {}],
  ['AWSNetworkFirewall', {}],
  ['AWSCloudWAN', {}],
  ['AmazonRoute53', {}],
  ['AmazonS3', { productFamily: 'API Request' }],
  ['AmazonS3', { productFamily: 'Storage', volumeType: 'Standard' }],
  ['AmazonCloudWatch', {}],
  ['AmazonAthena', {}],
];

const queriesOf = (region: Region): readonly Query[] =>
  filtersOf.map(([serviceCode, filters]) => ({
    serviceCode,
    filters: { regionCode: region.name, ...filters },
  }));

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
  const region = pricingRegions[partition];
  const { profile, env } = options;
  const httpAgent = await proxyAgent(addressOf(partition, env), env);
  const client = new PricingClient({
    region,
    ...(await retries(profile)),
    ...(profile === undefined ? {} : { profile, logger: quiet }),
    ...(httpAgent === undefined ? {} : { requestHandler: { httpAgent, httpsAgent: httpAgent } }),
  });
  limitAnswers(client, options.allowance);
  return client;
}

function addressOf(partition: Partition, env: Environment): string {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const own = env['AWS_ENDPOINT_URL_PRICING'] ?? env['AWS_ENDPOINT_URL'];
  return own ?? `https://api.pricing.${pricingRegions[partition]}.${suffix}`;
}

const attempts = 10;

/**
 * How often and how fast a request is repeated, as AWS_MAX_ATTEMPTS, AWS_RETRY_MODE and the profile say. Where they say
 * nothing: the Price List API throttles at a few requests a second, and the SDK's own three attempts are soon used up.
 */
async function retries(profile: string | undefined) {
  const [{ loadConfig }, retry] = await Promise.all([
    import('@smithy/core/config'),
    import('@smithy/core/retry'),
  ]);
  const from = profile === undefined ? {} : { profile };
  const adaptive = retry.RETRY_MODES.ADAPTIVE;
  return {
    maxAttempts: loadConfig({ ...retry.NODE_MAX_ATTEMPT_CONFIG_OPTIONS, default: attempts }, from),
    retryMode: loadConfig({ ...retry.NODE_RETRY_MODE_CONFIG_OPTIONS, default: adaptive }, from),
  };
}

const answerName = 'Price List API';

/** Lets an answer's bytes through as long as they are within the limits, before the SDK gathers them. */
function limitAnswers(client: PricingClient, allowance: Allowance): void {
  client.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      const { response } = result;
      if (hasBody(response)) {
        const limited = Readable.from(allowance.watch(answerName, response.body));
        response.body = limited;
      }
      return result;
    },
    { step: 'deserialize', name: 'limitAnswers', priority: 'low' },
  );
}

function hasBody(response: unknown): response is { body: AsyncIterable<Uint8Array> } {
  return (
    typeof response === 'object' &&
    response !== null &&
    'body' in response &&
    response.body instanceof Readable
  );
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
    options.allowance.page(originOf(query).name);
    const answer = await readPage(client, query, page, options);
    const read = productTexts(answer, query).map((text) => readProduct(text, query));
    products.push(
      ...read.filter((product) => isWantedAtAll(product, region.name, options.replaced)),
    );
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
  const { allowance } = options;
  const abortSignal = AbortSignal.any([options.signal, limit, allowance.signal]);
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
  let refusal: unknown;
  command.middlewareStack.add(
    (next) => (input) =>
      next(input).catch((error: unknown) => {
        refusal = error;
        throw error;
      }),
    { step: 'finalizeRequest', name: 'lastRefusal', priority: 'low' },
  );
  try {
    return await orAborted(client.send(command, { abortSignal }), abortSignal);
  } catch (error) {
    options.signal.throwIfAborted();
    allowance.checkTime(originOf(query).name);
    if (allowance.refusal !== undefined) throw allowance.refusal;
    // Where the time went into repetitions, what AWS answered says more than that the time is up.
    const outOfTime = limit.aborted && refusal === undefined;
    const timeLimit = outOfTime ? options.timeLimit : undefined;
    throw apiFailure(limit.aborted ? refusal : error, query.serviceCode, timeLimit);
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

function productTexts({ PriceList = [] }: Page, query: Query): readonly unknown[] {
  if (Array.isArray(PriceList)) return PriceList;
  const { name, hint } = originOf(query);
  throw new PathfareError('price-list-invalid', `${name}: \`PriceList\` is not an array`, { hint });
}

function readProduct(text: unknown, query: Query): PriceListProduct {
  const origin = originOf(query);
  // `PriceList` is an array of JSON strings, which the SDK hands over as they came.
  checkNesting(origin.name, String(text));
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
