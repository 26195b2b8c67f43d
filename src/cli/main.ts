import { type ExitCode, exitCodes, Interruption, PathfareError } from '../base/errors.js';
import { commands } from './commands/index.js';
import type { Effects } from './kit/effects.js';
import { say, tellFailure } from './kit/output.js';
import { type ProgramState, runCommandLine } from './kit/yargs.js';

/**
 * Runs the program: arguments in, exit code out. An expected failure is said on stderr in two lines; anything else
 * that is thrown is a defect and shows its stack.
 */
export async function main(
  args: readonly string[],
  version: string,
  effects: Effects,
): Promise<ExitCode> {
  const state: ProgramState = {
    effects,
    args: withHelpLast(args),
    exitCode: exitCodes.done,
    flags: [],
    commands: [],
  };
  try {
    const help = await runCommandLine(version, commands, state);
    if (help !== '') effects.stdout.write(`${help}\n`);
    // What a signal could no longer stop is whole; the exit code still is the signal's.
    return interruptionOf(effects.signal)?.exitCode ?? state.exitCode;
  } catch (error) {
    return tell(error, effects);
  }
}

/** `pathfare help compare` asks what `pathfare compare --help` does. */
function withHelpLast(args: readonly string[]): readonly string[] {
  const [first, ...others] = args;
  return first === 'help' ? [...others, '--help'] : args;
}

/** Why a run was to end before its time. A signal that is aborted without a reason stands for Ctrl-C. */
function interruptionOf({ aborted, reason }: AbortSignal): Interruption | undefined {
  if (!aborted) return undefined;
  return reason instanceof Interruption ? reason : new Interruption('SIGINT');
}

/** Says a failure on stderr and gives its exit code. Whatever fails after an interruption fails by it. */
function tell(error: unknown, effects: Pick<Effects, 'stderr' | 'signal'>): ExitCode {
  const interruption = interruptionOf(effects.signal);
  const isTold = error instanceof PathfareError && error.code === 'interrupted';
  const failure = isTold ? error : (interruption ?? error);
  if (failure instanceof PathfareError) {
    tellFailure(failure, effects);
    return interruption?.exitCode ?? failure.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(`pathfare: a defect of pathfare, please report it:\n${stack}`, effects);
  return exitCodes.failed;
}
