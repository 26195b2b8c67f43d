import { type Source, streamSource } from '../sources/source.js';
import { damagedContainer } from '../unpack/damaged.js';
import type { Head, InputForm } from './form.js';

/** bzip2 (`.bz2`): a container, what it holds is looked at anew. */
export const bzip2: InputForm = {
  kind: 'bzip2',
  detect: beginsStream,
  read: (source) => ({
    kind: 'packed',
    source: streamSource(source.name, () => decompressed(source)),
  }),
};

/** `BZh`, the size of the blocks, and the mark of a block or, where there is nothing, of the end: π and its root in BCD. */
function beginsStream({ bytes }: Head): boolean {
  const begin = Buffer.from(bytes.subarray(0, 10)).toString('hex');
  return /^425a683[1-9](?:314159265359|177245385090)/.test(begin);
}

async function* decompressed(source: Source): AsyncGenerator<Uint8Array> {
  // Loaded where there is such a source.
  const { DamagedBzip2, unpackBzip2 } = await import('../unpack/bzip2-blocks.js');
  try {
    yield* unpackBzip2(source.stream());
  } catch (cause) {
    throw cause instanceof DamagedBzip2 ? damagedContainer(source.name, 'bzip2', cause) : cause;
  }
}
