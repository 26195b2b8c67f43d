/**
 * Some records of a flow log, read from any form but plain text: rows of values in the order of `fields`.
 * A value that is absent is `-`, as in the text form.
 */
export interface RecordBatch {
  /** The fields in AWS's names with hyphens; a name that is no field of AWS's is the source's own. */
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line of the file that each row begins in; in Parquet, the number of the row. From 1. */
  readonly lines: readonly number[];
  /** What stood between the rows and could not be read. */
  readonly unreadable: readonly UnreadableRow[];
}

/** A row that can't be read, and why. The excerpt is as it stands in the file: quote it for a message. */
export interface UnreadableRow {
  readonly line: number;
  /** The rest of a sentence that begins with the row: "has 12 values for 14 fields". */
  readonly reason: string;
  readonly excerpt: string;
}

/** The value of a field that a record does not have, as AWS writes it. */
export const absent = '-';

/** How many rows a batch holds at most. */
export const batchRows = 4096;

const excerptLength = 200;

/** An unreadable row, its excerpt cut. */
export function unreadableRow(line: number, reason: string, text: string): UnreadableRow {
  return { line, reason, excerpt: text.slice(0, excerptLength) };
}
