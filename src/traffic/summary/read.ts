import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { plural } from '../../base/text.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import { profileSums } from '../profile/merge-profiles.js';
import type { TrafficProfile } from '../profile/profile.js';
import { emptySummary, parseSummaryHeader, type SummaryHeader } from './columns.js';
import { decodeCsv, lineTooLong, longestLineBytes } from './csv-text.js';
import { lineError } from './file-line.js';
import { type SummaryDefaults, type SummaryRowReader, summaryRowReader } from './rows.js';

/** How a summary is read. */
export interface SummaryOptions {
  /** Stops the reading. */
  readonly signal?: AbortSignal;
  /** Takes each row as it is read, in place of `profiles`, which stay empty: for rows that are more than fit in memory. */
  readonly onRow?: (profile: TrafficProfile) => void;
  /** Whether a row counts; by default each does. */
  readonly counts?: (profile: TrafficProfile) => boolean;
}

/** What a summary CSV held. */
export interface SummaryResult {
  /** In a fixed order; the rows of one profile and period are added up. */
  readonly profiles: readonly TrafficProfile[];
  /** The rows under the header. All that count are in the profiles: a row that can't be read is an error. */
  readonly rows: number;
  readonly findings: readonly TrafficFinding[];
}

/**
 * Reads a summary CSV from its bytes, in chunks of any size; `file` is its name in messages. Fails with
 * a `PathfareError` at the first row that can't be read, and with a `UsageError` where a row has no
 * Region and `defaults` has none either.
 */
export async function readSummaryCsv(
  source: AsyncIterable<Uint8Array>,
  file: string,
  defaults: SummaryDefaults,
  options: SummaryOptions = {},
): Promise<SummaryResult> {
  const { signal } = options;
  const records = new SummaryRecords(file, defaults, options);
  await pipeline(
    source,
    (chunks) => decodeCsv(chunks, file),
    (texts) => readTexts(texts, records),
    signal === undefined ? {} : { signal },
  );
  return records.result();
}

/**
 * Reads whole lines of text. Lines without a quote are split at their commas: a row takes 1.7 µs so, and 10 through the
 * parser. From the first quote on, the parser reads, since a quoted value may hold commas and line ends.
 */
async function readTexts(texts: AsyncIterable<string>, records: SummaryRecords): Promise<void> {
  const iterator = texts[Symbol.asyncIterator]();
  let next = await iterator.next();
  while (next.done !== true && !next.value.includes('"')) {
    records.addLines(next.value);
    next = await iterator.next();
  }
  if (next.done !== true) await parseQuoted(rest(next.value, iterator), records);
}

async function* rest(first: string, others: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await others.next(); next.done !== true; next = await others.next()) {
    yield next.value;
  }
}

async function parseQuoted(texts: AsyncIterable<string>, records: SummaryRecords): Promise<void> {
  const before = records.lines;
  const parser = parse({
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    record_delimiter: '\n',
    max_record_size: longestLineBytes,
    on_record: (cells: string[], { lines, empty_lines }) =>
      records.add(cells, { lines: before + lines, empty_lines }),
  });
  parser.resume();
  try {
    await pipeline(Readable.from(texts), parser);
  } catch (error) {
    throw error instanceof CsvError ? records.explain(error) : error;
  }
}

/** The lines that the parser has seen when it hands over a record. */
interface LineCount {
  readonly lines: number;
  readonly empty_lines: number;
}

/** Takes the records of one file as they are parsed: the header, then the rows. */
class SummaryRecords {
  readonly #file: string;
  readonly #defaults: SummaryDefaults;
  readonly #sums = profileSums();
  readonly #onRow: ((profile: TrafficProfile) => void) | null;
  readonly #counts: ((profile: TrafficProfile) => boolean) | null;
  #header: SummaryHeader | null = null;
  #reader: SummaryRowReader | null = null;
  #rows = 0;
  #counted = 0;
  #oneDirection = 0;
  #pathTold = 0;
  #lastRecord: LineCount = { lines: 0, empty_lines: 0 };

