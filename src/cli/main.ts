import { type ExitCode, exitCodes, PathfareError } from '../base/errors.js';
import { commands } from './commands/index.js';
import type { Effects } from './kit/effects.js';
import { tellFailure } from './kit/output.js';
import { type ProgramState, runCommandLine } from './kit/yargs.js';

/**
 * Runs the program: arguments in, exit code out. An expected failure is told on stderr in two lines; anything else
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
    return state.exitCode;
  } catch (error) {
    return tell(error, effects);
  }
}

/** `pathfare help compare` asks what `pathfare compare --help` does. */
function withHelpLast(args: readonly string[]): readonly string[] {
  const [first, ...others] = args;
  return first === 'help' ? [...others, '--help'] : args;
}

/** Tells a failure on stderr and gives its exit code. */
function tell(error: unknown, effects: Pick<Effects, 'stderr'>): ExitCode {
  if (error instanceof PathfareError) {
    tellFailure(error, effects);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  effects.stderr.write(`pathfare: a defect of pathfare, please report it:\n${stack}\n`);
  return exitCodes.failed;
}
