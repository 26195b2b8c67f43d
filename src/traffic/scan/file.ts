import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { failureReason } from '../../base/node/failure-reason.js';
import { detectForm, detectionBytes } from '../inputs/detect-form.js';
import { inflateFile } from '../inputs/gunzip.js';
import { FileScan, type ScanTools } from './file-scan.js';
import { scanForm, scanStream } from './form.js';
import { scanGzipText } from './gzip-text.js';
import type { ScanJob, ScanOutcome } from './jobs.js';
import { scanPlainText } from './plain-text.js';
import { planText, textFormOf } from './text-plan.js';

/** Scans a file of any form into the scanner's sums. What can't be read is told, not thrown. */
export async function scanFile(job: ScanJob, tools: ScanTools): Promise<ScanOutcome> {
  const scan = new FileScan(job.file, tools);
  try {
    return await scanByForm(scan, job);
  } catch (error) {
    return scan.failed(failureReason(error));
  }
}

async function scanByForm(scan: FileScan, job: ScanJob): Promise<ScanOutcome> {
  const { head, isRegular } = await readHead(job.file);
  // A pipe gives its bytes once: its head is a part of the stream.
  if (!isRegular) return dropSource(await scanStream(scan, createReadStream(job.file)));
  const form = detectForm(head);
  const textForm = textFormOf(form);
  if (textForm !== undefined) {
    const plan = planText(textForm, head, scan.tools.settings.fields);
    return typeof plan === 'string' ? scan.failed(plan) : scanPlainText(scan, job, plan);
  }
  if (form.kind === 'gzip') {
    const outcome = await scanGzipText(scan);
    if (outcome !== undefined) return outcome;
    const inflated = inflateFile(job.file, (bytes) => scan.tellProgress(bytes));
    return dropSource(await scanStream(scan, inflated));
  }
  if (form.kind === 'parquet') {
    const { scanParquetFile } = await import('./parquet.js');
    return scanParquetFile(scan);
  }
  const source = createReadStream(job.file, { highWaterMark: 256 * 1024 });
  return dropSource(await scanForm(scan, form, { head, source }));
}

function dropSource(outcome: Awaited<ReturnType<typeof scanForm>>): ScanOutcome {
  return outcome.kind === 'summary-csv' ? { kind: 'summary-csv' } : outcome;
}

/** The first bytes of a file. */
export async function readHead(
  file: string,
): Promise<{ readonly head: Uint8Array; readonly isRegular: boolean }> {
  const handle = await open(file);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return { head: new Uint8Array(), isRegular: false };
    const buffer = new Uint8Array(Math.min(detectionBytes, found.size));
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { head: buffer.subarray(0, length), isRegular: true };
  } finally {
    await handle.close();
  }
}
