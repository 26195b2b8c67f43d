/**
 * bzip2, block by block. No package on npm does it within bounded memory: they want the size of the whole before, hold the whole, or a
 * block's 45 MB as a list of numbers.
 */
export class DamagedBzip2 extends Error {
  override name = 'DamagedBzip2';
}

/** More than a block takes at most: 900,000 symbols of 20 bits, with its tables. */
const mostPacked = 3 * 2 ** 20;
const blockUnit = 100_000;
const longestCode = 20;
const symbolsPerTable = 50;
const pieceBytes = 256 * 1024;

const marks = { block: [0x314159, 0x265359], end: [0x177245, 0x385090] } as const;

/** Unpacks streams one after another, as bzip2 itself does: each has blocks, each block and each stream a checksum. */
export async function* unpackBzip2(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bits = new Bits(packed);
  const block = new Uint32Array(9 * blockUnit);
  while (await bits.more()) {
    const size = streamHeader(bits) * blockUnit;
    let checksum = 0;
    for (let mark = blockMark(bits); mark === 'block'; mark = blockMark(bits)) {
      const told = bits.word();
      const { origin, length } = readBlock(bits, block.subarray(0, size));
      bits.requireEnough();
      const found = yield* unpackBlock(block, length, origin);
      if (found !== told) throw new DamagedBzip2('the checksum of a block differs');
      checksum = ((checksum << 1) | (checksum >>> 31)) ^ told;
      await bits.more();
    }
    if (bits.word() !== checksum >>> 0) throw new DamagedBzip2('the checksum differs');
    bits.requireEnough();
    bits.toByte();
  }
}

function streamHeader(bits: Bits): number {
  const magic = bits.read(24);
  const level = bits.read(8) - 0x30;
  if (magic !== 0x425a68 || level < 1 || level > 9)
    throw new DamagedBzip2('something else follows a stream');
  return level;
}

function blockMark(bits: Bits): 'block' | 'end' {
  const first = bits.read(24);
  const second = bits.read(24);
  if (first === marks.block[0] && second === marks.block[1]) return 'block';
  if (first === marks.end[0] && second === marks.end[1]) return 'end';
  throw new DamagedBzip2('no block begins where one is due');
}

/** Bits, the highest first. A block's are held at once, so that it is decoded without waiting. */
class Bits {
  readonly #packed: AsyncIterator<Uint8Array>;
  #bytes = new Uint8Array(2 * mostPacked);
  #length = 0;
  #at = 0;
  #isEnd = false;

  constructor(packed: AsyncIterable<Uint8Array>) {
    this.#packed = packed[Symbol.asyncIterator]();
  }

  /** Holds what a block takes at most, or all that is left; false where nothing is left. */
  async more(): Promise<boolean> {
    while (!this.#isEnd && this.#length - (this.#at >> 3) < mostPacked) {
      const next = await this.#packed.next();
      if (next.done === true) this.#isEnd = true;
      else this.#hold(next.value);
    }
    return this.#at >> 3 < this.#length;
  }

  #hold(piece: Uint8Array): void {
    const begin = this.#at >> 3;
    const left = this.#length - begin;
    const bytes =
      left + piece.length <= this.#bytes.length
        ? this.#bytes
        : new Uint8Array(2 * (left + piece.length));
    bytes.set(this.#bytes.subarray(begin, this.#length));
    bytes.set(piece, left);
    this.#bytes = bytes;
    this.#length = left + piece.length;
    this.#at &= 7;
  }

