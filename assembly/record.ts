import { high6, ipv4, ipv6, isPrivate4, isPrivate6, low6 } from './addresses';
import { sawTimes } from './coverage';
import { addToGroup, groupCount } from './groups';
import { added, bounds, entryOf, intern } from './intern';
import { labelOf4, labelOf6 } from './labels';
import { decimal, INVALID } from './numbers';
import * as plan from './plan';
import { addTalker, talkersOn } from './talkers';

/** Tells the host of new names; it answers by `describeIdentity`, and with the flags of the circumstance. */
declare function newIdentity(id: u32): void;
declare function newCircumstance(id: u32): u32;

/** Why a line can't be read. 0: it was. */
export const READ: u32 = 0;
export const BAD_FIELD_COUNT: u32 = 1;
export const BAD_NUMBER: u32 = 2;
export const BAD_ADDRESS: u32 = 3;
export const BAD_NAME: u32 = 4;
export const BAD_TIME: u32 = 5;
export const OVERLONG: u32 = 6;

/** How a record's addresses lie: see the host's list of shapes. */
const NONE: u64 = 0;
// 1 and 2: a NAT gateway's private side, out and in.
const PUBLIC_OUT: u64 = 3;
const PUBLIC_IN: u64 = 4;
const NAMED_OUT: u64 = 5;
const NAMED_IN: u64 = 6;
const INTERNAL: u64 = 7;
const UNKNOWN_DIRECTION: u64 = 8;

const BILLED: u32 = 1;
const INGRESS: u32 = 1;
const EGRESS: u32 = 2;
const MAX_CIRCUMSTANCES: i32 = 65535;
/** The label of a private address that the user's own map does not name. */
const PRIVATE_LABEL: u32 = 1;
const DASH: u32 = 0x2d;
/** A time above this is in milliseconds, as some exports write it. */
const MILLISECONDS_ABOVE: u64 = 100000000000;
const LAST_SECOND: u64 = 4102444800;

/** With so many groups, clients are no longer told apart: the memory is for sums, not for a network's every address. */
const MOST_CLIENT_GROUPS: u32 = 1 << 19;
/** Stands for the address of a client that is not kept; no interface has it. */
const UNKEPT_ADDRESS: u32 = 1;
let hasUnkeptClients: u32 = 0;

/** 1 where clients were not kept since the last time it was asked. */
export function takeUnkeptClients(): u32 {
  const was = hasUnkeptClients;
  hasUnkeptClients = 0;
  return was;
}

/** Seconds of a time bucket; 0: one bucket for all. */
let interval: u32 = 0;
export function setInterval(seconds: u32): void {
  interval = seconds;
}

export function describeIdentity(id: u32, vpc: u32, iface: u32): void {
  const entry = entryOf(plan.identities, id);
  store<u32>(entry, vpc, 16);
  store<u32>(entry, iface, 20);
  store<u32>(entry, u32.MAX_VALUE, 24);
  store<u32>(entry, 0, 28);
}

function startOf(field: i32): usize {
  return <usize>load<u32>(bounds + ((<usize>field) << 2)) + 1;
}
function endOf(field: i32): usize {
  return <usize>load<u32>(bounds + ((<usize>field) << 2), 4);
}
function isDash(start: usize, end: usize): bool {
  return end - start == 1 && <u32>load<u8>(start) == DASH;
}

/** Epoch seconds, or INVALID. */
function timeOf(field: i32): u64 {
  const time = decimal(startOf(field), endOf(field));
  if (time == INVALID) return INVALID;
  const seconds = time > MILLISECONDS_ABOVE ? time / 1000 : time;
  return seconds <= LAST_SECOND ? seconds : INVALID;
}

