import { PathfareError, quoteValue } from '../../base/errors.js';
import { plural } from '../../base/text.js';
import { parseTimestamp } from '../../base/timestamps.js';
import { type CsvRow, csvRows } from './csv-rows.js';
import { type FlowLogField, flowLogFieldOf, splitRecord } from './flow-log-fields.js';
import { absent, BatchBuilder, type RecordBatch } from './record-batch.js';

/** How a CSV of flow-log records is read. */
export interface CsvRecordOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** The fields of a record in text form (`@message`), which names none itself. */
  readonly messageFields: readonly string[];
}

/**
 * Reads records from a CSV as Athena or CloudWatch Logs Insights save it: a column a field, in any of
 * AWS's styles of naming, or the record's text in `@message`. Columns that are no field are passed over.
 *
 * @throws PathfareError if the header names no field of a flow log
 */
export async function* readCsvRecords(
  source: AsyncIterable<Uint8Array>,
  { file, messageFields }: CsvRecordOptions,
): AsyncGenerator<RecordBatch> {
  const builder = new BatchBuilder();
  let columns: Columns | undefined;
  for await (const rows of csvRows(source)) {
    for (const row of rows) {
      let full: RecordBatch | undefined;
      if (columns !== undefined) full = addRow(builder, columns, row);
      else if (row.kind === 'row') columns = readHeader(row, file, messageFields);
      else full = builder.reject(row.line, row.reason, row.text);
      if (full !== undefined) yield full;
    }
  }
  if (columns === undefined) throw noFlowLogField(file, 1, '');
  const rest = builder.rest();
  if (rest !== undefined) yield rest;
}

/** Where the fields of a record stand in a row. */
interface Columns {
  readonly header: string;
  readonly width: number;
  readonly fields: readonly string[];
  /** The row's values in the order of `fields`, or why it has none. */
  readonly valuesOf: (cells: readonly string[]) => readonly string[] | string;
}

function readHeader(
  { cells, line, text }: Extract<CsvRow, { kind: 'row' }>,
  file: string,
  messageFields: readonly string[],
): Columns {
  const names = cells.map((cell) => cell.trim());
  const found = names.map(flowLogFieldOf);
  // The same field may stand twice (a partition column beside the record's own): the first counts.
  const columns = [...found.entries()].flatMap(([index, field]) =>
    field !== undefined && found.indexOf(field) === index ? [{ index, field }] : [],
  );
  const messageAt = names.indexOf('@message');
  const shape = { header: text, width: cells.length };
  if (messageAt !== -1 && !found.includes('bytes')) {
    const valuesOf = (row: readonly string[]) => splitRecord(row[messageAt] ?? '', messageFields);
    return { ...shape, fields: messageFields, valuesOf };
  }
  if (columns.length === 0) throw noFlowLogField(file, line, text);
  const valuesOf = (row: readonly string[]) =>
    columns.map(({ index, field }) => cellValue(field, row[index] ?? ''));
  return { ...shape, fields: columns.map(({ field }) => field), valuesOf };
}

function addRow(builder: BatchBuilder, columns: Columns, row: CsvRow): RecordBatch | undefined {
  if (row.kind === 'unreadable') return builder.reject(row.line, row.reason, row.text);
  // Files that were joined repeat their header.
  if (row.text === columns.header) return undefined;
  if (row.cells.length !== columns.width) {
    const reason = `has ${plural(row.cells.length, 'value')} for ${plural(columns.width, 'column')}`;
    return builder.reject(row.line, reason, row.text);
  }
  const values = columns.valuesOf(row.cells);
  if (typeof values === 'string') return builder.reject(row.line, values, row.text);
  return builder.add(columns.fields, values, row.line);
}

function cellValue(field: FlowLogField, cell: string): string {
  const value = cell.trim();
  if (value === '') return absent;
  if (/^\d+$/.test(value)) return value;
  if (field === 'bytes' || field === 'packets') return plainDigits(value);
  if (field === 'start' || field === 'end') return queryTime(value);
  return value;
}

/** A count as a query prints a sum (`1.25E9`, `42.0`), in plain digits; other text as it is. */
function plainDigits(text: string): string {
  const groups = /^(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e\+?(?<shift>\d{1,2}))?$/i.exec(
    text,
  )?.groups;
  if (groups === undefined) return text;
  const shift = Number(groups['shift'] ?? '0');
  const fraction = (groups['fraction'] ?? '').replace(/0+$/, '');
  if (fraction.length > shift) return text;
  return `${groups['whole']}${fraction.padEnd(shift, '0')}`.replace(/^0+(?=\d)/, '');
}

/** A time as a query prints it (`2026-07-01 00:00:00.000 UTC`), in epoch seconds; other text as it is. */
function queryTime(text: string): string {
  const seconds = parseTimestamp(text.replace(/ UTC$/, ''));
  return seconds === null ? text : String(Math.floor(seconds));
}

function noFlowLogField(file: string, line: number, text: string): PathfareError {
  const seen = text === '' ? 'the file is empty' : `found ${quoteValue(text)}`;
  return new PathfareError(
    'invalid-flow-log',
    `${file}:${line}: the header names no field of a flow log: ${seen}`,
    {
      hint: 'Save the query with the fields as columns (srcaddr, dstaddr, bytes, start, end …) or with @message.',
    },
  );
}
