import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  type Compressors,
  type FileMetaData,
  type ParquetScan,
  parquetScan,
  parquetSchema,
  type RowGroup,
} from 'hyparquet';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { listNames } from '../../base/text.js';
import { flowLogFieldOf, isTransitGatewayField, transitGatewayLog } from './flow-log-fields.js';
import { ocsfAttributes, ocsfRecord } from './ocsf.js';
import { type ColumnChunk, ColumnValues } from './parquet-columns.js';
import { checkPages, type ReadAnywhere } from './parquet-pages.js';
import { absent, BatchBuilder, batchRows, type RecordBatch } from './record-batch.js';

/** How a Parquet file of flow-log records is read. */
export interface ParquetRecordOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** The fields to read; the columns of the others are not touched. */
  readonly fields: readonly string[];
}

/**
 * Reads records from Parquet as AWS delivers it to S3 (gzip-coded, underscores in names). Memory is bounded by a page of each wanted
 * column; of OCSF events, whose columns are nested, by those columns of one row group.
 *
 * @throws PathfareError if it is not Parquet, is damaged or cut, or has none of the fields
 */
export async function* readParquetRecords(
  source: ReadAnywhere,
  { file, fields }: ParquetRecordOptions,
): AsyncGenerator<RecordBatch> {
  const checked = new CheckedSource(source);
  const compressors: Compressors = { ...ownCompressors };
  const scan = await asDamagedFile(file, () => parquetScan({ file: checked, compressors }));
  // Which codecs a file uses is known only once it is open.
  if (usesRareCodec(scan.metadata)) Object.assign(compressors, await rareCompressors());
  const isEvents = holdsEvents(scan.metadata);
  const columns = await asDamagedFile(file, async () =>
    isEvents ? eventColumns(scan.metadata) : wantedColumns(scan.metadata, fields, file),
  );
  requireAllRows(scan, file);
  requireCodecs(scan, columns, file);
  const found = { source, file, metadata: scan.metadata, compressors, columns };
  if (!isEvents) {
    yield* flatBatches(found);
    return;
  }
  checked.isChecking = true;
  const names = columns.map(({ field }) => field);
  // Without a filter each range is one row group.
  for (const { rowStart, rowEnd } of scan.ranges) {
    const values: ArrayLike<unknown>[] = [];
    for (const { name: column } of columns) {
      values.push(await asDamagedFile(file, () => scan.readColumn({ column, rowStart, rowEnd })));
    }
    yield* eventBatches(names, values, { file, rowStart, rowEnd });
  }
}

interface FlatFile {
  readonly source: ReadAnywhere;
  readonly file: string;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
  readonly columns: readonly WantedColumn[];
}

/** Reads the columns side by side, each from page to page: the pages of one end at other rows than those of another. */
async function* flatBatches(found: FlatFile): AsyncGenerator<RecordBatch> {
  const { file, metadata, columns } = found;
  const fields = columns.map(({ field }) => field);
  let before = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const values = columns.map(({ name }) => new ColumnValues(chunkOf(found, group, name)));
    for (let row = 0; row < rows; ) {
      let count = Math.min(batchRows, rows - row);
      for (const column of values)
        count = Math.min(count, await asDamagedFile(file, () => column.ready()));
      const texts = values.map((column) => column.take(count, valueText));
      const at = before + row + 1;
      yield {
        fields,
        rows: Array.from({ length: count }, (_, index) => texts.map((text) => text[index] ?? '')),
        lines: Array.from({ length: count }, (_, index) => at + index),
        unreadable: [],
      };
      row += count;
    }
    before += rows;
  }
}

function chunkOf(
  { source, metadata, compressors }: FlatFile,
  group: RowGroup,
  name: string,
): ColumnChunk {
  const column = group.columns.find((each) => each.meta_data?.path_in_schema[0] === name);
  const rows = Number(group.num_rows);
  return { source, schema: metadata.schema, meta: column?.meta_data, compressors, rows };
}

/** Checks the pages of nested columns: from `isChecking` on, what is read is one whole column chunk at a time. */
class CheckedSource {
  readonly byteLength: number;
  readonly #source: ReadAnywhere;
  /** False while the file's own description is read. */
  isChecking = false;

  constructor(source: ReadAnywhere) {
    this.byteLength = source.bytes;
    this.#source = source;
  }

  slice(start: number, end: number = this.byteLength): Promise<ArrayBuffer> {
    const bytes = this.#read(start, end);
    // hyparquet asks for several at once and waits for one after another: where the first fails, nobody hears of the others.
    bytes.catch(() => {});
    return bytes;
  }

  async #read(start: number, end: number): Promise<ArrayBuffer> {
    const bytes = await this.#source.readAt(start, end);
    if (this.isChecking) checkPages(bytes);
    return bytes;
  }
}

/** hyparquet decodes Snappy itself, and Node has two others; for what other tools write, packages load. */
async function rareCompressors(): Promise<Compressors> {
  const { decompress } = await import('fzstd');
  const { decompressLz4, decompressLz4Raw } = await import('hyparquet-compressors');
  return {
    ZSTD: (input, size) => decompress(input, new Uint8Array(limit(size))),
    LZ4: (input, size) => decompressLz4(input, limit(size)),
    LZ4_RAW: (input, size) => decompressLz4Raw(input, limit(size)),
  };
}

function usesRareCodec({ row_groups: groups }: FileMetaData): boolean {
  return groups.some(({ columns }) =>
    columns.some(({ meta_data: chunk }) => rareCodecs.includes(chunk?.codec ?? '')),
  );
}

