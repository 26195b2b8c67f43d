import type { Readable } from 'node:stream';

/** A stream to a person or a file, as much of it as a command uses. */
export interface Sink {
  write(chunk: string | Uint8Array): boolean;
  once(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * All that a command touches outside its arguments. A test passes a literal; the program passes
 * `realEffects()`.
 */
export interface Effects {
  /** `isTTY`: a person types it. */
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Only the result. */
  readonly stdout: Sink;
  /** Progress (on a terminal), warnings and errors. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Aborted by Ctrl-C and the signals that end a program: stop, and leave no half-written file. */
  readonly signal: AbortSignal;
}

/** The effects of the program itself. `signal` is aborted where it is to end. */
export function realEffects(signal: AbortSignal): Effects {
  return {
    stdin: process.stdin,
    stdout: lastingSink(process.stdout, signal),
    stderr: lastingSink(process.stderr),
    env: process.env,
    now: () => new Date(),
    signal,
  };
}

/** A stream whose reader may go, or stall at the end of the run: then what is written is dropped, and no writer waits. */
function lastingSink(stream: NodeJS.WriteStream, end?: AbortSignal): Sink {
  let isGone = false;
  const drop = () => {
    isGone = true;
    stream.emit('drain');
  };
  stream.on('error', drop);
  end?.addEventListener('abort', () => {
    drop();
    // A pipe that is full keeps no process.
    if ('unref' in stream) stream.unref();
  });
  return {
    write: (chunk) => isGone || stream.write(chunk),
    once: (event, listener) => stream.once(event, listener),
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}
