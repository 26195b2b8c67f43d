import { fieldsRead } from '../scanner/field-plan.js';
import { isSeekable } from '../sources/source.js';
import { held } from '../unpack/held.js';
import type { InputForm } from './form.js';

/** Parquet, as a flow log delivers it to S3. The columns that are not needed are not read. */
export const parquet: InputForm = {
  kind: 'parquet',
  detect: [0x50, 0x41, 0x52, 0x31],
  async read(source) {
    // What comes once is held, and the source of it can be read from anywhere, and again.
    if (!isSeekable(source)) return { kind: 'packed', source: await held(source, 'Parquet') };
    const { readParquetRecords } = await import('../records/parquet-records.js');
    const batches = readParquetRecords(source, { file: source.name, fields: fieldsRead });
    return { kind: 'records', batches };
  },
};
