import { stringify } from 'csv-stringify/sync';
import { guardFormula } from '../../base/formula-guard.js';

const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** The cells of a row; null is an empty one. */
export type CsvRow = readonly (string | number | null | undefined)[];

/** Rows as CSV, the header first. What a spreadsheet would run as a formula stands behind a single quote. */
export function csvDocument(rows: Iterable<CsvRow>): string {
  return stringify(Array.from(rows, (row) => row.map(guardCell)));
}

function guardCell(cell: CsvRow[number]): string {
  const text = String(cell ?? '');
  return plainNumber.test(text) ? text : guardFormula(text);
}
