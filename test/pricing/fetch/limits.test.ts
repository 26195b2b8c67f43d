import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { proxyFor } from '../../../src/base/node/proxy.js';
import { defaultLimits } from '../../../src/pricing/fetch/limits.js';
import { irelandRows } from '../../support/aws-products.js';
import { type ServerOptions, startPriceListServer } from '../../support/price-list-server.js';
import { runProgram } from '../../support/program.js';
import {
  failureText,
  planted,
  refresh,
  sdkEnvironment,
  useSdkEnvironment,
} from '../../support/refreshing.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { certificate, startProxy, startTls } from '../../support/tls-server.js';

afterEach(() => vi.unstubAllEnvs());

const sources = ['api', 'offer-file'] as const;
type Options = Parameters<typeof refresh>[3];

async function failureOf(
  source: 'api' | 'offer-file',
  server: ServerOptions,
  options: Options = {},
): Promise<string> {
  await using folder = await temporaryFolder();
  await using prices = await startPriceListServer(server);
  useSdkEnvironment(prices.url);
  return failureText(await refresh(source, prices.url, folder.path, options));
}

describe('repetitions', () => {
  // The SDK says on the wire how often it would ask, and in which mode: "F" is adaptive, "E" standard.
  it.each([
    [{}, 'attempt=1; max=10', 'F'],
    [{ AWS_MAX_ATTEMPTS: '12' }, 'attempt=1; max=12', 'F'],
    [{ AWS_RETRY_MODE: 'standard' }, 'attempt=1; max=10', 'E'],
    [{ AWS_MAX_ATTEMPTS: '1', AWS_RETRY_MODE: 'standard' }, 'attempt=1; max=1', 'E'],
  ])('are as the environment says: %o', async (env, attempt, mode) => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    useSdkEnvironment(prices.url, ['AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE']);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await refresh('api', prices.url, folder.path);
    expect(prices.requests[0]?.attempt).toBe(attempt);
    expect(prices.requests[0]?.userAgent).toMatch(new RegExp(` m/(\\w+,)*${mode}(,|$)`));
  });

  it('are as the profile says', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    useSdkEnvironment(prices.url, ['AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', ...Object.keys(planted)]);
    const config = join(folder.path, 'config');
    const keys = 'aws_access_key_id = AKIAPROFILE\naws_secret_access_key = planted\n';
    await writeFile(config, `[profile slow]\nmax_attempts = 7\nretry_mode = standard\n${keys}`);
    vi.stubEnv('AWS_CONFIG_FILE', config);
    vi.stubEnv('AWS_PROFILE', 'slow');
    await refresh('api', prices.url, folder.path);
    expect(prices.requests[0]?.attempt).toBe('attempt=1; max=7');
  });

  it('survive two of three requests throttled', async () => {
    await using folder = await temporaryFolder();
    // Each answer comes after two refusals.
    await using prices = await startPriceListServer({
      trouble: ({ attempt = '' }) => (attempt.startsWith('attempt=3;') ? undefined : 'throttle'),
    });
    // Adaptive, its default, the SDK would wait longer still.
    useSdkEnvironment(prices.url, ['AWS_MAX_ATTEMPTS']);
    expect((await refresh('api', prices.url, folder.path)).kind).toBe('refreshed');
    const answered = prices.requests.filter(({ attempt }) => attempt?.startsWith('attempt=3;'));
    expect(answered.length).toBeGreaterThan(2);
    expect(prices.requests.length).toBe(3 * answered.length);
  });

  it('are what the time went into, where AWS answers none of them', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '10');
    const failure = await failureOf('api', { trouble: () => 'throttle' }, { timeLimit: 300 });
    expect(failure).toContain('AWS asked to slow down');
  });
});

