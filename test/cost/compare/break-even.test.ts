import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount } from '../../../src/base/decimal.js';
import { breakEvenTable } from '../../../src/cost/compare/break-even.js';
import { defaultAssumptions } from '../../../src/cost/price/assumptions.js';
import type { RateCard } from '../../../src/pricing/card/rate-card.js';
import { cardOf, flatRate, shippedCard, tieredRate, without } from '../cards.js';
import { available, compareShipped, compareWith, serviceOf, traffic } from '../traffic.js';

const gbOf = (card: RateCard, endpoints = 1, given: Partial<typeof defaultAssumptions> = {}) =>
  breakEvenTable([card], [1, 2, 3], endpoints, { ...defaultAssumptions, ...given }).rows.map(
    ({ gb }) => gb,
  );

describe('the break-even of an interface endpoint against NAT', () => {
  it('is its hours over the difference of the rates', () => {
    // us-east-1, a zone: 730 × 0.01 / (0.045 − 0.01) = 7.3 / 0.035 = 208.571428…
    expect(gbOf(shippedCard('us-east-1'))).toEqual(['208.571429', '417.142857', '625.714286']);
    // eu-west-1: 730 × 0.011 / (0.048 − 0.01) = 8.03 / 0.038 = 211.315789…
    expect(gbOf(shippedCard('eu-west-1'))).toEqual(['211.315789', '422.631579', '633.947368']);
    // sa-east-1: 730 × 0.021 / (0.093 − 0.01) = 15.33 / 0.083 = 184.698795…
    expect(gbOf(shippedCard('sa-east-1'))).toEqual(['184.698795', '369.397590', '554.096386']);
  });

  it('doubles with the endpoints of ECR', () => {
    // 2 × 730 × 0.01 / 0.035 = 14.6 / 0.035
    expect(gbOf(shippedCard('us-east-1'), 2)[0]).toBe('417.142857');
  });

  it('falls with the transfer from other zones, which only NAT pays', () => {
    // 7.3 / (0.045 + 0.5 × 0.01 − 0.01) = 7.3 / 0.04; at both ends 7.3 / (0.045 + 0.01 − 0.01) = 7.3 / 0.045
    const card = shippedCard('us-east-1');
    expect(gbOf(card, 1, { crossAzShare: '0.5', crossAzEnds: 1 })[0]).toBe('182.500000');
    expect(gbOf(card, 1, { crossAzShare: '0.5' })[0]).toBe('162.222222');
    const assumptions = { ...defaultAssumptions, crossAzShare: '0.5' };
    expect(breakEvenTable([card], [1], 1, assumptions).rows[0]?.gbAtOneEnd).toBe('182.500000');
    expect(breakEvenTable([card], [1]).rows[0]).not.toHaveProperty('gbAtOneEnd');
  });

  it("is by a regional gateway's rate where the gateways are regional, null where that is not known", () => {
    expect(gbOf(shippedCard('eu-west-1'), 1, { natType: 'regional' })[0]).toBe('211.315789');
    const unknown = without(shippedCard('us-east-1'), 'regionalNatGatewayGb');
    expect(gbOf(unknown, 1, { natType: 'regional' })[0]).toBe(null);
  });

  it.each(['natGatewayGb', 'interfaceEndpointHour', 'interfaceEndpointGb'] as const)(
    'is null where the card holds no %s',
    (rate) => {
      expect(gbOf(without(shippedCard('us-east-1'), rate))).toEqual([null, null, null]);
    },
  );

  const hours = flatRate('Hrs', '0.01');

  it('lies in the tier where the two costs meet', () => {
    // NAT at $0.008 is below the first tier's $0.01. In the second: 7.3 + 1,000 × 0.01 + (gb − 1,000) × 0.002
    // = gb × 0.008, so gb = (7.3 + 8) / 0.006 = 2,550
    const card = cardOf({
      natGatewayGb: flatRate('GB', '0.008'),
      interfaceEndpointHour: hours,
      interfaceEndpointGb: tieredRate(['1000', '0.01'], ['Inf', '0.002']),
    });
    expect(gbOf(card)[0]).toBe('2550.000000');
  });

  it('is null where NAT always wins', () => {
    const card = cardOf({
      natGatewayGb: flatRate('GB', '0.01'),
      interfaceEndpointHour: hours,
      interfaceEndpointGb: tieredRate(['1000', '0.02'], ['Inf', '0.01']),
    });
    expect(gbOf(card)).toEqual([null, null, null]);
  });

  it('stands in a comparison, by the endpoints and the crossing of the service', () => {
    const rows = [
      traffic({ service: 'ecr.dkr', sent: { gb: '100' }, crossAzBytes: 50n * 2n ** 30n }),
      traffic({ service: 'internet', sent: { gb: '100' } }),
    ];
    const comparison = compareShipped(rows, { azs: 1 });
    // 2 × 7.3 / (0.045 + 0.5 × 2 × 0.01 − 0.01) = 14.6 / 0.045
    expect(serviceOf(comparison, 'ecr.dkr').breakEvenGb).toBe('324.444444');
    expect(serviceOf(comparison, 'internet').breakEvenGb).toBe(null);
  });
});

/** Cards of a NAT price and two falling tiers, in thousandths of a dollar. */
const cards = fc
  .record({
    nat: fc.integer({ min: 1, max: 99 }),
    hour: fc.integer({ min: 1, max: 50 }),
    bound: fc.integer({ min: 1, max: 100_000 }),
    prices: fc.tuple(fc.nat(99), fc.nat(99)),
  })
  .map(({ nat, hour, bound, prices: [a, b] }) => {
    const price = (thousandths: number) => `0.${String(thousandths).padStart(3, '0')}`;
    return cardOf({
      natGatewayHour: flatRate('Hrs', '0.045'),
      natGatewayGb: flatRate('GB', price(nat)),
      publicIpv4Hour: flatRate('Hrs', '0.005'),
      interfaceEndpointHour: flatRate('Hrs', price(hour)),
      interfaceEndpointGb: tieredRate(
        [String(bound), price(Math.max(a, b))],
        ['Inf', price(Math.min(a, b))],
      ),
    });
  });

describe('around the break-even', () => {
  it('NAT is no dearer just below, and the endpoint no dearer just above', () => {
    fc.assert(
      fc.property(cards, fc.constantFrom(1, 2, 3), (card, azs) => {
        const [row] = breakEvenTable([card], [azs]).rows;
        const gb = row?.gb ?? null;
        if (gb === null) {
          const { nat, endpoint } = costsAt(card, '999999999999', azs);
          expect(nat.lte(endpoint)).toBe(true);
          return;
        }
        const below = costsAt(card, amount(gb).minus('0.000001').toFixed(), azs);
        const above = costsAt(card, amount(gb).plus('0.000001').toFixed(), azs);
        expect(below.nat.lte(below.endpoint)).toBe(true);
        expect(above.endpoint.lte(above.nat)).toBe(true);
      }),
    );
  });
});

function costsAt(card: RateCard, gb: string, azs: number) {
  const comparison = compareWith(card, [traffic({ sent: { gb } })], { azs });
  const service = serviceOf(comparison, 'sqs');
  return {
    nat: amount(available(service, 'nat-gateway').monthlyCost),
    endpoint: amount(available(service, 'interface-endpoint').monthlyCost),
  };
}
