import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/cost/compare/comparison.js';
import { costFindingCodes } from '../../../src/cost/compare/findings.js';
import { shippedCard, without } from '../cards.js';
import { compareShipped, compareWith, traffic } from '../traffic.js';

const day = 86_400;
const days = (first: number, count: number) => ({
  start: first * day,
  end: (first + count) * day,
});
const busy = { sent: { gb: '100000' } } as const;

/** For each finding a comparison that holds it, and one like it that does not. */
const cases: Readonly<Record<string, readonly [given: () => Comparison, not: () => Comparison]>> = {
  'current-path-assumed': [
    () => compareShipped([traffic({ path: null })]),
    () => compareShipped([traffic()]),
  ],
  'impossible-path': [
    () => compareShipped([traffic({ path: 'gateway-endpoint' })]),
    () => compareShipped([traffic({ service: 's3', path: 'gateway-endpoint' })]),
  ],
  'zones-assumed': [
    () => compareShipped([traffic()]),
    () => compareShipped([traffic({ azId: 'use1-az1' })]),
  ],
  'zones-from-rows': [
    () => compareShipped([traffic({ azId: 'use1-az1' })]),
    () => compareShipped([traffic({ azId: 'use1-az1' })], { azs: 2 }),
  ],
  'nat-gateways-assumed': [
    () => compareShipped([traffic()]),
    () => compareShipped([traffic()], { natGateways: 1 }),
  ],
  'no-nat-traffic': [
    () => compareShipped([traffic({ path: 'interface-endpoint' })]),
    () => compareShipped([traffic({ path: 'interface-endpoint' })], { natGateways: 0 }),
  ],
  'scaled-to-month': [
    () => compareShipped([traffic({ period: days(0, 30) })]),
    () => compareShipped([traffic()]),
  ],
  'short-period': [
    () => compareShipped([traffic({ period: { start: 0, end: day - 1 } })]),
    () => compareShipped([traffic({ period: days(0, 1) })]),
  ],
  'logged-time-assumed': [
    () => compareShipped([traffic({ period: days(0, 1) }), traffic({ period: days(1, 1) })]),
    // One period of all rows leaves nothing to assume.
    () => compareShipped([traffic({ period: days(0, 1) }), traffic({ period: days(0, 1) })]),
  ],
  'sparse-rows': [
    () =>
      compareShipped([
        traffic({ period: days(0, 1) }),
        traffic({ period: days(1, 1) }),
        traffic({ service: 'kms', period: days(1, 1) }),
      ]),
    () =>
      compareShipped([
        traffic({ period: days(0, 1) }),
        traffic({ service: 'kms', period: days(0, 1) }),
      ]),
  ],
  'cross-az-share-assumed': [
    () => compareShipped([traffic()]),
    () => compareShipped([traffic({ crossAzBytes: 0n })]),
  ],
  'nat-type-not-offered': [
    () =>
      compareWith(shippedCard('us-gov-west-1'), [traffic({ region: 'us-gov-west-1' })], {
        natType: 'regional',
      }),
    () => compareShipped([traffic()], { natType: 'regional' }),
  ],
  'cross-az-ends': [
    () => compareShipped([traffic(busy)], { crossAzShare: '0.5' }),
    () => compareShipped([traffic(busy)]),
  ],
  'unknown-service': [
    () => compareShipped([traffic({ service: 'my-own' })]),
    () => compareShipped([traffic({ service: 'my-own', path: 'interface-endpoint' })]),
  ],
  'service-unattributed': [
    () => compareShipped([traffic({ service: 'aws-other' })]),
    () => compareShipped([traffic({ service: 'internet' })]),
  ],
  'missing-gateway-endpoint': [
    () => compareShipped([traffic({ service: 's3', ...busy })]),
    () => compareShipped([traffic({ service: 's3', path: 'gateway-endpoint', ...busy })]),
  ],
  'nat-removable': [
    () => compareShipped([traffic(busy)]),
    () => compareShipped([traffic(busy)], { nat: 'may-go' }),
  ],
  'nat-removed': [
    () => compareShipped([traffic(busy)], { nat: 'may-go' }),
    () => compareShipped([traffic(busy)]),
  ],
  'requirement-unmet': [
    () => compareShipped([traffic({ service: 'internet' })], { require: ['private'] }),
    () => compareShipped([traffic()], { require: ['private'] }),
  ],
  'rate-missing': [
    () => compareWith(without(shippedCard('us-east-1'), 'publicIpv4Hour'), [traffic()]),
    () => compareShipped([traffic()]),
  ],
  'cross-region-service': [
    () => compareShipped([traffic({ service: 's3', serviceRegion: 'eu-west-1' })]),
    () => compareShipped([traffic({ service: 's3' })]),
  ],
  'ecr-layers-from-s3': [
    () => compareShipped([traffic({ service: 'ecr.dkr', ...busy })]),
    () =>
      compareShipped([
        traffic({ service: 'ecr.dkr', ...busy }),
        traffic({ service: 's3', ...busy }),
      ]),
  ],
  'regional-name-needed': [
    () => compareShipped([traffic({ service: 'sts', ...busy })]),
    () => compareShipped([traffic({ service: 'sts', sent: { gb: '1' } })]),
  ],
  'availability-unchecked': [
    () => compareShipped([traffic(busy)]),
    () => compareShipped([traffic({ sent: { gb: '1' } })]),
  ],
  'rate-assumed': [
    () =>
      compareShipped([traffic({ region: 'eu-north-1', sent: { gb: '1' } })], {
        natType: 'regional',
      }),
    () => compareShipped([traffic({ sent: { gb: '1' } })], { natType: 'regional' }),
  ],
  'tier-pool-organization': [
    () =>
      compareShipped([
        traffic({ accountId: '111122223333', vpcId: 'vpc-1', sent: { gb: '900000' } }),
        traffic({ accountId: '444455556666', vpcId: 'vpc-2', sent: { gb: '900000' } }),
      ]),
    () =>
      compareShipped([
        traffic({ accountId: '111122223333', vpcId: 'vpc-1', sent: { gb: '900000' } }),
        traffic({ accountId: '111122223333', vpcId: 'vpc-2', sent: { gb: '900000' } }),
      ]),
  ],
  'internet-gateway-kept': [
    () => compareShipped([traffic({ path: 'internet-gateway' })]),
    () => compareShipped([traffic()]),
  ],
  'nat-instance-kept': [
    () => compareShipped([traffic({ path: 'nat-instance' })]),
    () => compareShipped([traffic()]),
  ],
  'unknown-path-kept': [
    () => compareShipped([traffic({ path: 'unknown' })]),
    () => compareShipped([traffic({ path: null })]),
  ],
  'unknown-path-gateway-endpoint': [
    () => compareShipped([traffic({ service: 's3', path: 'unknown', ...busy })]),
    () => compareShipped([traffic({ service: 'internet', path: 'unknown', ...busy })]),
  ],
};

