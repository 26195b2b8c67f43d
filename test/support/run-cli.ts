import { join } from 'node:path';
import { Readable } from 'node:stream';
import manifest from '../../package.json' with { type: 'json' };
import type { Sink } from '../../src/cli/kit/effects.js';
import { main } from '../../src/cli/main.js';

/** The project's folder. */
export const root = join(import.meta.dirname, '../..');

/** How a run of the command ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run is given beside its arguments. */
export interface RunOptions {
  /** Standard input. */
  readonly input?: string | Uint8Array;
  /** Variables beside PATH and HOME; a home, a cache and an AWS config of somebody else are not seen. */
  readonly env?: Readonly<Record<string, string>>;
  /** The columns of a stream that is a terminal; the others are pipes. */
  readonly terminals?: {
    readonly stdout?: number;
    readonly stderr?: number;
    readonly stdin?: true;
  };
  readonly now?: Date;
  /** Aborted as Ctrl-C would abort it. */
  readonly signal?: AbortSignal;
}

/** An environment in which no file or variable of the person who runs the tests changes a result. */
export const bareEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: join(root, '.tmp/nobody'),
};

/**
 * Runs a command in this process, through the same `main` that the program calls, and gives what it wrote and its exit
 * code. Names of files are relative to the project's folder.
 */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { terminals = {} } = options;
  const [stdout, stderr]: [Uint8Array[], Uint8Array[]] = [[], []];
  const exitCode = await run(
    args,
    sink(stdout, terminals.stdout),
    sink(stderr, terminals.stderr),
    options,
  );
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
}

/** What a person sees of a command: both streams, in the order of their writes. */
export async function printedBy(args: readonly string[]): Promise<string> {
  const both: Uint8Array[] = [];
  await run(args, sink(both), sink(both), {});
  return textOf(both);
}

function run(
  args: readonly string[],
  stdout: Sink,
  stderr: Sink,
  {
    input = '',
    env = {},
    now = new Date(),
    signal = new AbortController().signal,
    terminals = {},
  }: RunOptions,
): Promise<number> {
  const bytes = Readable.from(input.length === 0 ? [] : [Buffer.from(input)], {
    objectMode: false,
  });
  const stdin = Object.assign(bytes, terminals.stdin === undefined ? {} : { isTTY: true });
  const environment = { ...bareEnvironment, ...env };
  const effects = { stdin, stdout, stderr, env: environment, now: () => now, signal };
  return main(args, manifest.version, effects);
}

/** A stream that keeps what is written, and has the writer wait for its drain each time, as a full pipe does. */
function sink(chunks: Uint8Array[], columns?: number): Sink {
  return {
    write(chunk) {
      chunks.push(Buffer.from(chunk));
      return false;
    },
    once: (_, listener) => setImmediate(listener),
    ...(columns !== undefined && { isTTY: true, columns }),
  };
}

const textOf = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();
