import { describe, expect, it } from 'vitest';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { available, compareShipped, serviceOf, sums, traffic } from '../traffic.js';

function endpointPath(given: Partial<TrafficProfile>, azs: number) {
  const comparison = compareShipped([traffic(given)], { azs });
  return available(serviceOf(comparison, given.service ?? 'sqs'), 'interface-endpoint');
}

const hoursOf = (given: Partial<TrafficProfile>, azs: number) => sums(endpointPath(given, azs))[0];

describe('the hours of interface endpoints', () => {
  it('are those of each zone', () => {
    // 730 h × $0.01 = $7.30 a zone
    expect([1, 2, 3].map((azs) => hoursOf({}, azs))).toEqual([
      'endpoint-hours: 730 Hrs × 0.01 = 7.3',
      'endpoint-hours: 1460 Hrs × 0.01 = 14.6',
      'endpoint-hours: 2190 Hrs × 0.01 = 21.9',
    ]);
    // eu-west-1: 2,190 h × $0.011 = $24.09; sa-east-1: 2,190 h × $0.021 = $45.99
    expect(hoursOf({ region: 'eu-west-1' }, 3)).toBe('endpoint-hours: 2190 Hrs × 0.011 = 24.09');
    expect(hoursOf({ region: 'sa-east-1' }, 3)).toBe('endpoint-hours: 2190 Hrs × 0.021 = 45.99');
  });

  it('are those of each endpoint that a service needs', () => {
    // ECR: 2 endpoints × 3 zones × 730 h = 4,380 h; × $0.01 = $43.80
    expect(hoursOf({ service: 'ecr.dkr' }, 3)).toBe('endpoint-hours: 4380 Hrs × 0.01 = 43.8');
    // Session Manager: 3 endpoints × 3 zones × 730 h = 6,570 h; × $0.01 = $65.70
    expect(hoursOf({ service: 'ssm' }, 3)).toBe('endpoint-hours: 6570 Hrs × 0.01 = 65.7');
  });

  it('name the endpoints that they are of', () => {
    expect(endpointPath({ service: 'ecr.dkr' }, 1).components[0]?.detail).toBe(
      '2 endpoints (ecr.api, ecr.dkr) × 1 zone × 730 hours',
    );
  });

  it('are charged once a VPC to a set of which several services are used', () => {
    const rows = ['ecr.api', 'ecr.dkr'].map((service) =>
      traffic({ service, path: 'interface-endpoint', sent: { gb: '10' } }),
    );
    const comparison = compareShipped(rows, { azs: 3 });
    for (const service of ['ecr.api', 'ecr.dkr']) {
      // Each its own endpoint: 3 × 730 h × $0.01 = $21.90, and 10 GB × $0.01 = $0.10
      expect(serviceOf(comparison, service).currentMonthlyCost).toBe('22');
    }
  });

  it('are charged once to a service of which a part is on the endpoint already', () => {
    const rows = [
      traffic({ path: 'interface-endpoint', sent: { gb: '10' } }),
      traffic({ path: 'nat-gateway', sent: { gb: '1000' } }),
    ];
    const comparison = compareShipped(rows, { azs: 2 });
    // Today: 2 × 730 h × $0.01 + 10 GB × $0.01 + 1,000 GB × $0.045 = 14.60 + 0.10 + 45, and 2 gateways at $36.50
    expect(comparison.totals.currentMonthlyCost).toBe('132.7');
    // Planned: 14.60 + 1,010 GB × $0.01 = 24.70, and the same gateways
    expect(comparison.totals.plannedMonthlyCost).toBe('97.7');
  });
});

describe('what PrivateLink charges for bytes, around its tier bounds', () => {
  const first = 'data-processing: 1048576 GB × 0.01 = 10485.76';
  const second = 'data-processing: 4194304 GB × 0.006 = 25165.824';

  it.each([
    ['0', ['data-processing: 0 GB × 0.01 = 0'], '7.3'],
    // 1,048,575 GB × $0.01
    ['1048575', ['data-processing: 1048575 GB × 0.01 = 10485.75'], '10493.05'],
    // 1,048,576 GB × $0.01: exactly on the bound is wholly below it
    ['1048576', [first], '10493.06'],
    ['1048577', [first, 'data-processing: 1 GB × 0.006 = 0.006'], '10493.066'],
    // 10,485.76 + 4,194,303 GB × $0.006 = 10,485.76 + 25,165.818
    ['5242879', [first, 'data-processing: 4194303 GB × 0.006 = 25165.818'], '35658.878'],
    // 10,485.76 + 4,194,304 GB × $0.006 = 10,485.76 + 25,165.824
    ['5242880', [first, second], '35658.884'],
    ['5242881', [first, second, 'data-processing: 1 GB × 0.004 = 0.004'], '35658.888'],
    // 35,651.584 + 4,757,120 GB × $0.004 = 35,651.584 + 19,028.48
    ['10000000', [first, second, 'data-processing: 4757120 GB × 0.004 = 19028.48'], '54687.364'],
  ])('%s GB', (gb, lines, monthlyCost) => {
    const path = endpointPath({ sent: { gb } }, 1);
    expect(sums(path).slice(1)).toEqual(lines);
    // The bytes' cost and one zone's hours, 730 h × $0.01 = $7.30
    expect(path.monthlyCost).toBe(monthlyCost);
  });

  it('is told with the tier, its SKU and its rate code', () => {
    const [, below, above] = endpointPath(
      { region: 'eu-west-1', sent: { gb: '1048577' } },
      1,
    ).components;
    expect(below).toMatchObject({
      tier: { beginRange: '0', endRange: '1048576' },
      sku: 'S8CASMMQB4XR7YWZ',
      rateCode: 'S8CASMMQB4XR7YWZ.JRTCKXETXF.D7RZ6WCPVW',
    });
    expect(above).toMatchObject({
      tier: { beginRange: '1048576', endRange: '5242880' },
      rateCode: 'S8CASMMQB4XR7YWZ.JRTCKXETXF.RBMR72YW69',
    });
  });
});

describe('gateway endpoints', () => {
  it('have no component and no cost', () => {
    const comparison = compareShipped([traffic({ service: 's3', sent: { gb: '9000000' } })]);
    expect(serviceOf(comparison, 's3').paths['gateway-endpoint']).toEqual({
      available: true,
      components: [],
      monthlyCost: '0',
      complete: true,
    });
  });
});
