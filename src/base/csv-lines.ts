import { parse } from 'csv-parse/sync';
import { PathfareError } from './errors.js';

/** A row of a small CSV, with the line that it ends in; the first is 1. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a small CSV whole, such as a map of names: its rows with their lines, the header among them, blank ones not.
 *
 * @param hint what the file should be
 * @throws PathfareError naming the file where it is no CSV
 */
export function readCsvLines(text: string, file: string, hint: string): readonly CsvLine[] {
  const rows: CsvLine[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      onRecord: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PathfareError(`${file}: is not CSV: ${why}`, { hint, cause });
  }
  return rows;
}
