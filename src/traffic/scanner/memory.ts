import type { ScannerExports } from './exports.js';

const entryBytes = 64;
const spansAt = 32;
const latin1 = new TextDecoder('latin1');

/** The texts that the scanner has interned under a number, span by span (assembly/intern.ts has the layout). */
export function internedTexts(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: number,
  id: number,
): { readonly context: number; readonly texts: readonly string[] } {
  const view = new DataView(memory.buffer);
  const spans = view.getUint32(table + 20, true);
  const entry = view.getUint32(table + 8, true) + id * entryBytes;
  const texts: string[] = [];
  let at = view.getUint32(entry + 12, true);
  for (let span = 0; span < spans; span++) {
    const length = view.getUint16(entry + spansAt + span * 2, true);
    texts.push(latin1.decode(new Uint8Array(memory.buffer, at, length)));
    at += (length + 15) & ~15;
  }
  return { context: view.getUint32(entry + 4, true), texts };
}

/** The time that an identity was logged in, in epoch seconds; 0 and 0 where its log has no times. */
export function loggedTime(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: number,
  id: number,
): { readonly start: number; readonly end: number } {
  const view = new DataView(memory.buffer);
  const entry = view.getUint32(table + 8, true) + id * entryBytes;
  const start = view.getUint32(entry + 24, true);
  return start === 0xffffffff
    ? { start: 0, end: 0 }
    : { start, end: view.getUint32(entry + 28, true) };
}

/** The filled slots of a table of the scanner's, one after another; a slot is filled if its word `mark` is not 0. */
export function filledSlots(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: {
    readonly at: number;
    readonly capacity: number;
    readonly words: number;
    readonly mark: number;
  },
): Uint32Array<ArrayBuffer> {
  const { at, capacity, words, mark } = table;
  const slots = new Uint32Array(memory.buffer, at, capacity * words);
  let count = 0;
  for (let slot = 0; slot < slots.length; slot += words) if (slots[slot + mark] !== 0) count++;
  const filled = new Uint32Array(count * words);
  let to = 0;
  for (let slot = 0; slot < slots.length; slot += words) {
    if (slots[slot + mark] === 0) continue;
    filled.set(slots.subarray(slot, slot + words), to);
    to += words;
  }
  return filled;
}
