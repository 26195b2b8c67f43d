import {
  type AddressFamily,
  addressBits,
  type Cidr,
  joinParts,
  lastAddress,
  splitParts,
} from './cidr.js';

/** A block of addresses with what it says of them. A higher rank wins over a longer prefix. */
export interface RankedBlock {
  readonly cidr: Cidr;
  readonly rank: number;
  readonly label: number;
}

/** A run of addresses with one label, up to the next segment's start. */
export interface Segment {
  readonly start: bigint;
  readonly label: number;
}

/**
 * Flattens blocks of one family that overlap into segments that tile the whole address space, in
 * ascending order. Of the blocks that hold an address the highest rank wins, then the longest prefix,
 * then the one that was listed last.
 *
 * @param outside the label of addresses that no block holds
 */
export function flattenBlocks(blocks: readonly RankedBlock[], outside: number): readonly Segment[] {
  const segments: Segment[] = [{ start: 0n, label: outside }];
  // Blocks in CIDR notation nest or stand apart, so those that hold the current address are a stack.
  const open: OpenBlock[] = [];
  for (const block of [...blocks].sort(outerFirst)) {
    closeBefore(block.cidr.start, open, segments, outside);
    const around = open.at(-1)?.winner;
    const winner = around !== undefined && around.rank > block.rank ? around : block;
    open.push({ last: lastAddress(block.cidr), winner });
    startSegment(segments, block.cidr.start, winner.label);
  }
  closeBefore(undefined, open, segments, outside);
  const [first] = blocks;
  const end = first === undefined ? undefined : 1n << BigInt(addressBits[first.cidr.family]);
  return segments.filter((segment) => segment.start !== end);
}

/** Lays segments over others that tile the whole address space, too: those with the label `clear` let the lower ones show. */
export function layOver(
  lower: readonly Segment[],
  upper: readonly Segment[],
  clear: number,
): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  const isBefore = (end: bigint | undefined) => {
    const next = lower[at + 1];
    return next !== undefined && (end === undefined || next.start < end);
  };
  for (const [index, { start, label }] of upper.entries()) {
    while (isBefore(start + 1n)) at++;
    startSegment(segments, start, label === clear ? (lower[at]?.label ?? clear) : label);
    const end = upper[index + 1]?.start;
    while (label === clear && isBefore(end)) {
      at++;
      const inside = lower[at];
      if (inside !== undefined) startSegment(segments, inside.start, inside.label);
    }
  }
  return segments;
}

/** Segments of one family on memory that worker threads share. */
export interface PackedSegments {
  /** First address of each segment as 32-bit words, the highest first (one for IPv4, four for IPv6), ascending from 0. */
  readonly starts: Uint32Array;
  readonly labels: Uint32Array;
}

/** How many 32-bit words an address has. */
export const addressWords = { 4: 1, 6: 4 } as const;

/** Memory for so many segments. */
export function emptySegments(family: AddressFamily, count: number): PackedSegments {
  return {
    starts: new Uint32Array(new SharedArrayBuffer(count * addressWords[family] * 4)),
    labels: new Uint32Array(new SharedArrayBuffer(count * 4)),
  };
}

/** Writes segments into memory that worker threads share. */
export function packSegments(family: AddressFamily, segments: readonly Segment[]): PackedSegments {
  const words = addressWords[family];
  const packed = emptySegments(family, segments.length);
  for (const [index, { start, label }] of segments.entries()) {
    packed.starts.set(splitParts(start, 32n, words), index * words);
    packed.labels[index] = label;
  }
  return packed;
}

/** Reads packed segments back. */
export function unpackSegments(
  family: AddressFamily,
  { starts, labels }: PackedSegments,
): readonly Segment[] {
  const words = addressWords[family];
  return Array.from(labels, (label, index) => {
    const start = joinParts([...starts.subarray(index * words, (index + 1) * words)], 32n);
    return { start, label };
  });
}

/** A block that holds the current address, and the block that wins between it and those around it. */
interface OpenBlock {
  readonly last: bigint;
  readonly winner: RankedBlock;
}

/** By first address, then the shorter prefix, then the lower rank: every block comes after those around it. */
function outerFirst(a: RankedBlock, b: RankedBlock): number {
  if (a.cidr.start !== b.cidr.start) return a.cidr.start < b.cidr.start ? -1 : 1;
  return a.cidr.length - b.cidr.length || a.rank - b.rank;
}

/** Ends the blocks that do not reach `start` (all of them if it is undefined). */
function closeBefore(
  start: bigint | undefined,
  open: OpenBlock[],
  segments: Segment[],
  outside: number,
): void {
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (start !== undefined && top.last >= start) return;
    open.pop();
    startSegment(segments, top.last + 1n, open.at(-1)?.winner.label ?? outside);
  }
}

/** Starts a segment; a start that repeats replaces the segment before, a label that repeats continues it. */
function startSegment(segments: Segment[], start: bigint, label: number): void {
  if (segments.at(-1)?.start === start) segments.pop();
  if (segments.at(-1)?.label !== label) segments.push({ start, label });
}
