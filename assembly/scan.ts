import { prepareAddresses } from './addresses';
import { prepareGroups } from './groups';
import { bounds, clearTable, MAX_FIELDS } from './intern';
import { Limit, LineReason } from './layout';
import { circumstances, identities } from './plan';
import { clearDigest, record } from './record';

export { privateHalves } from './addresses';
export { addToGroup, clearGroups, groupCapacity, groupCount, groupSlots } from './groups';
export { countOf } from './intern';
export { prepareLabels } from './labels';
export * from './layout';
export { clearMirrors, mirrorsOf } from './mirrors';
export {
  addSpan,
  circumstanceTable,
  identityTable,
  setAddressFields,
  setContext,
  setFlowFields,
  setPlan,
} from './plan';
export {
  describeCircumstance,
  describeIdentity,
  excludeTimes,
  fileDigest,
  setClientGroups,
  setInterval,
  takeUnkeptClients,
} from './record';
export { setSeed } from './seed';
export {
  clearTalkers,
  prepareTalkers,
  talkerCapacity,
  talkerError,
  talkerErrorCarry,
  talkerSlots,
} from './talkers';

/** Shows the host a line that is no record by the plan: it answers whether it was a header, which may have changed the plan. */
declare function strangeLine(start: u32, end: u32, reason: u32): bool;

/** Where text is put: room before it for the rest of the last piece, and after it for whole vectors to be read. */
const LINE_LIMIT: u32 = Limit.lineBytes;
let input: usize = 0;

// Exact up to 2^53, where 32 bits end within a file of a terabyte.
let lines: f64 = 0;
let records: f64 = 0;

export function prepare(inputBytes: u32): usize {
  prepareAddresses();
  prepareGroups();
  input = heap.alloc(inputBytes + LINE_LIMIT + 256) + LINE_LIMIT + 64;
  return input;
}

/** Lines ended since `clearCounts`, and those of them that are records. */
export function lineCount(): f64 {
  return lines;
}
export function recordCount(): f64 {
  return records;
}
export function clearCounts(): void {
  lines = 0;
  records = 0;
  clearDigest();
}

/** Forgets the names, so that they are told to the host anew. */
export function clearNames(): void {
  clearTable(identities);
  clearTable(circumstances);
}

/** Which of 64 bytes are `character`: a bit each. */
function equalBytes(at: usize, character: u8): u64 {
  const wanted = i8x16.splat(character);
  const a = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at), wanted)));
  const b = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 16), wanted)));
  const c = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 32), wanted)));
  const d = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 48), wanted)));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/** Where the next bound of the line at hand is written. */
let bound: usize = 0;

/** Writes the places of the set bits as bounds; a line with more fields than there is room for keeps its first ones. */
function addBounds(at: usize, marks: u64): void {
  if (bound > bounds + (MAX_FIELDS << 2)) bound = bounds + (MAX_FIELDS << 2);
  const to = bound;
  const count = <i32>popcnt(marks);
  // Eight at a time, needed or not: a loop that ends with the last mark is guessed wrong by the processor at every other block.
  for (let done = 0; done < count; done += 8) {
    const place = to + <usize>(done << 2);
    store<u32>(place, <u32>at + <u32>ctz(marks));
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 4);
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 8);
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 12);
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 16);
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 20);
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 24);
    marks &= marks - 1;
    store<u32>(place, <u32>at + <u32>ctz(marks), 28);
    marks &= marks - 1;
  }
  bound = to + <usize>(count << 2);
}

/**
 * Reads the whole lines of the text in [start, end), and answers where the line begins that is not yet ended. Bytes after
 * `end` may hold anything.
 */
export function scan(start: usize, end: usize): usize {
  let lineStart = start;
  bound = bounds + 4;
  store<u32>(bounds, <u32>start - 1);
  for (let at = start; at < end; at += 64) {
    let newlines = equalBytes(at, 10);
    let spaces = equalBytes(at, 32);
    const left = end - at;
    if (left < 64) {
      const inside = ((<u64>1) << left) - 1;
      newlines &= inside;
      spaces &= inside;
    }
    while (newlines != 0) {
      const before = (newlines & -newlines) - 1;
      addBounds(at, spaces & before);
      const lineEnd = at + <usize>ctz(newlines);
      endLine(lineStart, lineEnd);
      lineStart = lineEnd + 1;
      store<u32>(bounds, <u32>lineEnd);
      bound = bounds + 4;
      spaces &= ~before;
      newlines &= newlines - 1;
    }
    addBounds(at, spaces);
  }
  return lineStart;
}

/** A line is whole: its last bound is its end, without a carriage return. */
function endLine(start: usize, newline: usize): void {
  lines += 1;
  const end = newline > start && load<u8>(newline - 1) == 13 ? newline - 1 : newline;
  if (end == start) return;
  store<u32>(bound, <u32>end);
  const fields = <u32>((bound - bounds) >> 2);
  const reason = end - start > LINE_LIMIT ? LineReason.tooLong : record(fields);
  if (reason == LineReason.none || !strangeLine(<u32>start, <u32>end, reason)) records += 1;
}
