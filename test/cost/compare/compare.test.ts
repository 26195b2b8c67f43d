import { describe, expect, it } from 'vitest';
import { PathfareError } from '../../../src/base/errors.js';
import { compare } from '../../../src/cost/compare/compare.js';
import { cardOf, flatRate, shippedCard, tieredRate } from '../cards.js';
import { compareShipped, compareWith, serviceOf, servicesOf, traffic } from '../traffic.js';

describe('compare', () => {
  it('of no traffic is complete and costs nothing', () => {
    expect(compare({ profiles: [], rateCards: [] })).toMatchObject({
      complete: true,
      regions: [],
      totals: { currentMonthlyCost: '0', plannedMonthlyCost: '0', annualSaving: '0' },
      findings: [],
    });
  });

  it('needs the rates of every Region of the traffic', () => {
    const profiles = [traffic(), traffic({ region: 'eu-west-1' })];
    const incomplete = () => compare({ profiles, rateCards: [shippedCard('us-east-1')] });
    expect(incomplete).toThrow(PathfareError);
    expect(incomplete).toThrow('no rate card for eu-west-1');
  });

  it('adds up no amounts of different currencies', () => {
    const yuan = { ...shippedCard('eu-west-1'), region: 'cn-north-1', currency: 'CNY' as const };
    const profiles = [traffic(), traffic({ region: 'cn-north-1' })];
    const mixed = () => compare({ profiles, rateCards: [shippedCard('us-east-1'), yuan] });
    expect(mixed).toThrow(PathfareError);
    expect(mixed).toThrow('the Regions are billed in CNY and USD');
    const one = compare({ profiles: [traffic({ region: 'cn-north-1' })], rateCards: [yuan] });
    expect(one.currency).toBe('CNY');
  });

  it('refuses tiers whose price rises, for which no plan is the cheapest', () => {
    const rising = cardOf({
      natGatewayGb: flatRate('GB', '0.045'),
      interfaceEndpointHour: flatRate('Hrs', '0.01'),
      interfaceEndpointGb: tieredRate(['10', '0.01'], ['Inf', '0.02']),
    });
    expect(() => compareWith(rising, [traffic()])).toThrow(PathfareError);
  });

  it('sorts Regions, VPCs and services', () => {
    const rows = [
      traffic({ region: 'us-east-1', vpcId: 'vpc-2', service: 'sqs' }),
      traffic({ region: 'us-east-1', vpcId: 'vpc-1', service: 's3' }),
      traffic({ region: 'us-east-1', vpcId: 'vpc-1', service: 'kms' }),
      traffic({ region: 'eu-west-1', vpcId: 'vpc-9', service: 'logs' }),
    ];
    expect(servicesOf(compareShipped(rows)).map(({ service }) => service)).toEqual([
      'logs',
      'kms',
      's3',
      'sqs',
    ]);
  });

  it('keeps the current paths of one service apart', () => {
    const rows = [
      traffic({ service: 's3', path: 'nat-gateway', sent: { gb: '100' } }),
      traffic({ service: 's3', path: 'gateway-endpoint', sent: { gb: '900' } }),
    ];
    const services = servicesOf(compareShipped(rows));
    expect(
      services.map(({ currentPath, gb, currentMonthlyCost }) => [
        currentPath,
        gb,
        currentMonthlyCost,
      ]),
    ).toEqual([
      ['gateway-endpoint', '900', '0'],
      // 100 GB × $0.045
      ['nat-gateway', '100', '4.5'],
    ]);
  });

  it('tells VPCs without an id apart by their account', () => {
    const rows = ['111122223333', '444455556666'].map((accountId) =>
      traffic({ vpcId: null, accountId, sent: { gb: '1' } }),
    );
    const [region] = compareShipped(rows).regions;
    expect(region?.vpcs.map(({ accountId }) => accountId)).toEqual([
      '111122223333',
      '444455556666',
    ]);
  });

  it('carries the findings that came with traffic and rates, in order with its own', () => {
    const finding = { code: 'a-caveat', severity: 'warning' as const, message: 'Mind this.' };
    const comparison = compare({
      profiles: [traffic({ service: 's3', sent: { gb: '1' } })],
      rateCards: [shippedCard('us-east-1')],
      findings: [finding],
    });
    expect(comparison.findings[0]).toEqual(finding);
    expect(serviceOf(comparison, 's3').cheapest).toBe('gateway-endpoint');
  });
});
