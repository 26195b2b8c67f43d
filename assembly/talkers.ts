/**
 * The largest remote addresses by bytes, in bounded memory (Misra-Gries with weights): when the table is full, the
 * weight of its median entry is taken off all, and those left with none go. No address with more bytes than
 * the sum of what was taken off is lost, and no sum is too low by more than that.
 * The words of a slot are in layout.ts.
 */
import { TalkerSide, TalkerWord } from './layout';

const TALKER_BYTES: usize = TalkerWord.count * 4;
const INTERFACE: usize = TalkerWord.eni * 4;
const SIDE: usize = TalkerWord.side * 4;
const BYTES: usize = TalkerWord.bytesLow * 4;
const SLOTS: u32 = 1 << 15;
const LIMIT: u32 = 1 << 14;
const SIZE: usize = TALKER_BYTES << 15;

let slots: usize = 0;
let count: u32 = 0;
let takenOff: u64 = 0;

export function talkersOn(): bool {
  return slots != 0;
}

export function prepareTalkers(): void {
  slots = heap.alloc(SIZE * 2);
  clearTalkers();
}

export function clearTalkers(): void {
  memory.fill(slots, 0, SIZE);
  count = 0;
  takenOff = 0;
}

export function talkerSlots(): usize {
  return slots;
}
export function talkerCapacity(): u32 {
  return SLOTS;
}
/** What a sum may be too low by, in bytes; 0: the sums are exact. */
export function talkerError(): u64 {
  return takenOff;
}

function slotOf(remote: u32, iface: u32, side: u32): usize {
  let hash = (((<u64>iface) << 34) ^ ((<u64>side) << 32) ^ remote) * 0x9e3779b97f4a7c15;
  let at = <u32>(hash >> 40) & (SLOTS - 1);
  while (true) {
    const slot = slots + <usize>at * TALKER_BYTES;
    const found = load<u32>(slot, SIDE);
    if (found == TalkerSide.none) return slot;
    if (found == side && load<u32>(slot) == remote && load<u32>(slot, INTERFACE) == iface)
      return slot;
    at = (at + 1) & (SLOTS - 1);
  }
}

/** Adds bytes to a remote address as an interface saw it, on a side of a NAT gateway. */
export function addTalker(remote: u32, iface: u32, side: u32, bytes: u64): void {
  const slot = slotOf(remote, iface, side);
  if (load<u32>(slot, SIDE) == TalkerSide.none) {
    if (count == LIMIT) {
      prune();
      addTalker(remote, iface, side, bytes);
      return;
    }
    store<u32>(slot, remote);
    store<u32>(slot, iface, INTERFACE);
    store<u32>(slot, side, SIDE);
    store<u64>(slot, 0, BYTES);
    count += 1;
  }
  store<u64>(slot, load<u64>(slot, BYTES) + bytes, BYTES);
}

/** The largest power of two that at least half of the entries do not exceed: a median near enough, found without sorting. */
function pruneWeight(): u64 {
  let weight: u64 = 1;
  while (true) {
    let below: u32 = 0;
    for (let at: u32 = 0; at < SLOTS; at += 1) {
      const slot = slots + <usize>at * TALKER_BYTES;
      if (load<u32>(slot, SIDE) != TalkerSide.none && load<u64>(slot, BYTES) <= weight) below += 1;
    }
    if (below * 2 >= count) return weight;
    weight *= 2;
  }
}

function prune(): void {
  const weight = pruneWeight();
  memory.copy(slots + SIZE, slots, SIZE);
  memory.fill(slots, 0, SIZE);
  count = 0;
  takenOff += weight;
  for (let at: u32 = 0; at < SLOTS; at += 1) {
    const from = slots + SIZE + <usize>at * TALKER_BYTES;
    const bytes = load<u64>(from, BYTES);
    if (load<u32>(from, SIDE) == TalkerSide.none || bytes <= weight) continue;
    addTalker(load<u32>(from), load<u32>(from, INTERFACE), load<u32>(from, SIDE), bytes - weight);
  }
}
