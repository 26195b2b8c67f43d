import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { amount } from '../../../src/base/decimal.js';
import { estimate } from '../../../src/library/estimate.js';
import { formatComparison } from '../../../src/library/formats.js';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const question = {
  region: 'eu-north-1',
  service: 'sqs',
  sent: { gb: 1000 },
  assumptions: { natType: 'regional', azs: 2 },
} as const;

/*
 * AWS publishes no rate of a regional NAT gateway in eu-north-1: 0.046 is assumed, between 0.045 and 0.062.
 * Hours: 2 zones × 730 × 0.046 = 67.16, addresses 2 × 730 × 0.005 = 7.30, together 74.46.
 *   low 1,460 × 0.045 + 7.30 = 73.00, high 1,460 × 0.062 + 7.30 = 97.82.
 * NAT processing: 1,000 × 0.046 = 46.00, low 45.00, high 62.00. Now: 120.46, low 118.00, high 159.82.
 * Interface endpoint: 2 × 730 × 0.0105 + 1,000 × 0.01 = 25.33.
 *   With the plan: 74.46 + 25.33 = 99.79, low 98.33, high 123.15.
 */
describe('a sum with an assumed rate', () => {
  it('is complete, and stands between its least and its most', async () => {
    const { complete, totals, regions } = await estimate(question);
    expect(complete).toBe(true);
    expect(totals).toMatchObject({
      currentMonthlyCost: '120.46',
      plannedMonthlyCost: '99.79',
      savingKnown: true,
      assumed: {
        currentMonthlyCost: { low: '118', high: '159.82' },
        plannedMonthlyCost: { low: '98.33', high: '123.15' },
      },
    });
    const [vpc] = regions[0]?.vpcs ?? [];
    expect(vpc?.natGateways.assumed).toEqual({ low: '73', high: '97.82' });
    const paths = vpc?.services[0]?.paths;
    expect(paths?.['nat-gateway']).toMatchObject({ assumed: { low: '45', high: '62' } });
    expect(paths?.['interface-endpoint']).not.toHaveProperty('assumed');
  });

  it('is marked in every format, and nothing else is', async () => {
    const comparison = await estimate(question);
    const table = formatComparison(comparison, 'table', { explain: true });
    expect(table).toContain('You pay           ~ $120.46 a month');
    expect(table).toContain('With the plan     ~ $99.79 a month');
    expect(table).toContain('Potential saving  ~ $20.67 a month, ~ $248.04 a year');
    expect(table).toContain('you pay $118.00 to $159.82 a month');
    expect(table).toMatch(/sqs +1,000 {2}NAT {2}~ \$46\.00 +- +\$25\.33\* {2}~ \$20\.67/);
    expect(table).toContain('1,000 GB × $0.046 = ~ $46.00');
    expect(table).toContain('an assumed rate');
    const markdown = formatComparison(comparison, 'markdown');
    expect(markdown).toContain('| You pay | ~ $120.46 |');
    expect(markdown).toContain(
      '| sqs | 1,000 | nat-gateway | ~ $46.00 | – | **$25.33** | ~ $20.67 |',
    );
    const rows = formatComparison(comparison, 'csv').trim().split(/\r?\n/);
    expect(rows[0]).toMatch(/,assumed$/);
    expect(rows.slice(1).every((row) => row.endsWith(',true'))).toBe(true);
  });

  it('is not marked where AWS publishes the rate', async () => {
    const comparison = await estimate({ ...question, region: 'us-west-2' });
    expect(comparison.complete).toBe(true);
    expect(JSON.stringify(comparison)).not.toContain('"assumed"');
    expect(formatComparison(comparison, 'table')).not.toContain('~');
    const rows = formatComparison(comparison, 'csv').trim().split(/\r?\n/);
    expect(rows.slice(1).every((row) => row.endsWith(',false'))).toBe(true);
  });

  it('takes a discount off its least and its most as well', async () => {
    const { totals } = await estimate({ ...question, discount: ['nat-gateway=10%'] });
    // Hours and GB less 10 %: low (65.70 + 45) × 0.9 + 7.30 = 106.93, high (90.52 + 62) × 0.9 + 7.30 = 144.568.
    expect(totals.assumed?.currentMonthlyCost).toEqual({ low: '106.93', high: '144.568' });
  });

  it('is exact with a rate of your own', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'own.json');
    const tiers = [{ beginRange: '0', endRange: 'Inf', price: '0.05' }];
    await writeFile(
      file,
      JSON.stringify({
        rates: {
          regionalNatGatewayHour: { unit: 'Hrs', tiers },
          regionalNatGatewayGb: { unit: 'GB', tiers },
        },
      }),
    );
    const { totals } = await estimate({ ...question, rates: [file] });
    // 1,460 × 0.05 + 7.30 + 1,000 × 0.05 = 130.30.
    expect(totals.currentMonthlyCost).toBe('130.3');
    expect(totals.assumed).toBeUndefined();
  });

  it('lies between its ends for any volume', async () => {
    for (const gb of ['0', '0.5', '1048577']) {
      const { totals } = await estimate({ ...question, sent: { gb } });
      const { low, high } = totals.assumed?.currentMonthlyCost ?? { low: 'NaN', high: 'NaN' };
      expect(amount(low).lt(totals.currentMonthlyCost)).toBe(true);
      expect(amount(high).gt(totals.currentMonthlyCost)).toBe(true);
    }
  });
});

describe('the program', () => {
  const args = ['--region', 'eu-north-1', '--nat-type', 'regional', '--service', 'sqs'];

  it('ends with 0, the finding and the mark', async () => {
    const { exitCode, stdout } = await runCli(['estimate', ...args, '--gb-out', '1000']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('~ $120.46');
    expect(stdout).toContain('is assumed to be 0.046');
  });

  it('marks the bill of a report, its parts and its changes', async () => {
    await using folder = await temporaryFolder();
    const input = join(folder.path, 'month.csv');
    await writeFile(
      input,
      'region,vpc_id,service,path,gb_out,gb_in,start,end\neu-north-1,vpc-1,sqs,nat-gateway,1000,0,2026-10-01T00:00:00Z,2026-10-31T10:00:00Z\n',
    );
    const report = ['report', input, '--nat-type', 'regional', '--azs', '2', '--budget', '500'];
    const { exitCode, stdout: markdown } = await runCli([...report, '--format', 'markdown']);
    expect(exitCode).toBe(0);
    expect(markdown).toMatch(/\| You pay \| ~ \$120\.46 \| ~ \$1,445\.52 \|/);
    expect(markdown).toMatch(/Whole bill \| \$500\.00 \| ~ \$120\.46/);
    expect(markdown).toMatch(/NAT[ -]gateway,? hours \| ~ \$67\.16/i);
    expect(markdown).toMatch(/Saves \*\*~ \$20\.67\*\*/);
    const html = (await runCli([...report, '--format', 'html'])).stdout;
    expect(html).toContain('<dd>~ $120.46 a month</dd>');
    const csv = (await runCli([...report, '--format', 'csv'])).stdout.trim().split(/\r?\n/);
    expect(csv.filter((row) => row.endsWith(',true')).length).toBeGreaterThan(0);
    expect(csv.filter((row) => row.includes('publicIpv4') && row.endsWith(',true'))).toEqual([]);
    const json = (await runCli([...report, '--format', 'json'])).stdout;
    expect(JSON.parse(json)).toMatchObject({
      complete: true,
      totals: { assumed: { currentMonthlyCost: { low: '118', high: '159.82' } } },
      budgets: [{ assumed: { low: '118', high: '159.82' } }],
    });
  });
});
