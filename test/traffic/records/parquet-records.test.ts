import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { flowLogFields } from '../../../src/traffic/records/flow-log-fields.js';
import { pagesOf } from '../../../src/traffic/records/parquet-pages.js';
import { readParquetRecords } from '../../../src/traffic/records/parquet-records.js';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { memorySource } from '../../../src/traffic/sources/source.js';
import { gather } from './gather.js';

/** Parquet as AWS writes it: gzip-coded, underscores, INT32, INT64 and strings. */
function parquet(columnData: ColumnSource[], rowGroupSize?: number): Uint8Array {
  const compressors = { GZIP: (input: Uint8Array) => gzipSync(input) };
  const options = { columnData, codec: 'GZIP' as const, compressors };
  return new Uint8Array(
    parquetWriteBuffer(rowGroupSize === undefined ? options : { ...options, rowGroupSize }),
  );
}

const read = (bytes: Uint8Array, fields: readonly string[] = flowLogFields) =>
  gather(readParquetRecords(memorySource('f.parquet', bytes), { file: 'f.parquet', fields }));

const columns: ColumnSource[] = [
  { name: 'version', data: [5, 5, 5], type: 'INT32' },
  { name: 'pkt_dstaddr', data: ['52.216.0.1', null, '-'], type: 'STRING', nullable: true },
  // 2^53 + 1: no float holds it.
  { name: 'bytes', data: [9_007_199_254_740_993n, 0n, 84n], type: 'INT64' },
  { name: 'start', data: [1_700_000_000n, 1_700_000_001n, 1_700_000_002n], type: 'INT64' },
  { name: 'tcp_flags', data: [2, null, 0], type: 'INT32', nullable: true },
  { name: 'hour', data: ['01', '01', '01'], type: 'STRING' },
];

describe('Parquet as delivered to S3', () => {
  it('is read exactly, with what is absent', async () => {
    expect(await read(parquet(columns))).toEqual({
      records: [
        {
          version: '5',
          'pkt-dstaddr': '52.216.0.1',
          bytes: '9007199254740993',
          start: '1700000000',
          'tcp-flags': '2',
        },
        { version: '5', 'pkt-dstaddr': '-', bytes: '0', start: '1700000001', 'tcp-flags': '-' },
        { version: '5', 'pkt-dstaddr': '-', bytes: '84', start: '1700000002', 'tcp-flags': '0' },
      ],
      lines: [1, 2, 3],
      unreadable: [],
    });
  });

  it('gives the same rows however many row groups hold them, from memory and from a file', async () => {
    const bytes = Array.from({ length: 10_000 }, (_, index) => BigInt(index));
    const srcaddr = bytes.map((value) => `10.0.${value % 250n}.1`);
    const data: ColumnSource[] = [
      { name: 'bytes', data: bytes, type: 'INT64' },
      { name: 'srcaddr', data: srcaddr, type: 'STRING' },
    ];
    const one = await read(parquet(data));
    expect(one.records.map((record) => record['bytes'])).toEqual(bytes.map(String));
    const many = parquet(data, 700);
    expect(await read(many)).toEqual(one);
    const folder = await mkdtemp(join(tmpdir(), 'pathfare-'));
    const file = join(folder, 'f.parquet');
    await writeFile(file, many);
    const source = fileSource(file, many.length);
    expect(await gather(readParquetRecords(source, { file, fields: flowLogFields }))).toEqual(one);
    await rm(folder, { recursive: true });
  });

  it('touches only the wanted columns', async () => {
    const pad = Array.from(
      { length: 50_000 },
      (_, index) => `eni-${(index * 2_654_435_761) % 2 ** 32}`,
    );
    const bytes = parquet([
      { name: 'interface_id', data: pad, type: 'STRING' },
      { name: 'bytes', data: pad.map(() => 1n), type: 'INT64' },
    ]);
    let touched = 0;
    const whole = memorySource('f', bytes);
    const readAt = (start: number, end: number) => {
      // The footer is found from the end; the columns are before it.
      if (end < bytes.length) touched += end - start;
      return whole.readAt(start, end);
    };
    const source = { bytes: bytes.length, readAt };
    const { records } = await gather(readParquetRecords(source, { file: 'f', fields: ['bytes'] }));
    expect(records).toHaveLength(50_000);
    expect(records[0]).toEqual({ bytes: '1' });
    expect(touched).toBeLessThan(bytes.length / 10);
  });

  it('reads a row group by pages, which end at other rows in each column', async () => {
    const count = 30_000;
    const bytes = Array.from({ length: count }, (_, index) => BigInt(index));
    const compressors = { GZIP: (input: Uint8Array) => gzipSync(input) };
    const file = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'bytes', data: bytes, type: 'INT64' },
          { name: 'srcaddr', data: bytes.map((value) => `10.0.${value % 250n}.1`), type: 'STRING' },
          { name: 'action', data: bytes.map(() => 'ACCEPT'), type: 'STRING' },
        ],
        codec: 'GZIP',
        compressors,
        pageSize: 4000,
      }),
    );
    let touched = 0;
    const whole = memorySource('f', file);
    const readAt = (start: number, end: number) => {
      touched += end - start;
      return whole.readAt(start, end);
    };
    const source = { bytes: file.length, readAt };
    const batches = readParquetRecords(source, { file: 'f', fields: flowLogFields });
    const { value: first } = await batches.next();
    const rest = await gather(batches);
    expect((first?.rows.length ?? 0) + rest.records.length).toBe(count);
    expect(rest.records.at(-1)).toEqual({
      bytes: String(count - 1),
      srcaddr: `10.0.${(count - 1) % 250}.1`,
      action: 'ACCEPT',
    });
    expect(rest.lines.at(-1)).toBe(count);
    // A page is read once, and no more than a block twice.
    expect(touched).toBeLessThan(2 * file.length + 3 * 64 * 1024);
  });

  it('refuses a page whose few bytes stand for more values than are held', async () => {
    // Thrift's compact protocol: type 0, sizes of 4 and 4, and a data page's header with the number of values, zigzag and by 7 bits.
    const page = (values: number) => {
      const bits = Array.from({ length: 4 }, (_, at) => ((values * 2) >>> (7 * at)) & 127);
      const number = bits.map((part, at) => (at < 3 ? part | 128 : part));
      return Uint8Array.of(0x15, 0, 0x15, 8, 0x15, 8, 0x2c, 0x15, ...number, 0, 0, 1, 2, 3, 4);
    };
    const pages = async (values: number) => {
      const bytes = page(values);
      const source = memorySource('f', bytes);
      const found = [];
      for await (const each of pagesOf(source, { start: 0, end: bytes.length }, values))
        found.push(each.values);
      return found;
    };
    expect(await pages(2 ** 22)).toEqual([4_194_304]);
    await expect(pages(2 ** 22 + 1)).rejects.toThrow(
      'a page has 4194305 values, more than 4194304',
    );
  });

  it('reads a file without rows as none', async () => {
    const empty = parquet([{ name: 'bytes', data: new BigInt64Array(), type: 'INT64' }]);
    expect((await read(empty)).records).toEqual([]);
  });

  it('writes times as epoch seconds, and floats so that they fail as counts', async () => {
    const bytes = parquet([
      { name: 'start', data: [new Date('2026-07-01T00:00:00Z')], type: 'TIMESTAMP' },
      { name: 'bytes', data: [1.5], type: 'DOUBLE' },
    ]);
    expect((await read(bytes)).records).toEqual([{ start: '1782864000', bytes: '1.5' }]);
  });
});

