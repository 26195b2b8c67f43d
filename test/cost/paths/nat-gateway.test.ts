import { describe, expect, it } from 'vitest';
import type { NatGateways } from '../../../src/cost/compare/comparison.js';
import type { Assumptions } from '../../../src/cost/price/assumptions.js';
import { available, compareShipped, serviceOf, sums, traffic } from '../traffic.js';

const gb5000 = { sent: { gb: '1000' }, received: { gb: '4000' } } as const;

function natPath(region: string, assumptions: Partial<Assumptions> = {}) {
  const comparison = compareShipped([traffic({ region, ...gb5000 })], assumptions);
  return available(serviceOf(comparison, 'sqs'), 'nat-gateway');
}

function natGateways(region: string, assumptions: Partial<Assumptions>): NatGateways {
  const comparison = compareShipped([traffic({ region, ...gb5000 })], assumptions);
  const [vpc] = comparison.regions[0]?.vpcs ?? [];
  if (vpc === undefined) throw new Error('no VPC in the comparison');
  return vpc.natGateways;
}

describe('what a NAT gateway charges for traffic', () => {
  it('is each GB in either direction', () => {
    // (1,000 + 4,000) GB × $0.045 = $225
    expect(sums(natPath('us-east-1'))).toEqual(['data-processing: 5000 GB × 0.045 = 225']);
    // 5,000 GB × $0.048 = $240
    expect(sums(natPath('eu-west-1'))).toEqual(['data-processing: 5000 GB × 0.048 = 240']);
    // 5,000 GB × $0.093 = $465
    expect(sums(natPath('sa-east-1'))).toEqual(['data-processing: 5000 GB × 0.093 = 465']);
  });

  it('names the SKU and the rate code that the price list gives', () => {
    expect(natPath('eu-west-1').components[0]).toEqual({
      name: 'data-processing',
      quantity: '5000',
      unit: 'GB',
      rate: '0.048',
      cost: '240',
      sku: 'DTH8595YVPFXV226',
      rateCode: 'DTH8595YVPFXV226.JRTCKXETXF.6YS6EN2CT7',
      rateName: 'natGatewayGb',
    });
  });

  it("is a regional gateway's own rate where the gateways are regional", () => {
    const [component] = natPath('eu-west-1', { natType: 'regional' }).components;
    // 5,000 GB × $0.048 = $240, under another SKU than the zonal gateway's
    expect(component).toMatchObject({
      quantity: '5000',
      rate: '0.048',
      cost: '240',
      sku: 'SCVPQWR4PN8NY9DD',
    });
  });
});

describe('traffic from another zone', () => {
  it('adds the transfer of its share at one end where one is metered', () => {
    // 5,000 GB × 0.5 × $0.01 = $25 beside 5,000 GB × $0.045 = $225
    const path = natPath('us-east-1', { crossAzShare: '0.5', crossAzEnds: 1 });
    expect(sums(path)).toEqual([
      'data-processing: 5000 GB × 0.045 = 225',
      'cross-az-transfer: 2500 GB × 0.01 = 25',
    ]);
    expect(path.monthlyCost).toBe('250');
  });

  it('adds it at both ends, with the sum at one as the low case', () => {
    // 5,000 GB × 0.5 × 2 ends × $0.01 = $50; at one end $25, and 225 + 25 = $250
    const path = natPath('us-east-1', { crossAzShare: '0.5' });
    expect(path.components[1]?.costAtOneEnd).toBe('25');
    expect(path.costAtOneEnd).toBe('250');
    expect(sums(path)[1]).toBe('cross-az-transfer: 5000 GB × 0.01 = 50');
    expect(path.monthlyCost).toBe('275');
  });

  it('stands in the totals at one end, too, now and with the plan', () => {
    // s3 is free with the plan; the internet stays: 1,000 GB × (0.045 + 0.5 × 2 × 0.01) = 55.00, at one end 50.00.
    // Now both: 110.00, at one end 100.00. Hours: 2 × 730 × (0.045 + 0.005) = 73.00 everywhere.
    const rows = ['s3', 'internet'].map((service) => traffic({ service, sent: { gb: '1000' } }));
    const { totals } = compareShipped(rows, { crossAzShare: '0.5', azs: 2 });
    expect(totals).toMatchObject({
      currentMonthlyCost: '183',
      plannedMonthlyCost: '128',
      ifCrossedAtOneEnd: { currentMonthlyCost: '173', plannedMonthlyCost: '123' },
    });
    const one = compareShipped(rows, { crossAzShare: '0.5', azs: 2, crossAzEnds: 1 }).totals;
    expect(one).toMatchObject({ currentMonthlyCost: '173', plannedMonthlyCost: '123' });
    expect(one).not.toHaveProperty('ifCrossedAtOneEnd');
  });

  it('is what the input measured, before any share', () => {
    const measured = traffic({ ...gb5000, crossAzBytes: 1024n * 2n ** 30n });
    const comparison = compareShipped([measured], { crossAzShare: '0.5' });
    // 1,024 GB × 2 ends × $0.01 = $20.48
    expect(sums(available(serviceOf(comparison, 'sqs'), 'nat-gateway'))[1]).toBe(
      'cross-az-transfer: 2048 GB × 0.01 = 20.48',
    );
  });

  it('is measured for some rows and a share of the others', () => {
    const rows = [
      traffic({ azId: 'use1-az1', sent: { gb: '100' }, crossAzBytes: 30n * 2n ** 30n }),
      traffic({ azId: 'use1-az2', sent: { gb: '200' } }),
    ];
    const comparison = compareShipped(rows, { crossAzShare: '0.25' });
    // 30 GB measured + 200 GB × 0.25 = 80 GB; × 2 ends × $0.01 = $1.60
    expect(sums(available(serviceOf(comparison, 'sqs'), 'nat-gateway'))[1]).toBe(
      'cross-az-transfer: 160 GB × 0.01 = 1.6',
    );
  });

  it('is measured as nothing where the log shows none', () => {
    const measured = traffic({ ...gb5000, crossAzBytes: 0n });
    const comparison = compareShipped([measured], { crossAzShare: '1' });
    expect(sums(available(serviceOf(comparison, 'sqs'), 'nat-gateway'))).toEqual([
      'data-processing: 5000 GB × 0.045 = 225',
    ]);
  });
});

