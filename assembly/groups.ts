import { GroupWord } from './layout';
import { seed } from './seed';

/** Sums by group in an open-addressed table; the words of a slot are in layout.ts, two of them as one 64-bit number. */
const GROUP_BYTES: usize = GroupWord.count * 4;
const WHAT: usize = GroupWord.label * 4;
const BUCKET: usize = GroupWord.bucket * 4;
const CARRY: usize = GroupWord.carry * 4;
const RECORDS: usize = GroupWord.recordsLow * 4;
const BYTES: usize = GroupWord.bytesLow * 4;

let slots: usize = 0;
let mask: u32 = 0;
let count: u32 = 0;

export function prepareGroups(): void {
  mask = (1 << 13) - 1;
  slots = heap.alloc(<usize>(mask + 1) * GROUP_BYTES);
  clearGroups();
}

export function clearGroups(): void {
  memory.fill(slots, 0, <usize>(mask + 1) * GROUP_BYTES);
  count = 0;
}

/** Where the slots begin, how many there are, and how many of them hold a group. */
export function groupSlots(): usize {
  return slots;
}
export function groupCapacity(): u32 {
  return mask + 1;
}
export function groupCount(): u32 {
  return count;
}

function slotOf(who: u64, what: u64, bucket: u32): usize {
  // Two products of secret numbers: no group can be chosen so that it meets another.
  let hash = who * seed + (what + ((<u64>bucket) << 17)) * rotl(seed, 32);
  hash ^= hash >> 29;
  let at = <u32>(hash >> 7) & mask;
  while (true) {
    const slot = slots + <usize>at * GROUP_BYTES;
    if (load<u64>(slot, RECORDS) == 0) return slot;
    if (
      load<u64>(slot) == who &&
      load<u64>(slot, WHAT) == what &&
      load<u32>(slot, BUCKET) == bucket
    ) {
      return slot;
    }
    at = (at + 1) & mask;
  }
}

/** Adds records and bytes to the group of `who` (address, identity), `what` (label, circumstance, address pattern) and time bucket. */
export function addToGroup(who: u64, what: u64, bucket: u32, records: u64, bytes: u64): void {
  const slot = slotOf(who, what, bucket);
  const before = load<u64>(slot, RECORDS);
  const sum = load<u64>(slot, BYTES) + bytes;
  store<u64>(slot, sum, BYTES);
  store<u64>(slot, before + records, RECORDS);
  if (before != 0) {
    if (sum < bytes) store<u32>(slot, load<u32>(slot, CARRY) + 1, CARRY);
    return;
  }
  store<u64>(slot, who);
  store<u64>(slot, what, WHAT);
  store<u32>(slot, bucket, BUCKET);
  count += 1;
  if (count * 2 > mask) grow();
}

/** Doubles the table; the old one stays unused, which at most doubles the memory of the groups. */
function grow(): void {
  const old = slots;
  const oldCapacity = mask + 1;
  mask = oldCapacity * 2 - 1;
  slots = heap.alloc(<usize>(mask + 1) * GROUP_BYTES);
  memory.fill(slots, 0, <usize>(mask + 1) * GROUP_BYTES);
  for (let at: u32 = 0; at < oldCapacity; at += 1) {
    const from = old + <usize>at * GROUP_BYTES;
    if (load<u64>(from, RECORDS) == 0) continue;
    const to = slotOf(load<u64>(from), load<u64>(from, WHAT), load<u32>(from, BUCKET));
    memory.copy(to, from, GROUP_BYTES);
  }
}