  constructor(
    file: string,
    defaults: SummaryDefaults,
    { onRow, counts }: Pick<SummaryOptions, 'onRow' | 'counts'>,
  ) {
    this.#file = file;
    this.#defaults = defaults;
    this.#onRow = onRow ?? null;
    this.#counts = counts ?? null;
  }

  /** The lines that are read. */
  get lines(): number {
    return this.#lastRecord.lines;
  }

  /** Takes whole lines without a quote in them. */
  addLines(text: string): void {
    let { lines } = this.#lastRecord;
    for (let begin = 0; begin < text.length; ) {
      const found = text.indexOf('\n', begin);
      const end = found === -1 ? text.length : found;
      lines++;
      if (end - begin > longestLineBytes) throw lineTooLong(this.#file, lines);
      if (end > begin) this.#addCells(text.slice(begin, end).split(','), lines);
      begin = end + 1;
    }
    this.#lastRecord = { lines, empty_lines: 0 };
  }

  /** Null always: the parser has nothing to pass on. */
  add(cells: readonly string[], { lines, empty_lines }: LineCount): null {
    this.#lastRecord = { lines, empty_lines };
    this.#addCells(cells, lines - countLineEnds(cells));
    return null;
  }

  #addCells(cells: readonly string[], line: number): void {
    // A spreadsheet saves its blank rows as commas.
    if (mayBeBlank(cells) && cells.every((cell) => cell.trim() === '')) return;
    if (this.#reader === null) {
      this.#header = parseSummaryHeader(cells, { file: this.#file, line });
      this.#reader = summaryRowReader(this.#file, this.#header, this.#defaults);
      return;
    }
    const { profile, oneDirection, isPathTold } = this.#reader(cells, line);
    this.#rows++;
    if (this.#counts?.(profile) === false) return;
    this.#counted++;
    if (this.#onRow === null) this.#sums.add(profile);
    else this.#onRow(profile);
    if (oneDirection) this.#oneDirection++;
    if (isPathTold) this.#pathTold++;
  }

  result(): SummaryResult {
    if (this.#header === null) throw emptySummary(this.#file);
    const rows = this.#rows;
    if (rows === 0) {
      const hint = 'Check that the export finished, and that its query matched some traffic.';
      throw new PathfareError(
        'invalid-summary',
        `${this.#file}: this file has a header and no rows.`,
        { hint },
      );
    }
    const profiles = this.#sums.sorted();
    const addedUp = this.#onRow === null ? this.#counted - profiles.length : 0;
    return { profiles, rows, findings: this.#findings(addedUp, this.#header) };
  }

  /** An error of the parser's in our own words, at the line that the broken record begins in. */
  explain(error: CsvError): PathfareError {
    const blankLines = Number(error['empty_lines'] ?? 0) - this.#lastRecord.empty_lines;
    const line = this.#lastRecord.lines + 1 + blankLines;
    if (error.code === 'CSV_MAX_RECORD_SIZE') return lineTooLong(this.#file, line);
    const hint = 'A quote opens and closes a whole value; inside one, write it twice ("").';
    const problem =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quote opens in this row and is never closed.'
        : 'a quote stands in the middle of a value.';
    return lineError({ file: this.#file, line }, problem, hint);
  }

  #findings(addedUp: number, { notRead }: SummaryHeader): readonly TrafficFinding[] {
    const file = this.#file;
    const findings: TrafficFinding[] = [];
    if (this.#oneDirection > 0) {
      findings.push(trafficFinding('summary-one-direction', { file, rows: this.#oneDirection }));
    }
    if (this.#pathTold > 0) {
      const path = this.#defaults.unknownPath ?? '';
      const what = plural(this.#pathTold, 'row');
      findings.push(trafficFinding('traffic-path-told', { where: file, what, path }));
    }
    if (addedUp > 0)
      findings.push(trafficFinding('summary-rows-added-up', { file, rows: addedUp }));
    if (notRead.length > 0) {
      const columns = notRead.map((name) => quoteValue(name.trim()));
      findings.push(trafficFinding('summary-columns-not-read', { file, columns }));
    }
    return findings;
  }
}

function mayBeBlank([first = '']: readonly string[]): boolean {
  return first === '' || first.charCodeAt(0) <= 0x20 || first.charCodeAt(0) > 0x7e;
}

function countLineEnds(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
}
