import { describe, expect, it } from 'vitest';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { shippedCard, without } from '../cards.js';
import { available, compareWith, serviceOf, traffic } from '../traffic.js';

const card = shippedCard('us-east-1');
const withoutRegional = without(without(card, 'regionalNatGatewayGb'), 'regionalNatGatewayHour');
const screen = { width: 80, color: false, explain: false };

describe('a rate that is not known', () => {
  it('makes regional NAT gateways a lower bound, never free', () => {
    const comparison = compareWith(
      withoutRegional,
      [traffic({ service: 'internet', sent: { gb: '100' } })],
      { natType: 'regional' },
    );
    const [vpc] = comparison.regions[0]?.vpcs ?? [];
    expect(vpc?.natGateways).toMatchObject({ complete: false });
    expect(vpc?.natGateways.components[0]).toEqual({
      name: 'nat-gateway-hours',
      quantity: '1460',
      unit: 'Hrs',
      rate: null,
      cost: null,
      sku: null,
      rateCode: null,
      rateName: 'regionalNatGatewayHour',
      detail: '1 regional NAT gateway × 2 zones × 730 hours',
    });
    expect(available(serviceOf(comparison, 'internet'), 'nat-gateway')).toMatchObject({
      monthlyCost: '0',
      complete: false,
    });
    expect(comparison.complete).toBe(false);
    // The addresses alone: 2 × 730 h × $0.005
    expect(comparison.totals.currentMonthlyCost).toBe('7.3');
    expect(comparisonFormats.table(comparison, screen)).toContain(
      'You pay           ≥ $7.30 a month',
    );
    expect(comparisonFormats.markdown(comparison, screen)).toContain('≥ $7.30');
  });

  it('is named once for each Region in a finding', () => {
    const { findings } = compareWith(withoutRegional, [traffic({ sent: { gb: '1' } })], {
      natType: 'regional',
    });
    const missing = findings.filter(({ code }) => code === 'rate-missing');
    expect(
      missing.map(({ message }) => /no (\w+) rate for ([\w-]+)/.exec(message)?.slice(1)),
    ).toEqual([
      ['regionalNatGatewayGb', 'us-east-1'],
      ['regionalNatGatewayHour', 'us-east-1'],
    ]);
  });

  it('draws no traffic: the plan does not move to a path with an unpriced part', () => {
    for (const rate of ['interfaceEndpointGb', 'interfaceEndpointHour'] as const) {
      // 100,000 GB on NAT are $4,500; the endpoint's known part is less, but not all of it.
      const comparison = compareWith(without(card, rate), [traffic({ sent: { gb: '100000' } })]);
      expect(serviceOf(comparison, 'sqs')).toMatchObject({
        plannedPath: 'nat-gateway',
        cheapest: null,
        monthlySaving: '0',
        breakEvenGb: null,
      });
      // What is paid and what would be paid are known all the same.
      expect(comparison.complete).toBe(true);
    }
  });

  it('leaves the cheapest path known where no other can cost less', () => {
    const withoutGb = without(card, 'interfaceEndpointGb');
    // S3: the gateway endpoint is free. SQS of 1 GB: $0.045 on NAT, the endpoint's hours alone are $14.60.
    const rows = [
      traffic({ service: 's3', sent: { gb: '100000' } }),
      traffic({ service: 'sqs', sent: { gb: '1' } }),
    ];
    const comparison = compareWith(withoutGb, rows);
    expect(serviceOf(comparison, 's3').cheapest).toBe('gateway-endpoint');
    expect(serviceOf(comparison, 'sqs').cheapest).toBe('nat-gateway');
  });

  it('leaves the cheapest path open where the unpriced one is the current one', () => {
    const row = traffic({ sent: { gb: '100000' }, path: 'interface-endpoint' });
    const comparison = compareWith(without(card, 'interfaceEndpointGb'), [row]);
    const service = serviceOf(comparison, 'sqs');
    expect([service.cheapest, service.plannedPath]).toEqual([null, 'interface-endpoint']);
    // Only hours are known: 2 × 730 h × $0.01
    expect([service.currentMonthlyCost, comparison.complete]).toEqual(['14.6', false]);
  });

  it('of a quantity of nothing leaves nothing out', () => {
    const comparison = compareWith(without(card, 'interfaceEndpointGb'), [
      traffic({ sent: { gb: '0' }, path: 'interface-endpoint' }),
    ]);
    expect(comparison.complete).toBe(true);
    const service = serviceOf(comparison, 'sqs');
    expect([service.currentComplete, available(service, 'interface-endpoint').complete]).toEqual([
      true,
      true,
    ]);
  });

  it('of what is paid today gives way to a path at no charge, and saves what is not known', () => {
    const comparison = compareWith(
      withoutRegional,
      [traffic({ service: 's3', sent: { gb: '1000' } })],
      { natType: 'regional' },
    );
    expect(serviceOf(comparison, 's3')).toMatchObject({
      cheapest: 'gateway-endpoint',
      plannedPath: 'gateway-endpoint',
      currentComplete: false,
      monthlySaving: null,
    });
    expect(comparison.regions[0]?.plan.choices[0]?.complete).toBe(false);
    expect(comparisonFormats.table(comparison, screen)).toContain(
      's3: nat-gateway → gateway-endpoint, its saving is not known',
    );
  });

  it('of transfer between zones makes NAT a lower bound', () => {
    const comparison = compareWith(
      without(card, 'regionalTransferGb'),
      [traffic({ sent: { gb: '100' } })],
      {
        crossAzShare: '0.5',
      },
    );
    expect(available(serviceOf(comparison, 'sqs'), 'nat-gateway')).toMatchObject({
      monthlyCost: '4.5',
      complete: false,
    });
    expect(comparison.complete).toBe(false);
  });

  it('is an empty cell in CSV and marked incomplete', () => {
    const comparison = compareWith(without(card, 'natGatewayGb'), [
      traffic({ sent: { gb: '100' } }),
    ]);
    const [, , row = ''] = comparisonFormats.csv(comparison).split('\n');
    const cells = row.split(',');
    // current_monthly_cost is the tenth column, nat_gateway_monthly_cost the next, complete the last but four
    expect([cells[9], cells[10], cells.at(-5)]).toEqual(['', '', 'false']);
  });
});