/** Reads the record whose fields lie between the bounds, and adds it to its group. */
export function record(fields: u32): u32 {
  if (fields != plan.fieldCount) return BAD_FIELD_COUNT;
  const circumstance = intern(plan.circumstances, plan.context);
  if (circumstance < 0 || circumstance >= MAX_CIRCUMSTANCES) return BAD_NAME;
  const circumstanceEntry = entryOf(plan.circumstances, circumstance);
  if (added) store<u32>(circumstanceEntry, newCircumstance(circumstance), 16);
  const flags = load<u32>(circumstanceEntry, 16);
  const bytesStart = startOf(plan.bytesField);
  const bytesEnd = endOf(plan.bytesField);
  let bytes = decimal(bytesStart, bytesEnd);
  if (bytes == INVALID) {
    if ((flags & BILLED) != 0 && !hasNoAddress()) return BAD_NUMBER;
    if (!isDash(bytesStart, bytesEnd)) return BAD_NUMBER;
    bytes = 0;
  }
  let start: u64 = 0;
  let end: u64 = 0;
  if (plan.startField >= 0) {
    start = timeOf(plan.startField);
    end = timeOf(plan.endField);
    if (start == INVALID || end == INVALID) return BAD_TIME;
  }
  if (
    (flags & BILLED) != 0 &&
    !place(flags >> 1, interval == 0 ? 0 : <u32>start - (<u32>start % interval))
  ) {
    return BAD_ADDRESS;
  }
  const identity = intern(plan.identities, plan.context);
  if (identity < 0) return BAD_NAME;
  if (added) newIdentity(identity);
  const identityEntry = entryOf(plan.identities, identity);
  if (plan.startField >= 0) sawTimes(identityEntry, <u32>start, <u32>(end < start ? start : end));
  if ((flags & BILLED) == 0) {
    shape = NONE;
    label = 0;
    own = 0;
    bucket = 0;
  } else if (own != 0 && groupCount() >= MOST_CLIENT_GROUPS) {
    own = UNKEPT_ADDRESS;
    hasUnkeptClients = 1;
  }
  addToGroup(
    ((<u64>identity) << 32) | own,
    (shape << 32) | ((<u64>circumstance) << 16) | label,
    bucket,
    1,
    bytes,
    0,
  );
  if (talkersOn() && shape - 1 < 4 && remote != 0) {
    addTalker(remote, load<u32>(identityEntry, 20), shape < PUBLIC_OUT ? 1 : 2, bytes);
  }
  return READ;
}

function hasNoAddress(): bool {
  const field = plan.srcField >= 0 ? plan.srcField : plan.pktSrcField;
  return isDash(startOf(field), endOf(field));
}

/** Of the record at hand: its shape, the label of its remote address, its own private address, its bucket. */
let shape: u64 = 0;
let label: u64 = 0;
let own: u64 = 0;
let remote: u32 = 0;
let bucket: u32 = 0;

/** Reads an address field given another of the same value already read: most packet addresses repeat the plain one. */
function sameText(field: i32, other: i32): bool {
  const start = startOf(field);
  const otherStart = startOf(other);
  const length = endOf(field) - start;
  if (length != endOf(other) - otherStart || length > 15) return false;
  const same = i8x16.bitmask(i8x16.eq(v128.load(start), v128.load(otherStart)));
  return (~same & ((1 << (<i32>length)) - 1)) == 0;
}

function read4(field: i32): u64 {
  const start = startOf(field);
  return ipv4(start, endOf(field) - start);
}

/** Sets what the addresses tell; false where they can't be read. */
function place(direction: u32, inBucket: u32): bool {
  bucket = inBucket;
  const srcField = plan.srcField >= 0 ? plan.srcField : plan.pktSrcField;
  const dstField = plan.dstField >= 0 ? plan.dstField : plan.pktDstField;
  const src = read4(srcField);
  const dst = read4(dstField);
  if (src == INVALID || dst == INVALID) return placeOther(srcField, dstField, direction);
  const pktSrc = packetAddress(plan.pktSrcField, srcField, src);
  const pktDst = packetAddress(plan.pktDstField, dstField, dst);
  if (pktSrc == INVALID || pktDst == INVALID) return false;
  place4(<u32>src, <u32>dst, <u32>pktSrc, <u32>pktDst, direction);
  return true;
}

