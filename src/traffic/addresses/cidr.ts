import { isIPv4, isIPv6 } from 'node:net';

/** The IP version of an address or block. */
export type AddressFamily = 4 | 6;

/** An IP address as a number: 32 bits wide for family 4, 128 bits for family 6. */
export interface IpAddress {
  readonly family: AddressFamily;
  readonly value: bigint;
}

/** A block of addresses: those that share the first `length` bits of `start`. The other bits of `start` are zero. */
export interface Cidr {
  readonly family: AddressFamily;
  readonly start: bigint;
  /** The prefix length in bits. */
  readonly length: number;
}

/** The number of bits in an address of each family. */
export const addressBits = { 4: 32, 6: 128 } as const;

/** Reads an IPv4 or IPv6 address as AWS writes it; undefined if it is neither (a zone index such as `%eth0` is not an address). */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { family: 4, value: joinParts(text.split('.').map(Number), 8n) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  return { family: 6, value: joinParts(hextets(text), 16n) };
}

/**
 * Reads a block in CIDR notation (`10.0.0.0/8`, `2600:1f00::/24`). Returns a sentence's tail that says
 * what is wrong (`is not …`) where it is not one.
 */
export function parseCidr(text: string): Cidr | string {
  const slash = text.indexOf('/');
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  if (slash < 0 || address === undefined || !/^\d{1,3}$/.test(lengthText)) {
    return 'is not an IPv4 or IPv6 block in CIDR notation, such as 10.0.0.0/8';
  }
  const length = Number(lengthText);
  const bits = addressBits[address.family];
  if (length > bits) return `has a prefix length above ${bits}`;
  const start = maskTo(address, length);
  const cidr = { family: address.family, start, length };
  return start === address.value
    ? cidr
    : `has bits set beyond its length: write ${formatCidr(cidr)}`;
}

/** Writes a block in CIDR notation; IPv6 in RFC 5952's short form. */
export function formatCidr(cidr: Cidr): string {
  return `${formatIpAddress({ family: cidr.family, value: cidr.start })}/${cidr.length}`;
}

/** Writes an address as AWS does; IPv6 in lower case with its longest run of zeros shortened (RFC 5952). */
export function formatIpAddress({ family, value }: IpAddress): string {
  if (family === 4) return splitParts(value, 8n, 4).join('.');
  const parts = splitParts(value, 16n, 8).map((part) => part.toString(16));
  const run = longestZeroRun(parts);
  if (run.length < 2) return parts.join(':');
  return `${parts.slice(0, run.at).join(':')}::${parts.slice(run.at + run.length).join(':')}`;
}

/** The last address of a block. */
export function lastAddress({ family, start, length }: Cidr): bigint {
  return start + (1n << BigInt(addressBits[family] - length)) - 1n;
}

function maskTo({ family, value }: IpAddress, length: number): bigint {
  const free = BigInt(addressBits[family] - length);
  return (value >> free) << free;
}

function hextets(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const left = hextetList(head);
  if (tail === undefined) return left;
  const right = hextetList(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return [...left, ...zeros, ...right];
}

/** One side of `::`. Its last part may be an IPv4 address (`64:ff9b::192.0.2.1`), which is two hextets. */
function hextetList(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

/** Puts parts of `bits` bits together, the first part highest. */
export function joinParts(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}

/** Takes an address apart into `count` parts of `bits` bits, the highest first. */
export function splitParts(value: bigint, bits: bigint, count: number): readonly number[] {
  const parts: number[] = [];
  for (let index = count - 1; index >= 0; index--) {
    parts.push(Number(BigInt.asUintN(Number(bits), value >> (BigInt(index) * bits))));
  }
  return parts;
}

function longestZeroRun(parts: readonly string[]): {
  readonly at: number;
  readonly length: number;
} {
  let best = { at: 0, length: 0 };
  let length = 0;
  for (const [index, part] of parts.entries()) {
    length = part === '0' ? length + 1 : 0;
    if (length > best.length) best = { at: index - length + 1, length };
  }
  return best;
}
