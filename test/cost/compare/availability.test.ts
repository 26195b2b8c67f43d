import { describe, expect, it } from 'vitest';
import type { NetworkPath } from '../../../src/cost/paths/index.js';
import type { Requirement } from '../../../src/cost/price/assumptions.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { shippedCard, without } from '../cards.js';
import {
  available,
  compareShipped,
  compareWith,
  reasonAgainst,
  serviceOf,
  sums,
  traffic,
} from '../traffic.js';

const gb1000 = { sent: { gb: '400' }, received: { gb: '600' } } as const;

function reasons(given: Partial<TrafficProfile>, require: readonly Requirement[] = []) {
  const comparison = compareShipped([traffic({ ...gb1000, ...given })], { require });
  const service = serviceOf(comparison, given.service ?? 'sqs');
  const paths: readonly NetworkPath[] = ['nat-gateway', 'gateway-endpoint', 'interface-endpoint'];
  return paths.map((path) => reasonAgainst(service, path));
}

const gatewayOnly = 'gateway endpoints serve S3, DynamoDB and S3 Express only';

describe('which paths can carry a service', () => {
  it.each<[name: string, given: Partial<TrafficProfile>, ...gaps: readonly (string | null)[]]>([
    ['S3', { service: 's3' }, null, null, null],
    ['DynamoDB', { service: 'dynamodb' }, null, null, null],
    [
      'S3 Express',
      { service: 's3express' },
      null,
      null,
      'AWS lists no interface endpoint for s3express',
    ],
    ['SQS', { service: 'sqs' }, null, gatewayOnly, null],
    [
      "another Region's bucket",
      { service: 's3', serviceRegion: 'us-west-2' },
      null,
      'the traffic goes to us-west-2; a gateway endpoint serves us-east-1 only',
      null,
    ],
    [
      "another Region's table",
      { service: 'dynamodb', serviceRegion: 'us-west-2' },
      null,
      'the traffic goes to us-west-2; a gateway endpoint serves us-east-1 only',
      'the traffic goes to us-west-2, and dynamodb has no cross-Region interface endpoint',
    ],
    [
      "another Region's keys",
      { service: 'kms', serviceRegion: 'eu-west-1' },
      null,
      gatewayOnly,
      null,
    ],
    [
      "another Region's queue",
      { service: 'sqs', serviceRegion: 'eu-west-1' },
      null,
      gatewayOnly,
      'the traffic goes to eu-west-1, and sqs has no cross-Region interface endpoint',
    ],
    [
      'a service that AWS does not list',
      { service: 'my-billing' },
      null,
      gatewayOnly,
      'AWS lists no interface endpoint for my-billing',
    ],
    [
      'the internet',
      { service: 'internet' },
      null,
      gatewayOnly,
      'internet traffic has no endpoint',
    ],
    [
      'AWS addresses without a name',
      { service: 'aws-other' },
      null,
      gatewayOnly,
      'the service behind these addresses is not known',
    ],
  ])('%s', (_, given, ...gaps) => {
    expect(reasons(given)).toEqual(gaps);
  });

  it('leaves the paths of S3 that meet a requirement, and says why not the others', () => {
    const s3 = { service: 's3' };
    expect(reasons(s3, ['private'])).toEqual([
      '--require private: a NAT gateway reaches the service at its public address',
      null,
      null,
    ]);
    expect(reasons(s3, ['on-premises'])).toEqual([
      null,
      '--require on-premises: a gateway endpoint cannot be reached over VPN, Direct Connect or a transit gateway',
      null,
    ]);
    expect(reasons(s3, ['security-groups'])).toEqual([
      '--require security-groups: a NAT gateway has no security group',
      '--require security-groups: a gateway endpoint has no security group',
      null,
    ]);
  });

  it('plans the paths that are left, dearer or not, and leaves the internet where nothing is', () => {
    const rows = ['s3', 'internet'].map((service) => traffic({ service, ...gb1000 }));
    const comparison = compareShipped(rows, { require: ['security-groups'] });
    // 2 zones × 730 h × $0.01 = $14.60, and 1,000 GB × $0.01 = $10.
    expect(available(serviceOf(comparison, 's3'), 'interface-endpoint').monthlyCost).toBe('24.6');
    expect(serviceOf(comparison, 's3').plannedPath).toBe('interface-endpoint');
    expect(serviceOf(comparison, 'internet')).toMatchObject({
      cheapest: null,
      monthlySaving: '0',
      plannedPath: 'nat-gateway',
    });
  });
});