function packetAddress(field: i32, plainField: i32, plain: u64): u64 {
  if (field < 0 || field == plainField || sameText(field, plainField)) return plain;
  if (isDash(startOf(field), endOf(field))) return plain;
  return read4(field);
}

function set(newShape: u64, newRemote: u32, newLabel: u32, newOwn: u32): void {
  shape = newShape;
  remote = newRemote;
  label = newLabel;
  own = newOwn;
}

/** Branches are few here on purpose: which end is private changes from row to row, and a wrong guess costs as much as a field. */
function place4(src: u32, dst: u32, pktSrc: u32, pktDst: u32, direction: u32): void {
  const fromPrivate = isPrivate4(pktSrc);
  const toPrivate = isPrivate4(pktDst);
  if (fromPrivate == toPrivate) return placeAlike(pktSrc, pktDst, fromPrivate, direction);
  const isOut = fromPrivate != 0;
  const far = select<u32>(pktDst, pktSrc, isOut);
  const plainFar = select<u32>(dst, src, isOut);
  // A NAT gateway's private side: sent to the gateway's own address, meant for a public one; or back.
  const natSide = <u32>(plainFar != far) & isPrivate4(plainFar);
  set(
    <u64>(3 - (natSide << 1) + toPrivate),
    far,
    labelOf4(far),
    select<u32>(pktSrc, pktDst, isOut),
  );
}

/** Both ends private, or both public: then only the flow's direction tells which is the VPC's. */
function placeAlike(pktSrc: u32, pktDst: u32, isPrivate: u32, direction: u32): void {
  if (isPrivate != 0) return placeInternal(pktSrc, pktDst);
  if (direction == EGRESS) return set(PUBLIC_OUT, pktDst, labelOf4(pktDst), 0);
  if (direction == INGRESS) return set(PUBLIC_IN, pktSrc, labelOf4(pktSrc), 0);
  set(UNKNOWN_DIRECTION, 0, 0, 0);
}

/** Between private addresses: of interest where the user's map names one (an interface endpoint's address). */
function placeInternal(pktSrc: u32, pktDst: u32): void {
  const to = labelOf4(pktDst);
  if (to != PRIVATE_LABEL) return set(NAMED_OUT, 0, to, 0);
  const from = labelOf4(pktSrc);
  if (from != PRIVATE_LABEL) return set(NAMED_IN, 0, from, 0);
  set(INTERNAL, 0, 0, 0);
}

/** Addresses of IPv6, or none. */
function placeOther(srcField: i32, dstField: i32, direction: u32): bool {
  if (isDash(startOf(srcField), endOf(srcField)) || isDash(startOf(dstField), endOf(dstField))) {
    set(NONE, 0, 0, 0);
    return true;
  }
  if (!readPacket6(plan.pktSrcField, srcField)) return false;
  const srcHigh = high6;
  const srcLow = low6;
  if (!readPacket6(plan.pktDstField, dstField)) return false;
  place6(srcHigh, srcLow, high6, low6, direction);
  return true;
}

function readPacket6(field: i32, plainField: i32): bool {
  const packet = field >= 0 && !isDash(startOf(field), endOf(field)) ? field : plainField;
  return ipv6(startOf(packet), endOf(packet));
}

/** A workload's IPv6 address is a public one: only the flow's direction tells which end is the VPC's. */
function place6(srcHigh: u64, srcLow: u64, dstHigh: u64, dstLow: u64, direction: u32): void {
  // A VPC's own IPv6 block is a /56: both ends in one are one network's.
  const together = srcHigh >> 8 == dstHigh >> 8;
  if (together || isPrivate6(srcHigh) || isPrivate6(dstHigh)) return set(INTERNAL, 0, 0, 0);
  if (direction == EGRESS) return set(PUBLIC_OUT, 0, labelOf6(dstHigh, dstLow), 0);
  if (direction == INGRESS) return set(PUBLIC_IN, 0, labelOf6(srcHigh, srcLow), 0);
  set(UNKNOWN_DIRECTION, 0, 0, 0);
}
