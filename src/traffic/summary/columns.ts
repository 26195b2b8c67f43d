import { PathfareError, quoteValue } from '../../base/errors.js';
import { nearestNames } from '../../base/nearest-names.js';
import { type FileLine, lineError } from './file-line.js';

/** The columns that say of which log a row is, and of how much of it. */
export const logColumns = ['logged_seconds', 'source', 'named_by'] as const;

/** The columns of the summary CSV that are read, in the order that they are written in. */
export const summaryColumns = [
  'account_id',
  'region',
  'vpc_id',
  'az_id',
  'service',
  'path',
  'bytes_out',
  'bytes_in',
  'gb_out',
  'gb_in',
  'start',
  'end',
  'service_region',
  'cross_az_bytes',
  ...logColumns,
] as const;

/** A column of the summary CSV. */
export type SummaryColumn = (typeof summaryColumns)[number];

/** Where each column stands in the rows of a file. */
export interface SummaryHeader {
  readonly indexOf: ReadonlyMap<SummaryColumn, number>;
  readonly width: number;
  /** The file's other columns, as they were written. */
  readonly notRead: readonly string[];
}

const volumeColumns = ['bytes_out', 'bytes_in', 'gb_out', 'gb_in'] as const;
const contract = 'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end';

/**
 * Reads a header: names in any case and order. Fails where `service` or all of the volumes are missing,
 * where a column stands twice, and where bytes and GB of one direction are both there.
 */
export function parseSummaryHeader(cells: readonly string[], place: FileLine): SummaryHeader {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const indexOf = new Map<SummaryColumn, number>();
  for (const column of summaryColumns) {
    const index = names.indexOf(column);
    if (index === -1) continue;
    if (names.includes(column, index + 1)) throw columnTwice(column, place);
    indexOf.set(column, index);
  }
  if (indexOf.size === 0) throw noHeader(names, place);
  requireColumns(indexOf, names, place);
  const known: ReadonlySet<string> = new Set(summaryColumns);
  const notRead = cells.filter((_, index) => !known.has(names[index] ?? '') && names[index] !== '');
  return { indexOf, width: cells.length, notRead };
}

/** The error for a file without any line of text. */
export function emptySummary(file: string): PathfareError {
  return new PathfareError('invalid-summary', `${file}: this file is empty.`, {
    hint: `A summary CSV begins with a header such as ${contract}`,
  });
}

function requireColumns(
  indexOf: ReadonlyMap<SummaryColumn, number>,
  names: readonly string[],
  place: FileLine,
): void {
  if (!indexOf.has('service')) throw columnMissing('no column service', ['service'], names, place);
  if (!volumeColumns.some((column) => indexOf.has(column))) {
    const problem = 'no column bytes_out, bytes_in, gb_out or gb_in';
    throw columnMissing(problem, volumeColumns, names, place);
  }
  for (const direction of ['out', 'in'] as const) {
    if (!indexOf.has(`bytes_${direction}`) || !indexOf.has(`gb_${direction}`)) continue;
    throw lineError(
      place,
      `the header has both bytes_${direction} and gb_${direction}.`,
      'Keep one of the two: they say the same thing in two units.',
    );
  }
}

function columnTwice(column: SummaryColumn, place: FileLine): PathfareError {
  const hint = 'Keep one of the two, or give the other another name.';
  return lineError(place, `the header has the column ${column} twice.`, hint);
}

function noHeader(names: readonly string[], place: FileLine): PathfareError {
  const [only = ''] = names;
  if (names.length === 1 && /service/.test(only) && /[;\t|]/.test(only)) {
    const hint = 'Save it with commas between the columns.';
    return lineError(place, `the columns of ${quoteValue(only)} are not comma-separated.`, hint);
  }
  return lineError(
    place,
    `the first line is no header: ${quoteValue(names.join(','))}.`,
    `Put the names of the columns above the rows, such as ${contract}`,
  );
}

function columnMissing(
  problem: string,
  wanted: readonly string[],
  names: readonly string[],
  place: FileLine,
): PathfareError {
  const found = names.filter((name) => name !== '');
  const slips = found.flatMap((name) =>
    nearestNames(name, wanted).map((near) => `Rename ${quoteValue(name)} to ${near}.`),
  );
  const hint = slips[0] ?? `Name the columns as in ${contract}`;
  return lineError(place, `the header has ${problem}: ${quoteValue(found.join(','))}.`, hint);
}