describe("today's path", () => {
  it('is NAT where the row puts a service on a path that cannot carry it', () => {
    const remote = { service: 's3', serviceRegion: 'us-west-2', path: 'gateway-endpoint' } as const;
    for (const given of [
      { service: 'sqs', path: 'gateway-endpoint' } as const,
      { service: 'internet', path: 'interface-endpoint' } as const,
      remote,
    ]) {
      const comparison = compareShipped([traffic({ ...gb1000, ...given })]);
      const service = serviceOf(comparison, given.service);
      expect(service.currentPath).toBe('nat-gateway');
      // 1,000 GB × $0.045 = $45, and the gateways that carry it are counted: 2 zones, one each.
      expect(service.currentMonthlyCost).toBe('45');
      expect(comparison.regions[0]?.vpcs[0]?.natGateways.count).toBe(2);
      expect(comparison.findings.map(({ code }) => code)).toContain('impossible-path');
    }
  });

  it('may be an internet gateway, which processes at no charge and stays', () => {
    const comparison = compareShipped([
      traffic({ service: 'sqs', path: 'internet-gateway', ...gb1000 }),
    ]);
    const service = serviceOf(comparison, 'sqs');
    expect(service.paths['internet-gateway']).toEqual({
      available: true,
      components: [],
      monthlyCost: '0',
      complete: true,
    });
    expect([service.cheapest, service.plannedPath]).toEqual([
      'internet-gateway',
      'internet-gateway',
    ]);
  });

  it("may be a partner's interface endpoint, which has its hours and its bytes like any other", () => {
    const comparison = compareShipped([
      traffic({ service: 'vendor.logs', path: 'interface-endpoint', ...gb1000 }),
      traffic({ service: 'sqs', ...gb1000 }),
    ]);
    const service = serviceOf(comparison, 'vendor.logs');
    expect(sums(available(service, 'interface-endpoint'))).toEqual([
      'endpoint-hours: 1460 Hrs × 0.01 = 14.6',
      'data-processing: 1000 GB × 0.01 = 10',
    ]);
    expect(comparison.findings.map(({ code }) => code)).not.toContain('unknown-service');
  });
});

describe('a VPC without a NAT gateway', () => {
  const quiet = traffic({ service: 'sqs', path: 'interface-endpoint', sent: { gb: '1' } });

  it('is not planned onto one, whose hours are in no sum', () => {
    const comparison = compareShipped([quiet]);
    expect(comparison.regions[0]?.vpcs[0]?.natGateways.count).toBe(0);
    // Through a NAT gateway 1 GB would be $0.045, but 2 × 730 h × ($0.045 + $0.005) = $73 would come with it.
    expect(serviceOf(comparison, 'sqs').plannedPath).toBe('interface-endpoint');
  });

  it('is planned onto one that is told of, or that another row goes through', () => {
    const told = compareShipped([quiet], { natGateways: 1 });
    const shown = compareShipped([quiet, traffic({ service: 'internet', sent: { gb: '5' } })]);
    for (const comparison of [told, shown]) {
      expect(serviceOf(comparison, 'sqs').plannedPath).toBe('nat-gateway');
    }
  });
});

describe('a path that a requirement rules out today', () => {
  it('still counts in what is paid, and makes it a lower bound where its rate is not known', () => {
    const card = without(shippedCard('us-east-1'), 'natGatewayGb');
    const rows = [traffic({ service: 's3', ...gb1000 })];
    const comparison = compareWith(card, rows, { require: ['private'] });
    expect(serviceOf(comparison, 's3').plannedPath).toBe('gateway-endpoint');
    expect(comparison.complete).toBe(false);
    expect(comparison.findings.map(({ code }) => code)).toContain('rate-missing');
  });
});