describe('the hours of NAT gateways and of their addresses', () => {
  it('are those of one gateway a zone, with one address each', () => {
    const nat = natGateways('us-east-1', { azs: 3 });
    // 3 × 730 h = 2,190 h; × $0.045 = $98.55; × $0.005 = $10.95; together $109.50
    expect(sums(nat)).toEqual([
      'nat-gateway-hours: 2190 Hrs × 0.045 = 98.55',
      'public-ipv4-hours: 2190 Hrs × 0.005 = 10.95',
    ]);
    expect(nat).toMatchObject({ count: 3, monthlyCost: '109.5', complete: true });
  });

  it('are those of as many gateways as are given', () => {
    // sa-east-1, 1 × 730 h × $0.093 = $67.89, × $0.005 = $3.65
    expect(sums(natGateways('sa-east-1', { azs: 3, natGateways: 1 }))).toEqual([
      'nat-gateway-hours: 730 Hrs × 0.093 = 67.89',
      'public-ipv4-hours: 730 Hrs × 0.005 = 3.65',
    ]);
    expect(natGateways('sa-east-1', { natGateways: 0 })).toEqual({
      count: 0,
      components: [],
      monthlyCost: '0',
      complete: true,
      monthlySaving: null,
    });
  });

  it('count each zone of a regional gateway', () => {
    const nat = natGateways('eu-west-1', { azs: 3, natType: 'regional' });
    // 1 regional gateway × 3 zones × 730 h = 2,190 h; × $0.048 = $105.12; × $0.005 = $10.95
    expect(sums(nat)).toEqual([
      'nat-gateway-hours: 2190 Hrs × 0.048 = 105.12',
      'public-ipv4-hours: 2190 Hrs × 0.005 = 10.95',
    ]);
    expect(nat).toMatchObject({ count: 1, monthlyCost: '116.07' });
    expect(nat.components[0]?.sku).toBe('EQKFCWWHPDRFVY6T');
  });

  it('hold as many addresses as are given, or none', () => {
    // 2 × 730 h × 3 addresses = 4,380 h; × $0.005 = $21.90
    expect(sums(natGateways('us-east-1', { publicIpv4PerNatGateway: 3 }))[1]).toBe(
      'public-ipv4-hours: 4380 Hrs × 0.005 = 21.9',
    );
    expect(sums(natGateways('us-east-1', { publicIpv4PerNatGateway: 0 }))).toEqual([
      'nat-gateway-hours: 1460 Hrs × 0.045 = 65.7',
    ]);
  });

  it('count the zones that the rows show', () => {
    const rows = ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az4'].map((azId, index) =>
      traffic({ azId, service: index < 2 ? 'sqs' : 'kms', sent: { gb: '1' } }),
    );
    const [vpc] = compareShipped(rows).regions[0]?.vpcs ?? [];
    expect([vpc?.azs, vpc?.natGateways.count]).toEqual([3, 3]);
  });

  it('are charged to no service', () => {
    const comparison = compareShipped([traffic(gb5000)], { azs: 3 });
    // 109.50 for the gateways + 225 for the bytes on both sides, less what the endpoint saves
    expect(comparison.regions[0]?.plan.currentMonthlyCost).toBe('334.5');
    expect(serviceOf(comparison, 'sqs').currentMonthlyCost).toBe('225');
  });
});
