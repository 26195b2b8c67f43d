import { constants, createGunzip } from 'node:zlib';

/** Inflates gzip step by step into memory that the caller gives, in the caller's own thread. */
export interface GunzipSteps {
  /** Gives the next packed bytes; those given before are used up. */
  give(packed: Uint8Array): void;
  /** Inflates into `room`: how many bytes were written. A room that is filled means that more may come of what was given. */
  into(room: Uint8Array): number;
  /** Tells that nothing more will be given. Fails with zlib's error where the data is cut off. */
  finish(room: Uint8Array): number;
  close(): void;
}

/**
 * zlib by steps, or undefined where this Node does not have what it takes: Node's streams make new memory for every
 * piece, whose first touch costs half as much again as inflating; only the object behind a stream takes memory to write
 * to, and it is not documented, so that each part of it is looked for first.
 */
export function gunzipSteps(): GunzipSteps | undefined {
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
