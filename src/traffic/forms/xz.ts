import { ReadableStream } from 'node:stream/web';
import { type Source, streamSource } from '../sources/source.js';
import { damagedContainer } from './damaged.js';
import type { InputForm } from './form.js';

/** XZ (`.xz`): a container, what it holds is looked at anew. */
export const xz: InputForm = {
  kind: 'xz',
  detect: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  read: (source) => ({
    kind: 'packed',
    source: streamSource(source.name, () => decompressed(source)),
  }),
};

async function* decompressed(source: Source): AsyncGenerator<Uint8Array> {
  // Loaded where there is such a source.
  const { default: library } = await import('xz-decompress');
  let failure: unknown;
  const packed = ReadableStream.from(
    copies(source, (error) => {
      failure = error;
    }),
  );
  const reader = new library.XzReadableStream(packed).getReader();
  try {
    for (let next = await read(reader, source.name, () => failure); next !== undefined; ) {
      yield next;
      next = await read(reader, source.name, () => failure);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The memory of a source is used again, and the stream keeps what it is given. */
async function* copies(
  source: Source,
  failed: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of source.stream()) yield piece.slice();
  } catch (error) {
    failed(error);
    throw error;
  }
}

async function read(
  reader: { read: () => Promise<{ readonly value?: Uint8Array | undefined }> },
  name: string,
  failure: () => unknown,
): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (cause) {
    const own = failure();
    throw own instanceof Error ? own : damagedContainer(name, 'XZ', cause);
  }
}
