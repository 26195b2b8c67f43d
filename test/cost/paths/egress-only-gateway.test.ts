import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import type { Requirement } from '../../../src/cost/price/assumptions.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';
import { compareShipped, reasonAgainst, serviceOf, traffic } from '../traffic.js';

const path = 'egress-only-gateway';

describe('an egress-only internet gateway', () => {
  it('is read from a summary CSV, costs nothing by the hour or the GB, and stays', async () => {
    const csv = `service,path,gb_out,gb_in\ninternet,${path},100,500\n`;
    const { profiles } = await readSummaryCsv(Readable.from([Buffer.from(csv)]), 'a.csv', {
      region: 'us-east-1',
      paths: networkPathNames,
    });
    const comparison = compareShipped(profiles);
    expect(comparison.totals).toMatchObject({ currentMonthlyCost: '0', plannedMonthlyCost: '0' });
    expect(serviceOf(comparison, 'internet')).toMatchObject({
      currentPath: path,
      plannedPath: path,
      cheapest: path,
      paths: { [path]: { available: true, components: [], monthlyCost: '0', complete: true } },
    });
  });

  it.each<[Requirement, string]>([
    ['private', 'reaches the service at its public address'],
    ['on-premises', 'not what comes from on-premises'],
    ['security-groups', 'has no security group'],
  ])('does not meet --require %s: S3 moves to a path that does', (requirement, reason) => {
    const rows = [traffic({ service: 's3', path, sent: { gb: '100' } })];
    const service = serviceOf(compareShipped(rows, { require: [requirement] }), 's3');
    expect(reasonAgainst(service, path)).toContain(reason);
    expect(service.plannedPath).toBe(
      requirement === 'private' ? 'gateway-endpoint' : 'interface-endpoint',
    );
  });
});
