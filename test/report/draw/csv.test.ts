import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportFormats } from '../../../src/report/budget/formats.js';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { csvDocument } from '../../../src/report/draw/csv.js';
import { addressFormats, rangesFormats } from '../../../src/report/lookups/ip-ranges.js';
import { cardsCsv } from '../../../src/report/prices/data.js';
import { rateDiffFormats } from '../../../src/report/prices/rate-changes.js';
import { refreshFormats } from '../../../src/report/prices/refresh-result.js';
import { writeSummaryCsv } from '../../../src/traffic/summary/write.js';
import { shippedCard } from '../../cost/cards.js';
import { compareShipped, traffic } from '../../cost/traffic.js';
import { anyCodePoint } from '../../support/any-code-point.js';
import { sourceFiles } from '../../support/imports.js';
import { reportOf } from '../budget/example-report.js';

/** The cells of a document, as a spreadsheet reads them. */
const cellsOf = (csv: string): readonly string[] =>
  parse(csv, { relax_column_count: true }).flatMap((row: readonly string[]) => row);

/** What no cell may begin with; a negative number is none. */
const formula = /^[=+@\t\r＝＋－＠]|^-(?!\d+(?:\.\d+)?$)/;

const profiles = (cmd: string) => [
  traffic({ vpcId: cmd, accountId: cmd, service: cmd, azId: cmd, sent: { gb: '5' } }),
];
const report = (cmd: string) =>
  reportOf(profiles(cmd), { names: new Map([[cmd, { name: cmd, team: cmd }]]) });
const card = (cmd: string) => {
  const shipped = shippedCard('us-east-1');
  const { natGatewayGb } = shipped.rates;
  if (natGatewayGb === undefined) throw new Error('us-east-1 has no rate for NAT');
  const tiers = natGatewayGb.tiers.map((tier) => ({ ...tier, rateCode: cmd }));
  const rate = { ...natGatewayGb, sku: cmd, reference: cmd, tiers };
  return { ...shipped, rates: { natGatewayGb: rate } };
};

/** Every output of CSV that holds a text from outside. */
const outputs: Readonly<Record<string, (cmd: string) => string>> = {
  'compare --format csv': (cmd) => comparisonFormats.csv(compareShipped(profiles(cmd))),
  'report --format csv': (cmd) => reportFormats.csv.draw(report(cmd)),
  'report --format focus': (cmd) => reportFormats.focus.draw(report(cmd)),
  summarize: (cmd) => writeSummaryCsv(profiles(cmd)),
  'prices show --format csv': (cmd) =>
    cardsCsv({ cards: [card(cmd)], withoutRates: [], ageDays: () => 0 }),
  'prices diff --format csv': (cmd) => {
    const side = { source: 'yours', publishedAt: '2026-01-01T00:00:00Z' } as const;
    const change = { region: cmd, rate: 'natGatewayGb', unit: 'GB', tier: null } as const;
    const changes = [{ ...change, before: '1', after: '2', percent: '100' }];
    const sides = { before: side, after: side };
    return rateDiffFormats.csv([{ region: cmd, currency: 'USD', ...sides, changes }]);
  },
  'prices refresh --format csv': (cmd) =>
    refreshFormats.csv([
      {
        region: 'us-east-1',
        refreshed: false,
        source: 'none',
        publishedAt: null,
        changes: null,
        kept: [],
        failure: cmd,
      },
    ]),
  'ip-ranges show --format csv': (cmd) =>
    rangesFormats.csv({
      source: 'refreshed',
      file: cmd,
      createDate: cmd,
      syncToken: cmd,
      services: [{ name: cmd, prefixes: 1 }],
    }),
  'ip-ranges show --address --format csv': (cmd) =>
    addressFormats.csv([{ address: '10.0.0.1', service: cmd, region: cmd }]),
};

describe('a text that begins like a formula', () => {
  it.each(Object.keys(outputs))('stands behind a quote in %s', (name) => {
    for (const start of ['=', '+', '-', '@', '＝', '＋', '－', '＠', "'="]) {
      const cmd = `${start}cmd()`;
      const cells = cellsOf(outputs[name]?.(cmd) ?? '');
      expect(cells.filter((cell) => cell.includes(`'${cmd}`)).length).toBeGreaterThan(0);
      expect(cells.filter((cell) => formula.test(cell))).toEqual([]);
    }
  });

  it('is guarded in every cell, and nothing else is changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCodePoint }), (text) => {
        const [cell = ''] = cellsOf(csvDocument([[text, 'end']]));
        expect(cell).not.toMatch(formula);
        expect([text, `'${text}`]).toContain(cell);
      }),
    );
    const row = ['vpc-1', 'a=b', ' =1', '-1.5', '12', 7, -2, "it's", "'x"];
    expect(cellsOf(csvDocument([row]))).toEqual(row.map(String));
    expect(csvDocument([['a', null, undefined, '']])).toBe('a,,,\n');
  });

  it('cannot come past the one writer of CSV in report/', () => {
    const source = join(import.meta.dirname, '../../../src');
    const writers = sourceFiles(source).filter((file) =>
      readFileSync(join(source, file), 'utf8').includes("'csv-stringify"),
    );
    expect(writers.toSorted()).toEqual(['report/draw/csv.ts', 'traffic/summary/write.ts']);
  });
});
