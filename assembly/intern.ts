/**
 * Interned texts: the fields of a record that hold names (account, VPC, interface …) are compared as
 * bytes with those seen before and become one number, so that no row makes a string. Neighbouring
 * fields are one span: fewer loads and branches than field by field took a third of the time.
 * The layout of tables and of their entries is in layout.ts.
 */
import { EntryByte, Limit, TableByte } from './layout';
import { seed } from './seed';

const LONGEST_SPAN: u32 = 2048;

/** The bounds of the fields of the line: field i is [bounds[i] + 1, bounds[i + 1]). */
export const MAX_FIELDS: u32 = Limit.fields + 2;
// 80 more: the bounds of 64 bytes are written before they are counted.
export const bounds: usize = memory.data(4 * (Limit.fields + 2 + 80), 16);

export function newTable(): usize {
  const table = heap.alloc(TableByte.size);
  memory.fill(table, 0, TableByte.size);
  store<u32>(table, 1024 - 1, TableByte.indexMask);
  store<u32>(table, <u32>heap.alloc(1024 * 4), TableByte.index);
  store<u32>(table, <u32>heap.alloc(512 * EntryByte.size), TableByte.entries);
  store<u32>(table, 512, TableByte.capacity);
  clearTable(table);
  return table;
}

export function clearTable(table: usize): void {
  memory.fill(
    load<u32>(table, TableByte.index),
    0,
    (load<u32>(table, TableByte.indexMask) + 1) * 4,
  );
  store<u32>(table, 0, TableByte.count);
}

export function countOf(table: usize): u32 {
  return load<u32>(table, TableByte.count);
}

export function entryOf(table: usize, id: u32): usize {
  return load<u32>(table, TableByte.entries) + id * EntryByte.size;
}

const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xff51afd7ed558ccd;

/**
 * All bytes of a span as one number: names differ in their middle as well as at their ends. The products do not wait for
 * each other, so that several are under way at once; a hash that chains them took a quarter of the scan.
 */
function hashOf(start: usize, end: usize, key: u64, other: u64): u64 {
  const length = <u64>(end - start);
  if (length < 8) {
    return ((load<u64>(end - 8) >> ((8 - length) << 3)) ^ key) * (other + (length << 1));
  }
  let hash: u64 = length;
  let at = start;
  for (; at + 16 < end; at += 16) {
    hash += (load<u64>(at) ^ key) * (load<u64>(at, 8) ^ other);
    key += K1;
  }
  const from = length < 16 ? start : end - 16;
  return hash + (load<u64>(from) ^ key) * (load<u64>(end - 8) ^ other);
}

/** A hash of the line's spans and of the context. */
function hashOfSpans(table: usize, count: u32, context: u32, secret: u64): u32 {
  let hash: u64 = context;
  let key = K1 ^ secret;
  // Odd, as K2 is.
  const other = K2 ^ (secret << 1);
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + TableByte.spans + ((<usize>at) << 1));
    const start = <usize>load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const end = <usize>load<u32>(bounds + <usize>((span >> 8) << 2));
    hash += hashOf(start, end, key, other);
    key = rotl(key, 17);
  }
  hash ^= hash >> 29;
  hash *= K2;
  return <u32>(hash >> 32);
}

/** A hash of the texts of the line at hand, the same in every file. */
export function textHash(table: usize): u32 {
  return hashOfSpans(table, load<u32>(table, TableByte.spanCount), 0, 0);
}

function isSame(start: usize, length: u32, stored: usize): bool {
  let at: u32 = 0;
  for (; at + 16 < length; at += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(start + at), v128.load(stored + at)))) return false;
  }
  const equal = i8x16.bitmask(i8x16.eq(v128.load(start + at), v128.load(stored + at)));
  return (~equal & ((1 << (length - at)) - 1)) == 0;
}

/** The room that a text of so many bytes takes: whole vectors. */
function textRoom(length: u32): u32 {
  return (length + EntryByte.textStep - 1) & ~(EntryByte.textStep - 1);
}

