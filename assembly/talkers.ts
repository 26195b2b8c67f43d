/**
 * The largest remote addresses by bytes, in bounded memory (Misra-Gries with weights): when the table is full, the
 * weight of its median entry is taken off all, and those left with none go. No address with more bytes than
 * the sum of what was taken off is lost, and no sum is too low by more than that.
 *
 * A slot is 24 bytes: +0 remote · +4 interface · +8 class (0: empty) · +16 bytes.
 */
export const TALKER_BYTES: usize = 24;
const SLOTS: u32 = 1 << 15;
const LIMIT: u32 = 1 << 14;
const SIZE: usize = 24 << 15;

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
    const found = load<u32>(slot, 8);
    if (found == 0) return slot;
    if (found == side && load<u32>(slot) == remote && load<u32>(slot, 4) == iface) return slot;
    at = (at + 1) & (SLOTS - 1);
  }
}

/** Adds bytes to a remote address as an interface saw it, on the NAT gateway's private side (1) or another (2). */
export function addTalker(remote: u32, iface: u32, side: u32, bytes: u64): void {
  const slot = slotOf(remote, iface, side);
  if (load<u32>(slot, 8) == 0) {
    if (count == LIMIT) {
      prune();
      addTalker(remote, iface, side, bytes);
      return;
    }
    store<u32>(slot, remote);
    store<u32>(slot, iface, 4);
    store<u32>(slot, side, 8);
    store<u64>(slot, 0, 16);
    count += 1;
  }
  store<u64>(slot, load<u64>(slot, 16) + bytes, 16);
}

/** The largest power of two that at least half of the entries do not exceed: a median near enough, found without sorting. */
function pruneWeight(): u64 {
  let weight: u64 = 1;
  while (true) {
    let below: u32 = 0;
    for (let at: u32 = 0; at < SLOTS; at += 1) {
      const slot = slots + <usize>at * TALKER_BYTES;
      if (load<u32>(slot, 8) != 0 && load<u64>(slot, 16) <= weight) below += 1;
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
    const bytes = load<u64>(from, 16);
    if (load<u32>(from, 8) == 0 || bytes <= weight) continue;
    addTalker(load<u32>(from), load<u32>(from, 4), load<u32>(from, 8), bytes - weight);
  }
}
