import type { ColumnMetaData, Compressors, DecodedArray, SchemaElement } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getSchemaPath } from 'hyparquet/src/schema.js';
import { type Page, pagesOf, type ReadAnywhere } from './parquet-pages.js';

/** The part of a column that is in one row group. */
export interface ColumnChunk {
  readonly source: ReadAnywhere;
  readonly schema: SchemaElement[];
  readonly meta: ColumnMetaData | undefined;
  readonly compressors: Compressors;
  readonly rows: number;
}

/** The values of a flat column, decoded page by page as they are asked for. */
export class ColumnValues {
  readonly #pages: AsyncGenerator<DecodedArray>;
  #values: DecodedArray = [];
  #at = 0;

  constructor(chunk: ColumnChunk) {
    this.#pages = decodedPages(chunk);
  }

  /** How many values can be taken: one at least. */
  async ready(): Promise<number> {
    while (this.#at >= this.#values.length) {
      const next = await this.#pages.next();
      if (next.done === true) throw new Error('a column does not have the rows of its row group');
      this.#values = next.value;
      this.#at = 0;
    }
    return this.#values.length - this.#at;
  }

  /** Takes so many values as texts. A value often follows its like. */
  take(count: number, textOf: (value: unknown) => string): readonly string[] {
    let value: unknown;
    let text = textOf(value);
    const texts = Array.from({ length: count }, (_, index) => {
      const next: unknown = this.#values[this.#at + index];
      if (next !== value) {
        value = next;
        text = textOf(next);
      }
      return text;
    });
    this.#at += count;
    return texts;
  }
}

/** Decodes a page at a time, with the dictionary before it; more where the dictionary is larger than the pages are. */
async function* decodedPages(chunk: ColumnChunk): AsyncGenerator<DecodedArray> {
  const { source, meta, rows } = chunk;
  if (meta === undefined) throw new Error('a column is not described');
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const end = start + Number(meta.total_compressed_size);
  let dictionary: Page | undefined;
  let pages: Page[] = [];
  let values = 0;
  const decode = () => {
    const all = dictionary === undefined ? pages : [dictionary, ...pages];
    const decoded = decodePages(all, values, { ...chunk, meta });
    pages = [];
    values = 0;
    return decoded;
  };
  for await (const page of pagesOf(source, { start, end }, rows)) {
    if (page.isDictionary) {
      dictionary = page;
      continue;
    }
    pages.push(page);
    values += page.values;
    if (values > 0 && values >= (dictionary?.values ?? 0)) yield decode();
  }
  if (values > 0) yield decode();
}

function decodePages(
  pages: readonly Page[],
  rows: number,
  { schema, meta, compressors }: ColumnChunk & { readonly meta: ColumnMetaData },
): DecodedArray {
  const bytes = Buffer.concat(pages.map((page) => page.bytes));
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
  const schemaPath = getSchemaPath(schema, meta.path_in_schema);
  const element = schemaPath.at(-1)?.element;
  if (element === undefined) throw new Error('a column is not described');
  const decoder = {
    pathInSchema: meta.path_in_schema,
    element,
    schemaPath,
    compressors,
    parsers: DEFAULT_PARSERS,
    type: meta.type,
    codec: meta.codec,
  };
  const select = { groupStart: 0, groupRows: rows, selectStart: 0, selectEnd: rows };
  const { data } = readColumn(reader, select, decoder);
  const [only = [], ...more] = data;
  const values = more.length === 0 ? only : data.flatMap((part) => Array.from<unknown>(part));
  if (values.length === rows) return values;
  throw new Error(`a page says that it has ${rows} values, and has ${values.length}`);
}
