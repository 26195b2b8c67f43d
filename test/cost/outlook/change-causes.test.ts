import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount } from '../../../src/base/decimal.js';
import { compareTally } from '../../../src/cost/compare/compare.js';
import { tallyOf } from '../../../src/cost/demand/tally.js';
import { inputsOf, type TrafficInputs } from '../../../src/cost/demand/traffic-inputs.js';
import { billsOf, totalOf } from '../../../src/cost/outlook/bill.js';
import { billChange } from '../../../src/cost/outlook/change-causes.js';
import type { Assumptions } from '../../../src/cost/price/assumptions.js';
import type { Rate, RateCard } from '../../../src/pricing/card/rate-card.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { shippedCard } from '../cards.js';
import { traffic } from '../traffic.js';

const virginia = shippedCard('us-east-1');

/** What a report carries of such traffic, and what its bill is. */
function made(
  profiles: readonly TrafficProfile[],
  card: RateCard = virginia,
  assumptions: Partial<Assumptions> = {},
): { readonly inputs: TrafficInputs; readonly cost: string } {
  const { regions, comparison } = compareTally({
    tally: tallyOf(profiles),
    rateCards: [card],
    assumptions,
  });
  return {
    inputs: inputsOf(regions, comparison.assumptions),
    cost: totalOf(billsOf(regions).now).cost.toFixed(),
  };
}

/** Rates of which one costs so much. */
function repriced(
  card: RateCard,
  name: 'natGatewayGb' | 'interfaceEndpointHour',
  price: string,
): RateCard {
  const rate = card.rates[name];
  if (rate === undefined) throw new Error(`no ${name}`);
  const changed: Rate = { ...rate, tiers: rate.tiers.map((tier) => ({ ...tier, price })) };
  return { ...card, rates: { ...card.rates, [name]: changed } };
}

describe('what changed a bill', () => {
  // 1,000 GB more × 0.045
  it('is traffic where only volumes differ', () => {
    const before = made([traffic({ sent: { gb: '1000' } })]);
    const after = made([traffic({ sent: { gb: '2000' } })]);
    expect(billChange(before.inputs, after.inputs).causes).toEqual({
      traffic: '45',
      rates: '0',
      choices: '0',
    });
  });

  // 1,000 GB × (0.05 - 0.045)
  it('is rates where only rates differ', () => {
    const before = made([traffic({ sent: { gb: '1000' } })]);
    const after = made(
      [traffic({ sent: { gb: '1000' } })],
      repriced(virginia, 'natGatewayGb', '0.05'),
    );
    expect(billChange(before.inputs, after.inputs).causes).toEqual({
      traffic: '0',
      rates: '5',
      choices: '0',
    });
  });

  // s3 leaves the NAT gateway: 1,000 GB × 0.045 less
  it('is choices where only paths differ', () => {
    const other = traffic({ service: 'internet', received: { gb: '10' } });
    const before = made([traffic({ service: 's3', sent: { gb: '1000' } }), other]);
    const after = made([
      traffic({ service: 's3', sent: { gb: '1000' }, path: 'gateway-endpoint' }),
      other,
    ]);
    expect(billChange(before.inputs, after.inputs).causes).toEqual({
      traffic: '0',
      rates: '0',
      choices: '-45',
    });
  });

  it('always sums to the whole', () => {
    const profile = fc.record({
      vpcId: fc.constantFrom('vpc-1', 'vpc-2'),
      service: fc.constantFrom('s3', 'logs', 'ecr.dkr', 'internet'),
      path: fc.constantFrom('nat-gateway', 'interface-endpoint', 'gateway-endpoint', null),
      sent: fc.record({ bytes: fc.bigInt(0n, 2n ** 50n) }),
      received: fc.record({ bytes: fc.bigInt(0n, 2n ** 50n) }),
    });
    const month = fc.record({
      profiles: fc.array(profile, { minLength: 1, maxLength: 8 }),
      price: fc.constantFrom('0.045', '0.05'),
      azs: fc.constantFrom(1, 3),
    });
    const makeMonth = ({
      profiles,
      price,
      azs,
    }: typeof month extends fc.Arbitrary<infer T> ? T : never) =>
      made(profiles.map(traffic), repriced(virginia, 'natGatewayGb', price), { azs });
    fc.assert(
      fc.property(month, month, (was, is) => {
        const [before, after] = [makeMonth(was), makeMonth(is)];
        const change = billChange(before.inputs, after.inputs);
        expect([change.before, change.after]).toEqual([before.cost, after.cost]);
        const { traffic: volumes, rates, choices } = change.causes;
        expect(amount(volumes).plus(rates).plus(choices).toFixed()).toBe(change.change);
        expect(amount(after.cost).minus(before.cost).toFixed()).toBe(change.change);
      }),
      { numRuns: 60 },
    );
  });

  it('does not share out what kept its proportions', () => {
    const month = (factor: bigint) =>
      made([
        traffic({ service: 's3', sent: { bytes: 1_000_003n * factor } }),
        traffic({ service: 's3', sent: { bytes: 7_000_001n * factor }, path: 'gateway-endpoint' }),
      ]);
    expect(billChange(month(1n).inputs, month(3n).inputs).causes.choices).toBe('0');
  });
});
