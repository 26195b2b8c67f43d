import { describe, expect, it } from 'vitest';
import { documentHead } from '../../../src/base/json.js';
import type { Rate, RateCard } from '../../../src/pricing/card/rate-card.js';
import { type RateUse, ratesNotVerified } from '../../../src/pricing/card/verified.js';

const rate: Rate = {
  unit: 'Hrs',
  sku: null,
  publishedAt: '2025-10-28T00:00:00Z',
  reference: 'a price list',
  verifiedAt: '2026-01-01T00:00:00Z',
  tiers: [{ beginRange: '0', endRange: 'Inf', price: '0.045', rateCode: null }],
};
const tiered: Rate = {
  ...rate,
  unit: 'GB',
  tiers: [
    { beginRange: '0', endRange: '100', price: '0.02', rateCode: null },
    {
      beginRange: '100',
      endRange: 'Inf',
      price: '0.01',
      rateCode: null,
      verifiedAt: '2025-11-04T00:00:00Z',
    },
  ],
};

function card(region: string, rates: RateCard['rates']): RateCard {
  return {
    ...documentHead('rate-card@1'),
    region,
    location: region,
    currency: 'USD',
    publishedAt: '2025-10-28T00:00:00Z',
    fetchedAt: null,
    source: 'shipped',
    rates,
  };
}

const cards = [
  card('eu-west-1', { natGatewayHour: rate, interfaceEndpointGb: tiered }),
  card('us-east-1', { natGatewayHour: rate }),
];
const hour: RateUse = { region: 'eu-west-1', rateName: 'natGatewayHour' };
const first: RateUse = {
  region: 'eu-west-1',
  rateName: 'interfaceEndpointGb',
  beginRange: '0',
};
const messages = (uses: readonly RateUse[], now: string, of = cards) =>
  ratesNotVerified(of, uses, new Date(now)).map(({ message }) => message);

describe('the age of rates', () => {
  // 2026-01-01 + 180 days = 2026-06-30.
  it('is told from the day after 180 since the rate was last seen in force, not since its list', () => {
    expect(messages([hour], '2026-06-30T00:00:00Z')).toEqual([]);
    expect(messages([hour], '2026-06-30T00:00:01Z')).toEqual([
      'Not verified for 180 days (since 2026-01-01): natGatewayHour of eu-west-1. Run "pathfare prices refresh".',
    ]);
  });

  it('is one line for all Regions and rates, in one order, with the oldest day', () => {
    const uses: readonly RateUse[] = [
      { region: 'us-east-1', rateName: 'natGatewayHour' },
      hour,
      hour,
      { region: 'eu-west-1', rateName: 'interfaceEndpointGb' },
    ];
    const told = messages(uses, '2027-01-01T00:00:00Z');
    expect(told).toEqual([
      'Not verified for 180 days (since 2025-11-04): interfaceEndpointGb of eu-west-1, natGatewayHour of eu-west-1, natGatewayHour of us-east-1. Run "pathfare prices refresh".',
    ]);
    expect(messages(uses.toReversed(), '2027-01-01T00:00:00Z')).toEqual(told);
  });

  it('is of the tiers that are used', () => {
    const upper: RateUse = { ...first, beginRange: '100' };
    expect(messages([first], '2026-06-01T00:00:00Z')).toEqual([]);
    expect(messages([first, upper], '2026-06-01T00:00:00Z')).toHaveLength(1);
    expect(messages([{ ...first, beginRange: undefined }], '2026-06-01T00:00:00Z')).toHaveLength(1);
  });

  it('says nothing of a rate that is not used or not held, nor of one that is your own', () => {
    expect(messages([], '2030-01-01T00:00:00Z')).toEqual([]);
    const lacking: RateUse = { region: 'us-east-1', rateName: 'regionalTransferGb' };
    expect(messages([lacking], '2030-01-01T00:00:00Z')).toEqual([]);
    const own = [card('eu-west-1', { natGatewayHour: { ...rate, reference: 'yours' } })];
    expect(messages([hour], '2030-01-01T00:00:00Z', own)).toEqual([]);
    const less = { ...rate, reference: 'yours: 10% off a price list' };
    expect(
      messages([hour], '2030-01-01T00:00:00Z', [card('eu-west-1', { natGatewayHour: less })]),
    ).toHaveLength(1);
  });

  it('counts from the fetch of a refreshed card, where a rate says no day of its own', () => {
    const { verifiedAt: _, ...unsaid } = rate;
    const fetched = {
      ...card('eu-west-1', { natGatewayHour: unsaid }),
      fetchedAt: '2026-09-25T00:00:00Z',
    };
    expect(messages([hour], '2026-11-24T00:00:00Z', [fetched])).toEqual([]);
    expect(
      messages([hour], '2026-11-24T00:00:00Z', [{ ...fetched, fetchedAt: null }]),
    ).toHaveLength(1);
  });
});
