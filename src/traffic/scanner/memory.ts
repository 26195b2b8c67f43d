import type { ScannerExports } from './exports.js';
import { entryByte, tableByte } from './layout.js';

const latin1 = new TextDecoder('latin1');

/** The texts that the scanner has interned under a number, span by span. */
export function internedTexts(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: number,
  id: number,
): { readonly context: number; readonly texts: readonly string[] } {
  const view = new DataView(memory.buffer);
  const spans = view.getUint32(table + tableByte.spanCount, true);
  const entry = entryAt(view, table, id);
  const texts: string[] = [];
  let at = view.getUint32(entry + entryByte.texts, true);
  for (let span = 0; span < spans; span++) {
    const length = view.getUint16(entry + entryByte.lengths + span * 2, true);
    texts.push(latin1.decode(new Uint8Array(memory.buffer, at, length)));
    at += Math.ceil(length / entryByte.textStep) * entryByte.textStep;
  }
  return { context: view.getUint32(entry + entryByte.context, true), texts };
}

/** The time that an identity was logged in, in epoch seconds; 0 and 0 where its log has no times. */
export function loggedTime(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: number,
  id: number,
): { readonly start: number; readonly end: number } {
  const view = new DataView(memory.buffer);
  const entry = entryAt(view, table, id);
  const start = view.getInt32(entry + entryByte.start, true);
  return start === entryByte.noStart
    ? { start: 0, end: 0 }
    : { start: start >>> 0, end: view.getUint32(entry + entryByte.end, true) };
}

function entryAt(view: DataView, table: number, id: number): number {
  return view.getUint32(table + tableByte.entries, true) + id * entryByte.size;
}

/** The filled slots of a table of the scanner's, one after another; a slot is filled if its word `filledWord` is not 0. */
export function filledSlots(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: {
    readonly at: number;
    readonly capacity: number;
    readonly words: number;
    readonly filledWord: number;
  },
): Uint32Array<ArrayBuffer> {
  const { at, capacity, words, filledWord } = table;
  const slots = new Uint32Array(memory.buffer, at, capacity * words);
  let count = 0;
  for (let slot = 0; slot < slots.length; slot += words)
    if (slots[slot + filledWord] !== 0) count++;
  const filled = new Uint32Array(count * words);
  let to = 0;
  for (let slot = 0; slot < slots.length; slot += words) {
    if (slots[slot + filledWord] === 0) continue;
    filled.set(slots.subarray(slot, slot + words), to);
    to += words;
  }
  return filled;
}
