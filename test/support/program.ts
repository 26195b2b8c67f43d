import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the built program did. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL('../../dist/bin/pathfare.js', import.meta.url));

/** The environment of a person without AWS settings of any kind. */
export function bareEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|PATHFARE_|XDG_)/.test(name));
  return {
    ...Object.fromEntries(
      kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/**
 * Runs the built program to its end.
 *
 * @param kill when to end it with SIGKILL: given a function that does so
 */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  kill?: (now: () => void) => void,
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...bareEnvironment(), ...env },
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
