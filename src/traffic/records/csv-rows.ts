import { parse } from 'csv-parse/sync';
import { type TextLine, textLines } from './text-lines.js';

/** A row of a CSV, or a text in its place that is none. */
export type CsvRow =
  | {
      readonly kind: 'row';
      readonly line: number;
      readonly cells: readonly string[];
      readonly text: string;
    }
  | {
      readonly kind: 'unreadable';
      readonly line: number;
      readonly reason: string;
      readonly text: string;
    };

interface RowText {
  readonly line: number;
  readonly text: string;
}

// A value of a flow log has no line end in it; of the columns beside it few would have more than this.
const mostLines = 20;
const rowsAtOnce = 500;
const openQuote = 'opens a quote that is never closed';

/**
 * Reads the rows of a CSV. A row that is damaged is given as unreadable, and the next row is read as if it had not been
 * there: the rows are told apart first, by their quotes, so that csv-parse (which stops at a quote out of
 * place) sees each of them by itself where it has to.
 */
export async function* csvRows(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly CsvRow[]> {
  const splitter = new RowSplitter();
  for await (const lines of textLines(source)) {
    const rows = lines.flatMap((line) => splitter.push(line));
    for (let at = 0; at < rows.length; at += rowsAtOnce)
      yield parseRows(rows.slice(at, at + rowsAtOnce));
  }
  const rows = splitter.end();
  if (rows.length > 0) yield parseRows(rows);
}

type Unparsed = RowText | Extract<CsvRow, { kind: 'unreadable' }>;

/** Puts lines together into rows: a row ends with the line in which all its quotes are closed. */
class RowSplitter {
  #open: TextLine[] = [];

  push(line: TextLine): readonly Unparsed[] {
    if (line.cut) {
      return [
        ...this.end(),
        { kind: 'unreadable', line: line.number, reason: 'is too long a line', text: line.text },
      ];
    }
    if (this.#open.length === 0 && line.text.trim() === '') return [];
    const opensOrCloses = countQuotes(line.text) % 2 === 1;
    if (this.#open.length === 0 && !opensOrCloses) return [{ line: line.number, text: line.text }];
    this.#open.push(line);
    if (this.#open.length > 1 && opensOrCloses) return this.#close();
    return this.#open.length > mostLines ? this.#giveUpFirst() : [];
  }

  end(): readonly Unparsed[] {
    const rows: Unparsed[] = [];
    while (this.#open.length > 0) rows.push(...this.#giveUpFirst());
    return rows;
  }

  #close(): readonly Unparsed[] {
    const text = this.#open.map((line) => line.text).join('\n');
    const line = this.#open[0]?.number ?? 0;
    this.#open = [];
    return [{ line, text }];
  }

  /** The first line is unreadable; those after it are read anew. */
  #giveUpFirst(): readonly Unparsed[] {
    const [first, ...after] = this.#open;
    this.#open = [];
    if (first === undefined) return [];
    const row = {
      kind: 'unreadable' as const,
      line: first.number,
      reason: openQuote,
      text: first.text,
    };
    return [row, ...after.flatMap((line) => this.push(line))];
  }
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}

function parseRows(rows: readonly Unparsed[]): readonly CsvRow[] {
  const texts = rows.filter((row) => !('kind' in row));
  const parsed = parseText(texts.map((row) => row.text).join('\n'));
  // One row out of place: read each by itself, so that the others are not lost with it.
  const together = parsed !== undefined && parsed.length === texts.length ? parsed : undefined;
  let next = 0;
  return rows.map((row) => {
    if ('kind' in row) return row;
    const cells = together === undefined ? parseText(row.text)?.[0] : together[next++];
    if (cells !== undefined) return { kind: 'row', ...row, cells };
    return { kind: 'unreadable', ...row, reason: 'has a quote in the middle of a value' };
  });
}

function parseText(text: string): readonly (readonly string[])[] | undefined {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: '\n' });
  } catch {
    return undefined;
  }
}
