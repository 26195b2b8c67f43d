import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '../..');
/** The command as it was built. */
export const program = join(root, 'dist/bin/pathfare.js');

/** How a run of the built command ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run is given beside its arguments. */
export interface RunOptions {
  /** Standard input. */
  readonly input?: string | Uint8Array;
  /** Variables beside PATH; a home, a cache and an AWS config of somebody else are not seen. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that it runs in; the project's unless told. */
  readonly cwd?: string;
}

/** An environment in which no file or variable of the person who runs the tests changes a result. */
export const bareEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: join(root, '.tmp/nobody'),
};

/** Runs the command as it was built, in a process of its own. */
export function runCli(args: readonly string[], options: RunOptions = {}): Run {
  if (!existsSync(program)) throw new Error('Run "npm run build" first.');
  const run = spawnSync(process.execPath, [program, ...args], {
    cwd: options.cwd ?? root,
    env: { ...bareEnvironment, ...options.env },
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return { exitCode: run.status, stdout: run.stdout, stderr: run.stderr };
}
