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
  /** The flow log that the rows are of, where what they came in tells it: log group and kind of traffic. */
  readonly flowLog?: string;
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

/** How many rows, and how many unreadable ones, a batch holds at most. */
export const batchRows = 4096;

const excerptLength = 200;

/** Gathers rows into batches; a batch has one list of fields. */
export class BatchBuilder {
  #fields: readonly string[] = [];
  #rows: (readonly string[])[] = [];
  #lines: number[] = [];
  #unreadable: UnreadableRow[] = [];
  #flowLog: string | undefined;

  /**
   * Adds a row. Returns a batch to pass on where one is full, or the flow log or the fields are others (the same
   * list is the same array) than the rows' before.
   */
  add(
    fields: readonly string[],
    row: readonly string[],
    line: number,
    flowLog?: string,
  ): RecordBatch | undefined {
    const isOther = fields !== this.#fields || flowLog !== this.#flowLog;
    const done = isOther || this.#rows.length >= batchRows ? this.rest() : undefined;
    this.#fields = fields;
    this.#flowLog = flowLog;
    this.#rows.push(row);
    this.#lines.push(line);
    return done;
  }

  /** Adds a row that can't be read; its excerpt is cut. Returns a batch to pass on where one is full. */
  reject(line: number, reason: string, text: string): RecordBatch | undefined {
    const done = this.#unreadable.length >= batchRows ? this.rest() : undefined;
    this.#unreadable.push({ line, reason, excerpt: text.slice(0, excerptLength) });
    return done;
  }

  /** What was gathered since the last batch; undefined if nothing. */
  rest(): RecordBatch | undefined {
    if (this.#rows.length === 0 && this.#unreadable.length === 0) return undefined;
    const batch = {
      fields: this.#fields,
      rows: this.#rows,
      lines: this.#lines,
      unreadable: this.#unreadable,
      ...(this.#flowLog === undefined ? {} : { flowLog: this.#flowLog }),
    };
    this.#rows = [];
    this.#lines = [];
    this.#unreadable = [];
    return batch;
  }
}
