import { awsNameRank, serviceFromAwsName } from './aws-service-name.js';
import { addressBits, type Cidr, type IpAddress, splitParts } from './cidr.js';
import { flattenBlocks, type RankedBlock } from './flatten-blocks.js';
import type { IpRanges } from './ip-ranges.js';
import { paintTrie4 } from './paint-trie.js';
import { privateBlocks } from './private-blocks.js';
import type { ServiceBlock } from './service-map.js';

/**
 * What an address is. `region` is the Region of AWS's range, `GLOBAL` where AWS serves the address from
 * many (S3 Transfer Acceleration, CloudFront), and null for a service of the user's own map.
 */
export type AddressLabel =
  | { readonly kind: 'internet' }
  | { readonly kind: 'private' }
  | { readonly kind: 'service'; readonly service: string; readonly region: string | null };

/** The label index of an address that no block holds. */
export const internetLabel = 0;
/** The label index of a private address. */
export const privateLabel = 1;

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
  readonly labels6: Uint16Array;
}

/** What the table is built from: AWS's ranges, and the user's own blocks. */
export interface AddressSources {
  readonly ranges: IpRanges;
  readonly serviceMap?: readonly ServiceBlock[];
}

// Precedence is by class first, and by the longest prefix inside a class: a named service's block stays the
// service's where AWS lists a longer EC2 block inside it. In AWS's list of 2026-08-22 a longest prefix over all
// classes would call 25,600 IPv4 addresses aws-other (1,024 of S3, 14,336 of CloudFront's origin-facing, 10,240
// of Chime's) and change no other answer; in IPv6 it differs in the same way for CloudFront and Chime.
const ranks = { user: 4, private: 3, aws: 0 } as const;

/**
 * Builds the table of what every address is. The user's map wins over private blocks, these over AWS's
 * named services, these over EC2, EC2 over AMAZON; inside a class the longest prefix wins.
 */
export function buildAddressTable({ ranges, serviceMap = [] }: AddressSources): AddressTable {
  const labels = labelList();
  const blocks: RankedBlock[] = [
    ...ranges.ranges.map(({ cidr, service, region }) => ({
      cidr,
      rank: ranks.aws + awsNameRank(service),
      label: labels.indexOf({ kind: 'service', service: serviceFromAwsName(service), region }),
    })),
    ...privateBlocks.map((cidr) => ({ cidr, rank: ranks.private, label: privateLabel })),
    ...serviceMap.map(({ cidr, service }) => ({
      cidr,
      rank: ranks.user,
      label: labels.indexOf(mapLabel(service)),
    })),
  ];
  const trie4 = paintTrie4(ofFamily(blocks, 4), internetLabel);
  return { labels: labels.all, trie4, ...segments6(blocks) };
}

/** A user may map a block to `internet` or `aws-other` as well, as the words of the summary CSV. */
function mapLabel(service: string): AddressLabel {
  return service === 'internet' ? { kind: 'internet' } : { kind: 'service', service, region: null };
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

/** Labels without repetition, in the order of first use; `internet` and `private` are always 0 and 1. */
function labelList() {
  const all: AddressLabel[] = [{ kind: 'internet' }, { kind: 'private' }];
  const known = new Map<string, number>([
    ['internet', internetLabel],
    ['private', privateLabel],
  ]);
  const indexOf = (label: AddressLabel): number => {
    const key = label.kind === 'service' ? `${label.region} ${label.service}` : label.kind;
    const index = known.get(key) ?? all.push(label) - 1;
    known.set(key, index);
    return index;
  };
  return { all, indexOf };
}

function segments6(blocks: readonly RankedBlock[]) {
  const segments = flattenBlocks(ofFamily(blocks, 6), internetLabel);
  const starts6 = new Uint32Array(new SharedArrayBuffer(segments.length * 16));
  const labels6 = new Uint16Array(new SharedArrayBuffer(segments.length * 2));
  for (const [index, segment] of segments.entries()) {
    starts6.set(splitParts(segment.start, 32n, 4), index * 4);
    labels6[index] = segment.label;
  }
  return { starts6, labels6 };
}

function ofFamily(blocks: readonly RankedBlock[], family: Cidr['family']): readonly RankedBlock[] {
  return blocks.filter((block) => block.cidr.family === family);
}
