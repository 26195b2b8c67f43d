import { PathfareError, quoteValue } from '../../base/errors.js';

/** A line of an input file; the first is 1. */
export interface FileLine {
  readonly file: string;
  readonly line: number;
}

/** One value of an input file, with the place and the column to name when it can't be read. */
export interface Cell {
  readonly place: FileLine;
  readonly column: string;
  /** Without the white space around it; empty where the column is absent. */
  readonly value: string;
}

/** The error for a line that can't be read: `file:line: problem`. */
export function lineError(place: FileLine, problem: string, hint: string): PathfareError {
  return new PathfareError('invalid-summary', `${place.file}:${place.line}: ${problem}`, { hint });
}

/** The error for a value that can't be read: `file:line: column "value" problem`. */
export function cellError(cell: Cell, problem: string, hint: string): PathfareError {
  return lineError(cell.place, `${cell.column} ${quoteValue(cell.value)} ${problem}`, hint);
}
