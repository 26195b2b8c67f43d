import type { Effects } from './effects.js';

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
