import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate as pause } from 'node:timers/promises';
import type { FieldPlan } from '../scanner/field-plan.js';
import type { FileScan } from './file-scan.js';
import type { ReadOutcome, ScanJob } from './jobs.js';

/** How much is read before others of the thread (progress, an interruption) have their turn. */
const turnBytes = 8 * 1024 * 1024;
const lineEndStep = 4096;

/** Scans a plain text file, or a piece of it: bytes are read into the scanner's own memory, and copied no more. */
export async function scanPlainText(
  scan: FileScan,
  { file, piece }: ScanJob,
  plan: FieldPlan,
): Promise<ReadOutcome> {
  const { scanner } = scan.tools;
  const descriptor = openSync(file, 'r');
  try {
    scan.beginText(plan);
    const end = piece?.end ?? Number.MAX_SAFE_INTEGER;
    // A line is of the piece that it begins in. The byte before tells whether one begins with the piece.
    const start = piece === undefined || piece.start === 0 ? 0 : piece.start - 1;
    if (piece !== undefined && piece.start > 0) scanner.skipToLine();
    let at = start;
    for (let turn = 0; at < end; turn++) {
      const room = scanner.room();
      const count = readSync(descriptor, room, 0, Math.min(room.length, end - at), at);
      if (count === 0) break;
      scanner.filled(count);
      at += count;
      scan.tellProgress(count);
      if ((turn + 1) % (turnBytes / room.length) === 0) await pause();
    }
    if (piece !== undefined) finishLine(scan, descriptor, at);
    return scan.scanned();
  } finally {
    closeSync(descriptor);
  }
}

/** Reads on to the end of the line that the piece ends within. */
function finishLine({ tools: { scanner } }: FileScan, descriptor: number, from: number): void {
  let at = from;
  while (scanner.isWithinLine()) {
    const room = scanner.room();
    const count = readSync(descriptor, room, 0, lineEndStep, at);
    if (count === 0) return;
    const newline = room.subarray(0, count).indexOf(10);
    scanner.filled(newline < 0 ? count : newline + 1);
    if (newline >= 0) return;
    at += count;
  }
}
