import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { PathfareError, quoteValue } from '../errors.js';
import type { Finding } from '../finding.js';
import { decodeCsv, lineTooLong, longestLineBytes } from './csv-text.js';
import { type TrafficFindingCode, trafficFinding } from './findings.js';
import { profileSums } from './merge-profiles.js';
import { lineError } from './place.js';
import type { TrafficProfile } from './profile.js';
import { emptySummary, parseSummaryHeader, type SummaryHeader } from './summary-columns.js';
import { parseSummaryRow, type SummaryDefaults } from './summary-row.js';

/** How a summary is read. */
export interface SummaryOptions {
  /** Stops the reading. */
  readonly signal?: AbortSignal;
}

/** What a summary CSV held. */
export interface SummaryResult {
  /** In a fixed order; the rows of one profile and period are added up. */
  readonly profiles: readonly TrafficProfile[];
  /** The rows under the header. All of them are in the profiles: a row that can't be read is an error. */
  readonly rows: number;
  readonly findings: readonly Finding<TrafficFindingCode>[];
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
  const records = new SummaryRecords(file, defaults);
  const parser = parse({
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    record_delimiter: '\n',
    max_record_size: longestLineBytes,
    on_record: (cells: string[], context) => records.add(cells, context),
  });
  parser.resume();
  try {
    await pipeline(source, (chunks) => decodeCsv(chunks, file), parser, options);
  } catch (error) {
    throw error instanceof CsvError ? records.explain(error) : error;
  }
  return records.result();
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
  #header: SummaryHeader | null = null;
  #rows = 0;
  #oneDirection = 0;
  #lastRecord: LineCount = { lines: 0, empty_lines: 0 };

  constructor(file: string, defaults: SummaryDefaults) {
    this.#file = file;
    this.#defaults = defaults;
  }

  /** Null always: the parser has nothing to pass on. */
  add(cells: readonly string[], { lines, empty_lines }: LineCount): null {
    this.#lastRecord = { lines, empty_lines };
    // A spreadsheet saves its blank rows as commas.
    if (cells.every((cell) => cell.trim() === '')) return null;
    const place = { file: this.#file, line: lines - countLineEnds(cells) };
    if (this.#header === null) {
      this.#header = parseSummaryHeader(cells, place);
      return null;
    }
    const row = parseSummaryRow({ place, header: this.#header, cells }, this.#defaults);
    this.#sums.add(row.profile);
    this.#rows++;
    if (row.oneDirection) this.#oneDirection++;
    return null;
  }

  result(): SummaryResult {
    if (this.#header === null) throw emptySummary(this.#file);
    const rows = this.#rows;
    if (rows === 0) {
      const hint = 'Check that the export finished, and that its query matched some traffic.';
      throw new PathfareError(`${this.#file}: this file has a header and no rows.`, { hint });
    }
    const profiles = this.#sums.sorted();
    return { profiles, rows, findings: this.#findings(rows - profiles.length, this.#header) };
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

  #findings(addedUp: number, { notRead }: SummaryHeader): readonly Finding<TrafficFindingCode>[] {
    const file = this.#file;
    const findings: Finding<TrafficFindingCode>[] = [];
    if (this.#oneDirection > 0) {
      findings.push(trafficFinding('summary-one-direction', { file, rows: this.#oneDirection }));
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

function countLineEnds(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
}
