import { type Source, streamSource } from '../sources/source.js';
import { damagedContainer } from '../unpack/damaged.js';
import type { InputForm } from './form.js';

/** Zstandard (`.zst`): a container, what it holds is looked at anew. */
export const zstandard: InputForm = {
  kind: 'zstandard',
  detect: [0x28, 0xb5, 0x2f, 0xfd],
  read: (source) => ({
    kind: 'packed',
    source: streamSource(source.name, () => decompressed(source)),
  }),
};

/** Frame after frame, with the memory of one window. */
async function* decompressed(source: Source): AsyncGenerator<Uint8Array> {
  // Loaded where there is such a source.
  const { Decompress } = await import('fzstd');
  let pieces: Uint8Array[] = [];
  const stream = new Decompress((piece) => pieces.push(piece));
  const taken = () => {
    const ready = pieces;
    pieces = [];
    return ready.filter(({ length }) => length > 0);
  };
  const push = (packed: Uint8Array, isLast: boolean) => {
    try {
      stream.push(packed, isLast);
    } catch (cause) {
      throw damagedContainer(source.name, 'Zstandard', cause);
    }
  };
  for await (const packed of source.stream()) {
    // It keeps what it is given, and the memory of a source is used again.
    push(packed.slice(), false);
    yield* taken();
  }
  push(new Uint8Array(0), true);
  yield* taken();
}