describe('the limits', () => {
  it('are 2,000 pages, 2 GB and 10 minutes', () => {
    expect(defaultLimits).toEqual({ pages: 2000, bytes: 2e9, milliseconds: 10 * 60_000 });
  });

  it('end pages that never end', async () => {
    const failure = await failureOf(
      'api',
      { trouble: () => 'other-pages' },
      { limits: { pages: 20 } },
    );
    expect(failure).toContain('still not at its end after 20 pages');
  });

  it.each(sources)('end an answer of %s that never ends', async (source) => {
    const failure = await failureOf(
      source,
      { trouble: ({ path }) => (path.endsWith('region_index.json') ? undefined : 'endless') },
      { limits: { bytes: 2_000_000 } },
    );
    expect(failure).toContain('more than 2000000 bytes of price lists came for one Region');
    expect(failure).toContain('`maxBytes`');
  });

  it.each(sources)('end an answer of %s that drips', async (source) => {
    const failure = await failureOf(
      source,
      { trouble: () => 'drip' },
      { limits: { milliseconds: 600 } },
    );
    expect(failure).toContain('still not at its end after 0.01 minutes for one Region');
  });

  // 64 brackets in an object are 65 levels.
  it.each(sources)('refuse JSON of %s that nests more than 64 levels deep', async (source) => {
    expect(await failureOf(source, { trouble: () => 'deep' })).toContain(
      'it nests more than 64 levels deep',
    );
  });

  it('refuse a product that nests as deep, which is text within the answer', async () => {
    const deep = `${'['.repeat(65)}${']'.repeat(65)}`;
    expect(await failureOf('api', { extraProduct: `{"product":${deep}}` })).toContain(
      'it nests more than 64 levels deep',
    );
  });

  it.each(['object-list', 'text-list'] as const)(
    'refuse a list that is none: %s',
    async (trouble) => {
      expect(await failureOf('api', { trouble: () => trouble })).toMatch(
        /`PriceList` is not an array|is not JSON/,
      );
    },
  );
});

describe('a list that contradicts itself or the rates it would replace', () => {
  const natRow = irelandRows.filter(({ sku }) => sku === 'DTH8595YVPFXV226');

  it('is refused where one SKU has two prices: the API', async () => {
    const rows = [...irelandRows, ...natRow.map((row) => ({ ...row, prices: '0.0100000000' }))];
    expect(await failureOf('api', { rows })).toContain(
      'natGatewayGb: SKU "DTH8595YVPFXV226" stands in the list twice, at 0.0480000000 USD from 0 and at 0.0100000000 USD from 0',
    );
  });

  it('is refused where one SKU has two prices: an offer file', async () => {
    const rows = [...irelandRows, ...natRow.map((row) => ({ ...row, prices: '0.0100000000' }))];
    expect(await failureOf('offer-file', { rows })).toContain(
      'SKU "DTH8595YVPFXV226" is priced twice, and differently',
    );
  });

  it.each(sources)('stands where %s says the same twice', async (source) => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({ rows: [...irelandRows, ...natRow] });
    useSdkEnvironment(prices.url);
    expect((await refresh(source, prices.url, folder.path)).kind).toBe('refreshed');
  });

  it.each(sources)('is refused in another currency than the Region’s, from %s', async (source) => {
    const printing = { region: 'eu-west-1', currency: 'CNY', publishedAt: '2026-09-25T17:45:21Z' };
    const failure = await failureOf(source, { printing }, { accept: true });
    expect(failure).toContain(
      'it is in CNY, but AWS bills the Region in USD; natGatewayHour (SKU "KFNSSCHWD43WZK2R") costs 0.048 CNY',
    );
  });

  it.each(sources)('is refused where %s is dated ahead', async (source) => {
    const printing = { region: 'eu-west-1', currency: 'USD', publishedAt: '2099-01-01T00:00:00Z' };
    expect(await failureOf(source, { printing })).toContain(
      'natGatewayHour (SKU "KFNSSCHWD43WZK2R") was published on 2099-01-01T00:00:00Z, and today is 2026-10-01',
    );
  });
});

