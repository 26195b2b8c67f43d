import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, toDecimalString } from '../../../src/base/decimal.js';
import { compareTally } from '../../../src/cost/compare/compare.js';
import { tallyOf } from '../../../src/cost/demand/tally.js';
import { inputsOf } from '../../../src/cost/demand/traffic-inputs.js';
import { billsOf, totalOf } from '../../../src/cost/outlook/bill.js';
import { sensitivityOf } from '../../../src/cost/outlook/sensitivity.js';
import { scalableBill } from '../../../src/cost/outlook/volumes.js';
import { whatIf } from '../../../src/cost/outlook/what-if.js';
import { type Assumptions, defaultAssumptions } from '../../../src/cost/price/assumptions.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { shippedCard } from '../cards.js';
import { traffic } from '../traffic.js';

function compared(profiles: readonly TrafficProfile[], given: Partial<Assumptions> = {}) {
  const assumptions = { ...defaultAssumptions, ...given };
  const regions = [...new Set(profiles.map(({ region }) => region))];
  const rateCards = regions.map(shippedCard);
  return { assumptions, ...compareTally({ tally: tallyOf(profiles), rateCards, assumptions }) };
}

const profile = fc
  .record({
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    vpcId: fc.constantFrom('vpc-1', 'vpc-2'),
    service: fc.constantFrom('s3', 'logs', 'ecr.api', 'ecr.dkr', 'internet'),
    path: fc.constantFrom('nat-gateway', 'interface-endpoint', 'gateway-endpoint', null),
    sent: fc.record({ bytes: fc.bigInt(0n, 2n ** 51n) }),
    received: fc.record({ bytes: fc.bigInt(0n, 2n ** 51n) }),
  })
  .map(traffic);
const profiles = fc.array(profile, { minLength: 1, maxLength: 10 });
const factor = fc
  .integer({ min: 0, max: 4000 })
  .map((thousandths) => amount(thousandths).div(1000));

describe('a bill at other volumes', () => {
  it('is the bill of that traffic on the same paths', () => {
    fc.assert(
      fc.property(profiles, factor, fc.constantFrom('0', '0.3'), (rows, times, crossAzShare) => {
        const { regions, assumptions } = compared(rows, { crossAzShare });
        const at = scalableBill(regions, assumptions, 'now').costAt(() => times);
        const answer = whatIf(inputsOf(regions, assumptions), { factor: toDecimalString(times) });
        expect(toDecimalString(at)).toBe(answer.currentMonthlyCost);
      }),
      { numRuns: 60 },
    );
  });

  it('is today’s bill, and the plan’s, where nothing changes', () => {
    fc.assert(
      fc.property(profiles, (rows) => {
        const { regions, assumptions } = compared(rows);
        const bills = billsOf(regions);
        for (const when of ['now', 'planned'] as const) {
          const cost = scalableBill(regions, assumptions, when).costAt(() => amount(1));
          expect(toDecimalString(cost)).toBe(toDecimalString(totalOf(bills[when]).cost));
        }
        const answer = whatIf(inputsOf(regions, assumptions), {});
        expect(answer.plannedMonthlyCost).toBe(toDecimalString(totalOf(bills.planned).cost));
      }),
      { numRuns: 60 },
    );
  });
});

describe('what if', () => {
  it('is a lower bound, and saves what is not known, of traffic that was not read in full', () => {
    const { regions, assumptions } = compared([traffic({ service: 's3', sent: { gb: '600' } })]);
    const read = whatIf(inputsOf(regions, assumptions), {});
    expect(read).toMatchObject({ complete: true, savingKnown: true });
    const unread = whatIf(inputsOf(regions, assumptions, false), {});
    expect(unread).toEqual({ ...read, complete: false, savingKnown: false });
  });

  const rows = [
    traffic({ service: 'logs', sent: { gb: '600' } }),
    traffic({ service: 'logs', sent: { gb: '200' }, vpcId: 'vpc-2' }),
    traffic({ service: 'internet', received: { gb: '100' } }),
  ];
  const { regions, assumptions } = compared(rows);
  const inputs = inputsOf(regions, assumptions);

  // vpc-1: 730 × 0.05 + 700 × 0.045 = 36.50 + 31.50; vpc-2: 36.50 + 200 × 0.045
  it('prices other zones and gateways', () => {
    expect(whatIf(inputs, { azs: 1, natGateways: 1 }).currentMonthlyCost).toBe('113.5');
    expect(whatIf(inputs, { natGateways: 0 }).currentMonthlyCost).toBe('40.5');
  });

  // 2 VPCs × 2 × 730 × 0.05 = 146; (1,600 + 100) GB × 0.045 = 76.50
  it('shares a service’s volume out as it is', () => {
    const answer = whatIf(inputs, { service: { name: 'logs', gb: '1600' } });
    expect(answer.currentMonthlyCost).toBe('222.5');
  });
});

describe('sensitivity', () => {
  // Two zones: break-even 2 × 730 × 0.01 / 0.035 = 417.142857 GB
  it('marks the choice that a modest change would flip', () => {
    const { regions, assumptions } = compared([
      traffic({ service: 'logs', sent: { gb: '500' } }),
      traffic({ service: 'sqs', sent: { gb: '1000' } }),
      traffic({ service: 'kms', sent: { gb: '350' } }),
    ]);
    const { choices, cases } = sensitivityOf(regions, assumptions, '0.25');
    expect(
      choices.map(({ services, nearEdge, multiple }) => [services[0], nearEdge, multiple]),
    ).toEqual([
      ['kms', true, '0.839'],
      ['logs', true, '1.1986'],
      ['sqs', false, '2.3973'],
    ]);
    // kms at 437.5 GB: 437.5 × 0.045 - 14.60 - 437.5 × 0.01
    expect(choices[0]?.endpointSaving).toEqual({
      low: '-5.4125',
      expected: '-2.35',
      high: '0.7125',
    });
    expect(cases.map(({ factor: times }) => times)).toEqual(['0.75', '1', '1.25']);
  });
});
