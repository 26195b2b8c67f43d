import { high6, ipv4, ipv6, isPrivate4, isPrivate6, low6 } from './addresses';
import { isExcluded, prepareRanges, sawTimes } from './coverage';
import { addToGroup, groupCount } from './groups';
import { added, bounds, entryOf, intern, textHash } from './intern';
import { labelOf4, labelOf6, privateLabel } from './labels';
import {
  AddressPattern,
  CircumstanceFlag,
  EntryByte,
  Limit,
  LineReason,
  RangeByte,
  TalkerSide,
} from './layout';
import { addInside, addOutside } from './mirrors';
import { decimal, INVALID } from './numbers';
import * as plan from './plan';
import { addTalker, talkersOn } from './talkers';

/** Tells the host of new names; it answers by `describeIdentity` and `describeCircumstance`. */
declare function newIdentity(id: u32): void;
declare function newCircumstance(id: u32): void;

const MAX_CIRCUMSTANCES: i32 = 65535;
const DASH: u32 = 0x2d;
/** A time above this is in milliseconds, as some exports write it. */
const MILLISECONDS_ABOVE: u64 = 100000000000;
const LAST_SECOND: u64 = 4102444800;

let clientGroups: u32 = Limit.clientGroups;
/** Sets with how many groups clients are no longer told apart. */
export function setClientGroups(groups: u32): void {
  clientGroups = groups;
}

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

/** `same`: the number of the first identity that says the same. */
export function describeIdentity(id: u32, same: u32, iface: u32): void {
  const entry = entryOf(plan.identities, id);
  store<u32>(entry, same, EntryByte.same);
  store<u32>(entry, iface, EntryByte.eni);
  store<u32>(entry, <u32>EntryByte.noStart, EntryByte.start);
  store<u32>(entry, 0, EntryByte.end);
  prepareRanges(entry, textHash(plan.identities));
}

export function describeCircumstance(id: u32, same: u32, flags: u32, meaning: u32): void {
  const entry = entryOf(plan.circumstances, id);
  store<u32>(entry, same, EntryByte.same);
  store<u32>(entry, flags, EntryByte.flags);
  store<u32>(entry, meaning, EntryByte.meaning);
}

/** Gives an identity the ranges of time for which another flow log counts: room for so many, which the host fills. */
export function excludeTimes(id: u32, ranges: u32): usize {
  const block = heap.alloc(4 + ((<usize>ranges) << 3));
  store<u32>(block, ranges);
  store<u32>(
    <usize>load<u32>(entryOf(plan.identities, id), EntryByte.ranges),
    <u32>block,
    RangeByte.excluded,
  );
  return block + 4;
}

/** A sum over the records of the file so far that does not depend on their order: the same for a copy of the file. */
let digest: u64 = 0;
export function fileDigest(): u64 {
  return digest;
}
export function clearDigest(): void {
  digest = 0;
}

function mix(a: u64, b: u64): u64 {
  const product = (a ^ 0x9e3779b97f4a7c15) * (b ^ 0xff51afd7ed558ccd);
  return product ^ (product >> 32);
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
  if (fields != plan.fieldCount) return LineReason.fieldCount;
  const circumstance = intern(plan.circumstances, plan.context);
  if (circumstance < 0 || circumstance >= MAX_CIRCUMSTANCES) return LineReason.name;
  const circumstanceEntry = entryOf(plan.circumstances, circumstance);
  if (added) newCircumstance(circumstance);
  const flags = load<u32>(circumstanceEntry, EntryByte.flags);
  const bytesStart = startOf(plan.bytesField);
  const bytesEnd = endOf(plan.bytesField);
  let bytes = decimal(bytesStart, bytesEnd);
  if (bytes == INVALID) {
    if ((flags & CircumstanceFlag.billed) != 0 && !hasNoAddress()) return LineReason.number;
    if (!isDash(bytesStart, bytesEnd)) return LineReason.number;
    bytes = 0;
  }
  let start: u64 = 0;
  let end: u64 = 0;
  if (plan.startField >= 0) {
    start = timeOf(plan.startField);
    end = timeOf(plan.endField);
    if (start == INVALID || end == INVALID) return LineReason.time;
  }
  if (
    (flags & CircumstanceFlag.billed) != 0 &&
    !place(flags, interval == 0 ? 0 : <u32>start - (<u32>start % interval))
  ) {
    return LineReason.address;
  }
  const identity = intern(plan.identities, plan.context);
  if (identity < 0) return LineReason.name;
  if (added) newIdentity(identity);
  const identityEntry = entryOf(plan.identities, identity);
  if (plan.startField >= 0) sawTimes(identityEntry, <u32>start, <u32>(end < start ? start : end));
  const isBilled = (flags & CircumstanceFlag.billed) != 0;
  if (!isBilled) setNothing(AddressPattern.none);
  // A record that another flow log holds as well may still show what an interface is that only this one holds.
  if (isBilled && plan.packetsField >= 0) addFlow(identityEntry, bytes);
  const ranges = <usize>load<u32>(identityEntry, EntryByte.ranges);
  if (pattern == AddressPattern.namedOut) sawNamed(ranges, dstAddress);
  else if (pattern == AddressPattern.namedIn) sawNamed(ranges, srcAddress);
  addToDigest(ranges, load<u32>(circumstanceEntry, EntryByte.meaning), bytes, (start << 32) | end);
  const excluded = <usize>load<u32>(ranges, RangeByte.excluded);
  if (excluded != 0 && isExcluded(excluded, <u32>start, <u32>end)) {
    setNothing(AddressPattern.otherFlowLog);
  }
  if (vpcAddress != 0 && groupCount() >= clientGroups) {
    vpcAddress = Limit.unkeptAddress;
    hasUnkeptClients = 1;
  }
  addToGroup(
    ((<u64>load<u32>(identityEntry, EntryByte.same)) << 32) | vpcAddress,
    ((<u64>pattern) << 48) | ((<u64>load<u32>(circumstanceEntry, EntryByte.same)) << 32) | label,
    bucket,
    1,
    bytes,
  );
  if (talkersOn() && isOverInternet() && remote != 0) {
    addTalker(remote, load<u32>(identityEntry, EntryByte.eni), talkerSide(), bytes);
  }
  return LineReason.none;
}

