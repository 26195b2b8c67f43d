/**
 * Interned texts: the fields of a record that hold names (account, VPC, interface …) are compared as
 * bytes with those seen before and become one number, so that no row makes a string. Neighbouring
 * fields are one span: fewer loads and branches than field by field took a third of the time.
 *
 * A table is 96 bytes: index, index mask, entries, count, capacity, number of spans; then the spans at +32. An
 * entry is 64 bytes: hash, context, unused, the place of its texts, four numbers of the owner's at +16, and the spans' lengths at +32.
 */
export const ENTRY_BYTES: u32 = 64;
const INDEX: usize = 0;
const MASK: usize = 4;
const ENTRIES: usize = 8;
const COUNT: usize = 12;
const CAPACITY: usize = 16;
export const SPAN_COUNT: usize = 20;
/** Two bytes for each span: the number of its first field, and of the bound that ends its last. */
export const SPANS: usize = 32;
export const MOST_SPANS: u32 = 16;
const LONGEST_SPAN: u32 = 2048;

/** The bounds of the fields of the line: field i is [bounds[i] + 1, bounds[i + 1]). */
export const MAX_FIELDS: u32 = 192;
export const bounds: usize = memory.data(4 * (192 + 80), 16);

export function newTable(): usize {
  const table = heap.alloc(32 + 64);
  memory.fill(table, 0, 96);
  store<u32>(table, 1024 - 1, MASK);
  store<u32>(table, <u32>heap.alloc(1024 * 4), INDEX);
  store<u32>(table, <u32>heap.alloc(512 * ENTRY_BYTES), ENTRIES);
  store<u32>(table, 512, CAPACITY);
  clearTable(table);
  return table;
}

export function clearTable(table: usize): void {
  memory.fill(load<u32>(table, INDEX), 0, (load<u32>(table, MASK) + 1) * 4);
  store<u32>(table, 0, COUNT);
}

export function countOf(table: usize): u32 {
  return load<u32>(table, COUNT);
}

export function entryOf(table: usize, id: u32): usize {
  return load<u32>(table, ENTRIES) + id * ENTRY_BYTES;
}

const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xff51afd7ed558ccd;

/**
 * All bytes of a span as one number: names differ in their middle as well as at their ends. The products do not wait for
 * each other, so that several are under way at once; a hash that chains them took a quarter of the scan.
 */
function hashOf(start: usize, end: usize, key: u64): u64 {
  const length = <u64>(end - start);
  if (length < 8) {
    return ((load<u64>(end - 8) >> ((8 - length) << 3)) ^ key) * (K2 + length);
  }
  let hash: u64 = length;
  let at = start;
  for (; at + 16 < end; at += 16) {
    hash += (load<u64>(at) ^ key) * (load<u64>(at, 8) ^ K2);
    key += K1;
  }
  const from = length < 16 ? start : end - 16;
  return hash + (load<u64>(from) ^ key) * (load<u64>(end - 8) ^ K2);
}

/** A hash of the line's spans and of the context. */
function hashOfSpans(table: usize, count: u32, context: u32): u32 {
  let hash: u64 = context;
  let key: u64 = K1;
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + SPANS + ((<usize>at) << 1));
    const start = <usize>load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const end = <usize>load<u32>(bounds + <usize>((span >> 8) << 2));
    hash += hashOf(start, end, key);
    key = rotl(key, 17);
  }
  hash ^= hash >> 29;
  hash *= K2;
  return <u32>(hash >> 32);
}

function isSame(start: usize, length: u32, stored: usize): bool {
  let at: u32 = 0;
  for (; at + 16 < length; at += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(start + at), v128.load(stored + at)))) return false;
  }
  const equal = i8x16.bitmask(i8x16.eq(v128.load(start + at), v128.load(stored + at)));
  return (~equal & ((1 << (length - at)) - 1)) == 0;
}

