import { describe, expect, it } from 'vitest';
import { amount, sum } from '../../../src/base/decimal.js';
import { compareTally } from '../../../src/cost/compare/compare.js';
import { tallyOf } from '../../../src/cost/demand/tally.js';
import { billsOf, totalOf } from '../../../src/cost/outlook/bill.js';
import type { RateCard } from '../../../src/pricing/card/rate-card.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { shippedCard, without } from '../cards.js';
import { traffic } from '../traffic.js';

/** The charges for transfer out to the internet, each by its VPC. */
function egressOf(profiles: readonly TrafficProfile[], cards: readonly RateCard[]) {
  const { regions } = compareTally({ tally: tallyOf(profiles), rateCards: cards });
  const { now, planned } = billsOf(regions);
  const of = (bill: typeof now) => bill.filter(({ kind }) => kind === 'internet-egress');
  expect(of(planned).map(({ component }) => component)).toEqual(
    of(now).map(({ component }) => component),
  );
  return of(now);
}

const virginia = shippedCard('us-east-1');
const internet = (sent: string, given: Partial<TrafficProfile> = {}) =>
  traffic({ service: 'internet', sent: { gb: sent }, received: { gb: '9999' }, ...given });
const costsOf = (charges: ReturnType<typeof egressOf>) =>
  charges.map(({ component }) => component.cost);

describe('transfer out to the internet', () => {
  it('is free for the first 100 GB', () => {
    expect(costsOf(egressOf([internet('100')], [virginia]))).toEqual(['0']);
  });

  // (250 - 100) GB × 0.09 = 13.50
  it('costs the first tier above them, only for what leaves', () => {
    const [charge, ...others] = egressOf([internet('250')], [virginia]);
    expect(others).toEqual([]);
    expect(charge?.component).toMatchObject({
      quantity: '150',
      cost: '13.5',
      rateName: 'internetEgressGb',
      tier: { beginRange: '0', endRange: '10240' },
      detail: '250 GB out to the internet, 100 of them free',
    });
  });

  // 10,240 GB × 0.09 = 921.60; one more GB × 0.085. The free GB come before the tiers.
  it('counts its tiers from the first GB that is billed', () => {
    expect(costsOf(egressOf([internet('10340')], [virginia]))).toEqual(['921.6']);
    expect(costsOf(egressOf([internet('10341')], [virginia]))).toEqual(['921.6', '0.085']);
  });

  // 10,240 × 0.09 + 40,960 × 0.085 + 102,400 × 0.07 + 46,400 × 0.05 = 921.60 + 3,481.60 + 7,168.00 + 2,320.00
  it('goes through all its tiers', () => {
    expect(costsOf(egressOf([internet('200100')], [virginia]))).toEqual([
      '921.6',
      '3481.6',
      '7168',
      '2320',
    ]);
  });

  // 300 + 100 GB share 100 free ones: 75 and 25. Virginia 225 × 0.09 = 20.25, Ireland 75 × 0.09 = 6.75
  it('shares the free GB over all Regions, in proportion', () => {
    const profiles = [internet('300'), internet('100', { region: 'eu-west-1', vpcId: 'vpc-2' })];
    expect(costsOf(egressOf(profiles, [virginia, shippedCard('eu-west-1')]))).toEqual([
      '6.75',
      '20.25',
    ]);
  });

  it('costs the VPCs of a Region what it costs the Region', () => {
    const parts = ['3333.3', '7777.7', '20000.01'].map((out, index) =>
      internet(out, { vpcId: `vpc-${index}`, path: index === 0 ? 'internet-gateway' : null }),
    );
    const whole = egressOf([internet('31111.01')], [virginia]);
    const shared = egressOf(parts, [virginia]);
    const total = (charges: typeof whole) =>
      sum(costsOf(charges).map((cost) => amount(cost ?? '0')));
    expect(total(shared).toFixed()).toBe(total(whole).toFixed());
  });

  it('is not priced, and the bill a lower bound, where the card has no rate', () => {
    const { regions } = compareTally({
      tally: tallyOf([internet('250')]),
      rateCards: [without(virginia, 'internetEgressGb')],
    });
    const { now } = billsOf(regions);
    expect(totalOf(now).complete).toBe(false);
    expect(now.at(-1)?.component).toMatchObject({ cost: null, rate: null, quantity: '250' });
  });
});