const codesOf = ({ findings }: Comparison) => findings.map(({ code }) => code);

describe('the findings of a comparison', () => {
  it('all have a case here', () => {
    expect(Object.keys(cases).toSorted()).toEqual(costFindingCodes.toSorted());
  });

  it.each(Object.entries(cases))(
    '%s stands where it holds, and nowhere else',
    (code, [given, not]) => {
      expect(codesOf(given())).toContain(code);
      expect(codesOf(not())).not.toContain(code);
    },
  );

  it('are sorted: warnings first, then by code', () => {
    const { findings } = compareShipped([
      traffic({ path: null, ...busy }),
      traffic({ service: 's3', period: { start: 0, end: 60 }, ...busy }),
      traffic({ service: 'my-own', ...busy }),
    ]);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning missing-gateway-endpoint',
      'warning short-period',
      'warning unknown-service',
      'info availability-unchecked',
      'info cross-az-share-assumed',
      'info current-path-assumed',
      'info nat-gateways-assumed',
      'info scaled-to-month',
      'info zones-assumed',
    ]);
  });

  it('tell the time that stands behind the month in days, hours or seconds', () => {
    const told = (seconds: number) =>
      compareShipped([traffic({ period: { start: 0, end: seconds } })])
        .findings.filter(({ code }) => code === 'scaled-to-month')
        .map(({ message }) => message);
    expect(told(30 * day)).toEqual([
      'Traffic of 30 days is scaled to a month of 730 hours, for vpc-1.',
    ]);
    expect(told(day)).toEqual(['Traffic of 1 day is scaled to a month of 730 hours, for vpc-1.']);
    expect(told(23_400)).toEqual([
      'Traffic of 6.5 hours is scaled to a month of 730 hours, for vpc-1.',
    ]);
    expect(told(90)).toEqual([
      'Traffic of 90 seconds is scaled to a month of 730 hours, for vpc-1.',
    ]);
  });
});
