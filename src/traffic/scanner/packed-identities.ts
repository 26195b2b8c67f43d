import type { FileContext } from './identities.js';
import { entryByte, rangeByte, tableByte } from './layout.js';

/** The identities of a scan, by their numbers. Objects of them would be copied text by text where they pass to another thread. */
export interface PackedIdentities {
  /** What is true of the files that they are of. */
  readonly contexts: readonly FileContext[];
  /** Their texts, one after another. */
  readonly texts: Uint8Array<ArrayBuffer>;
  /** Of each: the words of `identityWord`, then its ranges of time. */
  readonly numbers: Uint32Array<ArrayBuffer>;
}

/** What the numbers of an identity begin with: its context, the length of its text …, and how many numbers of ranges follow. */
const identityWord = {
  context: 0,
  length: 1,
  start: 2,
  end: 3,
  named: 4,
  ranges: 5,
  count: 6,
} as const;

/** An identity of a scan. */
export interface UnpackedIdentity {
  readonly context: FileContext;
  /** The values of its fields, as its lines have them. */
  readonly text: string;
  /** The time that it was logged in: epoch seconds, 0 and 0 where the log has no times. */
  readonly start: number;
  readonly end: number;
  /** The ranges of that time, in order: start and end of each. Ranges less than an aggregation interval apart are one. */
  readonly ranges: readonly number[];
  /** The only private address of the user's map that it has traffic with; 0: none, `rangeByte.severalNamed`: more than one. */
  readonly named: number;
}

/** Packs the identities that the scanner has interned in a table; of the contexts, those that they are of. */
export function packIdentities(
  memory: ArrayBuffer,
  table: number,
  contextOf: (number: number) => FileContext,
): PackedIdentities {
  const view = new DataView(memory);
  const words = new Uint32Array(memory);
  const spans: InternedSpan[] = [];
  const numbers: number[] = [];
  const used = new Map<number, number>();
  const count = view.getUint32(table + tableByte.count, true);
  for (let id = 0; id < count; id++) {
    const entry = entryAt(view, table, id);
    const context = view.getUint32(entry + entryByte.context, true);
    // The table knows the spans of the file at hand only.
    const length = addSpans(view, entry, contextOf(context).plan.identitySpans.length, spans);
    if (!used.has(context)) used.set(context, used.size);
    const { start, end, block, ranges } = loggedTime(view, entry);
    const named = block === 0 ? 0 : (words[(block + rangeByte.named) / 4] ?? 0);
    numbers.push(used.get(context) ?? 0, length, start, end, named, ranges);
    const first = (block + rangeByte.first) / 4;
    for (let at = first; at < first + ranges; at++) numbers.push(words[at] ?? 0);
  }
  return {
    contexts: [...used.keys()].map(contextOf),
    texts: joined(memory, spans),
    numbers: Uint32Array.from(numbers),
  };
}

/** A text in the scanner's memory. */
interface InternedSpan {
  readonly at: number;
  readonly length: number;
}

/** Adds the texts of an entry, span by span; answers how long they are, with a space after each. */
function addSpans(view: DataView, entry: number, count: number, spans: InternedSpan[]): number {
  let at = view.getUint32(entry + entryByte.texts, true);
  let sum = 0;
  for (let span = 0; span < count; span++) {
    const length = view.getUint16(entry + entryByte.lengths + span * 2, true);
    spans.push({ at, length });
    sum += length + 1;
    at += Math.ceil(length / entryByte.textStep) * entryByte.textStep;
  }
  return sum;
}

/** Texts one after another, with a space after each. */
function joined(memory: ArrayBuffer, spans: readonly InternedSpan[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(memory);
  const texts = new Uint8Array(spans.reduce((sum, { length }) => sum + length + 1, 0)).fill(space);
  let to = 0;
  for (const { at, length } of spans) {
    texts.set(bytes.subarray(at, at + length), to);
    to += length + 1;
  }
  return texts;
}

const space = 0x20;
const latin1 = new TextDecoder('latin1');

/** The values that the scanner has just interned, as lines have them, and the number of their context. */
export function internedText(
  memory: ArrayBuffer,
  table: number,
  id: number,
): { readonly context: number; readonly text: string } {
  const view = new DataView(memory);
  const entry = entryAt(view, table, id);
  const spans: InternedSpan[] = [];
  addSpans(view, entry, view.getUint32(table + tableByte.spanCount, true), spans);
  return {
    context: view.getUint32(entry + entryByte.context, true),
    text: latin1.decode(joined(memory, spans)),
  };
}

/** The time that an identity was logged in, and where its ranges are; none where its log has no times. */
function loggedTime(
  view: DataView,
  entry: number,
): {
  readonly start: number;
  readonly end: number;
  readonly block: number;
  readonly ranges: number;
} {
  const start = view.getInt32(entry + entryByte.start, true);
  const block = view.getUint32(entry + entryByte.ranges, true);
  if (start === entryByte.noStart || block === 0) return { start: 0, end: 0, block, ranges: 0 };
  const end = view.getUint32(entry + entryByte.end, true);
  const ranges = view.getUint32(block + rangeByte.count, true) * 2;
  return { start: start >>> 0, end, block, ranges };
}

function entryAt(view: DataView, table: number, id: number): number {
  return view.getUint32(table + tableByte.entries, true) + id * entryByte.size;
}

/** The identities of a scan, in the order of their numbers. */
export function* unpackIdentities(packed: PackedIdentities): Generator<UnpackedIdentity> {
  const { contexts, numbers } = packed;
  const texts = latin1.decode(packed.texts);
  let from = 0;
  for (let at = 0; at < numbers.length; ) {
    const word = (index: number) => numbers[at + index] ?? 0;
    const context = contexts[word(identityWord.context)];
    if (context === undefined) throw new Error('an identity is of no file');
    const to = from + word(identityWord.length);
    const ranges: number[] = [];
    const first = identityWord.count;
    for (let index = 0; index < word(identityWord.ranges); index++)
      ranges.push(word(first + index));
    const [start, end] = [word(identityWord.start), word(identityWord.end)];
    const named = word(identityWord.named);
    yield { context, text: texts.slice(from, to), start, end, ranges, named };
    from = to;
    at += first + ranges.length;
  }
}
