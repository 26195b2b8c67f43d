import { PathfareError } from '../../base/errors.js';
import { readParquetRecords } from '../records/parquet-records.js';
import { openRandomAccess, randomAccessTo } from '../records/random-access.js';
import { fieldsRead } from '../scanner/field-plan.js';
import type { FileScan } from './file-scan.js';
import type { ReadOutcome } from './jobs.js';

/** Parquet on standard input or within gzip must be held whole: its contents are listed at its end. */
const mostBytes = 256 * 1024 * 1024;

/** Scans a Parquet file; the columns that are not needed are not read. */
export async function scanParquetFile(scan: FileScan): Promise<ReadOutcome> {
  const source = await openRandomAccess(scan.file);
  try {
    const { file } = scan;
    return await scan.scanRows(readParquetRecords(source, { file, fields: fieldsRead }));
  } finally {
    await source.close();
  }
}

/** Scans Parquet that comes as a stream. */
export async function scanParquetBytes(
  scan: FileScan,
  source: AsyncIterable<Uint8Array>,
): Promise<ReadOutcome> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new PathfareError(`${scan.file}: holds more than ${mostBytes} bytes of Parquet`, {
        hint: 'Give Parquet as a file, not through standard input or gzip.',
      });
    }
  }
  const whole = randomAccessTo(Buffer.concat(chunks));
  return scan.scanRows(readParquetRecords(whole, { file: scan.file, fields: fieldsRead }));
}