function matches(table: usize, entry: usize, count: u32): bool {
  let stored = <usize>load<u32>(entry, EntryByte.texts);
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + TableByte.spans + ((<usize>at) << 1));
    const start = load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const length = load<u32>(bounds + <usize>((span >> 8) << 2)) - start;
    if (<u32>load<u16>(entry + ((<usize>at) << 1), EntryByte.lengths) != length) return false;
    if (!isSame(start, length, stored)) return false;
    stored += textRoom(length);
  }
  return true;
}

/** Whether the last `intern` met these texts for the first time. */
export let added: bool = false;

/** The number of the line's spans in `table`; -1 where one is over-long. */
export function intern(table: usize, context: u32): i32 {
  const count = load<u32>(table, TableByte.spanCount);
  const hash = hashOfSpans(table, count, context, seed);
  const mask = load<u32>(table, TableByte.indexMask);
  const index = <usize>load<u32>(table, TableByte.index);
  added = false;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const id = load<u32>(index + <usize>(at << 2));
    if (id == 0) break;
    const entry = entryOf(table, id - 1);
    if (load<u32>(entry, EntryByte.hash) != hash || load<u32>(entry, EntryByte.context) != context)
      continue;
    if (matches(table, entry, count)) return id - 1;
  }
  return add(table, hash, context);
}

function add(table: usize, hash: u32, context: u32): i32 {
  const size = sizeOfSpans(table);
  if (size == 0) return -1;
  const id = load<u32>(table, TableByte.count);
  if (id == load<u32>(table, TableByte.capacity)) grow(table);
  const entry = entryOf(table, id);
  memory.fill(entry, 0, EntryByte.size);
  store<u32>(entry, hash, EntryByte.hash);
  store<u32>(entry, context, EntryByte.context);
  store<u32>(entry, <u32>heap.alloc(size), EntryByte.texts);
  copySpans(table, entry);
  store<u32>(table, id + 1, TableByte.count);
  place(table, hash, id);
  added = true;
  return id;
}

/** The memory that the line's spans take, a vector at the least; 0 where one is over-long. */
function sizeOfSpans(table: usize): usize {
  const count = load<u32>(table, TableByte.spanCount);
  let size: usize = EntryByte.textStep;
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + TableByte.spans + ((<usize>at) << 1));
    const start = load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const length = load<u32>(bounds + <usize>((span >> 8) << 2)) - start;
    if (length > LONGEST_SPAN) return 0;
    size += textRoom(length);
  }
  return size;
}

function copySpans(table: usize, entry: usize): void {
  const count = load<u32>(table, TableByte.spanCount);
  let to = <usize>load<u32>(entry, EntryByte.texts);
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + TableByte.spans + ((<usize>at) << 1));
    const start = load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const length = load<u32>(bounds + <usize>((span >> 8) << 2)) - start;
    store<u16>(entry + ((<usize>at) << 1), <u16>length, EntryByte.lengths);
    memory.copy(to, start, length);
    to += textRoom(length);
  }
}

function place(table: usize, hash: u32, id: u32): void {
  const mask = load<u32>(table, TableByte.indexMask);
  const index = <usize>load<u32>(table, TableByte.index);
  let at = hash & mask;
  while (load<u32>(index + ((<usize>at) << 2)) != 0) at = (at + 1) & mask;
  store<u32>(index + ((<usize>at) << 2), id + 1);
}

/** Doubles a table; its old place stays unused, which at most doubles the memory of the names. */
function grow(table: usize): void {
  const count = load<u32>(table, TableByte.count);
  const capacity = load<u32>(table, TableByte.capacity) * 2;
  const entries = heap.alloc(capacity * EntryByte.size);
  memory.copy(entries, load<u32>(table, TableByte.entries), count * EntryByte.size);
  store<u32>(table, <u32>entries, TableByte.entries);
  store<u32>(table, capacity, TableByte.capacity);
  const index = heap.alloc(capacity * 8);
  memory.fill(index, 0, capacity * 8);
  store<u32>(table, <u32>index, TableByte.index);
  store<u32>(table, capacity * 2 - 1, TableByte.indexMask);
  for (let id: u32 = 0; id < count; id += 1)
    place(table, load<u32>(entryOf(table, id), EntryByte.hash), id);
}
