import { type Source, streamSource } from '../../sources/source.js';
import { type GunzipSteps, gunzipSteps, inflate, type OpenGunzipSteps } from '../gunzip.js';
import type { InputForm } from './form.js';

/** A container: what it holds is looked at anew. */
export const gzip: InputForm = {
  kind: 'gzip',
  detect: [0x1f, 0x8b],
  read: (source, { gunzipSteps: open = gunzipSteps }) => ({
    kind: 'packed',
    source: gunzipped(source, open),
  }),
};

/** The source of what a gzip source holds. */
function gunzipped(source: Source, open: OpenGunzipSteps): Source {
  return streamSource(source.name, (room) => {
    const steps = open();
    return steps === undefined ? inflate(source.stream()) : inflateInto(room, source, steps);
  });
}

/** How many packed bytes are read at once. */
const packedBytes = 128 * 1024;

/** Inflates into memory that is given: a scanner's own, so that nothing is copied. */
async function* inflateInto(
  room: () => Uint8Array,
  source: Source,
  steps: GunzipSteps,
): AsyncGenerator<Uint8Array> {
  const packed = new Uint8Array(packedBytes);
  try {
    for await (const piece of source.stream({ room: () => packed })) {
      steps.give(piece);
      for (let isFull = true; isFull; ) {
        const memory = room();
        const count = steps.into(memory);
        isFull = count === memory.length;
        if (count > 0) yield memory.subarray(0, count);
      }
    }
    const memory = room();
    const count = steps.finish(memory);
    if (count > 0) yield memory.subarray(0, count);
  } finally {
    steps.close();
  }
}
