/**
 * Which field of a line holds what, by its header. A field's number is where it stands in the line, from 0; -1: not in
 * the log. The names (account, VPC, interface …) are spans of two interned tables, see intern.ts.
 */
import { newTable } from './intern';
import { TableByte } from './layout';

/** Who logged: account, Region, VPC, interface, zone and what version 11 tells of the interface. */
export const identities: usize = newTable();
/** In which circumstances: action, status, direction, traffic path, the services that AWS names. */
export const circumstances: usize = newTable();

export let fieldCount: u32 = 0;
export let srcField: i32 = -1;
export let dstField: i32 = -1;
export let pktSrcField: i32 = -1;
export let pktDstField: i32 = -1;
export let bytesField: i32 = -1;
export let startField: i32 = -1;
export let endField: i32 = -1;
/** What tells flows apart beside their addresses; -1 where the log has packet addresses, or lacks one of these. */
export let srcPortField: i32 = -1;
export let dstPortField: i32 = -1;
export let protocolField: i32 = -1;
export let packetsField: i32 = -1;
/** The host's number for what is true of a whole file: its header, and the account and Region in its name. */
export let context: u32 = 0;

export function setContext(value: u32): void {
  context = value;
}

export function setPlan(fields: u32, bytes: i32, start: i32, end: i32): void {
  fieldCount = fields;
  bytesField = bytes;
  startField = start;
  endField = end;
  store<u32>(identities, 0, TableByte.spanCount);
  store<u32>(circumstances, 0, TableByte.spanCount);
}

export function setAddressFields(src: i32, dst: i32, pktSrc: i32, pktDst: i32): void {
  srcField = src;
  dstField = dst;
  pktSrcField = pktSrc;
  pktDstField = pktDst;
}

/** The fields by which flows are told apart, in a log without packet addresses. */
export function setFlowFields(srcPort: i32, dstPort: i32, protocol: i32, packets: i32): void {
  srcPortField = srcPort;
  dstPortField = dstPort;
  protocolField = protocol;
  packetsField = packets;
}

/** Adds the fields from `first` to before `end` to a table's names. */
export function addSpan(table: usize, first: u32, end: u32): void {
  const count = load<u32>(table, TableByte.spanCount);
  store<u16>(table + TableByte.spans + <usize>(count << 1), <u16>(first | (end << 8)));
  store<u32>(table, count + 1, TableByte.spanCount);
}

export function identityTable(): usize {
  return identities;
}
export function circumstanceTable(): usize {
  return circumstances;
}
