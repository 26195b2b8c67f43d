/**
 * The largest remote addresses by bytes, in bounded memory (Misra-Gries with weights): when the table is full, the
 * weight of its median entry is taken off all, and those left with none go. No address with more bytes than
 * the sum of what was taken off is lost, and no sum is too low by more than that.
 * The words of a slot are in layout.ts. Sums have 96 bits: 64, and how often those went round.
 */
import { TalkerSide, TalkerWord } from './layout';
import { seed } from './seed';

const TALKER_BYTES: usize = TalkerWord.count * 4;
const INTERFACE: usize = TalkerWord.eni * 4;
const SIDE: usize = TalkerWord.side * 4;
const CARRY: usize = TalkerWord.carry * 4;
const BYTES: usize = TalkerWord.bytesLow * 4;
const MOST_SLOTS: u32 = 1 << 15;
/** Most files have few remote addresses, and to clear and to read a table of all slots for each takes longer than to scan it. */
const FIRST_SLOTS: u32 = 1 << 9;
const LIMIT: u32 = 1 << 14;
const SIZE: usize = TALKER_BYTES << 15;

let slots: usize = 0;
let capacity: u32 = FIRST_SLOTS;
let count: u32 = 0;
let takenOff: u64 = 0;
let takenOffCarry: u64 = 0;
/** How many entries there are that 2^n is the least power of two not below, for each n. */
const powers: usize = memory.data(4 * 97, 16);

export function talkersOn(): bool {
  return slots != 0;
}

export function prepareTalkers(): void {
  slots = heap.alloc(SIZE * 2);
  clearTalkers();
}

export function clearTalkers(): void {
  capacity = FIRST_SLOTS;
  memory.fill(slots, 0, <usize>capacity * TALKER_BYTES);
  count = 0;
  takenOff = 0;
  takenOffCarry = 0;
}

export function talkerSlots(): usize {
  return slots;
}
export function talkerCapacity(): u32 {
  return capacity;
}
/** What a sum may be too low by, in bytes; 0: the sums are exact. */
export function talkerError(): u64 {
  return takenOff;
}
/** How often `talkerError` went round. */
export function talkerErrorCarry(): u64 {
  return takenOffCarry;
}

function slotOf(remote: u32, iface: u32, side: u32): usize {
  const hash = (((<u64>iface) << 34) ^ ((<u64>side) << 32) ^ remote) * seed;
  let at = <u32>(hash >> 40) & (capacity - 1);
  while (true) {
    const slot = slots + <usize>at * TALKER_BYTES;
    const found = load<u32>(slot, SIDE);
    if (found == TalkerSide.none) return slot;
    if (found == side && load<u32>(slot) == remote && load<u32>(slot, INTERFACE) == iface)
      return slot;
    at = (at + 1) & (capacity - 1);
  }
}

/** Adds bytes to a remote address as an interface saw it, on a side of a NAT gateway. */
export function addTalker(remote: u32, iface: u32, side: u32, bytes: u64): void {
  addSum(remote, iface, side, bytes, 0);
}

function addSum(remote: u32, iface: u32, side: u32, bytes: u64, carry: u32): void {
  let slot = slotOf(remote, iface, side);
  if (load<u32>(slot, SIDE) == TalkerSide.none) {
    if (count == LIMIT) prune();
    else if (count * 2 == capacity) grow();
    slot = slotOf(remote, iface, side);
    store<u32>(slot, remote);
    store<u32>(slot, iface, INTERFACE);
    store<u32>(slot, side, SIDE);
    store<u32>(slot, 0, CARRY);
    store<u64>(slot, 0, BYTES);
    count += 1;
  }
  const sum = load<u64>(slot, BYTES) + bytes;
  store<u64>(slot, sum, BYTES);
  if (carry != 0 || sum < bytes)
    store<u32>(slot, load<u32>(slot, CARRY) + carry + (sum < bytes ? 1 : 0), CARRY);
}

/** The exponent of the least power of two that is not below a sum. */
function powerOf(bytes: u64, carry: u64): u32 {
  if (carry == 0) return bytes <= 1 ? 0 : 64 - <u32>clz(bytes - 1);
  const above = bytes == 0 ? carry - 1 : carry;
  return above == 0 ? 64 : 128 - <u32>clz(above);
}

/** The exponent of the least power of two that at least half of the entries do not exceed: a median near enough, found without sorting. */
function prunePower(): u32 {
  memory.fill(powers, 0, 4 * 97);
  for (let at: u32 = 0; at < capacity; at += 1) {
    const slot = slots + <usize>at * TALKER_BYTES;
    if (load<u32>(slot, SIDE) == TalkerSide.none) continue;
    const counter =
      powers + ((<usize>powerOf(load<u64>(slot, BYTES), load<u32>(slot, CARRY))) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let power: u32 = 0;
  let below = load<u32>(powers);
  while (below * 2 < count) {
    power += 1;
    below += load<u32>(powers + ((<usize>power) << 2));
  }
  return power;
}

function prune(): void {
  const power = prunePower();
  const weight = power < 64 ? (<u64>1) << power : 0;
  const weightCarry = power < 64 ? 0 : (<u64>1) << (power - 64);
  takenOff += weight;
  takenOffCarry += weightCarry + (takenOff < weight ? 1 : 0);
  const used = copied();
  for (let at: u32 = 0; at < used; at += 1) {
    const from = slots + SIZE + <usize>at * TALKER_BYTES;
    const bytes = load<u64>(from, BYTES);
    const carry = <u64>load<u32>(from, CARRY);
    const isAbove = carry > weightCarry || (carry == weightCarry && bytes > weight);
    if (load<u32>(from, SIDE) == TalkerSide.none || !isAbove) continue;
    const rest = <u32>(carry - weightCarry - (bytes < weight ? 1 : 0));
    addCopy(from, bytes - weight, rest);
  }
}

function grow(): void {
  const used = copied();
  capacity = used << 1;
  memory.fill(slots, 0, <usize>capacity * TALKER_BYTES);
  for (let at: u32 = 0; at < used; at += 1) {
    const from = slots + SIZE + <usize>at * TALKER_BYTES;
    if (load<u32>(from, SIDE) == TalkerSide.none) continue;
    addCopy(from, load<u64>(from, BYTES), load<u32>(from, CARRY));
  }
}

/** Moves all entries to where they do not count, and answers how many slots they take there. */
function copied(): u32 {
  memory.copy(slots + SIZE, slots, <usize>capacity * TALKER_BYTES);
  memory.fill(slots, 0, <usize>capacity * TALKER_BYTES);
  count = 0;
  return capacity;
}

function addCopy(from: usize, bytes: u64, carry: u32): void {
  addSum(load<u32>(from), load<u32>(from, INTERFACE), load<u32>(from, SIDE), bytes, carry);
}
