import { formatJson } from '../../base/json.js';
import { groupThousands } from '../../base/text.js';
import type { BreakEvenRow, BreakEvenTable } from '../../cost/compare/break-even.js';
import { csvDocument } from '../draw/csv.js';
import { type Column, left, markdownTable, right, textTable, wrapText } from '../draw/tables.js';

const columnsFor = (table: BreakEvenTable): readonly Column[] => [
  left('Region'),
  right('Zones'),
  right('GB a month'),
  ...(hasOneEnd(table) ? [right('At one end')] : []),
];

const hasOneEnd = ({ rows }: BreakEvenTable): boolean =>
  rows.some(({ gbAtOneEnd }) => gbAtOneEnd !== undefined);

const rowsFor = (table: BreakEvenTable): readonly (readonly string[])[] =>
  table.rows.map((row) => [
    row.region,
    String(row.azs),
    volumeText(row),
    ...(hasOneEnd(table) ? [volumeText({ ...row, gb: row.gbAtOneEnd ?? null })] : []),
  ]);

function volumeText({ gb, missingRates }: BreakEvenRow): string {
  if (gb !== null) return groupThousands(gb);
  return missingRates === undefined ? 'NAT always wins' : 'not known';
}

const meaning =
  'Above this volume an interface endpoint costs less than a NAT gateway processing the same bytes.';
const endsMeaning =
  'A zone crossing is probably metered at both ends; the last column is what holds if it is at one.';

const meaningOf = (table: BreakEvenTable): string =>
  hasOneEnd(table) ? `${meaning} ${endsMeaning}` : meaning;

/** The formats of a break-even table by the name that `--format` takes. */
export const breakEvenFormats = {
  table: (table: BreakEvenTable) =>
    `${textTable(columnsFor(table), rowsFor(table))}\n\n${wrapText(meaningOf(table), 80)}\n`,
  json: (table: BreakEvenTable) => formatJson(table),
  csv: (table: BreakEvenTable) =>
    csvDocument([
      ['region', 'azs', 'gb', 'gb_at_one_end'],
      ...table.rows.map(({ region, azs, gb, gbAtOneEnd }) => [region, azs, gb, gbAtOneEnd]),
    ]),
  markdown: (table: BreakEvenTable) =>
    `${markdownTable(columnsFor(table), rowsFor(table))}\n\n${meaningOf(table)}\n`,
} as const;
