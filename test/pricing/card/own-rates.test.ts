import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRateCard } from '../../../src/pricing/card/load-rate-card.js';
import {
  applyDiscounts,
  parseDiscounts,
  parseOwnRates,
  readOwnRates,
} from '../../../src/pricing/card/own-rates.js';
import { shippedCard } from '../../support/cards.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const now = () => new Date('2025-11-01T00:00:00Z');
const all = (price: string) => [{ beginRange: '0', endRange: 'Inf', price }];
const twoTiers = (below: string, above: string) => [
  { beginRange: '0', endRange: '100', price: below },
  { beginRange: '100', endRange: 'Inf', price: above },
];
const ownNat = { rates: { natGatewayGb: { unit: 'GB', tiers: all('0.03') } } };

describe('--rates', () => {
  it('puts any subset in the place of the published rates, with the evidence "yours"', async () => {
    const ownRates = [parseOwnRates(ownNat, 'mine.json')];
    const { card, findings } = await loadRateCard('us-east-1', { ownRates, now });
    const published = await shippedCard('us-east-1');
    expect(card).toEqual({
      ...published,
      source: 'yours',
      rates: {
        ...published.rates,
        natGatewayGb: {
          unit: 'GB',
          sku: null,
          publishedAt: published.publishedAt,
          reference: 'yours',
          tiers: [{ beginRange: '0', endRange: 'Inf', price: '0.03', rateCode: null }],
        },
      },
    });
    expect(findings).toEqual([
      {
        code: 'own-rates-used',
        severity: 'info',
        message: 'Your own rates are used for us-east-1: natGatewayGb.',
      },
    ]);
  });

  it('takes a whole card as "prices show --format json" gives it', async () => {
    const ownRates = [parseOwnRates(await shippedCard('us-east-1'), 'mine.json')];
    const { card } = await loadRateCard('us-east-1', { ownRates, now });
    expect(card.rates.interfaceEndpointGb).toMatchObject({ reference: 'yours', sku: null });
    expect(card.rates.internetEgressGb?.freeGb).toBe('100');
  });

  it('holds for the Region that the file names, and says where it is not used', async () => {
    const ownRates = [parseOwnRates({ ...ownNat, region: 'eu-west-1' }, 'mine.json')];
    const { card, findings } = await loadRateCard('us-east-1', { ownRates, now });
    expect(card).toEqual(await shippedCard('us-east-1'));
    expect(findings[0]).toMatchObject({ code: 'own-rates-not-used', severity: 'warning' });
  });

  it('gives rates to a Region that has none, in its own currency', async () => {
    const cny = {
      ...ownNat,
      region: 'cn-north-1',
      currency: 'CNY',
      publishedAt: '2026-01-01T00:00:00Z',
    };
    const { card } = await loadRateCard('cn-north-1', {
      ownRates: [parseOwnRates(cny, 'cn.json')],
      now,
    });
    expect(card).toMatchObject({ currency: 'CNY', source: 'yours', location: 'China (Beijing)' });
    expect(Object.keys(card.rates)).toEqual(['natGatewayGb']);
  });

  it.each([
    [
      { ...ownNat, currency: 'CNY' },
      'us-east-1',
      'rates in CNY, but those of us-east-1 are in USD',
    ],
    [ownNat, 'cn-north-1', 'currency and publishedAt are needed'],
  ])('never mixes currencies or guesses one: %j for %s', async (value, region, message) => {
    const ownRates = [parseOwnRates(value, 'mine.json')];
    await expect(loadRateCard(region, { ownRates, now })).rejects.toThrow(message);
  });

  it.each([
    [{}, 'rates: missing'],
    [{ rates: { natGatewayGB: {} } }, 'rates.natGatewayGB: unknown field'],
    [
      { rates: { natGatewayGb: { unit: 'GB', tiers: all('-1') } } },
      'rates.natGatewayGb.tiers.0.price: is not a plain decimal string, found "-1"',
    ],
    [
      {
        rates: {
          natGatewayGb: { unit: 'GB', tiers: [{ beginRange: '0', endRange: 'Inf', price: 0.03 }] },
        },
      },
      'rates.natGatewayGb.tiers.0.price: expected string, found 0.03',
    ],
    [{ rates: { natGatewayGb: { unit: 'GB', tiers: [] } } }, 'rates.natGatewayGb.tiers'],
    [
      { rates: { natGatewayGb: { unit: 'Hrs', tiers: all('1') } } },
      'rates.natGatewayGb: unit Hrs, expected GB',
    ],
    [
      {
        rates: {
          natGatewayGb: { unit: 'GB', tiers: [{ beginRange: '5', endRange: 'Inf', price: '1' }] },
        },
      },
      'rates.natGatewayGb: tier 1 begins at 5, expected 0',
    ],
    [
      {
        rates: {
          internetEgressGb: {
            unit: 'GB',
            tiers: [
              { beginRange: '0', endRange: '0', price: '1' },
              { beginRange: '0', endRange: 'Inf', price: '1' },
            ],
          },
        },
      },
      'rates.internetEgressGb: tier 1 ends at 0, not above its beginning',
    ],
    [
      { rates: { natGatewayGb: { unit: 'GB', tiers: twoTiers('0.03', '0.02') } } },
      'rates.natGatewayGb: 2 tiers, expected one price',
    ],
    [
      { rates: { interfaceEndpointGb: { unit: 'GB', tiers: twoTiers('0.005', '0.009') } } },
      'rates.interfaceEndpointGb: tier 2 costs more than the one below, 0.009 after 0.005',
    ],
    [
      { rates: { natGatewayGb: { unit: 'GB', sku: '<b>', tiers: all('1') } } },
      'rates.natGatewayGb.sku: is not a code of the price list, found "<b>"',
    ],
    [{ rates: {}, region: 'us-est-1' }, '"us-est-1" is not a Region of AWS'],
    [{ rates: {}, currency: 'EUR' }, 'currency: expected ("USD" | "CNY"), found "EUR"'],
  ])('refuses %j', (value, message) => {
    expect(() => parseOwnRates(value, 'mine.json')).toThrow(`\`rates\` mine.json: ${message}`);
  });

  it('names a file that is missing or is not JSON', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'mine.json');
    await expect(readOwnRates(file)).rejects.toThrow(`\`rates\` ${file}: no such file`);
    await writeFile(file, '{');
    await expect(readOwnRates(file)).rejects.toThrow(
      `\`rates\` ${file}: is not JSON, it begins with "{"`,
    );
    await writeFile(file, `\uFEFF${JSON.stringify(ownNat)}`);
    expect((await readOwnRates(file)).rates.natGatewayGb?.tiers[0]?.price).toBe('0.03');
  });
});

