import { addressBits, type IpAddress, splitParts } from './cidr.js';
import {
  type AddressLabel,
  internetLabel,
  type LabelledSegments,
  labelSegments,
  layServiceMap,
} from './labels.js';
import type { IpRanges } from './ranges.js';
import type { PackedSegments } from './segments.js';
import type { ServiceBlock } from './service-map.js';

/**
 * What every address is, in a form that worker threads share: the arrays lie on SharedArrayBuffers, and
 * the whole can be posted to a worker. `labels` is indexed by what `lookup4` and `lookup6` return.
 */
export interface AddressTable {
  readonly labels: readonly AddressLabel[];
  /** IPv4: see `lookup4`. */
  readonly trie4: Int32Array;
  /** First address of each IPv6 segment as four 32-bit words, ascending from 0. */
  readonly starts6: Uint32Array;
  readonly labels6: Uint32Array;
  /** Why a refreshed list of AWS's ranges was not used for it. */
  readonly unusedCopy?: string;
}

/** What the table is built from: AWS's ranges, and the user's own blocks. */
export interface AddressSources {
  readonly ranges: IpRanges;
  readonly serviceMap?: readonly ServiceBlock[];
}

/**
 * Builds the table of what every address is. The user's map wins over private blocks, these over AWS's
 * named services, these over EC2, EC2 over AMAZON; inside a class the longest prefix wins.
 */
export function buildAddressTable({ ranges, serviceMap = [] }: AddressSources): AddressTable {
  return addressTableOf(layServiceMap(labelSegments(ranges), serviceMap));
}

/** The table of labeled segments. */
export function addressTableOf({ labels, segments4, segments6 }: LabelledSegments): AddressTable {
  const { starts: starts6, labels: labels6 } = segments6;
  return { labels, trie4: paintTrie(segments4), starts6, labels6 };
}

/**
 * The label index of an IPv4 address given as an unsigned 32-bit integer. The trie has a first level of 65,536
 * entries (the upper 16 bits) and below it blocks of 256 for the third and the last octet; an entry is a
 * label index, or the complement of where its block begins. At most three loads and no loop: a binary
 * search in the segments took about twice as long on skewed addresses.
 */
export function lookup4({ trie4 }: AddressTable, address: number): number {
  let entry = trie4[address >>> 16] ?? internetLabel;
  if (entry < 0) entry = trie4[~entry + ((address >>> 8) & 255)] ?? internetLabel;
  if (entry < 0) entry = trie4[~entry + (address & 255)] ?? internetLabel;
  return entry;
}

/**
 * The label index of an IPv6 address given as four unsigned 32-bit integers, the highest first. An IPv4
 * address inside an IPv6 one is looked up as itself: 64:ff9b::/96 (a NAT gateway's NAT64) and ::ffff:0:0/96.
 */
export function lookup6(table: AddressTable, a: number, b: number, c: number, d: number): number {
  if (b === 0 && ((a === 0x64ff9b && c === 0) || (a === 0 && c === 0xffff))) {
    return lookup4(table, d);
  }
  const { starts6, labels6 } = table;
  let low = 0;
  let last = labels6.length - 1;
  while (low < last) {
    const middle = (low + last + 1) >>> 1;
    if (startsAtOrBefore(starts6, middle * 4, a, b, c, d)) low = middle;
    else last = middle - 1;
  }
  return labels6[low] ?? internetLabel;
}

/** The label of an address, for use outside the row loop. */
export function labelOf(table: AddressTable, { family, value }: IpAddress): AddressLabel {
  const [a = 0, b = 0, c = 0, d = 0] = splitParts(value, 32n, addressBits[family] / 32);
  const index = family === 4 ? lookup4(table, a) : lookup6(table, a, b, c, d);
  return table.labels[index] ?? { kind: 'internet' };
}

function startsAtOrBefore(
  starts: Uint32Array,
  at: number,
  a: number,
  b: number,
  c: number,
  d: number,
): boolean {
  const first = starts[at] ?? 0;
  if (first !== a) return first < a;
  const second = starts[at + 1] ?? 0;
  if (second !== b) return second < b;
  const third = starts[at + 2] ?? 0;
  if (third !== c) return third < c;
  return (starts[at + 3] ?? 0) <= d;
}

/** Entries of the trie's first level, and of each block below it. */
const firstLevel = 65_536;
const blockEntries = 256;

/** Paints segments of IPv4 into a trie, on memory that worker threads share. */
function paintTrie({ starts, labels }: PackedSegments): Int32Array {
  const entries = firstLevel + blockCount(starts) * blockEntries;
  const painter = new TriePainter(new Int32Array(new SharedArrayBuffer(entries * 4)));
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] ?? internetLabel;
    // The memory is 0 all over, which is this label.
    if (label === internetLabel) continue;
    painter.paint(0, 16, starts[index] ?? 0, starts[index + 1] ?? 2 ** 32, label);
  }
  return painter.trie;
}

/** How many blocks a trie of segments needs: one for each entry that a segment begins within. */
function blockCount(starts: Uint32Array): number {
  let count = 0;
  let last16 = -1;
  let last24 = -1;
  for (const start of starts) {
    if ((start & 0xffff) !== 0 && start >>> 16 !== last16) count++;
    if ((start & 0xff) !== 0 && start >>> 8 !== last24) count++;
    if ((start & 0xffff) !== 0) last16 = start >>> 16;
    if ((start & 0xff) !== 0) last24 = start >>> 8;
  }
  return count;
}

class TriePainter {
  readonly trie: Int32Array;
  #length = firstLevel;

  constructor(trie: Int32Array) {
    this.trie = trie;
  }

  /**
   * Paints the addresses [from, to), counted from the first one of a block whose entries stand for 2^bits addresses each. Every
   * run paints thousands of segments before it can scan, so that nothing is made on the way.
   */
  paint(block: number, bits: number, from: number, to: number, label: number): void {
    const size = 2 ** bits;
    const first = Math.ceil(from / size);
    const end = Math.floor(to / size);
    if (first > end)
      return this.#paintWithin(block + end, bits, from - end * size, to - end * size, label);
    if (from < first * size) {
      this.#paintWithin(block + first - 1, bits, from - (first - 1) * size, size, label);
    }
    if (end > first) this.trie.fill(label, block + first, block + end);
    if (to > end * size) this.#paintWithin(block + end, bits, 0, to - end * size, label);
  }

  /** Paints a part of the addresses of the entry `at`. */
  #paintWithin(at: number, bits: number, from: number, to: number, label: number): void {
    this.paint(this.#blockAt(at), bits - 8, from, to, label);
  }

  /** The block that an entry leads to. A new one needs no paint: segments reach everywhere. */
  #blockAt(at: number): number {
    const entry = this.trie[at] ?? 0;
    if (entry < 0) return ~entry;
    const block = this.#length;
    this.#length += blockEntries;
    this.trie[at] = ~block;
    return block;
  }
}
