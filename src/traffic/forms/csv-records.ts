import { flowLogFieldOf } from '../records/flow-log-fields.js';
import { isTextName } from '../records/record-texts.js';
import type { Head, InputForm } from './form.js';

/** Flow-log records that Athena, CloudWatch or a shipper of logs saved. */
export const csvRecords: InputForm = {
  kind: 'csv-records',
  detect: namesColumns,
  async read(source, { fields }) {
    const { readCsvRecords } = await import('../records/csv-records.js');
    const options = { file: source.name, fields };
    return { kind: 'records', batches: readCsvRecords(source.stream(), options) };
  },
};

function namesColumns({ line }: Head): boolean {
  const names = csvNames(line);
  if (names.some((name) => isTextName(name))) return true;
  return names.filter((name) => flowLogFieldOf(name) !== undefined).length >= 2;
}

/** The names in the header of a CSV. */
export function csvNames(line: string): readonly string[] {
  return line.split(',').map((name) => name.trim().replaceAll('"', ''));
}
