import { detectForm, detectionBytes, type InputForm } from '../inputs/detect-form.js';
import { inflate } from '../inputs/gunzip.js';
import { peek } from '../inputs/peek.js';
import { defaultFlowLogFields } from '../records/flow-log-fields.js';
import type { FileScan } from './file-scan.js';
import type { ReadOutcome } from './jobs.js';
import { planText } from './text-plan.js';

/** What came of a stream: the bytes of a summary CSV are given back, to be read as one. */
export type StreamOutcome =
  | ReadOutcome
  | { readonly kind: 'summary-csv'; readonly source: AsyncIterable<Uint8Array> };

/** Scans a stream of any form but one: gzip in gzip. */
export async function scanStream(
  scan: FileScan,
  stream: AsyncIterable<Uint8Array>,
): Promise<StreamOutcome> {
  const { head, source } = await peek(stream, detectionBytes);
  const form = detectForm(head);
  if (form.kind !== 'gzip') return scanForm(scan, form, { head, source });
  const inflated = await peek(inflate(source), detectionBytes);
  const inner = detectForm(inflated.head);
  return scanForm(scan, inner, inflated);
}

/** Scans what is left of a stream, whose form is known by its head. */
export async function scanForm(
  scan: FileScan,
  form: InputForm,
  { head, source }: { readonly head: Uint8Array; readonly source: AsyncIterable<Uint8Array> },
): Promise<StreamOutcome> {
  switch (form.kind) {
    case 'text-with-header':
    case 'text-without-header':
    case 'cloudwatch-export':
    case 'unknown-text': {
      const plan = planText(form, head, scan.tools.settings.fields);
      if (typeof plan === 'string') return scan.failed(plan);
      scan.beginText(plan);
      return scan.scanText(source);
    }
    case 'json-records':
    case 'csv-records':
    case 'parquet':
      return scanRecords(scan, form.kind, source);
    case 'summary-csv':
      return { kind: 'summary-csv', source };
    case 'empty':
      return scan.scanned();
    case 'gzip':
      return scan.failed('this is gzip within gzip within gzip; unpack it');
    case 'utf-16':
      return scan.failed('this file is UTF-16; save it as UTF-8');
    case 'binary':
      return scan.failed(
        `this is ${form.name ?? 'a binary file'}, and no flow log of a form that is read`,
      );
    case 'resolver-query-log':
      return scan.failed("this is Route 53 Resolver's query log, which tells no traffic");
    default:
      return form satisfies never;
  }
}

/** The readers of the other forms are loaded where there is such a file: most runs have none. */
async function scanRecords(
  scan: FileScan,
  kind: 'json-records' | 'csv-records' | 'parquet',
  source: AsyncIterable<Uint8Array>,
): Promise<ReadOutcome> {
  const messageFields = scan.tools.settings.fields ?? defaultFlowLogFields;
  if (kind === 'json-records') {
    const { readJsonRecords } = await import('../records/json-records.js');
    return scan.scanRows(readJsonRecords(source, messageFields));
  }
  if (kind === 'csv-records') {
    const { readCsvRecords } = await import('../records/csv-records.js');
    return scan.scanRows(readCsvRecords(source, { file: scan.file, messageFields }));
  }
  const { scanParquetBytes } = await import('./parquet.js');
  return scanParquetBytes(scan, source);
}
