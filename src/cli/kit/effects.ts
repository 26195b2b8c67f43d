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
  readonly stdin: Readable;
  /** The result alone. */
  readonly stdout: Sink;
  /** Progress (on a terminal), warnings and errors. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Aborted when the person presses Ctrl-C: stop, and leave no half-written file. */
  readonly signal: AbortSignal;
}

/** The effects of the program itself. Ctrl-C aborts the signal once; a second one ends the process at once. */
export function realEffects(): Effects {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    now: () => new Date(),
    signal: interrupt.signal,
  };
}