function matches(table: usize, entry: usize, count: u32): bool {
  let stored = <usize>load<u32>(entry, 12);
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + SPANS + ((<usize>at) << 1));
    const start = load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const length = load<u32>(bounds + <usize>((span >> 8) << 2)) - start;
    if (<u32>load<u16>(entry + ((<usize>at) << 1), 32) != length) return false;
    if (!isSame(start, length, stored)) return false;
    stored += (length + 15) & ~15;
  }
  return true;
}

/** Whether the last `intern` met these texts for the first time. */
export let added: bool = false;

/** The number of the line's spans in `table`; -1 where one is over-long. */
export function intern(table: usize, context: u32): i32 {
  const count = load<u32>(table, SPAN_COUNT);
  const hash = hashOfSpans(table, count, context);
  const mask = load<u32>(table, MASK);
  const index = <usize>load<u32>(table, INDEX);
  added = false;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const id = load<u32>(index + <usize>(at << 2));
    if (id == 0) break;
    const entry = entryOf(table, id - 1);
    if (load<u32>(entry) != hash || load<u32>(entry, 4) != context) continue;
    if (matches(table, entry, count)) return id - 1;
  }
  return add(table, hash, context);
}

function add(table: usize, hash: u32, context: u32): i32 {
  const size = sizeOfSpans(table);
  if (size == 0) return -1;
  const id = load<u32>(table, COUNT);
  if (id == load<u32>(table, CAPACITY)) grow(table);
  const entry = entryOf(table, id);
  memory.fill(entry, 0, ENTRY_BYTES);
  store<u32>(entry, hash);
  store<u32>(entry, context, 4);
  store<u32>(entry, <u32>heap.alloc(size), 12);
  copySpans(table, entry);
  store<u32>(table, id + 1, COUNT);
  place(table, hash, id);
  added = true;
  return id;
}

/** The memory that the line's spans take, a vector at the least; 0 where one is over-long. */
function sizeOfSpans(table: usize): usize {
  const count = load<u32>(table, SPAN_COUNT);
  let size: usize = 16;
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + SPANS + ((<usize>at) << 1));
    const start = load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const length = load<u32>(bounds + <usize>((span >> 8) << 2)) - start;
    if (length > LONGEST_SPAN) return 0;
    size += (length + 15) & ~15;
  }
  return size;
}

function copySpans(table: usize, entry: usize): void {
  const count = load<u32>(table, SPAN_COUNT);
  let to = <usize>load<u32>(entry, 12);
  for (let at: u32 = 0; at < count; at += 1) {
    const span = <u32>load<u16>(table + SPANS + ((<usize>at) << 1));
    const start = load<u32>(bounds + <usize>((span & 255) << 2)) + 1;
    const length = load<u32>(bounds + <usize>((span >> 8) << 2)) - start;
    store<u16>(entry + ((<usize>at) << 1), <u16>length, 32);
    memory.copy(to, start, length);
    to += (length + 15) & ~15;
  }
}

function place(table: usize, hash: u32, id: u32): void {
  const mask = load<u32>(table, MASK);
  const index = <usize>load<u32>(table, INDEX);
  let at = hash & mask;
  while (load<u32>(index + ((<usize>at) << 2)) != 0) at = (at + 1) & mask;
  store<u32>(index + ((<usize>at) << 2), id + 1);
}

/** Doubles a table; its old place stays unused, which at most doubles the memory of the names. */
function grow(table: usize): void {
  const count = load<u32>(table, COUNT);
  const capacity = load<u32>(table, CAPACITY) * 2;
  const entries = heap.alloc(capacity * ENTRY_BYTES);
  memory.copy(entries, load<u32>(table, ENTRIES), count * ENTRY_BYTES);
  store<u32>(table, <u32>entries, ENTRIES);
  store<u32>(table, capacity, CAPACITY);
  const index = heap.alloc(capacity * 8);
  memory.fill(index, 0, capacity * 8);
  store<u32>(table, <u32>index, INDEX);
  store<u32>(table, capacity * 2 - 1, MASK);
  for (let id: u32 = 0; id < count; id += 1) place(table, load<u32>(entryOf(table, id)), id);
}
