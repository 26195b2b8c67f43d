import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadShippedRateCard, shippedRegions } from '../../../src/pricing/card/load-rate-card.js';
import type { Rate } from '../../../src/pricing/card/rate-card.js';
import { regions } from '../../../src/pricing/card/regions.js';

const withoutEgress = [
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-2',
  'me-central-1',
  'mx-central-1',
  'us-gov-east-1',
  'us-gov-west-1',
];

async function card(region: string) {
  const found = await loadShippedRateCard(region);
  if (found === undefined) throw new Error(`no shipped card of ${region}`);
  return found;
}

const prices = (rate: Rate | undefined) => rate?.tiers.map((tier) => tier.price);

describe('the shipped rate cards', () => {
  it('are there for 36 Regions, each a Region of AWS, and no file beside them', async () => {
    const shipped = await shippedRegions();
    expect(shipped).toHaveLength(36);
    const names = regions.map((region) => region.name);
    expect(shipped.filter((region) => !names.includes(region))).toEqual([]);
    expect(await readdir(new URL('../../../pricing-cache/rates/', import.meta.url))).toEqual(
      shipped.map((region) => `${region}.json`),
    );
  });

  it('parse, name their Region and place, and say that they are shipped, in USD', async () => {
    const found = new Map(regions.map((region) => [region.name, region.location]));
    for (const region of await shippedRegions()) {
      expect(await card(region)).toMatchObject({
        region,
        location: found.get(region),
        currency: 'USD',
        source: 'shipped',
        fetchedAt: null,
        publishedAt: '2025-10-28T17:54:55Z',
      });
    }
  });

  it('hold the same rates for every Region; what is unknown is absent', async () => {
    for (const region of await shippedRegions()) {
      const { rates } = await card(region);
      const expected = [
        'natGatewayHour',
        'natGatewayGb',
        ...(region.startsWith('us-gov-') ? [] : ['regionalNatGatewayHour', 'regionalNatGatewayGb']),
        'interfaceEndpointHour',
        'interfaceEndpointGb',
        'publicIpv4Hour',
        'transitGatewayAttachmentHour',
        'transitGatewayGb',
        'regionalTransferGb',
        ...(withoutEgress.includes(region) ? [] : ['internetEgressGb']),
      ];
      expect(Object.keys(rates)).toEqual(expected);
    }
  });

  it('never hold a price of zero, and keep no trailing zeros', async () => {
    for (const region of await shippedRegions()) {
      for (const rate of Object.values((await card(region)).rates)) {
        for (const price of prices(rate) ?? []) expect(price).toMatch(/^0\.\d*[1-9]$/);
      }
    }
  });

  it('carry the prices, SKUs and tier bounds that AWS publishes', async () => {
    const virginia = (await card('us-east-1')).rates;
    expect(prices(virginia.natGatewayHour)).toEqual(['0.045']);
    expect(prices(virginia.natGatewayGb)).toEqual(['0.045']);
    expect(prices(virginia.interfaceEndpointHour)).toEqual(['0.01']);
    expect(virginia.interfaceEndpointHour?.sku).toBe('EN2N5TATXE673A3B');
    expect(prices(virginia.publicIpv4Hour)).toEqual(['0.005']);
    expect(virginia.interfaceEndpointGb).toMatchObject({
      unit: 'GB',
      sku: 'DQYYEZBCWSW5XS2R',
      tiers: [
        { beginRange: '0', endRange: '1048576', price: '0.01' },
        { beginRange: '1048576', endRange: '5242880', price: '0.006' },
        { beginRange: '5242880', endRange: 'Inf', price: '0.004' },
      ],
    });
    const saoPaulo = (await card('sa-east-1')).rates;
    expect(prices(saoPaulo.natGatewayGb)).toEqual(['0.093']);
    expect(saoPaulo.internetEgressGb).toMatchObject({
      sku: 'QKTPK3975YUWDU3Q',
      freeGb: '100',
      publishedAt: '2026-08-31T12:14:48Z',
      tiers: [
        { beginRange: '0', endRange: '10240', price: '0.15' },
        { beginRange: '10240', endRange: '51200', price: '0.138' },
        { beginRange: '51200', endRange: '153600', price: '0.126' },
        { beginRange: '153600', endRange: 'Inf', price: '0.114' },
      ],
    });
  });

  it('know the regional NAT gateway where its price was published, with its own date', async () => {
    const { rates } = await card('eu-west-1');
    expect(rates.regionalNatGatewayHour).toMatchObject({
      sku: 'EQKFCWWHPDRFVY6T',
      publishedAt: '2026-09-25T17:45:21Z',
      tiers: [{ price: '0.048' }],
    });
    expect(rates.regionalNatGatewayGb).toMatchObject({
      sku: 'SCVPQWR4PN8NY9DD',
      tiers: [{ price: '0.048' }],
    });
  });

  it('are pretty-printed JSON, so that a change of one price is a change of one line', async () => {
    for (const region of await shippedRegions()) {
      const file = new URL(`../../../pricing-cache/rates/${region}.json`, import.meta.url);
      const text = await readFile(file, 'utf8');
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    }
  });

  it('are not there for a Region without published rates', async () => {
    expect(await loadShippedRateCard('cn-north-1')).toBeUndefined();
    expect(await loadShippedRateCard('../regions')).toBeUndefined();
  });
});
