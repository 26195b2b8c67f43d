import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { amount, sum } from '../../../src/base/decimal.js';
import { reportFormats } from '../../../src/report/budget/formats.js';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { headlineNotes } from '../../../src/report/draw/headline.js';
import { htmlPage } from '../../../src/report/html/page.js';
import { shippedCard, without } from '../../cost/cards.js';
import { compareShipped, compareWith, traffic } from '../../cost/traffic.js';
import { reportOf } from '../budget/example-report.js';

// us-east-1: 1,000 GB of S3 by a path that is not known, from $0.00 to 1,000 × $0.045 = $45.00 by NAT; 500 GB of S3 by NAT
// for $22.50, and 2 gateways × 730 h × ($0.045 + $0.005) = $73.00.
const rows = [
  traffic({ service: 's3', path: 'unknown', sent: { gb: '1000' } }),
  traffic({ service: 's3', sent: { gb: '500' } }),
];
const comparison = compareShipped(rows);
const screen = { width: 200, color: false, explain: true };
const note =
  'The path of some traffic is not known, and the sums hold it as nothing; if it passes NAT: $45.00 a month more.';

/** The rows of a CSV by column. */
const rowsOf = (text: string): readonly Record<string, string>[] => parse(text, { columns: true });

describe('traffic of a path that is not known', () => {
  it('is a lower bound on a terminal, in no saving, and said beside the answer', () => {
    const text = comparisonFormats.table(comparison, screen);
    expect(text.split('\n').slice(0, 4)).toEqual([
      'You pay           ≥ $95.50 a month',
      'With the plan     ≥ $73.00 a month',
      'Potential saving  $22.50 a month, $270.00 a year',
      note,
    ]);
    expect(text).toMatch(/^s3 +1,000 +unknown +\$45\.00 +\$0\.00 +\$10\.00 +\?$/m);
    expect(text).toContain('data-processing: 1,000 GB × $0 to $0.045 = $0.00 to $45.00');
  });

  it('is so in Markdown', () => {
    const text = comparisonFormats.markdown(comparison, screen);
    expect(text).toContain('| You pay | ≥ $95.50 |');
    expect(text).toContain('| **Potential saving** | **$22.50** |');
    expect(text).toContain(`\n\nThat is **$270.00** a year.\n\n${note}\n\n`);
    expect(text).toContain('- s3, unknown: data-processing: 1,000 GB × $0 to $0.045');
  });

  it('has the most that it costs in a column of the CSV, whose other costs add up to the answer', () => {
    const cells = rowsOf(comparisonFormats.csv(comparison));
    const unknown = cells.find((row) => row['current_path'] === 'unknown');
    expect(unknown).toMatchObject({
      current_monthly_cost: '',
      high_monthly_cost: '45',
      cheapest_path: '',
      planned_path: 'unknown',
      monthly_saving: '',
      complete: 'false',
    });
    const rows = cells.filter((row) => row['service'] !== 'total');
    const paid = sum(rows.map((row) => amount(row['current_monthly_cost'] || '0')));
    expect(paid.toFixed()).toBe('95.5');
    const others = rows.filter((row) => row !== unknown);
    expect(others.map((row) => row['high_monthly_cost'])).toEqual(['', '']);
  });

  it('is not known in full where a requirement moves it, or where the card holds no rate', () => {
    const moved = compareShipped(rows, { require: ['private'] });
    expect(comparisonFormats.table(moved, screen)).toContain(
      'Potential saving  not known in full (see below)\n',
    );
    expect(comparisonFormats.markdown(moved, screen)).toContain('not known in full |');
    const unpriced = compareWith(without(shippedCard('us-east-1'), 'natGatewayGb'), rows);
    const text = comparisonFormats.table(unpriced, screen);
    expect(text).toContain('if it passes NAT: not known (a rate is missing).');
    expect(text).toContain('1,000 GB × (no natGatewayGb rate) = not priced');
  });

  const model = reportOf(rows);

  it('is a lower bound in every part of a report, and the parts add up', () => {
    expect(model.complete).toBe(false);
    expect(model.totals).toMatchObject({
      currentMonthlyCost: '95.5',
      monthlySaving: '22.5',
      complete: false,
      savingKnown: true,
    });
    expect(model.comparison).toMatchObject({ ifUnknownPassesNat: '45', savingKnown: true });
    for (const parts of [model.bill, model.groups]) {
      const paid = sum(parts.map((part) => amount(part.currentMonthlyCost)));
      expect(paid.toFixed()).toBe('95.5');
    }
    const line = model.bill.find(({ kind }) => kind === 'nat-data-processing');
    expect(line).toMatchObject({ currentMonthlyCost: '22.5', complete: false, savingKnown: true });
    // December has 744 hours: 74.40 instead of 73.
    expect(model.forecast.months[0]?.currentMonthlyCost).toBe('96.9');
    expect(model.sensitivity.choices.every(({ currentPath }) => currentPath !== 'unknown')).toBe(
      true,
    );
  });

  it('is said beside the answer of a report', () => {
    const text = reportFormats.markdown.draw(model);
    expect(text).toContain('| You pay | ≥ $95.50 | ≥ $1,146.00 |');
    expect(text).toContain('| **Potential saving** | **$22.50** | **$270.00** |');
    expect(text).toContain(`\n\n${note}\n\n`);
    expect(htmlPage(model, { script: '', sha256: () => '' })).toContain(
      `<p class="soft">${note}</p>`,
    );
  });

  it('has no cost, and no price of a unit, in the CSV and in FOCUS', () => {
    const charges = rowsOf(reportFormats.csv.draw(model)).filter(({ path }) => path === 'unknown');
    expect(charges).toHaveLength(2);
    for (const charge of charges) {
      expect(charge).toMatchObject({ monthly_cost: '', high_monthly_cost: '45', quantity: '1000' });
    }
    const focus = rowsOf(reportFormats.focus.draw(model));
    expect(focus.find((row) => row['x_NetworkPath'] === 'unknown')).toMatchObject({
      BilledCost: '',
      ListUnitPrice: '',
      ContractedUnitPrice: '',
      PricingQuantity: '1000',
    });
  });

  it('makes a budget that it is within not known, and one that is passed without it passed', () => {
    const budget = { scope: 'total', id: '', warnAt: '0.8', failAt: '1' } as const;
    const budgets = [
      { ...budget, monthly: '1000' },
      { ...budget, monthly: '90' },
    ];
    const states = reportOf(rows, { budgets }).budgets.map(({ state }) => state);
    expect(states).toEqual(['unknown', 'over']);
  });
});