describe('TLS and proxies', () => {
  it.each(sources)('name a certificate that is not trusted: %s', async (source) => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    await using tls = await startTls(Number(new URL(prices.url).port));
    const url = `https://127.0.0.1:${tls.port}`;
    useSdkEnvironment(url);
    const failure = failureText(await refresh(source, url, folder.path));
    expect(failure).toContain(
      'TLS: the certificate is signed by an authority that is not trusted here (DEPTH_ZERO_SELF_SIGNED_CERT)',
    );
    expect(failure).toContain('NODE_EXTRA_CA_CERTS');
    expect(prices.requests).toEqual([]);
  });

  it.each(sources)('name a server that speaks no TLS: %s', async (source) => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const url = prices.url.replace('http:', 'https:');
    useSdkEnvironment(url);
    expect(failureText(await refresh(source, url, folder.path))).toContain(
      'TLS: no secure connection could be made',
    );
  });

  it.each([
    [undefined, "can't be reached (ECONNREFUSED)"],
    [407, 'answered 407'],
  ] as const)('name the proxy that fails: %s', async (status, message) => {
    for (const source of sources) {
      await using folder = await temporaryFolder();
      await using proxy = await startProxy(status);
      if (status === undefined) await proxy[Symbol.asyncDispose]();
      const url = 'https://prices.test';
      useSdkEnvironment(url);
      vi.stubEnv('HTTPS_PROXY', `http://planted:secret@127.0.0.1:${proxy.port}`);
      const failure = failureText(await refresh(source, url, folder.path));
      expect(failure).toContain(`the proxy 127.0.0.1:${proxy.port} ${message}`);
      expect(failure).toContain('HTTPS_PROXY');
      expect(failure).not.toMatch(/planted|secret/);
    }
  });

  // A process of its own: Node reads NODE_EXTRA_CA_CERTS when it starts. No DNS knows prices.test.
  it.each(sources)(
    'lead to %s through HTTPS_PROXY, with the CA of NODE_EXTRA_CA_CERTS',
    async (source) => {
      await using folder = await temporaryFolder();
      await using prices = await startPriceListServer();
      await using tls = await startTls(Number(new URL(prices.url).port));
      await using proxy = await startProxy();
      const authority = join(folder.path, 'ca.pem');
      await writeFile(authority, certificate);
      const url = `https://prices.test:${tls.port}`;
      const run = await runProgram(
        [
          'prices',
          'refresh',
          '--region',
          'eu-west-1',
          '--cache-dir',
          folder.path,
          ...(source === 'api' ? [] : ['--offer-base-url', url]),
        ],
        {
          env: {
            ...sdkEnvironment(url),
            HTTPS_PROXY: `http://user:word@127.0.0.1:${proxy.port}`,
            NODE_EXTRA_CA_CERTS: authority,
          },
        },
      );
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expect(proxy.asked[0]).toEqual({
        host: `prices.test:${tls.port}`,
        authorization: `Basic ${Buffer.from('user:word').toString('base64')}`,
      });
    },
  );

  it.each([
    ['https://a.example', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
    ['https://a.example', { https_proxy: 'p:1', HTTPS_PROXY: 'q:1' }, 'http://p:1'],
    ['http://a.example', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ['http://a.example', { HTTP_PROXY: 'http://p:1' }, 'http://p:1'],
    ['https://a.example', { HTTPS_PROXY: '' }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'p:1', NO_PROXY: '*' }, undefined],
    ['https://x.a.example', { HTTPS_PROXY: 'p:1', NO_PROXY: 'b.example, .a.example' }, undefined],
    ['https://x.a.example', { HTTPS_PROXY: 'p:1', NO_PROXY: 'A.example' }, undefined],
    ['https://xa.example', { HTTPS_PROXY: 'p:1', NO_PROXY: 'a.example' }, 'http://p:1'],
    ['https://a.example:8443', { HTTPS_PROXY: 'p:1', NO_PROXY: 'a.example:443' }, 'http://p:1'],
    ['https://a.example:8443', { HTTPS_PROXY: 'p:1', no_proxy: 'a.example:8443' }, undefined],
  ])('are chosen as curl does: %s with %o', (url, env, proxy) => {
    expect(proxyFor(url, env)).toBe(proxy);
  });
});