describe('what is not such a file', () => {
  it('names the columns where none is a field', async () => {
    const bytes = parquet([
      { name: 'a', data: [1], type: 'INT32' },
      { name: '\u001b[31m', data: [1], type: 'INT32' },
    ]);
    await expect(read(bytes)).rejects.toThrow(
      'f.parquet: no column is a field of a flow log, found "a", "\\u{001b}[31m"',
    );
  });

  it('names a codec that is not read', async () => {
    const compressors = { LZO: (input: Uint8Array) => input };
    const bytes = parquetWriteBuffer({ columnData: columns, codec: 'LZO', compressors });
    await expect(read(new Uint8Array(bytes))).rejects.toThrow(
      'f.parquet: is compressed with "LZO"',
    );
  });

  it('fails once where several reads fail at once: none is left without a handler', async () => {
    const nested = parquet([
      { name: 'class_uid', data: [4001], type: 'INT32' },
      { name: 'src_endpoint', data: [{ ip: '10.0.0.5', port: 443 }], type: 'JSON' },
    ]);
    const whole = memorySource('f.parquet', nested);
    const readAt = async (start: number, end: number) => {
      if (end === nested.length) return whole.readAt(start, end);
      throw new Error('gone');
    };
    const source = { bytes: nested.length, readAt };
    const reading = gather(readParquetRecords(source, { file: 'f.parquet', fields: [] }));
    await expect(reading).rejects.toThrow(`f.parquet: can't be read as Parquet: "gone"`);
  });

  it('fails with the file where it is cut', async () => {
    const good = parquet(columns);
    const cuts = Array.from({ length: 40 }, (_, index) =>
      good.slice(0, Math.floor((good.length * index) / 40)),
    );
    for (const bytes of cuts)
      await expect(read(bytes)).rejects.toThrow(/^f\.parquet: can't be read as Parquet: /);
  });

  it.each([0x01, 0xff])(
    'never hangs on a damaged byte, and fails with the file (%i)',
    async (mask) => {
      const good = parquet(columns);
      const whole = await read(good);
      for (let at = 0; at < good.length; at++) {
        const bytes = good.slice();
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        const outcome = await read(bytes).catch((error: unknown) => error);
        // A byte of what is not needed, such as statistics, may change nothing.
        if (outcome instanceof Error) expect(outcome.message).toMatch(/^f\.parquet: /);
        else expect(outcome).toHaveProperty('records.length', whole.records.length);
      }
    },
  );
});