  /** So many of the next bits, at most 24. Behind the end they are zeros, or what was there before: `requireEnough` tells. */
  peek(count: number): number {
    const bytes = this.#bytes;
    const byte = this.#at >> 3;
    const word =
      ((bytes[byte] ?? 0) << 24) |
      ((bytes[byte + 1] ?? 0) << 16) |
      ((bytes[byte + 2] ?? 0) << 8) |
      (bytes[byte + 3] ?? 0);
    return (word << (this.#at & 7)) >>> (32 - count);
  }

  skip(count: number): void {
    this.#at += count;
  }

  read(count: number): number {
    const value = this.peek(count);
    this.#at += count;
    return value;
  }

  word(): number {
    return this.read(16) * 2 ** 16 + this.read(16);
  }

  toByte(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  requireEnough(): void {
    if (this.#at > this.#length * 8) throw new DamagedBzip2('it is cut off');
  }
}

/** The codes of symbols, by their length. */
interface CodeTable {
  readonly shortest: number;
  /** By length: what codes of `longestCode` bits that begin with one of this length are below. */
  readonly limits: Int32Array;
  /** By length: what added to a code gives its place among the symbols. */
  readonly offsets: Int32Array;
  readonly symbols: Uint16Array;
}

/** Reads a block into the low bytes of `block`, and undoes all but its sorting: that is written beside them. */
function readBlock(bits: Bits, block: Uint32Array): { origin: number; length: number } {
  if (bits.read(1) === 1) throw new DamagedBzip2('it is of a version before 0.9.5');
  const origin = bits.read(24);
  const bytes = usedBytes(bits);
  const count = bits.read(3);
  if (count < 2 || count > 6) throw new DamagedBzip2('a block has no tables of codes');
  const selectors = readSelectors(bits, count);
  const tables = Array.from({ length: count }, () => readTable(bits, bytes.length + 2));
  const length = readSymbols(bits, { block, bytes, selectors, tables });
  if (origin >= length) throw new DamagedBzip2('a block begins behind its end');
  sortBlock(block, length);
  return { origin, length };
}

/** The bytes that a block has, in order. */
function usedBytes(bits: Bits): number[] {
  const ranges = bits.read(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const within = bits.read(16);
    for (let at = 0; at < 16; at++)
      if (((within >> (15 - at)) & 1) === 1) used.push(range * 16 + at);
  }
  if (used.length === 0) throw new DamagedBzip2('a block has no bytes');
  return used;
}

/** Which table codes which 50 symbols. */
function readSelectors(bits: Bits, count: number): Uint8Array {
  const order = Uint8Array.from({ length: count }, (_, index) => index);
  return Uint8Array.from({ length: bits.read(15) }, () => {
    let place = 0;
    while (bits.read(1) === 1) place++;
    return toFront(order, place);
  });
}

/** Takes what stands at a place to the front. */
function toFront(order: Uint8Array, place: number): number {
  const value = order[place];
  if (value === undefined) throw new DamagedBzip2('a place is out of range');
  for (let at = place; at > 0; at--) order[at] = order[at - 1] ?? 0;
  order[0] = value;
  return value;
}

function readTable(bits: Bits, symbols: number): CodeTable {
  let length = bits.read(5);
  const lengths = Uint8Array.from({ length: symbols }, () => {
    while (bits.read(1) === 1) {
      length += bits.read(1) === 0 ? 1 : -1;
      if (length < 1 || length > longestCode)
        throw new DamagedBzip2('a code has no length that can be');
    }
    return length;
  });
  return tableOf(lengths);
}

function tableOf(lengths: Uint8Array): CodeTable {
  const limits = new Int32Array(longestCode + 2);
  const offsets = new Int32Array(longestCode + 2);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= longestCode; length++) {
    offsets[length] = place - code;
    for (const [symbol, own] of lengths.entries()) if (own === length) symbols[place++] = symbol;
    code = place - (offsets[length] ?? 0);
    if (code > 2 ** length) throw new DamagedBzip2('codes mean two symbols');
    limits[length] = code << (longestCode - length);
    code <<= 1;
  }
  // No code is below this, so that the search ends.
  limits[longestCode + 1] = 2 ** longestCode;
  return { shortest: Math.min(...lengths), limits, offsets, symbols };
}

interface BlockParts {
  readonly block: Uint32Array;
  readonly bytes: readonly number[];
  readonly selectors: Uint8Array;
  readonly tables: readonly CodeTable[];
}

/** Reads the symbols of a block, which are places in a list of bytes by how lately they were used, and runs of the first: its length. */
function readSymbols(bits: Bits, { block, bytes, selectors, tables }: BlockParts): number {
  const order = Uint8Array.from(bytes);
  let length = 0;
  let run = 0;
  let runBit = 0;
  for (let group = 0; ; group++) {
    const table = tables[selectors[group] ?? tables.length];
    if (table === undefined) throw new DamagedBzip2('a block has no end');
    for (let count = 0; count < symbolsPerTable; count++) {
      const symbol = readSymbol(bits, table);
      if (symbol < 2) {
        run += (symbol + 1) << runBit++;
        if (length + run > block.length) throw new DamagedBzip2('a block is too long');
        continue;
      }
      if (run > 0) block.fill(order[0] ?? 0, length, length + run);
      length += run;
      run = 0;
      runBit = 0;
      if (symbol === bytes.length + 1) return length;
      if (length >= block.length) throw new DamagedBzip2('a block is too long');
      block[length++] = toFront(order, symbol - 1);
    }
  }
}

function readSymbol(bits: Bits, { shortest, limits, offsets, symbols }: CodeTable): number {
  const ahead = bits.peek(longestCode);
  let length = shortest;
  while (ahead >= (limits[length] ?? 0)) length++;
  if (length > longestCode) throw new DamagedBzip2('a code means no symbol');
  bits.skip(length);
  return symbols[(ahead >> (longestCode - length)) + (offsets[length] ?? 0)] ?? 0;
}

/** Writes beside each byte, in the upper bits, where the next one stands: the Burrows-Wheeler transform undone. */
function sortBlock(block: Uint32Array, length: number): void {
  const places = new Uint32Array(257);
  for (let at = 0; at < length; at++) {
    const next = ((block[at] ?? 0) & 255) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  for (let byte = 1; byte < 257; byte++)
    places[byte] = (places[byte] ?? 0) + (places[byte - 1] ?? 0);
  for (let at = 0; at < length; at++) {
    const byte = (block[at] ?? 0) & 255;
    const place = places[byte] ?? 0;
    places[byte] = place + 1;
    block[place] = (block[place] ?? 0) | (at << 8);
  }
}

/** Gives the bytes of a block, in pieces: behind four that are alike stands how many more there are. Returns their checksum. */
function* unpackBlock(
  block: Uint32Array,
  length: number,
  origin: number,
): Generator<Uint8Array, number> {
  let piece = new Uint8Array(pieceBytes + 256);
  let filled = 0;
  let checksum = 0xffffffff;
  let at = (block[origin] ?? 0) >>> 8;
  let last = -1;
  let alike = 0;
  for (let left = length; left > 0; left--) {
    const word = block[at] ?? 0;
    const byte = word & 255;
    at = word >>> 8;
    let count = 1;
    if (alike === 4) {
      count = byte;
      alike = 0;
    } else {
      alike = byte === last ? alike + 1 : 1;
      last = byte;
    }
    for (; count > 0; count--) {
      checksum = (checksum << 8) ^ (checksums[(checksum >>> 24) ^ last] ?? 0);
      piece[filled++] = last;
    }
    if (alike === 0) last = -1;
    if (filled < pieceBytes) continue;
    yield piece.subarray(0, filled);
    piece = new Uint8Array(pieceBytes + 256);
    filled = 0;
  }
  if (filled > 0) yield piece.subarray(0, filled);
  return ~checksum >>> 0;
}

const checksums = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0);
  return sum;
});
