import { describe, expect, it } from 'vitest';
import { compareShipped, reasonAgainst, serviceOf, traffic } from '../traffic.js';

const path = 'nat-instance';

describe('a NAT instance', () => {
  it('has no processing charge, and its hours are said to be in no sum', () => {
    const comparison = compareShipped([
      traffic({ service: 'internet', path, sent: { gb: '100' } }),
    ]);
    expect(comparison.complete).toBe(true);
    // No NAT gateway follows from it: neither hours nor a GB are charged.
    expect(comparison.totals).toMatchObject({ currentMonthlyCost: '0', plannedMonthlyCost: '0' });
    expect(comparison.regions[0]?.vpcs[0]?.natGateways.count).toBe(0);
    const kept = comparison.findings.find(({ code }) => code === 'nat-instance-kept');
    expect(kept?.message).toMatch(/hours of its instance.*not in these sums: internet in vpc-1\.$/);
  });

  it('keeps S3, since a gateway endpoint costs the same', () => {
    const comparison = compareShipped([traffic({ service: 's3', path, sent: { gb: '1000' } })]);
    expect(serviceOf(comparison, 's3')).toMatchObject({ cheapest: path, plannedPath: path });
  });

  it('does not meet --require private, and has a security group as every instance', () => {
    const rows = [traffic({ service: 's3', path, sent: { gb: '100' } })];
    const service = serviceOf(compareShipped(rows, { require: ['private'] }), 's3');
    expect(reasonAgainst(service, path)).toContain('reaches the service at its public address');
    expect(service.plannedPath).toBe('gateway-endpoint');
    for (const requirement of ['security-groups', 'on-premises'] as const) {
      const kept = serviceOf(compareShipped(rows, { require: [requirement] }), 's3');
      expect([reasonAgainst(kept, path), kept.plannedPath]).toEqual([null, path]);
    }
  });
});
