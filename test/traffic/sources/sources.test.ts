import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { findSources, openSource } from '../../../src/traffic/sources/index.js';
import { headBytes, type Source, streamSource } from '../../../src/traffic/sources/source.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const bytes = Uint8Array.from({ length: 3 * headBytes + 7 }, (_, index) => (index * 7919) >> 3);

async function* pieces(all: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** Whether bytes are those; to compare them one by one takes as long as all other tests of this file. */
const areBytes = (got: Uint8Array, expected: Uint8Array) => Buffer.from(got).equals(expected);

async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const piece of stream) copies.push(Buffer.from(piece));
  return Buffer.concat(copies);
}

/** The source of a file of these bytes, and what is to be asked of it. */
async function withFile<Result>(
  content: Uint8Array,
  ask: (source: ReturnType<typeof fileSource>) => Promise<Result>,
): Promise<Result> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'log');
  await writeFile(file, content);
  return await ask(fileSource(file, content.length));
}

describe('a source of a file', () => {
  it('gives its head, all its bytes, and bytes from anywhere', async () => {
    await withFile(bytes, async (source) => {
      expect(areBytes(await source.head(), bytes.subarray(0, headBytes))).toBe(true);
      expect(areBytes(await gathered(source.stream()), bytes)).toBe(true);
      const rest = await gathered(source.stream({ start: 70_000 }));
      expect(areBytes(rest, bytes.subarray(70_000))).toBe(true);
      expect(Buffer.from(await source.readAt(5, 12))).toEqual(Buffer.from(bytes.subarray(5, 12)));
      await expect(source.readAt(5, bytes.length + 1)).rejects.toThrow(/names bytes 5 to /);
    });
  });

  it.each([
    ['into memory that is given', { room: () => new Uint8Array(1000) }],
    ['by the stream of the file', {}],
  ])('fails where it ends before what it had when it was found, %s', async (_, options) => {
    await withFile(bytes, async (source) => {
      await truncate(source.name, 100_000);
      const read: number[] = [];
      const reading = async () => {
        for await (const { length } of source.stream(options)) read.push(length);
      };
      await expect(reading()).rejects.toThrow(
        / had 196615 bytes when it was found, and ends before/,
      );
      expect(read.reduce((sum, length) => sum + length, 0)).toBe(100_000);
      // A log that is written to may have grown.
      await writeFile(source.name, Buffer.concat([bytes, bytes]));
      expect(await gathered(source.stream())).toHaveLength(2 * bytes.length);
    });
  });

  it('looks at its head once', async () => {
    await withFile(bytes, async (source) => {
      const head = await source.head();
      await rm(source.name);
      expect(await source.head()).toBe(head);
      // Closed, it forgets the head: a run of many files must not hold all of them.
      await source.close?.();
      await expect(source.head()).rejects.toThrow(/ENOENT/);
    });
  });

  it('reads into memory that is given', async () => {
    await withFile(bytes, async (source) => {
      const memory = new Uint8Array(1000);
      const read: Buffer[] = [];
      for await (const piece of source.stream({ start: 3, room: () => memory })) {
        expect(piece.buffer).toBe(memory.buffer);
        read.push(Buffer.from(piece));
      }
      expect(areBytes(Buffer.concat(read), bytes.subarray(3))).toBe(true);
    });
  });

  it('is made again of its description', async () => {
    await withFile(bytes, async (source) => {
      const again = openSource(
        structuredClone(source.description ?? { kind: '', name: '', bytes: 0 }),
      );
      expect([again.name, again.bytes]).toEqual([source.name, source.bytes]);
      expect(areBytes(await gathered(again.stream()), bytes)).toBe(true);
    });
  });
});

describe('a source of a stream', () => {
  it('gives what was looked at again, whatever its pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200_000 }), fc.boolean(), async (size, looks) => {
        const source = streamSource('pipe', () => pieces(bytes, size));
        if (looks) {
          const head = await source.head();
          expect(areBytes(head, bytes.subarray(0, headBytes))).toBe(true);
        }
        expect(areBytes(await gathered(source.stream()), bytes)).toBe(true);
      }),
      { numRuns: 30, examples: [[1000, true]] },
    );
  });

  it('fails where the stream fails, behind what came before', async () => {
    async function* broken() {
      yield bytes.subarray(0, 10);
      throw new Error('broken off');
    }
    const source = streamSource('pipe', broken);
    expect(await source.head()).toHaveLength(10);
    const read: Uint8Array[] = [];
    const all = async () => {
      for await (const piece of source.stream()) read.push(piece);
    };
    await expect(all()).rejects.toThrow('broken off');
    expect(read).toEqual([bytes.subarray(0, 10)]);
  });

  it.each([
    ['was looked at only', async (source: Source) => source.head()],
    ['was read in part', async (source: Source) => source.stream()[Symbol.asyncIterator]().next()],
  ])('lets go of a stream that %s', async (_, use) => {
    let isOpen = true;
    async function* endless() {
      try {
        for (;;) yield bytes;
      } finally {
        isOpen = false;
      }
    }
    const source = streamSource('pipe', endless);
    await use(source);
    await source.close?.();
    expect(isOpen).toBe(false);
  });
});

describe('the sources that inputs name', () => {
  it('are each found once, and those that come once stand last', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'b'));
    for (const name of ['z', 'a', 'b/c', '.hidden']) await writeFile(join(folder.path, name), 'x');
    const inputs = ['-', folder.path, join(folder.path, 'z'), '-', '/dev/null'];
    const found = await findSources(inputs, {
      stdin: pieces(bytes, 1000),
      signal: new AbortController().signal,
    });
    expect(found.sources.map(({ name }) => name.replace(`${folder.path}/`, ''))).toEqual([
      'a',
      'b/c',
      'z',
      'standard input',
      '/dev/null',
    ]);
    expect(found.repeated).toEqual([join(folder.path, 'z')]);
    const stdin = found.sources[3];
    expect(stdin && areBytes(await gathered(stdin.stream()), bytes)).toBe(true);
    // What is gone can't be had again: that is a defect, and not an empty input.
    await expect(stdin && gathered(stdin.stream())).rejects.toThrow(/twice/);
  });
});
