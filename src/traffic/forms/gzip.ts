import { pipeline } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { type Source, streamSource } from '../sources/source.js';
import type { GunzipSteps, InputForm, OpenGunzipSteps } from './form.js';

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
  return streamSource(source.name, (room) => inflateInto(room, source, open));
}

/** How many packed bytes are read at once. */
const packedBytes = 128 * 1024;
/** Memory for them that no source uses now: a run may have thousands of small files. */
let spare: Uint8Array | undefined;

/** Inflates into memory that is given: a scanner's own, so that nothing is copied. */
async function* inflateInto(
  room: () => Uint8Array,
  source: Source,
  open: OpenGunzipSteps,
): AsyncGenerator<Uint8Array> {
  const steps = open();
  if (steps === undefined) {
    yield* inflate(source.stream());
    return;
  }
  const packed = spare ?? new Uint8Array(packedBytes);
  spare = undefined;
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
    spare = packed;
    steps.close();
  }
}

/** One step of inflating: larger ones are no faster, smaller ones cost a hand-over each. */
const inflatedChunk = 1024 * 1024;

/** Inflates a stream: Node's zlib works in a thread of its own while the last piece is scanned. */
async function* inflate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: inflatedChunk });
  // The failure of either reaches the reader through gunzip itself.
  pipeline(source, gunzip, () => {});
  for await (const chunk of gunzip) yield toBytes(chunk);
}

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new Error('zlib gave something else than bytes');
}

/**
 * zlib by steps. Node's streams make new memory for every piece, whose first touch costs half as much again as inflating. Only the
 * object behind a stream takes memory to write to, and it is not documented: it is used where each part of it is found and
 * a trial in the same thread proves that it does what is expected.
 */
export const gunzipSteps: OpenGunzipSteps = proven(openZlibSteps);

/** `open`, if a trial passes when it is first called; else a function that never opens. */
export function proven(open: OpenGunzipSteps): OpenGunzipSteps {
  let isProven: boolean | undefined;
  return () => {
    isProven ??= passesTrial(open);
    return isProven ? open() : undefined;
  };
}

/** A record, and what gzip makes of it. */
const trial = {
  text: '2 123456789012 eni-0a 10.0.1.5 52.216.0.1 49152 443 6 10 8400 1620000000 1620000060 ACCEPT OK\n',
  packed:
    'H4sIAAAAAAAC/z3HIQ6AQAxEUc8p5gI0025bFkk2KAQILoBAYLi/JISEr943qBWPHOpINZz31fOAUigqgTAxzXfgo4bBvSChRHUSmsavn0lMrc3bjnXpHv0z98peAAAA',
} as const;

/** Whether the record comes out, in a room that it fills several times, and the same file cut off fails. */
function passesTrial(open: OpenGunzipSteps): boolean {
  const packed = Buffer.from(trial.packed, 'base64');
  try {
    return inflatedTrial(open, packed) === trial.text && failsCutOff(open, packed);
  } catch {
    return false;
  }
}

function failsCutOff(open: OpenGunzipSteps, packed: Uint8Array): boolean {
  try {
    inflatedTrial(open, packed.subarray(0, -9));
    return false;
  } catch {
    return true;
  }
}

function inflatedTrial(open: OpenGunzipSteps, packed: Uint8Array): string | undefined {
  const steps = open();
  if (steps === undefined) return undefined;
  const room = Buffer.alloc(16);
  let text = '';
  try {
    for (const piece of [packed.subarray(0, 50), packed.subarray(50)]) {
      steps.give(piece);
      for (let isFull = true; isFull && text.length <= trial.text.length; ) {
        const count = steps.into(room);
        isFull = count === room.length;
        text += room.toString('latin1', 0, count);
      }
    }
    return text + room.toString('latin1', 0, steps.finish(room));
  } finally {
    steps.close();
  }
}

/** Steps by the object behind a stream of Node's; undefined where a part of it is missing. */
function openZlibSteps(): GunzipSteps | undefined {
  const stream = createGunzip();
  const handle: unknown = Reflect.get(stream, '_handle');
  const state: unknown = Reflect.get(stream, '_writeState');
  if (typeof handle !== 'object' || handle === null || !(state instanceof Uint32Array)) {
    return undefined;
  }
  const writeSync: unknown = Reflect.get(handle, 'writeSync');
  if (typeof writeSync !== 'function' || state.length !== 2) return undefined;
  return stepsOf({ handle, writeSync, state, close: () => stream.close() });
}

interface ZlibParts {
  readonly handle: object;
  readonly writeSync: Function;
  /** What a write leaves: bytes of the room not written to, and packed bytes not read. */
  readonly state: Uint32Array;
  readonly close: () => void;
}

const nothing = new Uint8Array();

function stepsOf({ handle, writeSync, state, close }: ZlibParts): GunzipSteps {
  let failure: Error | undefined;
  const onerror = (message: string, _number: number, code: string) => {
    failure = Object.assign(new Error(message), { code });
  };
  Reflect.set(handle, 'onerror', onerror);
  let packed: Uint8Array = nothing;
  let at = 0;
  const write = (flush: number, room: Uint8Array): number => {
    const left = packed.length - at;
    Reflect.apply(writeSync, handle, [flush, packed, at, left, room, 0, room.length]);
    if (failure !== undefined) throw failure;
    at = packed.length - (state[1] ?? 0);
    return room.length - (state[0] ?? 0);
  };
  return {
    give: (bytes) => {
      packed = bytes;
      at = 0;
    },
    into: (room) => write(constants.Z_SYNC_FLUSH, room),
    finish: (room) => {
      packed = nothing;
      at = 0;
      return write(constants.Z_FINISH, room);
    },
    close,
  };
}
