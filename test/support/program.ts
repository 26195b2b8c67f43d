import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment, type Run, root } from './run-cli.js';

/** The command as it was built. */
export const program = join(root, 'dist/bin/pathfare.js');

/** How a process ended: with an exit code, or by a signal. */
interface Ended extends Run {
  readonly signal: NodeJS.Signals | null;
}

/** What a process is given beside its arguments. */
export interface ProgramOptions {
  /** Variables beside PATH and HOME; a home, a cache and an AWS config of somebody else are not seen. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that it runs in; the project's unless told. */
  readonly cwd?: string;
  /** The descriptor of standard output, in the place of a pipe. */
  readonly stdout?: number;
  /** Given a function that sends the process a signal, and one that writes to its standard input. */
  readonly meanwhile?: (child: {
    readonly kill: (signal: NodeJS.Signals) => void;
    readonly write: (text: string) => void;
  }) => void | Promise<void>;
}

/**
 * Runs the built program to its end in a process of its own: for pipes, signals, threads, the memory it takes and its
 * start. Whatever else a command does is tested in this process, by `runCli`.
 */
export async function runProgram(
  args: readonly string[],
  { env = {}, cwd = root, stdout, meanwhile }: ProgramOptions = {},
): Promise<Ended> {
  if (!existsSync(program)) throw new Error('Run "npm run build" first.');
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...bareEnvironment, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: [meanwhile === undefined ? 'ignore' : 'pipe', stdout ?? 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
    });
  }
  const ended = new Promise<Pick<Ended, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  await meanwhile?.({
    kill: (signal) => child.kill(signal),
    write: (text) => child.stdin?.write(text),
  });
  return { ...(await ended), ...texts };
}
