/**
 * Where the bytes of an input come from: a file, standard input, what is packed in another source. Everything that looks at an
 * input or reads it does so through a source.
 */
export interface Source {
  /** As messages name it. */
  readonly name: string;
  /** How many bytes it has; null where that is known only at its end. */
  readonly bytes: number | null;
  /** Its first bytes: `headBytes` of them, or all. They are read once and remembered. */
  readonly head: () => Promise<Uint8Array>;
  /** Its bytes in order. Without `readAt` they come once, from the first on. */
  readonly stream: (options?: StreamOptions) => AsyncIterable<Uint8Array>;
  /** The bytes from `start` to before `end`. It is there where bytes can be had from anywhere and again. */
  readonly readAt?: (start: number, end: number) => Promise<ArrayBuffer>;
  /** What another thread makes this source of; absent where it belongs to this thread. */
  readonly description?: SourceDescription;
  /** Forgets the head, and lets go of what was begun and not read to its end. */
  readonly close?: () => Promise<void>;
}

/** A source whose bytes can be had from anywhere and again. */
export interface SeekableSource extends Source {
  readonly bytes: number;
  readonly readAt: NonNullable<Source['readAt']>;
}

/** Whether the bytes of a source can be had from anywhere and again. */
export function isSeekable(source: Source): source is SeekableSource {
  return source.readAt !== undefined && source.bytes !== null;
}

/** A source as it is told to another thread. */
export interface SourceDescription {
  readonly kind: string;
  readonly name: string;
  readonly bytes: number;
}

/** How a source is streamed. */
export interface StreamOptions {
  /** Where to begin; only of a source with `readAt`. */
  readonly start?: number;
  /**
   * Gives memory for the next piece. A source that can writes there, so that nothing is copied: the piece is then to be used before
   * the next is asked for.
   */
  readonly room?: () => Uint8Array;
}

/** A kind of source: how inputs name it, and how another thread makes it again. */
export interface SourceKind {
  readonly kind: string;
  readonly isNamedBy: (input: string) => boolean;
  /** The sources that inputs of this kind name. */
  readonly find: (inputs: readonly string[], effects: SourceEffects) => Promise<FoundSources>;
  readonly open: (description: SourceDescription) => Source;
}

/** What the finding of sources touches. */
export interface SourceEffects {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Aborted where nothing more is to be read: a pipe that gives nothing is let go. */
  readonly signal: AbortSignal;
}

/** The sources that inputs name. */
export interface FoundSources {
  readonly sources: readonly Source[];
  /** Files and folders that could not be looked at. */
  readonly unread: readonly UnreadSource[];
  /** Names that lead to a source more than once; it is read once. */
  readonly repeated: readonly string[];
}

/** What could not be read, and why. */
export interface UnreadSource {
  readonly file: string;
  readonly reason: string;
}

/** How many bytes are enough to tell what a source holds. */
export const headBytes = 64 * 1024;

/** Bytes in memory. */
export function memorySource(name: string, bytes: Uint8Array): SeekableSource {
  const head = bytes.subarray(0, headBytes);
  return {
    name,
    bytes: bytes.length,
    head: async () => head,
    async *stream({ start = 0 } = {}) {
      yield bytes.subarray(start);
    },
    readAt: async (start, end) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  };
}

/** Memory for a piece where nobody gives any: most logs are small, and a run may have thousands of them. */
const ownRoomBytes = 16 * 1024;

/** A stream whose beginning was looked at. */
interface Begun {
  readonly head: Uint8Array;
  /** All bytes, the head's again. */
  readonly all: AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<unknown>;
}

/**
 * Bytes that come in order. What is read of them as the head is given again. `open` is handed who gives memory, and is called again
 * where the source is streamed again.
 */
export function streamSource(
  name: string,
  open: (room: () => Uint8Array) => AsyncIterable<Uint8Array>,
): Source {
  let room: StreamOptions['room'];
  let head: Promise<Uint8Array> | undefined;
  let begun: Promise<Begun> | undefined;
  const begin = () => {
    begun ??= peek(open(() => room?.() ?? new Uint8Array(ownRoomBytes)));
    return begun;
  };
  return {
    name,
    bytes: null,
    head: () => {
      head ??= begin().then((beginning) => beginning.head);
      return head;
    },
    async *stream(options = {}) {
      const { all } = await begin();
      room = options.room;
      try {
        yield* all;
      } finally {
        room = undefined;
        begun = undefined;
      }
    },
    async close() {
      const left = await begun?.catch(() => undefined);
      head = undefined;
      begun = undefined;
      await left?.close();
    },
  };
}

/** Takes a head from a stream. A failure behind its first bytes comes where it stands in the stream. */
async function peek(stream: AsyncIterable<Uint8Array>): Promise<Begun> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let failure: { readonly error: unknown } | undefined;
  while (length < headBytes && failure === undefined) {
    try {
      const next = await iterator.next();
      if (next.done === true) break;
      chunks.push(next.value);
      length += next.value.length;
    } catch (error) {
      if (length === 0) throw error;
      failure = { error };
    }
  }
  const [only] = chunks;
  const head = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  return {
    head: head.subarray(0, headBytes),
    all: replayed(chunks, iterator, failure),
    close: async () => iterator.return?.(),
  };
}

async function* replayed(
  chunks: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    if (failure !== undefined) throw failure.error;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
