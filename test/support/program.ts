import { spawn } from 'node:child_process';
import { bareEnvironment, program } from './run-cli.js';

/** What the built program did. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built program to its end, while this process answers it from a server of its own.
 *
 * @param kill when to end it with SIGKILL: given a function that does so
 */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  kill?: (now: () => void) => void,
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...bareEnvironment, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  kill?.(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
