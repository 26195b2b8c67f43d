import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { amount, sum } from '../../../src/base/decimal.js';
import { reportFormats } from '../../../src/report/budget/formats.js';
import { compareShipped } from '../../cost/traffic.js';
import { goldenJson } from '../../support/golden-json.js';
import { exampleReport, exampleTraffic, hostile } from './example-report.js';

const model = exampleReport();
const comparison = compareShipped(exampleTraffic);
const cases = '../../cases/report';

/** The rows of a CSV by column. */
function rowsOf(csv: string): readonly Record<string, string>[] {
  return parse(csv, { columns: true });
}

/** The exact sum of a column. */
function sumOf(rows: readonly Record<string, string>[], column: string): string {
  return sum(rows.map((row) => amount(row[column] || '0'))).toFixed();
}

describe('the formats of a report', () => {
  it.each([
    ['markdown', 'report.md'],
    ['csv', 'report.csv'],
    ['focus', 'report.focus.csv'],
  ] as const)('draws %s', async (format, file) => {
    const text = reportFormats[format].draw(model);
    expect(text.endsWith('\n')).toBe(true);
    await expect(text).toMatchFileSnapshot(`${cases}/${file}`);
  });

  it('draws json, which is the model itself', async () => {
    const text = reportFormats.json.draw(model);
    const document: typeof model = JSON.parse(text);
    expect(text).toBe(`${JSON.stringify(document, null, 2)}\n`);
    expect(document).toEqual(model);
    await expect(goldenJson(document)).toMatchFileSnapshot(`${cases}/report.json`);
  });

  // https://focus.finops.org/focus-specification/v1-2/, columns of the feature level "Mandatory"
  it('has every mandatory column of FOCUS 1.2, and begins its own with x_', () => {
    const [header = ''] = reportFormats.focus.draw(model).split('\n');
    const columns = header.split(',');
    const mandatory =
      'BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargeClass ChargeDescription ChargePeriodEnd ChargePeriodStart ContractedCost EffectiveCost InvoiceIssuerName ListCost PricingQuantity PricingUnit ProviderName PublisherName ServiceCategory ServiceName'.split(
        ' ',
      );
    expect(mandatory.filter((column) => !columns.includes(column))).toEqual([]);
    expect(columns.filter((column) => !/^(x_)?[A-Z][A-Za-z]+$/.test(column))).toEqual([]);
    const rows = rowsOf(reportFormats.focus.draw(model));
    expect(rows.every((row) => row['x_Estimate'] === 'true')).toBe(true);
    expect(rows.every((row) => row['ChargeDescription']?.startsWith('Estimate: '))).toBe(true);
  });

  it('agrees with the comparison in every sum', () => {
    expect(model.comparison).toEqual({ ...comparison.totals, complete: true });
    const csv = rowsOf(reportFormats.csv.draw(model)).filter(
      ({ charge }) => charge !== 'internet-egress',
    );
    const of = (bill: string) => csv.filter((row) => row['bill'] === bill);
    expect(sumOf(of('now'), 'monthly_cost')).toBe(comparison.totals.currentMonthlyCost);
    expect(sumOf(of('planned'), 'monthly_cost')).toBe(comparison.totals.plannedMonthlyCost);
    const focus = rowsOf(reportFormats.focus.draw(model)).filter(
      (row) => !row['ChargeDescription']?.startsWith('Estimate: Transfer out to the internet'),
    );
    for (const column of ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost']) {
      expect(sumOf(focus, column)).toBe(comparison.totals.currentMonthlyCost);
    }
  });

  it('has parts that sum to the whole, each way of cutting', () => {
    const parts = [model.bill, model.groups];
    for (const lines of parts) {
      for (const total of ['currentMonthlyCost', 'plannedMonthlyCost', 'monthlySaving'] as const) {
        expect(sum(lines.map((line) => amount(line[total]))).toFixed()).toBe(model.totals[total]);
      }
    }
    const changes = sum(model.changes.map(({ monthlySaving }) => amount(monthlySaving)));
    expect(changes.plus(model.sharedTierSaving).toFixed()).toBe(model.totals.monthlySaving);
    const traffic = sum(model.traffic.map(({ gb }) => amount(gb)));
    expect(traffic.toFixed()).toBe('9374');
    const { causes, change } = model.sinceBaseline ?? { causes: {}, change: null };
    expect(sum(Object.values(causes).map(amount)).toFixed()).toBe(change);
  });

  // us-east-1: 2 × 730 × (0.045 + 0.005) = 73; 7,500 GB × 0.045 = 337.50; 2 × 730 × 0.01 + 2 GB × 0.01 = 14.62
  // eu-west-1: 2 × 730 × (0.048 + 0.005) = 77.38; 1,872 GB × 0.048 = 89.856
  // internet: (750 - 100) GB × 0.09 = 58.50
  it('bills all that the paths cost', () => {
    expect(amount(model.totals.currentMonthlyCost).toFixed(6)).toBe('650.856000');
    expect(reportFormats.markdown.draw(model)).toContain('| You pay | $650.86 | $7,810.27 |');
  });

  it('leaves a hostile name text in every format', () => {
    const markdown = reportFormats.markdown.draw(model);
    const outsideCode = markdown.replaceAll(/^(`{3,})\w+\n[\s\S]*?^\1$/gm, '');
    expect(outsideCode).not.toContain('<script');
    expect(outsideCode).toContain('=&lt;script&gt;alert\\(1\\)&lt;/script&gt;\\|\\`');
    expect(markdown).toContain(`--vpc-id '${hostile}'`);
    for (const format of ['csv', 'focus'] as const) {
      const cells = rowsOf(reportFormats[format].draw(model)).flatMap((row) => Object.values(row));
      expect(cells).toContain(`'${hostile}`);
      expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    }
  });
});