function isInside(): bool {
  return pattern >= AddressPattern.namedOut && pattern <= AddressPattern.internal;
}

function setNothing(newPattern: AddressPattern): void {
  set(newPattern, 0, 0, 0);
  bucket = 0;
}

/** Each part has bits of its own: two sides of one flow at a NAT gateway differ in the pattern and in one address only. */
function addToDigest(ranges: usize, meaning: u32, bytes: u64, times: u64): void {
  const who = ((<u64>load<u32>(ranges, RangeByte.textHash)) << 32) | vpcAddress;
  const what = ((<u64>remote) << 32) | (meaning ^ ((<u32>pattern) << 28));
  digest += mix(mix(times, bytes), mix(who, what));
}

/** Notes a private address that the user's map names: an interface endpoint's own interface has traffic with one only. */
function sawNamed(ranges: usize, address: u32): void {
  const known = load<u32>(ranges, RangeByte.named);
  if (known == address) return;
  store<u32>(ranges, known == 0 ? address : <u32>RangeByte.severalNamed, RangeByte.named);
}

/** Adds a record of a log without packet addresses to the hashes by which a NAT gateway is found. */
function addFlow(identityEntry: usize, bytes: u64): void {
  const ports =
    (decimal(startOf(plan.srcPortField), endOf(plan.srcPortField)) << 16) |
    decimal(startOf(plan.dstPortField), endOf(plan.dstPortField));
  const packets = decimal(startOf(plan.packetsField), endOf(plan.packetsField));
  const protocol = decimal(startOf(plan.protocolField), endOf(plan.protocolField));
  const flow = mix(mix(ports | (protocol << 32), packets), bytes);
  const eni = load<u32>(identityEntry, EntryByte.eni);
  if (pattern == AddressPattern.publicOut || pattern == AddressPattern.publicIn) {
    if (vpcAddress != 0)
      addOutside(eni, <u32>vpcAddress, pattern == AddressPattern.publicOut, flow);
  } else if (srcAddress != 0 && isInside()) {
    addInside(eni, srcAddress, dstAddress, flow);
  }
}

/** Whether the address pattern is one of traffic with a public address, at the VPC's own end or at a NAT gateway. */
function isOverInternet(): bool {
  return pattern >= AddressPattern.natPrivateOut && pattern <= AddressPattern.publicIn;
}

function talkerSide(): u32 {
  return pattern <= AddressPattern.natPrivateIn ? TalkerSide.privateSide : TalkerSide.publicSide;
}

function hasNoAddress(): bool {
  const field = plan.srcField >= 0 ? plan.srcField : plan.pktSrcField;
  return isDash(startOf(field), endOf(field));
}

/** Of the record at hand: its address pattern, the label of its remote address, the VPC's private address, its bucket. */
let pattern: AddressPattern = AddressPattern.none;
let label: u64 = 0;
let vpcAddress: u64 = 0;
let remote: u32 = 0;
let bucket: u32 = 0;
/** Both ends of a record between private IPv4 addresses. */
let srcAddress: u32 = 0;
let dstAddress: u32 = 0;

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
function place(flags: u32, inBucket: u32): bool {
  bucket = inBucket;
  const srcField = plan.srcField >= 0 ? plan.srcField : plan.pktSrcField;
  const dstField = plan.dstField >= 0 ? plan.dstField : plan.pktDstField;
  const src = read4(srcField);
  const dst = read4(dstField);
  if (src == INVALID || dst == INVALID) return placeOther(srcField, dstField, flags);
  const pktSrc = packetAddress(plan.pktSrcField, srcField, src);
  const pktDst = packetAddress(plan.pktDstField, dstField, dst);
  if (pktSrc == INVALID || pktDst == INVALID) return false;
  place4(<u32>src, <u32>dst, <u32>pktSrc, <u32>pktDst, flags);
  return true;
}