describe('--discount', () => {
  it('takes a percentage off every published rate', async () => {
    const discounts = parseDiscounts(['12%']);
    const { card, findings } = await loadRateCard('us-east-1', { discounts, now });
    expect(card.source).toBe('yours');
    // 0.045 × 0.88 = 0.0396; 0.006 × 0.88 = 0.00528
    expect(card.rates.natGatewayGb).toMatchObject({
      reference: 'yours: 12% off https://aws.amazon.com/vpc/pricing/',
      tiers: [{ price: '0.0396' }],
    });
    expect(card.rates.interfaceEndpointGb?.tiers[1]?.price).toBe('0.00528');
    expect(findings.map((finding) => finding.code)).toEqual(['discount-applied']);
  });

  it('takes a component’s own percentage before the general one', async () => {
    const discounts = parseDiscounts(['10%', 'nat-gateway=5%', 'internet-egress=0%']);
    const { card } = await loadRateCard('us-east-1', { discounts, now });
    // 0.045 × 0.95 = 0.04275; 0.01 × 0.9 = 0.009
    expect(card.rates.natGatewayHour?.tiers[0]?.price).toBe('0.04275');
    expect(card.rates.interfaceEndpointHour?.tiers[0]?.price).toBe('0.009');
    expect(card.rates.internetEgressGb?.tiers[0]?.price).toBe('0.09');
  });

  it('leaves other components, and the own rates of --rates, as they are', async () => {
    const ownRates = [parseOwnRates(ownNat, 'mine.json')];
    const discounts = parseDiscounts(['nat-gateway=50%']);
    const { card } = await loadRateCard('us-east-1', { ownRates, discounts, now });
    expect(card.rates.natGatewayGb?.tiers[0]?.price).toBe('0.03');
    expect(card.rates.natGatewayHour?.tiers[0]?.price).toBe('0.0225');
    expect(card.rates.publicIpv4Hour).toEqual(
      (await shippedCard('us-east-1')).rates.publicIpv4Hour,
    );
  });

  it('is exact: the discount and what is left make up the price', async () => {
    const card = await shippedCard('eu-west-1');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const percent = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;
        const off = applyDiscounts(card, parseDiscounts([percent]), new Set());
        const price = off.card.rates.natGatewayGb?.tiers[0]?.price ?? '';
        const [, fraction = ''] = price.split('.');
        // 0.048 is 48 thousandths; a hundredth of a percent of it is 10^-4 of that.
        const tenMillionths =
          BigInt(price.split('.')[0] ?? '') * 10n ** 7n + BigInt(fraction.padEnd(7, '0'));
        expect(fraction.length).toBeLessThanOrEqual(7);
        expect(tenMillionths + 48n * BigInt(hundredths)).toBe(480_000n);
      }),
    );
  });

  it.each(['12', '-5%', '101%', '5e1%', '', '%', 'nat-gateway=', 'nat-gateway=x%', '1,5%'])(
    'refuses %j',
    (value) => {
      expect(() => parseDiscounts([value])).toThrow('is not a discount');
    },
  );

  it('offers the nearest component, and refuses a second discount for the same', () => {
    expect(() => parseDiscounts(['nat-gatway=5%'])).toThrow(
      expect.objectContaining({
        hint: expect.stringContaining('Did you mean nat-gateway?'),
        exitCode: 2,
      }),
    );
    expect(() => parseDiscounts(['5%', '6%'])).toThrow('second for the same rates');
  });
});
