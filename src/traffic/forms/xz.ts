import { type Source, streamSource } from '../sources/source.js';
import { damagedContainer } from '../unpack/damaged.js';
import { webStream } from '../unpack/web-stream.js';
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
  const { stream, failure } = webStream(source);
  const reader = new library.XzReadableStream(stream).getReader();
  try {
    for (let next = await read(reader, source.name, failure); next !== undefined; ) {
      yield next;
      next = await read(reader, source.name, failure);
    }
  } finally {
    await reader.cancel().catch(() => {});
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
