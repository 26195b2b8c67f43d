import { describe, expect, it } from 'vitest';
import type { Rate, RateCard } from '../../../src/pricing/card/rate-card.js';
import { diffRateCards } from '../../../src/pricing/card/rate-diff.js';
import { shippedCard } from '../../support/cards.js';

const ireland = await shippedCard('eu-west-1');

function withRates(rates: RateCard['rates']): RateCard {
  return { ...ireland, rates: { ...ireland.rates, ...rates } };
}

function repriced(rate: Rate | undefined, ...prices: readonly string[]): Rate {
  if (rate === undefined) throw new Error('no rate');
  return {
    ...rate,
    tiers: rate.tiers.map((tier, index) => ({ ...tier, price: prices[index] ?? tier.price })),
  };
}

describe('the difference of two rate cards', () => {
  it('is nothing where every price is the same, whatever the dates', () => {
    const later = { ...ireland, publishedAt: '2026-09-25T17:45:21Z', source: 'api' as const };
    expect(diffRateCards(ireland, later)).toEqual([]);
  });

  it('tells old, new and percent of each price, in the order of a card', () => {
    const after = withRates({
      interfaceEndpointGb: repriced(ireland.rates.interfaceEndpointGb, '0.01', '0.005'),
      natGatewayGb: repriced(ireland.rates.natGatewayGb, '0.054'),
    });
    // 0.048 → 0.054 is +12.5 %; 0.006 → 0.005 is −16.666… %
    expect(diffRateCards(ireland, after)).toEqual([
      {
        region: 'eu-west-1',
        rate: 'natGatewayGb',
        unit: 'GB',
        tier: { beginRange: '0', endRange: 'Inf' },
        before: '0.048',
        after: '0.054',
        percent: '12.5',
      },
      {
        region: 'eu-west-1',
        rate: 'interfaceEndpointGb',
        unit: 'GB',
        tier: { beginRange: '1048576', endRange: '5242880' },
        before: '0.006',
        after: '0.005',
        percent: '-16.67',
      },
    ]);
  });

  it('tells rates that came, rates that went, bounds that moved and the free GB', () => {
    const egress = ireland.rates.internetEgressGb;
    if (egress === undefined) throw new Error('no egress');
    const after = withRates({
      regionalNatGatewayHour: undefined,
      internetEgressGb: { ...egress, freeGb: '200' },
    });
    expect(diffRateCards(ireland, after)).toMatchObject([
      { rate: 'regionalNatGatewayHour', before: '0.048', after: null, percent: null },
      { rate: 'internetEgressGb', tier: null, before: '100', after: '200', percent: '100' },
    ]);
    expect(diffRateCards(after, ireland)).toMatchObject([
      { rate: 'regionalNatGatewayHour', before: null, after: '0.048', percent: null },
      { rate: 'internetEgressGb', before: '200', after: '100', percent: '-50' },
    ]);
    const flat = withRates({
      interfaceEndpointGb: {
        ...repriced(ireland.rates.interfaceEndpointHour),
        unit: 'GB',
        tiers: [{ beginRange: '0', endRange: 'Inf', price: '0.01', rateCode: null }],
      },
    });
    expect(diffRateCards(ireland, flat).map(({ before, after: now }) => [before, now])).toEqual([
      ['0.01', null],
      ['0.006', null],
      ['0.004', null],
      [null, '0.01'],
    ]);
  });

  it('is refused between two currencies', () => {
    expect(() => diffRateCards(ireland, { ...ireland, currency: 'CNY' })).toThrow(
      'one card is in USD, the other in CNY',
    );
  });
});
