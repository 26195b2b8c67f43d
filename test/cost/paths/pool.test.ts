import { describe, expect, it } from 'vitest';
import { amount, sum, toDecimalString } from '../../../src/base/decimal.js';
import { available, compareShipped, servicesOf, traffic } from '../traffic.js';

const three = [
  traffic({ vpcId: 'vpc-1', service: 'kms', sent: { gb: '600000' }, path: 'interface-endpoint' }),
  traffic({ vpcId: 'vpc-1', service: 'sqs', sent: { gb: '600000' }, path: 'interface-endpoint' }),
  traffic({ vpcId: 'vpc-2', service: 'sqs', sent: { gb: '600000' }, path: 'interface-endpoint' }),
];

describe('the tiers of a Region', () => {
  const comparison = compareShipped(three, { azs: 1 });
  const processing = servicesOf(comparison).flatMap((service) =>
    available(service, 'interface-endpoint').components.filter(
      ({ name }) => name === 'data-processing',
    ),
  );
  const inTier = (rate: string) =>
    toDecimalString(
      sum(processing.filter((each) => each.rate === rate).map(({ quantity }) => amount(quantity))),
    );

  it('are one schedule for three services of two VPCs', () => {
    // 1,800,000 GB in all: 1,048,576 in the first tier, 751,424 in the second
    expect([inTier('0.01'), inTier('0.006')]).toEqual(['1048576', '751424']);
    expect(processing).toHaveLength(6);
  });

  it('sum over the services to what the pool costs', () => {
    // 1,048,576 × $0.01 + 751,424 × $0.006 = 10,485.76 + 4,508.544 = 14,994.304; 3 × 730 h × $0.01 = 21.90
    expect(comparison.totals.currentMonthlyCost).toBe('15016.204');
    expect(comparison.totals.plannedMonthlyCost).toBe('15016.204');
  });

  it('are not shared with another Region', () => {
    const apart = three.map((row, index) => (index === 2 ? { ...row, region: 'eu-west-1' } : row));
    // us-east-1: 1,048,576 × 0.01 + 151,424 × 0.006 + 14.60 = 11,408.904; eu-west-1: 6,000 + 730 × 0.011 = 6,008.03
    expect(compareShipped(apart, { azs: 1 }).totals.currentMonthlyCost).toBe('17416.934');
  });

  it('price a service that is on NAT as one more member of the pool', () => {
    const [first, second] = three;
    if (first === undefined || second === undefined) throw new Error('no rows');
    const small = traffic({
      vpcId: 'vpc-2',
      service: 'logs',
      sent: { gb: '1' },
      received: { gb: '0' },
    });
    const services = servicesOf(compareShipped([first, second, small], { azs: 1 }));
    const logs = services.find(({ service }) => service === 'logs');
    if (logs === undefined) throw new Error('no logs');
    const quantities = available(logs, 'interface-endpoint')
      .components.filter(({ name }) => name === 'data-processing')
      .map(({ quantity, rate }) => [rate, quantity]);
    // Of 1,200,001 GB, 151,425 lie in the second tier: of 1 GB 151,425 / 1,200,001 = 0.126187394843…
    expect(quantities).toEqual([
      ['0.01', '0.873812605157'],
      ['0.006', '0.126187394843'],
    ]);
  });
});
