import { formatJson } from '../../base/json.js';
import { groupThousands } from '../../base/text.js';
import type { BreakEvenRow, BreakEvenTable } from '../../cost/compare/break-even.js';
import { csvDocument } from '../draw/csv.js';
import { type Column, left, markdownTable, right, textTable, wrapText } from '../draw/tables.js';

const columns: readonly Column[] = [left('Region'), right('Zones'), right('GB a month')];

const rowsFor = ({ rows }: BreakEvenTable): readonly (readonly string[])[] =>
  rows.map((row) => [row.region, String(row.azs), volumeText(row)]);

function volumeText({ gb, missingRates }: BreakEvenRow): string {
  if (gb !== null) return groupThousands(gb);
  return missingRates === undefined ? 'NAT always wins' : 'not known';
}

const meaning =
  'Above this volume an interface endpoint costs less than a NAT gateway processing the same bytes.';

/** The formats of a break-even table by the name that `--format` takes. */
export const breakEvenFormats = {
  table: (table: BreakEvenTable) =>
    `${textTable(columns, rowsFor(table))}\n\n${wrapText(meaning, 80)}\n`,
  json: (table: BreakEvenTable) => formatJson(table),
  csv: (table: BreakEvenTable) =>
    csvDocument([
      ['region', 'azs', 'gb'],
      ...table.rows.map(({ region, azs, gb }) => [region, azs, gb]),
    ]),
  markdown: (table: BreakEvenTable) => `${markdownTable(columns, rowsFor(table))}\n\n${meaning}\n`,
} as const;
