const largestPage = 256 * 2 ** 20;

/**
 * Checks the headers of all pages of a column chunk before they are decoded: hyparquet trusts their sizes and
 * counts, and a damaged one makes it read backwards or without end, or fill the memory. What the pages hold
 * is covered by gzip's own checksum.
 *
 * @param rows the rows of its row group: a flow log's columns are flat, with a value a row; Infinity for nested columns
 * @throws Error that says what is wrong
 */
export function checkPages(chunk: ArrayBuffer, rows: number): void {
  const reader = new CompactReader(new DataView(chunk));
  let left = rows;
  while (left > 0 && reader.offset < chunk.byteLength) {
    const header = reader.struct();
    const compressed = size(header.get(3), 'compressed size', chunk.byteLength - reader.offset);
    const inflated = size(header.get(2), 'size', largestPage);
    if (header.get(1) === pageTypes.dictionary) {
      // A value is one bit or more.
      size(structOf(header.get(7)).get(1), 'number of values', inflated * 8);
    } else {
      const own = structOf(header.get(header.get(1) === pageTypes.data ? 5 : 8));
      left -= size(own.get(1), 'number of values', left);
      if (header.get(1) !== pageTypes.data) {
        size(own.get(5), 'length of definition levels', compressed);
        size(own.get(6), 'length of repetition levels', rows === Infinity ? compressed : 0);
      }
    }
    reader.offset += compressed;
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
