import yargs, { type Argv } from 'yargs';
import { type ExitCode, exitCodes, PathfareError } from '../base/errors.js';
import { commands } from './commands/index.js';
import type { Session } from './kit/command.js';
import { markDashed } from './kit/dashed-arguments.js';
import type { Effects } from './kit/effects.js';
import { tidyHelp } from './kit/help-text.js';
import { usageFailure } from './kit/usage-failure.js';

/**
 * Runs the program: arguments in, exit code out. An expected failure is told on stderr in two lines; anything else
 * that is thrown is a defect and shows its stack.
 */
export async function main(
  args: readonly string[],
  version: string,
  effects: Effects,
): Promise<ExitCode> {
  const session: Session = {
    effects,
    args: withHelpLast(args),
    exitCode: exitCodes.done,
    flags: [],
    commands: [],
  };
  const program = configure(yargs(), version, session);
  forgoHelpCache(program);
  for (const add of commands) add(program, session);
  try {
    let printed = '';
    await program.parseAsync([...markDashed(session.args)], {}, (_error, _argv, output) => {
      printed = output;
    });
    if (printed !== '') effects.stdout.write(`${tidyHelp(printed)}\n`);
    return session.exitCode;
  } catch (error) {
    return tell(inOurWords(error, session), effects);
  }
}

/** yargs throws some of its complaints past its own failure handler. */
function inOurWords(error: unknown, session: Session): unknown {
  const complaint = error instanceof Error && error.name === 'YError';
  return complaint ? usageFailure(error.message, session.args, session) : error;
}

/** `pathfare help compare` asks what `pathfare compare --help` does. */
function withHelpLast(args: readonly string[]): readonly string[] {
  const [first, ...others] = args;
  return first === 'help' ? [...others, '--help'] : args;
}

/**
 * Before a command runs, yargs draws its help in case the command should ask for it; none does, and it takes as long as
 * the estimate itself. What draws it is not documented, and is left alone where it isn't found.
 */
function forgoHelpCache(program: Argv): void {
  const internals: unknown = Reflect.get(program, 'getInternalMethods');
  if (typeof internals !== 'function') return;
  const methods: unknown = Reflect.apply(internals, program, []);
  if (typeof methods !== 'object' || methods === null) return;
  const usageOf: unknown = Reflect.get(methods, 'getUsageInstance');
  if (typeof usageOf !== 'function') return;
  const usage: unknown = Reflect.apply(usageOf, methods, []);
  if (typeof usage === 'object' && usage !== null) Reflect.set(usage, 'cacheHelpMessage', () => {});
}

function configure(program: Argv, version: string, session: Session): Argv {
  const columns = session.effects.stdout.columns ?? 80;
  return program
    .scriptName('pathfare')
    .detectLocale(false)
    .usage(
      '$0 <command>\n\nWhat the ways out of your VPCs cost, and which combination is cheapest.',
    )
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      // A list takes one value each time it is given: `--rates a.json month.csv` leaves the file alone.
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .demandCommand(1, 'no command is given')
    .strict()
    .help('help', 'Show this help')
    .alias('help', 'h')
    .version('version', 'Show the version', version)
    .wrap(Math.min(columns, 100))
    .epilogue(
      'Exit codes: 0 done, 1 failed, 2 usage, 3 incomplete estimate, 4 over budget.\nEvery command has its own help: pathfare compare --help',
    )
    .fail((message: string | null, error: Error | null | undefined) => {
      throw error ?? usageFailure(message ?? '', session.args, session);
    });
}

/** Tells a failure on stderr and gives its exit code. */
function tell(error: unknown, effects: Pick<Effects, 'stderr'>): ExitCode {
  if (error instanceof PathfareError) {
    const hint = error.hint === undefined ? '' : `  ${error.hint}\n`;
    effects.stderr.write(`pathfare: ${error.message}\n${hint}`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  effects.stderr.write(`pathfare: a defect of pathfare, please report it:\n${stack}\n`);
  return exitCodes.failed;
}
