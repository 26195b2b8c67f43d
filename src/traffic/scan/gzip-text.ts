import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate as pause } from 'node:timers/promises';
import { detectForm, detectionBytes } from '../inputs/detect-form.js';
import { type GunzipSteps, gunzipSteps } from '../inputs/gunzip.js';
import type { FileScan } from './file-scan.js';
import type { ReadOutcome } from './jobs.js';
import { planText, textFormOf } from './text-plan.js';

/** How many packed bytes are read at once. */
const packedBytes = 128 * 1024;
/** How many of them are scanned before others of the thread (progress, an interruption) have their turn. */
const turnReads = 8;

/**
 * Scans a gzip file of flow-log text: it is inflated into the scanner's own memory, and copied no more. Undefined where the
 * file holds another form, or where zlib can't be used by steps: then it is to be read as a stream.
 */
export async function scanGzipText(scan: FileScan): Promise<ReadOutcome | undefined> {
  const steps = (scan.tools.gunzipSteps ?? gunzipSteps)();
  if (steps === undefined) return undefined;
  const descriptor = openSync(scan.file, 'r');
  try {
    return await scanSteps(
      scan,
      steps,
      packedPieces(descriptor, (bytes) => scan.tellProgress(bytes)),
    );
  } finally {
    closeSync(descriptor);
    steps.close();
  }
}

/** The packed bytes of a file, in one piece of memory that is used again. */
function* packedPieces(descriptor: number, read: (bytes: number) => void): Generator<Uint8Array> {
  const memory = new Uint8Array(packedBytes);
  for (;;) {
    const count = readSync(descriptor, memory, 0, memory.length, null);
    if (count === 0) return;
    yield memory.subarray(0, count);
    read(count);
  }
}

async function scanSteps(
  scan: FileScan,
  steps: GunzipSteps,
  pieces: Iterable<Uint8Array>,
): Promise<ReadOutcome | undefined> {
  const { scanner } = scan.tools;
  let began = false;
  let reads = 0;
  for (const piece of pieces) {
    steps.give(piece);
    for (let isFull = true; isFull; ) {
      const room = scanner.room();
      const count = steps.into(room);
      isFull = count === room.length;
      if (!began && !begin(scan, room.subarray(0, count))) return undefined;
      began = true;
      scanner.filled(count);
    }
    if (++reads % turnReads === 0) await pause();
  }
  scanner.filled(steps.finish(scanner.room()));
  return scan.scanned();
}

/** Begins the text whose first bytes these are; false where they are not a text that can be planned. */
function begin(scan: FileScan, text: Uint8Array): boolean {
  const head = text.slice(0, detectionBytes);
  const form = textFormOf(detectForm(head));
  if (form === undefined) return false;
  const plan = planText(form, head, scan.tools.settings.fields);
  if (typeof plan === 'string') return false;
  scan.beginText(plan);
  return true;
}
