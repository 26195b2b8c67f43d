import { PathfareError } from '../../base/errors.js';
import { fieldsRead } from '../scanner/field-plan.js';
import { isSeekable, memorySource, type SeekableSource, type Source } from '../sources/source.js';
import type { InputForm } from './form.js';

/** Parquet, as a flow log delivers it to S3. The columns that are not needed are not read. */
export const parquet: InputForm = {
  kind: 'parquet',
  detect: [0x50, 0x41, 0x52, 0x31],
  async read(source) {
    // What comes once is held, and the source of it can be read from anywhere, and again.
    if (!isSeekable(source)) return { kind: 'packed', source: await held(source) };
    const { readParquetRecords } = await import('../records/parquet-records.js');
    const batches = readParquetRecords(source, { file: source.name, fields: fieldsRead });
    return { kind: 'records', batches };
  },
};

/** Parquet on standard input or within gzip must be held whole: its contents are listed at its end. */
const mostBytes = 256 * 1024 * 1024;

async function held(source: Source): Promise<SeekableSource> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source.stream()) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > mostBytes) {
      throw new PathfareError(
        'invalid-flow-log',
        `${source.name}: holds more than ${mostBytes} bytes of Parquet`,
        {
          hint: 'Give Parquet as a file, not through standard input or gzip.',
        },
      );
    }
  }
  return memorySource(source.name, Buffer.concat(pieces));
}