const rareCodecs = ['ZSTD', 'LZ4', 'LZ4_RAW'];

const ownCompressors = {
  GZIP: (input: Uint8Array, size: number) => gunzipSync(input, { maxOutputLength: limit(size) }),
  BROTLI: (input: Uint8Array, size: number) =>
    brotliDecompressSync(input, { maxOutputLength: limit(size) }),
} as const;

/** A page must not inflate beyond what it says of itself. */
function limit(size: number): number {
  return Math.max(1, size);
}

/** The file says how many rows it has, and each row group as well: where they differ, rows would be lost. */
function requireAllRows({ metadata, ranges }: ParquetScan, file: string): void {
  const inRanges = ranges.reduce((sum, { rowStart, rowEnd }) => sum + rowEnd - rowStart, 0);
  if (inRanges === Number(metadata.num_rows)) return;
  throw damaged(file, new Error(`${metadata.num_rows} rows, and ${inRanges} in its row groups`));
}

const codecs = ['UNCOMPRESSED', 'SNAPPY', ...Object.keys(ownCompressors), ...rareCodecs];

function requireCodecs(
  { metadata }: ParquetScan,
  columns: readonly WantedColumn[],
  file: string,
): void {
  const wanted = new Set(columns.map(({ name }) => name));
  const chunks = metadata.row_groups.flatMap((group) => group.columns);
  const unknown = chunks
    .map((chunk) => chunk.meta_data)
    .find(
      (chunk) => wanted.has(chunk?.path_in_schema[0] ?? '') && !codecs.includes(chunk?.codec ?? ''),
    );
  if (unknown === undefined) return;
  throw new PathfareError(
    'invalid-flow-log',
    `${file}: is compressed with ${quoteValue(String(unknown.codec))}`,
    {
      hint: 'AWS delivers Parquet with gzip. Write it with gzip, Snappy, ZSTD, LZ4, Brotli or uncompressed.',
    },
  );
}

/** Whether the rows are OCSF events, as Security Lake writes them: nested columns. */
function holdsEvents(metadata: FileMetaData): boolean {
  const names = parquetSchema(metadata).children.map((child) => child.element.name);
  return names.includes('class_uid') && names.includes('src_endpoint');
}

function eventColumns(metadata: FileMetaData): readonly WantedColumn[] {
  const names = parquetSchema(metadata).children.map((child) => child.element.name);
  return ocsfAttributes
    .filter((name) => names.includes(name))
    .map((name) => ({ name, field: name }));
}

interface WantedColumn {
  readonly name: string;
  readonly field: string;
}

function wantedColumns(
  metadata: FileMetaData,
  fields: readonly string[],
  file: string,
): readonly WantedColumn[] {
  // A flow log has no nested columns.
  const leaves = parquetSchema(metadata).children.filter((child) => child.children.length === 0);
  const names = leaves.map((child) => child.element.name);
  if (names.some(isTransitGatewayField)) {
    throw new PathfareError('invalid-flow-log', `${file}: ${transitGatewayLog}`, {
      hint: 'Give the flow logs of the VPCs.',
    });
  }
  const found = names.map(flowLogFieldOf);
  const wanted = names.flatMap((name, at) => {
    const field = found[at];
    if (field === undefined || !fields.includes(field) || found.indexOf(field) !== at) return [];
    return [{ name, field }];
  });
  if (wanted.length > 0) return wanted;
  const seen = listNames(names.map(quoteValue));
  throw new PathfareError(
    'invalid-flow-log',
    `${file}: no column is a field of a flow log, found ${seen}`,
    {
      hint: 'Give the Parquet files that the flow log delivers to S3.',
    },
  );
}

/** The rows of a row group. */
interface RowRange {
  readonly file: string;
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** How many rows a row group has, if all its columns have them. */
function rowsOf(columns: readonly ArrayLike<unknown>[], { file, rowStart, rowEnd }: RowRange) {
  const count = rowEnd - rowStart;
  if (columns.every((column) => column.length === count)) return count;
  throw damaged(file, new Error(`a column does not have the ${count} rows of its row group`));
}

function* eventBatches(
  names: readonly string[],
  columns: readonly ArrayLike<unknown>[],
  range: RowRange,
): Generator<RecordBatch> {
  const builder = new BatchBuilder();
  const count = rowsOf(columns, range);
  for (let index = 0; index < count; index++) {
    const event = Object.fromEntries(names.map((name, at) => [name, columns[at]?.[index]]));
    const record = ocsfRecord(event);
    const row = range.rowStart + index + 1;
    const full =
      typeof record === 'string'
        ? builder.reject(row, record, '')
        : builder.add(record.fields, record.values, row);
    if (full !== undefined) yield full;
  }
  const rest = builder.rest();
  if (rest !== undefined) yield rest;
}

/** A value as text: AWS writes INT32, INT64 and strings; other writers add times and floats. */
function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return absent;
  if (value instanceof Date) return String(Math.floor(value.getTime() / 1000));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  // A float is written so that it fails where a whole number is due, a list or an object as well.
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : '(nested)';
}

async function asDamagedFile<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw cause instanceof PathfareError ? cause : damaged(file, cause);
  }
}

function damaged(file: string, cause: unknown): PathfareError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PathfareError(
    'invalid-flow-log',
    `${file}: can't be read as Parquet: ${quoteValue(why)}`,
    {
      hint: 'Check that the file is complete; fetch it from S3 again.',
      cause,
    },
  );
}
