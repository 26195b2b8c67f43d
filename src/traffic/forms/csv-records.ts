import { defaultFlowLogFields, flowLogFieldOf } from '../records/flow-log-fields.js';
import type { Head, InputForm } from './form.js';

/** Flow-log records that Athena or CloudWatch Logs Insights saved. */
export const csvRecords: InputForm = {
  kind: 'csv-records',
  detect: namesColumns,
  async read(source, { fields }) {
    const { readCsvRecords } = await import('../records/csv-records.js');
    const options = { file: source.name, messageFields: fields ?? defaultFlowLogFields };
    return { kind: 'records', batches: readCsvRecords(source.stream(), options) };
  },
};

function namesColumns({ line }: Head): boolean {
  const names = csvNames(line);
  if (names.some((name) => name.toLowerCase() === '@message')) return true;
  return names.filter((name) => flowLogFieldOf(name) !== undefined).length >= 2;
}

/** The names in the header of a CSV. */
export function csvNames(line: string): readonly string[] {
  return line.split(',').map((name) => name.trim().replaceAll('"', ''));
}