function packetAddress(field: i32, plainField: i32, plain: u64): u64 {
  if (field < 0 || field == plainField || sameText(field, plainField)) return plain;
  if (isDash(startOf(field), endOf(field))) return plain;
  return read4(field);
}

function set(newPattern: AddressPattern, newRemote: u32, newLabel: u32, newVpcAddress: u32): void {
  pattern = newPattern;
  remote = newRemote;
  label = newLabel;
  vpcAddress = newVpcAddress;
}

/** Branches are few here on purpose: which end is private changes from row to row, and a wrong guess costs as much as a field. */
function place4(src: u32, dst: u32, pktSrc: u32, pktDst: u32, flags: u32): void {
  const fromPrivate = isPrivate4(pktSrc);
  const toPrivate = isPrivate4(pktDst);
  if (fromPrivate == toPrivate) return placeAlike(pktSrc, pktDst, fromPrivate, flags);
  const isOut = fromPrivate != 0;
  const far = select<u32>(pktDst, pktSrc, isOut);
  const plainFar = select<u32>(dst, src, isOut);
  // A NAT gateway's private side: sent to the gateway's own address, meant for a public one; or back.
  const natSide = <u32>(plainFar != far) & isPrivate4(plainFar);
  set(
    // Each "in" follows its "out", and the public pair follows the NAT gateway's private one.
    AddressPattern.publicOut - (natSide << 1) + toPrivate,
    far,
    labelOf4(far),
    select<u32>(pktSrc, pktDst, isOut),
  );
}

/** Both ends private, or both public: then only the flow's direction tells which is the VPC's. */
function placeAlike(pktSrc: u32, pktDst: u32, isPrivate: u32, flags: u32): void {
  if (isPrivate != 0) return placeInternal(pktSrc, pktDst);
  if ((flags & CircumstanceFlag.egress) != 0)
    return set(AddressPattern.publicOut, pktDst, labelOf4(pktDst), 0);
  if ((flags & CircumstanceFlag.ingress) != 0)
    return set(AddressPattern.publicIn, pktSrc, labelOf4(pktSrc), 0);
  set(AddressPattern.unknownDirection, 0, 0, 0);
}

/** Between private addresses: of interest where the user's map names one (an interface endpoint's address). */
function placeInternal(pktSrc: u32, pktDst: u32): void {
  srcAddress = pktSrc;
  dstAddress = pktDst;
  const to = labelOf4(pktDst);
  if (to != privateLabel) return set(AddressPattern.namedOut, 0, to, pktSrc);
  const from = labelOf4(pktSrc);
  if (from != privateLabel) return set(AddressPattern.namedIn, 0, from, pktDst);
  set(AddressPattern.internal, 0, 0, 0);
}

/** Addresses of IPv6, or none. */
function placeOther(srcField: i32, dstField: i32, flags: u32): bool {
  if (isDash(startOf(srcField), endOf(srcField)) || isDash(startOf(dstField), endOf(dstField))) {
    set(AddressPattern.none, 0, 0, 0);
    return true;
  }
  if (!readPacket6(plan.pktSrcField, srcField)) return false;
  srcAddress = 0;
  const srcHigh = high6;
  const srcLow = low6;
  if (!readPacket6(plan.pktDstField, dstField)) return false;
  place6(srcHigh, srcLow, high6, low6, flags);
  return true;
}

function readPacket6(field: i32, plainField: i32): bool {
  const packet = field >= 0 && !isDash(startOf(field), endOf(field)) ? field : plainField;
  return ipv6(startOf(packet), endOf(packet));
}

/** A workload's IPv6 address is a public one: only the flow's direction tells which end is the VPC's. */
function place6(srcHigh: u64, srcLow: u64, dstHigh: u64, dstLow: u64, flags: u32): void {
  // A VPC's own IPv6 block is a /56: both ends in one are one network's.
  const together = srcHigh >> 8 == dstHigh >> 8;
  if (together || isPrivate6(srcHigh) || isPrivate6(dstHigh))
    return set(AddressPattern.internal, 0, 0, 0);
  if ((flags & CircumstanceFlag.egress) != 0)
    return set(AddressPattern.publicOut, 0, labelOf6(dstHigh, dstLow), 0);
  if ((flags & CircumstanceFlag.ingress) != 0)
    return set(AddressPattern.publicIn, 0, labelOf6(srcHigh, srcLow), 0);
  set(AddressPattern.unknownDirection, 0, 0, 0);
}
