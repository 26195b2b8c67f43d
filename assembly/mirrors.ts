/**
 * In a log without packet addresses a NAT gateway is found by what it mirrors: the record on its private side (client to
 * gateway) has the client's address, ports, protocol, packets and bytes of the client's own record (client to server).
 * Of each interface the smallest hashes of both kinds of record are kept, so that two interfaces that logged the same
 * flows keep some of the same hashes, whatever the order of the records.
 */
import { MirrorByte } from './layout';

/** Hashes kept of each kind. */
const KEPT: u32 = MirrorByte.kindSize >> 3;

let index: usize = 0;
let capacity: u32 = 0;
/** Two lists of blocks, linked by their last word: those of no interface, and the others. */
let free: usize = 0;
let taken: usize = 0;

/** The block of an interface, 0 where it has none; for the host. */
export function mirrorsOf(eni: u32): usize {
  return eni < capacity ? <usize>load<u32>(index + ((<usize>eni) << 2)) : 0;
}

/** Forgets the hashes; the blocks are used again. */
export function clearMirrors(): void {
  if (capacity > 0) memory.fill(index, 0, (<usize>capacity) << 2);
  while (taken != 0) {
    const next = <usize>load<u32>(taken + MirrorByte.next);
    store<u32>(taken + MirrorByte.next, <u32>free);
    free = taken;
    taken = next;
  }
}

function newBlock(): usize {
  let block = free;
  if (block == 0) block = heap.alloc(MirrorByte.size);
  else free = <usize>load<u32>(block + MirrorByte.next);
  store<u32>(block + MirrorByte.next, <u32>taken);
  taken = block;
  memory.fill(block, 0, MirrorByte.hashes);
  return block;
}

function blockOf(eni: u32): usize {
  if (eni >= capacity) grow(eni);
  const at = index + ((<usize>eni) << 2);
  const known = <usize>load<u32>(at);
  if (known != 0) return known;
  const block = newBlock();
  store<u32>(at, <u32>block);
  return block;
}

function grow(eni: u32): void {
  const larger = max<u32>(eni + 1, max<u32>(256, capacity << 1));
  const to = heap.alloc((<usize>larger) << 2);
  memory.fill(to, 0, (<usize>larger) << 2);
  if (capacity > 0) memory.copy(to, index, (<usize>capacity) << 2);
  index = to;
  capacity = larger;
}

/** Keeps a hash of an interface's, if it is among the smallest. `kind`: 0 private to private, 1 with a public end. */
function keep(eni: u32, kind: u32, hash: u64): void {
  const block = blockOf(eni);
  const counter = block + ((<usize>kind) << 2);
  const hashes = block + MirrorByte.hashes + <usize>kind * MirrorByte.kindSize;
  const count = load<u32>(counter);
  if (count == KEPT && hash >= load<u64>(hashes)) return;
  for (let at: u32 = 0; at < count; at += 1) {
    if (load<u64>(hashes + ((<usize>at) << 3)) == hash) return;
  }
  const last = count < KEPT ? count : KEPT - 1;
  if (count == KEPT) memory.copy(hashes, hashes + 8, (<usize>last) << 3);
  else store<u32>(counter, count + 1);
  sink(hashes, last, hash);
}

/** Puts a hash into its place among those before `at`, the largest first. */
function sink(hashes: usize, at: u32, hash: u64): void {
  while (at > 0 && load<u64>(hashes + ((<usize>(at - 1)) << 3)) < hash) {
    store<u64>(hashes + ((<usize>at) << 3), load<u64>(hashes + ((<usize>(at - 1)) << 3)));
    at -= 1;
  }
  store<u64>(hashes + ((<usize>at) << 3), hash);
}

/** What tells one flow from another: the client's address, the direction, and `flow`, a hash of the rest. */
function hashOf(client: u32, isOut: bool, flow: u64): u64 {
  let hash = flow ^ ((((<u64>client) << 1) | (isOut ? 1 : 0)) * 0x9e3779b97f4a7c15);
  hash ^= hash >> 31;
  hash *= 0xff51afd7ed558ccd;
  return hash ^ (hash >> 29);
}

/** A record between private addresses: on a gateway's private side one end is the client, and the log does not say which. */
export function addInside(eni: u32, src: u32, dst: u32, flow: u64): void {
  keep(eni, 0, hashOf(src, true, flow));
  keep(eni, 0, hashOf(dst, false, flow));
}

/** A record between a private address, the client's or a gateway's, and a public one. */
export function addOutside(eni: u32, client: u32, isOut: bool, flow: u64): void {
  keep(eni, 1, hashOf(client, isOut, flow));
}
