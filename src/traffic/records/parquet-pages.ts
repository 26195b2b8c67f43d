/** Bytes that can be read from anywhere: Parquet begins at its end. */
export interface ReadAnywhere {
  readonly bytes: number;
  readonly readAt: (start: number, end: number) => Promise<ArrayBuffer>;
}

/** A page of a column chunk, with its header. */
export interface Page {
  readonly bytes: Uint8Array;
  readonly isDictionary: boolean;
  /** How many values it says it has. */
  readonly values: number;
}

/** Bytes of a file, from `start` to before `end`. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const largestPage = 256 * 2 ** 20;
/** A page is decoded whole, a value a row: a few bytes may stand for millions of them. */
const mostValues = 2 ** 22;

/**
 * The pages of a column chunk, one at a time, each checked before it is decoded: hyparquet trusts their sizes and counts, and a damaged
 * one makes it read backwards or without end, or fill the memory. What the pages hold is covered by gzip's own checksum.
 *
 * @param rows the rows of its row group: a flow log's columns are flat, with a value a row
 * @throws Error that says what is wrong
 */
export async function* pagesOf(
  source: ReadAnywhere,
  { start, end }: ByteRange,
  rows: number,
): AsyncGenerator<Page> {
  const blocks = new Blocks(source, end);
  let left = rows;
  for (let at = start; left > 0 && at < end; ) {
    const { header, length } = await headerAt(blocks, at);
    const page = checkHeader(header, { rows, left, bytes: end - at - length });
    const pageEnd = at + length + page.compressed;
    yield { ...page, bytes: await blocks.slice(at, pageEnd) };
    if (!page.isDictionary) left -= page.values;
    at = pageEnd;
  }
}

const blockBytes = 64 * 1024;

/** Reads a file by blocks: pages may be a few bytes each. */
class Blocks {
  readonly #source: ReadAnywhere;
  readonly #end: number;
  #start = 0;
  #bytes = new Uint8Array();

  constructor(source: ReadAnywhere, end: number) {
    this.#source = source;
    this.#end = end;
  }

  /** Bytes up to `end`, or of one block where that is more. Those behind the column chunk are not there. */
  async from(start: number, end: number): Promise<Uint8Array> {
    const offset = start - this.#start;
    if (offset < 0 || end > this.#start + this.#bytes.length) {
      const blockEnd = Math.min(this.#end, Math.max(end, start + blockBytes));
      this.#bytes = new Uint8Array(await this.#source.readAt(start, blockEnd));
      this.#start = start;
    }
    return this.#bytes.subarray(start - this.#start);
  }

  async slice(start: number, end: number): Promise<Uint8Array> {
    return (await this.from(start, end)).subarray(0, end - start);
  }

  isWhole(end: number): boolean {
    return end >= this.#end;
  }
}

interface FoundHeader {
  readonly header: ThriftStruct;
  readonly length: number;
}

/** Reads a header, whose length shows only at its end: statistics in it may be long. */
async function headerAt(blocks: Blocks, at: number): Promise<FoundHeader> {
  for (let length = 1024; ; length *= 16) {
    const bytes = await blocks.from(at, at + length);
    const reader = new CompactReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
    try {
      return { header: reader.struct(), length: reader.offset };
    } catch (error) {
      if (blocks.isWhole(at + length) || length > largestPage) throw error;
    }
  }
}

interface CheckedHeader {
  readonly isDictionary: boolean;
  readonly values: number;
  readonly compressed: number;
}

/** What is left of the column chunk where a page begins. */
interface Left {
  readonly rows: number;
  readonly left: number;
  readonly bytes: number;
}

function checkHeader(header: ThriftStruct, { rows, left, bytes }: Left): CheckedHeader {
  const compressed = size(header.get(3), 'compressed size', bytes);
  const inflated = size(header.get(2), 'size', largestPage);
  if (header.get(1) === pageTypes.dictionary) {
    // A value is one bit or more.
    const values = size(structOf(header.get(7)).get(1), 'number of values', inflated * 8);
    return { isDictionary: true, values, compressed };
  }
  const own = structOf(header.get(header.get(1) === pageTypes.data ? 5 : 8));
  const values = size(own.get(1), 'number of values', left);
  if (values > mostValues) throw new Error(`a page has ${values} values, more than ${mostValues}`);
  if (header.get(1) !== pageTypes.data) {
    size(own.get(5), 'length of definition levels', compressed);
    size(own.get(6), 'length of repetition levels', rows === Infinity ? compressed : 0);
  }
  return { isDictionary: false, values, compressed };
}

/**
 * Checks all pages of a column chunk of nested values, which is decoded whole.
 *
 * @throws Error that says what is wrong
 */
export function checkPages(chunk: ArrayBuffer): void {
  const reader = new CompactReader(new DataView(chunk));
  while (reader.offset < chunk.byteLength) {
    const header = reader.struct();
    const bytes = chunk.byteLength - reader.offset;
    reader.offset += checkHeader(header, { rows: Infinity, left: Infinity, bytes }).compressed;
  }
}

/** The Parquet format's page types. */
const pageTypes = { data: 0, dictionary: 2 } as const;

function structOf(value: ThriftValue | undefined): ThriftStruct {
  if (value !== null && typeof value === 'object') return value;
  throw new Error('a page lacks its own header');
}

function size(value: ThriftValue | undefined, what: string, most: number): number {
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw new Error(`a page has a ${what} that can't be`);
}

type ThriftStruct = ReadonlyMap<number, ThriftValue>;
type ThriftValue = number | boolean | ThriftStruct | null;

const deepest = 8;

/** Reads the headers, which are in Thrift's compact protocol. Strings and lists are passed over. */
class CompactReader {
  offset = 0;
  readonly #view: DataView;

  constructor(view: DataView) {
    this.#view = view;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > deepest) throw new Error('a page header is nested too deep');
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (let byte = this.#byte(); byte !== 0; byte = this.#byte()) {
      id = byte >> 4 === 0 ? this.#zigzag() : id + (byte >> 4);
      fields.set(id, this.#value(byte & 15, depth));
    }
    return fields;
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return type === 1;
      case 3:
        return this.#byte();
      case 4:
      case 5:
      case 6:
        return this.#zigzag();
      case 7:
        return this.#skip(8);
      case 8:
        return this.#skip(this.#varint());
      case 12:
        return this.struct(depth + 1);
      default:
        // A list, a set or a map: no page header has one.
        throw new Error(`a page header has a value of type ${type}`);
    }
  }

  #skip(bytes: number): null {
    if (bytes > this.#view.byteLength - this.offset) throw new Error('a page header is cut short');
    this.offset += bytes;
    return null;
  }

  #byte(): number {
    if (this.offset >= this.#view.byteLength) throw new Error('a page header is cut short');
    return this.#view.getUint8(this.offset++);
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Sizes and counts are far below 2^49; statistics may be longer, and lose digits that nobody looks at. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new Error('a page header has a number without end');
  }
}
