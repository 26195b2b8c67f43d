import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ireland, irelandRows, type Printing, type ProductRow, printed } from './aws-products.js';

/** What the server does with a request in place of answering it. */
export type Trouble =
  | 'throttle'
  | 'unavailable'
  | 'denied'
  | 'expired'
  | 'unknown-key'
  | 'cut'
  | 'hang'
  | 'hang-in-body'
  | 'not-json'
  | 'bad-product'
  | 'empty'
  | 'same-page'
  | 'other-pages'
  | 'object-list'
  | 'text-list'
  | 'deep'
  | 'endless'
  | 'drip'
  | 'not-found';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly serviceCode: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly nextToken: string | undefined;
  readonly authorization: string | undefined;
  /** What the SDK says of its repetitions: the attempt, the most attempts, and its retry mode among its features. */
  readonly attempt: string | undefined;
  readonly userAgent: string | undefined;
  readonly path: string;
}

export interface ServerOptions {
  readonly rows?: readonly ProductRow[];
  readonly printing?: Printing;
  readonly pageSize?: number;
  /** Gives every Region the products of the printed one. */
  readonly everyRegion?: boolean;
  /** Told the request and how many came before it. */
  readonly trouble?: (request: SeenRequest, before: number) => Trouble | undefined;
  /** A further product in the answers of `GetProducts`, as text. */
  readonly extraProduct?: string;
  /** How many other products stand before the wanted ones in AmazonEC2's offer file, to make it long. */
  readonly otherProducts?: number;
}

export interface PriceListServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** The most requests that were unanswered at one time. */
  readonly atOnce: () => number;
}

/** An account and a user as AWS names them in the message of a refused request. */
const plantedArn = 'arn:aws:iam::210987654321:user/planted';

/**
 * Starts an HTTP server on loopback that speaks the Price List API's JSON 1.1 and serves offer files, and
 * that fails in the ways that AWS, a proxy and a network fail.
 */
