import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../src/base/errors.js';
import { allRates } from '../../../src/pricing/card/all-rates.js';
import { loadShippedRateCard, readCachedCard } from '../../../src/pricing/card/load-rate-card.js';
import type { RateCard } from '../../../src/pricing/card/rate-card.js';
import type { Refreshed } from '../../../src/pricing/fetch/refresh.js';
import { serviceCodes } from '../../../src/pricing/rate-kind.js';
import { rateKinds, rateNames } from '../../../src/pricing/rates.js';
import {
  furtherIrelandRows,
  irelandRows,
  type ProductRow,
  withoutRows,
  withRow,
} from '../../support/aws-products.js';
import { shippedCard } from '../../support/cards.js';
import {
  type ServerOptions,
  startPriceListServer,
  type Trouble,
} from '../../support/price-list-server.js';
import { failureText, refresh, useSdkEnvironment } from '../../support/refreshing.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

afterEach(() => vi.unstubAllEnvs());

const sources = ['api', 'offer-file'] as const;

const estimated: readonly string[] = rateNames.filter((name) => !rateKinds[name].further);

async function refreshFrom(
  source: 'api' | 'offer-file',
  server: ServerOptions = {},
  options: Parameters<typeof refresh>[3] = {},
): Promise<Refreshed> {
  await using folder = await temporaryFolder();
  await using prices = await startPriceListServer(server);
  useSdkEnvironment(prices.url);
  return await refresh(source, prices.url, folder.path, options);
}

function cardOf(result: Refreshed): RateCard {
  if (result.kind === 'refreshed') return result.card;
  throw new Error(failureText(result));
}

