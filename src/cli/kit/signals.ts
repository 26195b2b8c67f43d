import { Interruption, signalExitCodes } from '../../base/errors.js';
import { removeTemporaries } from '../../base/node/files.js';

/** How long the work has to stop after a signal before the process ends without it. */
const graceMilliseconds = 2000;

/**
 * Ends a process by the signals that ask for it, with the exit code that shells have for them. The first aborts the work, which stops
 * and takes away what it began. What does not stop, such as the opening of a pipe that nobody writes to, ends with the process, as
 * at a second signal.
 */
export function endBySignal(program: NodeJS.Process): AbortSignal {
  const interrupt = new AbortController();
  program.on('exit', removeTemporaries);
  for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    const endNow = () => {
      removeTemporaries();
      program.removeAllListeners(name);
      program.kill(program.pid, name);
    };
    program.on(name, () => {
      if (interrupt.signal.aborted) return endNow();
      program.exitCode = signalExitCodes[name];
      interrupt.abort(new Interruption(name));
      setTimeout(endNow, graceMilliseconds).unref();
      return undefined;
    });
  }
  return interrupt.signal;
}