export async function startPriceListServer(options: ServerOptions = {}): Promise<PriceListServer> {
  const requests: SeenRequest[] = [];
  let open = 0;
  let atOnce = 0;
  const server = createServer((request, response) => {
    open += 1;
    atOnce = Math.max(atOnce, open);
    response.once('close', () => {
      open -= 1;
    });
    answer(request, response, requests, options).catch(() => response.destroy());
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    atOnce: () => atOnce,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  requests: SeenRequest[],
  options: ServerOptions,
): Promise<void> {
  const seen = await see(request);
  const trouble = options.trouble?.(seen, requests.length);
  requests.push(seen);
  if (trouble !== undefined && fail(trouble, response)) return;
  if (request.method === 'GET') await sendOfferFile(seen, response, options, trouble);
  else send(response, 200, getProducts(seen, options, trouble));
}

async function see(request: IncomingMessage): Promise<SeenRequest> {
  const path = request.url ?? '';
  const { authorization, 'user-agent': userAgent } = request.headers;
  const header = request.headers['amz-sdk-request'];
  const attempt = typeof header === 'string' ? header : undefined;
  if (request.method === 'GET') {
    const serviceCode = path.split('/')[4] ?? '';
    const filters = {};
    return { serviceCode, filters, nextToken: undefined, authorization, attempt, userAgent, path };
  }
  const body = JSON.parse(await text(request));
  const filters = Object.fromEntries(
    (body.Filters ?? []).map((filter: { Field: string; Value: string }) => [
      filter.Field,
      filter.Value,
    ]),
  );
  const { ServiceCode: serviceCode, NextToken: nextToken } = body;
  return { serviceCode, filters, nextToken, authorization, attempt, userAgent, path };
}

/** Answers with the trouble itself; false where the trouble lies within a good answer. */
function fail(trouble: Trouble, response: ServerResponse): boolean {
  switch (trouble) {
    case 'throttle':
      return refuse(response, 400, 'ThrottlingException', 'Rate exceeded');
    case 'unavailable':
      return refuse(response, 503, 'ServiceUnavailableException', 'Service Unavailable');
    case 'denied':
      return refuse(
        response,
        400,
        'AccessDeniedException',
        `User: ${plantedArn} is not authorized to perform: pricing:GetProducts`,
      );
    case 'expired':
      return refuse(
        response,
        400,
        'ExpiredTokenException',
        `The token of ${plantedArn} is expired`,
      );
    case 'unknown-key':
      return refuse(response, 400, 'UnrecognizedClientException', 'The security token is invalid');
    case 'not-found':
      return refuse(response, 404, 'NotFound', 'no such key');
    case 'cut':
      response.writeHead(200, { 'content-length': '100000' });
      response.write('{"FormatVersion":"aws_v1","PriceList":[', () => response.destroy());
      return true;
    case 'hang':
      return true;
    case 'hang-in-body':
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.write('{"FormatVersion":"aws_v1",');
      return true;
    case 'not-json':
      response.writeHead(200).end('<html>Sign in to this network</html>');
      return true;
    case 'object-list':
      response.writeHead(200).end('{"PriceList":{}}');
      return true;
    case 'text-list':
      response.writeHead(200).end('{"PriceList":"abc"}');
      return true;
    case 'deep':
      response.writeHead(200).end(`{"PriceList":${'['.repeat(64)}${']'.repeat(64)}}`);
      return true;
    case 'endless':
      response.writeHead(200);
      pipeline(endless('{"PriceList":["', ' '.repeat(2 ** 16)), response).catch(() => undefined);
      return true;
    case 'drip':
      response.writeHead(200);
      pipeline(endless('{', ' ', 50), response).catch(() => undefined);
      return true;
    case 'bad-product':
    case 'empty':
    case 'same-page':
    case 'other-pages':
      return false;
  }
}

async function* endless(head: string, piece: string, wait?: number): AsyncGenerator<string> {
  yield head;
  for (;;) {
    if (wait !== undefined) await delay(wait);
    yield piece;
  }
}

function refuse(response: ServerResponse, status: number, type: string, message: string): boolean {
  send(response, status, { __type: type, message });
  return true;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}

/** `GetProducts`: filters that match nothing give an empty list and no error. */
function getProducts(seen: SeenRequest, options: ServerOptions, trouble: Trouble | undefined) {
  if (trouble === 'empty') return { FormatVersion: 'aws_v1', PriceList: [] };
  const asked = seen.filters['regionCode'] ?? seen.filters['fromRegionCode'] ?? ireland.region;
  const printing = printingFor(asked, options);
  const found = rowsOf(seen.serviceCode, options)
    .map((row) => printed(row, printing))
    .filter(({ product }) => {
      const fields = { productFamily: undefined, ...product, ...product.attributes };
      return Object.entries(seen.filters).every(
        ([field, value]) => new Map(Object.entries(fields)).get(field) === value,
      );
    });
  const begin = Number(seen.nextToken ?? '0');
  const end = begin + (options.pageSize ?? 100);
  const list = found.slice(begin, end).map(({ product, onDemand }) =>
    JSON.stringify({
      product,
      serviceCode: seen.serviceCode,
      terms: { OnDemand: onDemand },
      version: '1',
      publicationDate: printing.publishedAt,
    }),
  );
  return {
    FormatVersion: 'aws_v1',
    PriceList: [
      ...list,
      ...(trouble === 'bad-product' ? ['{"product":'] : []),
      ...(options.extraProduct === undefined ? [] : [options.extraProduct]),
    ],
    ...(trouble === 'same-page' ? { NextToken: '0' } : {}),
    ...(trouble === 'other-pages' ? { NextToken: `${begin + 1}` } : {}),
    ...(end < found.length ? { NextToken: String(end) } : {}),
  };
}

function printingFor(region: string, { printing = ireland, everyRegion }: ServerOptions): Printing {
  return everyRegion === true ? { ...printing, region } : printing;
}

function rowsOf(serviceCode: string, options: ServerOptions): readonly ProductRow[] {
  return (options.rows ?? irelandRows).filter((row) => row.serviceCode === serviceCode);
}

async function sendOfferFile(
  seen: SeenRequest,
  response: ServerResponse,
  options: ServerOptions,
  trouble: Trouble | undefined,
): Promise<void> {
  const { region, publishedAt } = options.printing ?? ireland;
  const folder = seen.path.split('/').slice(0, 5).join('/');
  if (seen.path === `${folder}/current/region_index.json`) {
    const currentVersionUrl = `${folder}/20260925174521/${region}/index.json`;
    send(response, 200, {
      publicationDate: publishedAt,
      regions: { [region]: { regionCode: region, currentVersionUrl } },
    });
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  await pipeline(offerFile(seen, options, trouble), response);
}

/** An offer file piece by piece: the products, then their terms, as AWS writes it. */
async function* offerFile(
  { serviceCode }: SeenRequest,
  options: ServerOptions,
  trouble: Trouble | undefined,
): AsyncGenerator<string> {
  const printing = options.printing ?? ireland;
  const others = serviceCode === 'AmazonEC2' ? (options.otherProducts ?? 0) : 0;
  const head = {
    formatVersion: 'v1.0',
    offerCode: serviceCode,
    publicationDate: printing.publishedAt,
  };
  const rows = rowsOf(serviceCode, options).map((row) => printed(row, printing));
  const entry = ([sku, value]: readonly [string, unknown]) =>
    `${JSON.stringify(sku)}:${JSON.stringify(value)}`;
  yield `${JSON.stringify(head).slice(0, -1)},"products":{`;
  yield* otherEntries(others, (sku) =>
    entry([sku, otherProduct(sku, serviceCode, printing).product]),
  );
  yield rows.map(({ product }) => entry([product.sku, product])).join(',');
  yield '},"terms":{"OnDemand":{';
  if (trouble === 'bad-product') yield '{{';
  if (trouble !== 'empty') {
    yield* otherEntries(others, (sku) =>
      entry([sku, otherProduct(sku, serviceCode, printing).onDemand]),
    );
    yield rows.map(({ product, onDemand }) => entry([product.sku, onDemand])).join(',');
  }
  yield '}}}';
}

function otherProduct(sku: string, serviceCode: string, printing: Printing) {
  const usageType = 'EU-BoxUsage:m5.large';
  const row = {
    sku,
    usageType,
    unit: 'Hrs',
    prices: '0.1070000000',
    serviceCode: 'AmazonEC2' as const,
  };
  return printed({ ...row, family: `Compute Instance ${serviceCode}` }, printing);
}

async function* otherEntries(
  count: number,
  print: (sku: string) => string,
): AsyncGenerator<string> {
  const atOnce = 500;
  const [first = '', ...rest] = print('OTHER-SKU').split('OTHER-SKU');
  for (let begin = 0; begin < count; begin += atOnce) {
    let text = '';
    for (let number = begin; number < begin + atOnce; number++) {
      const sku = `OTHER${String(number).padStart(11, '0')}`;
      text += `${[first, ...rest].join(sku)},`;
    }
    yield text;
  }
}
