import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../src/cost/price/assumptions.js';
import { shippedCard, without } from '../cards.js';
import { available, compareShipped, compareWith, serviceOf, traffic } from '../traffic.js';

const path = 'unknown';
const s3 = traffic({ service: 's3', path, sent: { gb: '900' }, received: { gb: '100' } });
const internet = traffic({ service: 'internet', path, sent: { gb: '10' } });
const sqs = traffic({ service: 'sqs', sent: { gb: '10' } });

describe('a path that is not known', () => {
  // us-east-1: 1,000 GB of S3 × $0.045 = $45.00 by NAT, and nothing by a gateway endpoint; 10 GB to the internet from
  // $0.00 to 10 × $0.045 = $0.45; 10 GB of SQS by NAT for $0.45, and 2 gateways × 730 h × ($0.045 + $0.005) = $73.00.
  const comparison = compareShipped([s3, internet, sqs]);

  it('costs from nothing to what NAT charges: the sums hold the low case, as a lower bound', () => {
    expect(comparison.complete).toBe(false);
    expect(comparison.totals).toEqual({
      currentMonthlyCost: '73.45',
      plannedMonthlyCost: '73.45',
      monthlySaving: '0',
      annualSaving: '0',
      savingKnown: true,
      ifUnknownPassesNat: '45.45',
    });
    expect(serviceOf(comparison, 's3')).toMatchObject({
      currentMonthlyCost: '0',
      currentComplete: false,
      highMonthlyCost: '45',
      cheapest: null,
      plannedPath: path,
      monthlySaving: null,
    });
    expect(serviceOf(comparison, 'sqs')).not.toHaveProperty('highMonthlyCost');
    expect(available(serviceOf(comparison, 's3'), path)).toMatchObject({
      monthlyCost: '0',
      complete: false,
      components: [{ quantity: '1000', rate: '0.045', cost: null, costAtMost: '45' }],
    });
  });

  it('holds, in its high case, what crosses zones', () => {
    // 1,000 GB × $0.045 + 500 GB × 2 ends × $0.01 = $55.00; the low case is nothing, whatever the ends.
    const { totals } = compareShipped([s3], { crossAzShare: '0.5' });
    expect(totals.ifUnknownPassesNat).toBe('55');
    expect(totals.currentMonthlyCost).toBe('0');
    expect(totals.ifCrossedAtOneEnd).toBeUndefined();
  });

  it('needs no NAT gateway of its own', () => {
    const { totals, findings } = compareShipped([s3]);
    expect(totals.currentMonthlyCost).toBe('0');
    expect(findings.map(({ code }) => code)).toContain('no-nat-traffic');
  });

  it('lacks no rate: nothing that a card could hold would settle it', () => {
    const codes = comparison.findings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['unknown-path-kept']));
    expect(codes).not.toContain('rate-missing');
    expect(codes).not.toContain('missing-gateway-endpoint');
  });

  it('is advised to go to a gateway endpoint, with what that saves if it passes NAT', () => {
    const advice = comparison.findings.find(({ code }) => code === 'unknown-path-gateway-endpoint');
    expect(advice?.message).toMatch(/if it passes NAT today: s3 in vpc-1 \(45\.00 USD\)\.$/);
  });

  it('has a high case that is not known where the card holds no rate', () => {
    const card = without(shippedCard('us-east-1'), 'natGatewayGb');
    const { totals, findings } = compareWith(card, [s3]);
    expect(totals.ifUnknownPassesNat).toBeNull();
    const advice = findings.find(({ code }) => code === 'unknown-path-gateway-endpoint');
    expect(advice?.message).toMatch(/today: s3 in vpc-1\.$/);
  });

  it('keeps NAT gateways that may carry it: they are not taken away', () => {
    const rows = [traffic({ service: 's3', sent: { gb: '10' } }), internet];
    const { plan } = compareShipped(rows, { nat: 'may-go' }).regions[0] ?? {};
    expect(plan).toMatchObject({ removableNatGateways: 0, natRemovalSaving: '0' });
    const without = compareShipped(rows.slice(0, 1), { nat: 'may-go' }).regions[0]?.plan;
    expect(without?.removableNatGateways).toBe(2);
  });

  it.each<Requirement>(['private', 'on-premises', 'security-groups'])(
    'is not shown to meet --require %s: S3 moves, and what that saves is not known',
    (requirement) => {
      const { totals, regions } = compareShipped([s3], { require: [requirement] });
      const [choice] = regions[0]?.plan.choices ?? [];
      expect(choice?.path).toBe(
        requirement === 'private' ? 'gateway-endpoint' : 'interface-endpoint',
      );
      expect(choice?.complete).toBe(false);
      expect(totals.savingKnown).toBe(false);
    },
  );

  it('changes nothing where nothing went by it', () => {
    const none = traffic({ service: 's3', path });
    const { complete, totals } = compareShipped([none, sqs]);
    expect(complete).toBe(true);
    expect(totals).not.toHaveProperty('ifUnknownPassesNat');
  });
});
