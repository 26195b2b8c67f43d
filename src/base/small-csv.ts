import { parse } from 'csv-parse/sync';
import { PathfareError, quoteValue } from './errors.js';
import { plural } from './text.js';

/** A row of a small CSV. */
export interface SmallCsvRow {
  /** The file and the line that the row ends in, for messages. */
  readonly where: string;
  /** The value in a column; empty where the header does not name the column. */
  readonly cell: (column: string) => string;
}

/**
 * Reads a small CSV whole, such as a map of names. Its header names the columns in any case and order; others than
 * those that are asked for are passed over.
 *
 * @param required the columns that the header must name
 * @param example a header, for messages
 * @throws PathfareError naming the file, the line and what is wrong
 */
export function readSmallCsv(
  text: string,
  file: string,
  required: readonly string[],
  example: string,
): readonly SmallCsvRow[] {
  const [header, ...rows] = readLines(text, file);
  const columns = header?.cells.map((name) => name.toLowerCase()) ?? [];
  checkHeader(columns, file, required, example);
  return rows.map(({ line, cells }) => {
    const where = `${file}:${line}`;
    if (cells.length !== columns.length) {
      throw new PathfareError(
        'invalid-csv',
        `${where}: this row has ${plural(cells.length, 'column')}, and the header has ${columns.length}`,
        { hint: 'Put quotes around a value that holds a comma.' },
      );
    }
    return { where, cell: (column) => cells[columns.indexOf(column)] ?? '' };
  });
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function readLines(text: string, file: string): readonly Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      onRecord: (cells: string[], { lines: line }) => {
        lines.push({ cells, line });
        return null;
      },
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PathfareError('invalid-csv', `${file}: is not CSV: ${why}`, {
      hint: 'A quote opens and closes a whole value; inside one, write it twice ("").',
      cause,
    });
  }
  return lines;
}

function checkHeader(
  columns: readonly string[],
  file: string,
  required: readonly string[],
  example: string,
): void {
  const hint = `Name the columns in the first line, such as ${example}.`;
  const found = columns.length === 0 ? 'the file is empty' : quoteValue(columns.join(','));
  for (const column of required) {
    const count = columns.filter((name) => name === column).length;
    if (count === 1) continue;
    const wrong = count === 0 ? 'has no' : 'repeats the';
    throw new PathfareError(
      'invalid-csv',
      `${file}:1: the header ${wrong} column ${column}: ${found}`,
      { hint },
    );
  }
}