describe.each(sources)('refreshing from %s', (source) => {
  it('reads every rate of the card, each with its SKU, rate code, date and source', async () => {
    const card = cardOf(await refreshFrom(source));
    expect(card).toMatchObject({
      schema: 'pathfare/rate-card@1',
      region: 'eu-west-1',
      location: 'Europe (Ireland)',
      currency: 'USD',
      publishedAt: '2026-09-25T17:45:21Z',
      fetchedAt: '2026-10-01T12:00:00.000Z',
      source,
    });
    const fetched = Object.entries(card.rates).filter(([name]) => estimated.includes(name));
    const prices = fetched.map(([name, rate]) => [
      name,
      rate?.sku,
      rate?.unit,
      ...(rate?.tiers ?? []).map((tier) => tier.price),
    ]);
    expect(prices).toEqual([
      ['natGatewayHour', 'KFNSSCHWD43WZK2R', 'Hrs', '0.048'],
      ['natGatewayGb', 'DTH8595YVPFXV226', 'GB', '0.048'],
      ['regionalNatGatewayHour', 'EQKFCWWHPDRFVY6T', 'Hrs', '0.048'],
      ['regionalNatGatewayGb', 'SCVPQWR4PN8NY9DD', 'GB', '0.048'],
      ['interfaceEndpointHour', 'ENDPOINTHOUR0001', 'Hrs', '0.011'],
      ['interfaceEndpointGb', 'ENDPOINTBYTES001', 'GB', '0.01', '0.006', '0.004'],
      ['publicIpv4Hour', 'IPV4INUSE0000001', 'Hrs', '0.005'],
      ['transitGatewayAttachmentHour', 'TRANSITHOUR00001', 'Hrs', '0.05'],
      ['transitGatewayGb', 'TRANSITBYTES0001', 'GB', '0.02'],
      ['regionalTransferGb', 'REGIONALBYTES001', 'GB', '0.01'],
      ['internetEgressGb', 'OUTBYTES00000001', 'GB', '0.09', '0.085', '0.07', '0.05'],
    ]);
    expect(card.rates.internetEgressGb?.freeGb).toBe('100');
  });

  it('puts shuffled price dimensions in the order of their bounds', async () => {
    const card = cardOf(await refreshFrom(source));
    expect(card.rates.interfaceEndpointGb?.tiers).toEqual([
      {
        beginRange: '0',
        endRange: '1048576',
        price: '0.01',
        rateCode: 'ENDPOINTBYTES001.JRTCKXETXF.D7RZ6WCPVW',
      },
      {
        beginRange: '1048576',
        endRange: '5242880',
        price: '0.006',
        rateCode: 'ENDPOINTBYTES001.JRTCKXETXF.RBMR72YW69',
      },
      {
        beginRange: '5242880',
        endRange: 'Inf',
        price: '0.004',
        rateCode: 'ENDPOINTBYTES001.JRTCKXETXF.SW9U2ZKBYX',
      },
    ]);
  });

  it('keeps the card in the cache, and says what differs from the rates used before', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({
      rows: withRow(irelandRows, 'DTH8595YVPFXV226', { prices: '0.0500000000' }),
    });
    useSdkEnvironment(prices.url);
    const result = await refresh(source, prices.url, folder.path);
    // Shipped: 0.048. (0.05 − 0.048) ÷ 0.048 = 4.1666… %
    expect(result).toMatchObject({
      changes: [{ rate: 'natGatewayGb', before: '0.048', after: '0.05', percent: '4.17' }],
    });
    expect(await readCachedCard(folder.path, 'eu-west-1')).toEqual({
      card: cardOf(result),
      findings: [],
    });
    expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json']);
  });

  const wrong: readonly (readonly [string, readonly ProductRow[], string])[] = [
    [
      'a rate without a product',
      withoutRows(irelandRows, 'KFNSSCHWD43WZK2R'),
      'no product for natGatewayHour',
    ],
    [
      'a rate of the old card without a product',
      withoutRows(irelandRows, 'EQKFCWWHPDRFVY6T'),
      'no product for regionalNatGatewayHour',
    ],
    [
      'two products for one rate',
      [
        ...irelandRows,
        ...irelandRows
          .filter((row) => row.sku === 'IPV4INUSE0000001')
          .map((row) => ({ ...row, sku: 'SECOND0000000001' })),
      ],
      'publicIpv4Hour: 2 products match, SKUs "IPV4INUSE0000001", "SECOND0000000001"',
    ],
    [
      'a price of zero',
      withRow(irelandRows, 'DTH8595YVPFXV226', { prices: '0.0000000000' }),
      'natGatewayGb (SKU "DTH8595YVPFXV226") has a price of 0',
    ],
    [
      'a price more than ten times the old one',
      withRow(irelandRows, 'DTH8595YVPFXV226', { prices: '0.4800000001' }),
      'natGatewayGb (SKU "DTH8595YVPFXV226") changed from 0.048 to 0.4800000001, more than ten times',
    ],
    [
      'a price less than a tenth of the old one',
      withRow(irelandRows, 'KFNSSCHWD43WZK2R', { prices: '0.0047000000' }),
      'natGatewayHour (SKU "KFNSSCHWD43WZK2R") changed from 0.048 to 0.0047, more than ten times',
    ],
    [
      'a negative price',
      withRow(irelandRows, 'KFNSSCHWD43WZK2R', { prices: '-0.0480000000' }),
      'natGatewayHour (SKU "KFNSSCHWD43WZK2R", usage type "EU-NatGateway-Hours"): price "-0.0480000000" is not a number of zero or more',
    ],
    [
      'a last tier that ends',
      withRow(irelandRows, 'ENDPOINTBYTES001', {
        prices: [
          ['1048576', '0.01'],
          ['5242880', '0.006'],
        ],
      }),
      'rates.interfaceEndpointGb (SKU "ENDPOINTBYTES001"): the last tier ends at 5242880, expected Inf',
    ],
    [
      'another unit',
      withRow(irelandRows, 'DTH8595YVPFXV226', { unit: 'TB' }),
      'natGatewayGb (SKU "DTH8595YVPFXV226", usage type "EU-NatGateway-Bytes"): unit "TB", expected GB',
    ],
  ];

  it.each(wrong)(
    'refuses %s, naming the product, and keeps the old card',
    async (_, rows, text) => {
      await using folder = await temporaryFolder();
      await using good = await startPriceListServer();
      useSdkEnvironment(good.url);
      const old = cardOf(await refresh(source, good.url, folder.path));
      await using bad = await startPriceListServer({ rows });
      useSdkEnvironment(bad.url);
      const failure = failureText(await refresh(source, bad.url, folder.path));
      expect(failure).toContain(text);
      expect(failure).toContain('The rates you had are kept');
      expect(await readCachedCard(folder.path, 'eu-west-1')).toEqual({ card: old, findings: [] });
      expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json']);
    },
  );

  it('lets a tenfold price, exactly, pass, and a greater one with --accept', async () => {
    const tenfold = { rows: withRow(irelandRows, 'DTH8595YVPFXV226', { prices: '0.4800000000' }) };
    expect(cardOf(await refreshFrom(source, tenfold)).rates.natGatewayGb?.tiers[0]?.price).toBe(
      '0.48',
    );
    const zero = { rows: withRow(irelandRows, 'DTH8595YVPFXV226', { prices: '0.0000000000' }) };
    const accepted = cardOf(await refreshFrom(source, zero, { accept: true }));
    expect(accepted.rates.natGatewayGb?.tiers[0]?.price).toBe('0');
  });

  it('refuses an older list than the rates in use', async () => {
    const printing = { region: 'eu-west-1', currency: 'USD', publishedAt: '2025-01-01T00:00:00Z' };
    expect(failureText(await refreshFrom(source, { printing }))).toContain(
      'published on 2025-01-01T00:00:00Z, before the rates it would replace',
    );
  });

  it('reads a card of China in CNY, without public IPv4 addresses', async () => {
    const result = await refreshFrom(
      source,
      {
        rows: withoutRows(irelandRows, 'IPV4INUSE0000001', 'EQKFCWWHPDRFVY6T', 'SCVPQWR4PN8NY9DD'),
        printing: { region: 'cn-north-1', currency: 'CNY', publishedAt: '2026-09-25T17:45:21Z' },
      },
      { region: 'cn-north-1' },
    );
    const card = cardOf(result);
    expect(card).toMatchObject({ currency: 'CNY', location: 'China (Beijing)' });
    expect(card.rates.publicIpv4Hour).toBeUndefined();
    expect(card.rates.internetEgressGb?.freeGb).toBeUndefined();
  });

  it('refuses products in another currency than USD and CNY', async () => {
    const printing = { region: 'eu-west-1', currency: 'EUR', publishedAt: '2026-09-25T17:45:21Z' };
    expect(failureText(await refreshFrom(source, { printing }))).toContain('in "EUR"');
  });

  const failures: readonly (readonly [Trouble, string, string])[] =
    source === 'api'
      ? [
          ['throttle', 'AWS asked to slow down', 'Wait a minute'],
          ['unavailable', 'AWS had an error of its own', 'Try again later'],
          ['denied', 'may not read the price list', 'pricing:GetProducts'],
          ['expired', 'credentials have expired', 'Sign in again'],
          ['unknown-key', 'does not accept the credentials', 'Check the access key'],
          ['cut', 'cut off', 'Try again'],
          ['hang', 'no whole answer within 0.5 seconds', '`timeout: SECONDS`'],
          ['hang-in-body', 'no whole answer within 0.5 seconds', '`timeout: SECONDS`'],
          ['not-json', 'is not JSON', 'proxy'],
          ['bad-product', 'a product: is not JSON', "`source: 'offer-file'`"],
          ['same-page', 'the same page was sent twice', "`source: 'offer-file'`"],
          ['empty', 'no product for natGatewayHour', 'The rates you had are kept'],
        ]
      : [
          ['throttle', 'the server answered 400', '`offerBaseUrl`'],
          ['unavailable', 'the server answered 503 (3 attempts)', 'Check the network'],
          ['not-found', 'the server answered 404', '`offerBaseUrl`'],
          ['cut', 'cut off', 'Check the network'],
          ['hang', 'nothing came for 0.5 seconds', '`timeout: SECONDS`'],
          ['hang-in-body', 'nothing came for 0.5 seconds', '`timeout: SECONDS`'],
          ['not-json', 'not an index of Regions', '`offerBaseUrl`'],
          ['bad-product', 'it is not JSON', 'mirror'],
          ['empty', '0 on-demand terms with prices, expected one', 'The rates you had are kept'],
        ];

  it.each(failures)(
    'names cause and remedy of %s, and keeps the old card',
    async (trouble, cause, remedy) => {
      await using folder = await temporaryFolder();
      await using good = await startPriceListServer();
      useSdkEnvironment(good.url);
      const old = cardOf(await refresh(source, good.url, folder.path));
      await using bad = await startPriceListServer({ trouble: () => trouble });
      useSdkEnvironment(bad.url);
      const timeLimit = trouble.startsWith('hang') ? 500 : 20_000;
      const failure = failureText(await refresh(source, bad.url, folder.path, { timeLimit }));
      expect(failure).toContain(cause);
      expect(failure).toContain(remedy);
      expect((await readCachedCard(folder.path, 'eu-west-1')).card).toEqual(old);
    },
  );

  it.runIf(source === 'offer-file')(
    'counts no wait of its own as silence of the server',
    async () => {
      await using folder = await temporaryFolder();
      await using busy = await startPriceListServer({ trouble: () => 'unavailable' });
      // Waits of 300 and 600 ms between the attempts, over a limit of 200 ms.
      const limits = { timeLimit: 200, retryDelay: 300 };
      const failure = failureText(await refresh(source, busy.url, folder.path, limits));
      expect(failure).toContain('the server answered 503 (3 attempts)');
    },
  );

  it('fails where nobody listens', async () => {
    await using folder = await temporaryFolder();
    const closed = await startPriceListServer();
    await closed[Symbol.asyncDispose]();
    useSdkEnvironment(closed.url);
    expect(failureText(await refresh(source, closed.url, folder.path))).toContain(
      'Check the network',
    );
  });

  it('stops when it is told to, and writes nothing', async () => {
    await using folder = await temporaryFolder();
    const controller = new AbortController();
    await using prices = await startPriceListServer({
      trouble: () => {
        controller.abort(new Error('Ctrl-C'));
        return 'hang';
      },
    });
    useSdkEnvironment(prices.url);
    await expect(
      refresh(source, prices.url, folder.path, { signal: controller.signal }),
    ).rejects.toThrow('Ctrl-C');
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe.each(sources)('further rates from %s', (source) => {
  it('are read where the list has them, each told from its neighbors', async () => {
    const { rates, families } = cardOf(
      await refreshFrom(source, { rows: [...irelandRows, ...furtherIrelandRows] }),
    );
    const fetched = Object.entries(rates)
      .filter(([, rate]) => rate?.publishedAt === '2026-09-25T17:45:21Z')
      .filter(([name]) => !estimated.includes(name))
      .map(([name, rate]) => [name, rate?.sku, rate?.tiers.map(({ price }) => price).join(' ')]);
    expect(fetched).toEqual([
      ['natGatewayProvisionedGbpsHour', 'AVQ7WERG9GYTK6BD', '1.164'],
      ['natGatewayProvisionedGb', '9F25CQRR8AA58QZS', '0'],
      ['gatewayLoadBalancerEndpointHour', 'GWLBEHOUR0000001', '0.0112'],
      ['gatewayLoadBalancerEndpointGb', 'GWLBEBYTES000001', '0.0035'],
      ['resourceEndpointHour', 'RESOURCEHOUR0001', '0.022'],
      ['tunnelEndpointHour', 'TUNNELHOUR000001', '0.031'],
      ['publicIpv4IdleHour', 'IPV4IDLE00000001', '0.005'],
      ['transitGatewayVpnAttachmentHour', 'TRANSITVPN000001', '0.05'],
      ['networkFirewallEndpointHour', 'FIREWALLHOUR0001', '0.395'],
      ['cloudWanAttachmentHour', 'CLOUDWANHOUR0001', '0.065'],
      ['resolverEndpointHour', 'RESOLVERHOUR0001', '0.125'],
      ['s3PutRequest', 'S3PUT00000000001', '0.000005'],
      ['s3StandardGbMonth', 'S3STORAGE0000001', '0.023 0.022 0.021'],
      ['vendedLogsGb', 'VENDEDLOGS000001', '0.57 0.285 0.114 0.057'],
      ['getMetricDataMetric', 'METRICDATA000001', '0.00001'],
      ['athenaTb', 'ATHENASCAN000001', '5'],
    ]);
    // A Local Zone, another operating system and another family of instances are none.
    expect(families?.instanceHour?.['t4g.nano']?.sku).toBe('INSTANCENANO0001');
    expect(families?.interRegionGb?.['eu-central-1']?.sku).toBe('INTERREGION00002');
    expect(Object.keys(families?.instanceHour ?? {})).not.toContain('m5.large');
  });

  it('are kept as they were where the list has none, with the day on which each was last seen', async () => {
    const result = await refreshFrom(source);
    const shipped = await loadShippedRateCard('eu-west-1', 'all');
    const before = shipped?.rates.athenaTb;
    expect(before?.tiers[0]?.price).toBe('5');
    expect(cardOf(result).rates.athenaTb).toEqual(before);
    expect(result).toMatchObject({ kept: expect.arrayContaining(['athenaTb']) });
  });

  it('never stop a refresh: one whose product makes none is kept', async () => {
    const rows = furtherIrelandRows.map((row) =>
      row.sku === 'ATHENASCAN000001' ? { ...row, unit: 'Barrels' } : row,
    );
    const result = await refreshFrom(source, { rows: [...irelandRows, ...rows] });
    expect(cardOf(result).rates.athenaTb?.tiers[0]?.price).toBe('5');
    expect(result).toMatchObject({ kept: expect.arrayContaining(['athenaTb']) });
  });

  it('are found by the SKU of the card before where their usage type is not known', async () => {
    const shipped = await loadShippedRateCard('eu-west-1', 'all');
    const sku = shipped?.rates.logsParquetGb?.sku ?? '';
    const row = { serviceCode: 'AmazonCloudWatch', sku, unit: 'GB', prices: '0.0351' } as const;
    const rows = [...irelandRows, { ...row, usageType: 'EU-Whatever' }];
    const { rates } = cardOf(await refreshFrom(source, { rows }));
    expect(rates.logsParquetGb?.tiers[0]?.price).toBe('0.0351');
  });

  it('keep a regional NAT gateway assumed where the list has none, at the price of a zonal one', async () => {
    const rows = withoutRows(irelandRows, 'EQKFCWWHPDRFVY6T', 'SCVPQWR4PN8NY9DD');
    const { rates } = cardOf(
      await refreshFrom(
        source,
        {
          rows: withRow(rows, 'KFNSSCHWD43WZK2R', { prices: '0.1' }),
          everyRegion: true,
          printing: { region: 'eu-north-1', currency: 'USD', publishedAt: '2026-09-25T17:45:21Z' },
        },
        { region: 'eu-north-1' },
      ),
    );
    expect(rates.regionalNatGatewayHour).toMatchObject({
      sku: null,
      // Of the Regions where AWS publishes a rate, 0.045 is the least and 0.062 the most; the zonal one is above them.
      assumed: { low: '0.045', high: '0.1' },
      tiers: [{ price: '0.1' }],
    });
  });
});

describe('the two sources', () => {
  it.each(sources)(
    'read from %s the NAT rows of AWS’s list of 2026-09-25 as the shipped card has them',
    async (source) => {
      const { rates } = cardOf(await refreshFrom(source));
      const shipped = await shippedCard('eu-west-1');
      for (const name of [
        'natGatewayHour',
        'natGatewayGb',
        'regionalNatGatewayHour',
        'regionalNatGatewayGb',
      ] as const) {
        expect(rates[name]?.sku).toBe(shipped.rates[name]?.sku);
        expect(rates[name]?.tiers).toEqual(shipped.rates[name]?.tiers);
      }
    },
  );

  it('make the same card of the same products, but for where they were read', async () => {
    const [api, offer] = await Promise.all([refreshFrom('api'), refreshFrom('offer-file')]);
    const alike = (card: RateCard) => ({
      ...card,
      source: '',
      rates: allRates(card).map((named) => ({ ...named, rate: { ...named.rate, reference: '' } })),
      families: '',
    });
    expect(alike(cardOf(api))).toEqual(alike(cardOf(offer)));
    expect(cardOf(api).rates.natGatewayGb?.reference).toBe(
      'AWS Price List API, GetProducts AmazonEC2',
    );
    expect(cardOf(offer).rates.natGatewayGb?.reference).toContain(
      '/AmazonEC2/20260925174521/eu-west-1/',
    );
  });
});

describe('the API', () => {
  it('is asked page by page, signed, for one Region', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({ pageSize: 3 });
    useSdkEnvironment(prices.url);
    const result = await refresh('api', prices.url, folder.path);
    expect(Object.keys(cardOf(result).rates)).toEqual(expect.arrayContaining([...estimated]));
    const ec2 = prices.requests.filter(({ filters }) => filters['productFamily'] === 'NAT Gateway');
    expect(ec2.map((request) => request.nextToken)).toEqual([undefined, '3', '6']);
    expect(ec2[0]?.filters).toEqual({ regionCode: 'eu-west-1', productFamily: 'NAT Gateway' });
    for (const { authorization } of prices.requests) {
      expect(authorization).toContain('/us-east-1/pricing/aws4_request');
    }
  });

  it('is asked in the Region that holds the partition’s list', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    useSdkEnvironment(prices.url);
    await refresh('api', prices.url, folder.path, { region: 'cn-northwest-1' });
    expect(prices.requests[0]?.authorization).toContain('/cn-northwest-1/pricing/aws4_request');
  });

  it('is asked again after throttling and after an error of AWS’s own', async () => {
    const trouble: ServerOptions['trouble'] = (_, before) =>
      (['throttle', 'unavailable'] as const)[before];
    expect(cardOf(await refreshFrom('api', { trouble })).rates.natGatewayGb?.sku).toBe(
      'DTH8595YVPFXV226',
    );
  });

  it('takes transfer products that name their Region as every other product does', async () => {
    const rows = irelandRows.map((row) =>
      row.serviceCode === 'AWSDataTransfer'
        ? {
            ...row,
            attributes: { ...row.attributes, regionCode: 'eu-west-1', fromRegionCode: 'eu-west-1' },
          }
        : row,
    );
    const trouble: ServerOptions['trouble'] = (request) =>
      'fromRegionCode' in request.filters ? 'empty' : undefined;
    expect(
      cardOf(await refreshFrom('api', { rows, trouble })).rates.internetEgressGb?.tiers,
    ).toHaveLength(4);
  });

  it('says what to do without credentials, and with a profile that is not there', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    useSdkEnvironment(prices.url, [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
    ]);
    for (const options of [{}, { profile: 'not-there' }]) {
      const failure = failureText(await refresh('api', prices.url, folder.path, options));
      expect(failure).toContain('no AWS credentials were found');
      expect(failure).toContain("`source: 'offer-file'`");
    }
    expect(prices.requests).toEqual([]);
  });

  it('never lets a credential, an account or an ARN into a message or the cache', async () => {
    await using folder = await temporaryFolder();
    let shown = '';
    const troubles = ['denied', 'expired', 'unknown-key', 'throttle', undefined] as const;
    for (const trouble of troubles) {
      await using prices = await startPriceListServer({ trouble: () => trouble });
      useSdkEnvironment(prices.url);
      const result = await refresh('api', prices.url, folder.path);
      shown += result.kind === 'failed' ? failureText(result) + String(result.error.stack) : '';
      expect(prices.requests[0]?.authorization).toContain('AKIAPLANTEDKEY000000');
    }
    shown += await readFile(join(folder.path, 'rates', 'eu-west-1.json'), 'utf8');
    expect(shown).toContain('natGatewayHour');
    expect(shown).not.toMatch(/planted|arn:aws|210987654321/i);
  });
});

describe('the offer files', () => {
  it('are read without credentials', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    useSdkEnvironment(prices.url);
    await refresh('offer-file', `${prices.url}/`, folder.path);
    expect(prices.requests.map((request) => request.authorization)).toEqual(
      Array.from({ length: 2 * serviceCodes.length }, () => undefined),
    );
  });

  it('are asked for again where the server is busy', async () => {
    const trouble: ServerOptions['trouble'] = (_, before) =>
      before === 1 ? 'unavailable' : undefined;
    expect(cardOf(await refreshFrom('offer-file', { trouble })).source).toBe('offer-file');
  });

  it.each([
    ['ftp://mirror.example', 'is not an http or https URL'],
    ['mirror.example', 'is not an http or https URL'],
    ['https://user:planted@mirror.example', 'has a user, a password'],
    ['https://mirror.example/?token=planted', 'has a user, a password'],
  ])('are not looked for at %s', async (offerBaseUrl, message) => {
    await using folder = await temporaryFolder();
    const refused = await refresh('offer-file', offerBaseUrl, folder.path).catch((error) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(`${refused.message} ${refused.hint}`).toContain(message);
    expect(`${refused.message} ${refused.hint}`).not.toContain('planted');
  });
});
