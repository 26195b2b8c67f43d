import { PathfareError, quoteValue } from '../../base/errors.js';
import { plural } from '../../base/text.js';
import { type RowReader, rowReader } from './columns.js';
import { type CsvRow, csvRows } from './csv-rows.js';
import { BatchBuilder, type RecordBatch } from './record-batch.js';
import { RecordTexts } from './record-texts.js';

/** How a CSV of flow-log records is read. */
export interface CsvRecordOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** The fields of a record that stands as text in a column, where the user names them. */
  readonly fields: readonly string[] | null;
}

/**
 * Reads records from a CSV as Athena or CloudWatch Logs Insights save it: a column a field, in any of
 * AWS's styles of naming, or the record's text in one column (`@message` of Insights, `message` of CloudWatch's console, `_raw` of Splunk).
 *
 * @throws PathfareError if the header names no field of a flow log
 */
export async function* readCsvRecords(
  source: AsyncIterable<Uint8Array>,
  { file, fields }: CsvRecordOptions,
): AsyncGenerator<RecordBatch> {
  const builder = new BatchBuilder();
  const texts = new RecordTexts(fields);
  let columns: Columns | undefined;
  for await (const rows of csvRows(source)) {
    for (const row of rows) {
      let full: RecordBatch | undefined;
      if (columns !== undefined) full = addRow(builder, columns, row);
      else if (row.kind === 'row') columns = readHeader(row, file, texts);
      else full = builder.reject(row.line, row.reason, row.text);
      if (full !== undefined) yield full;
    }
  }
  if (columns === undefined) throw noFlowLogField(file, 1, '');
  const rest = builder.rest();
  if (rest !== undefined) yield rest;
}

/** How the rows behind a header are read. */
interface Columns {
  readonly header: string;
  readonly width: number;
  readonly read: RowReader;
}

function readHeader(
  { cells, line, text }: Extract<CsvRow, { kind: 'row' }>,
  file: string,
  texts: RecordTexts,
): Columns {
  const names = cells.map((cell) => cell.trim());
  const read = rowReader(names, texts);
  if (read === undefined) throw noFlowLogField(file, line, text);
  return { header: text, width: cells.length, read };
}

function addRow(builder: BatchBuilder, columns: Columns, row: CsvRow): RecordBatch | undefined {
  if (row.kind === 'unreadable') return builder.reject(row.line, row.reason, row.text);
  // Files that were joined repeat their header.
  if (row.text === columns.header) return undefined;
  if (row.cells.length !== columns.width) {
    const reason = `has ${plural(row.cells.length, 'value')} for ${plural(columns.width, 'column')}`;
    return builder.reject(row.line, reason, row.text);
  }
  const record = columns.read(row.cells);
  if (record === null) return undefined;
  if (typeof record === 'string') return builder.reject(row.line, record, row.text);
  return builder.add(record.fields, record.values, row.line);
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