describe('a bill of which nothing is known', () => {
  // One service by a path that is not known, which costs $0.00 at least, and no NAT gateway.
  const only = [traffic({ service: 's3', path: 'unknown', sent: { gb: '1000' } })];
  const model = reportOf(only);

  it('is not known in every format, and never nothing', () => {
    const table = comparisonFormats.table(compareShipped(only), screen);
    expect(table.split('\n').slice(0, 2)).toEqual([
      'You pay           not known',
      'With the plan     not known',
    ]);
    const markdown = comparisonFormats.markdown(compareShipped(only), screen);
    expect(markdown).toContain('| You pay | not known |');
    expect(reportFormats.markdown.draw(model)).toContain('| You pay | not known | not known |');
    const html = htmlPage(model, { script: '', sha256: () => '' });
    expect(html).toContain('<dt>You pay</dt><dd>not known</dd><dd class="year">not known</dd>');
    for (const text of [table, markdown, reportFormats.markdown.draw(model), html]) {
      expect(text).not.toContain('≥ $0.00');
      expect(text).not.toContain('not known a ');
    }
  });
});

describe('what an answer rests on', () => {
  const notesOf = (...codes: readonly string[]) =>
    headlineNotes({
      totals: {},
      currency: 'USD',
      findings: codes.map((code) => ({ code })),
    });
  const version2 = 'From a log of version 2 (no packet addresses), which does not show paths';

  it.each([
    [[], []],
    [['vantage-nat-private', 'traffic-path-unknown'], []],
    [
      ['nat-found-by-mirrors'],
      [`${version2}: NAT gateways are those that mirror other interfaces' records`],
    ],
    [['traffic-without-packet-addresses'], [`${version2}: a NAT gateway looks like a client`]],
    [
      ['traffic-without-packet-addresses', 'traffic-path-assumed', 'current-path-assumed'],
      [`${version2}: NAT is taken for granted`],
    ],
    [
      ['nat-found-by-mirrors', 'current-path-assumed'],
      [
        `${version2}: NAT gateways are those that mirror other interfaces' records, NAT is taken for granted`,
      ],
    ],
    [
      ['traffic-path-assumed', 'current-path-assumed'],
      ['From a log that does not show all paths: NAT is taken for granted'],
    ],
    [
      ['current-path-assumed'],
      ['From an input that does not name all paths: NAT is taken for granted'],
    ],
  ])('is said with the answer for %j', (codes, notes) => {
    expect(notesOf(...codes)).toEqual(notes.map((text) => `${text}; see docs/inputs.md.`));
  });

  it('stands under the answer, not only among the findings', () => {
    const assumed = compareShipped([traffic({ path: null })]);
    const [, , , line] = comparisonFormats.table(assumed, screen).split('\n');
    expect(line).toMatch(/^From an input that does not name all paths: NAT is taken for granted/);
  });
});
