import { distance } from 'fastest-levenshtein';
import yargs, { type Argv } from 'yargs';
import { type ExitCode, exitCodes, PathfareError, UsageError } from '../errors.js';
import type { Session } from './command.js';
import { commands } from './commands.js';
import { hideDash } from './dash.js';
import type { Effects } from './effects.js';

/**
 * Runs the program: arguments in, exit code out. An expected failure is told on stderr in two lines; anything else
 * that is thrown is a defect and shows its stack.
 */
export async function main(
  args: readonly string[],
  version: string,
  effects: Effects,
): Promise<ExitCode> {
  const session: Session = { effects, exitCode: exitCodes.done, flags: [] };
  const program = configure(yargs(), version, session);
  for (const add of commands) add(program, session);
  try {
    let printed = '';
    await program.parseAsync(hideDash(args), {}, (_error, _argv, output) => {
      printed = output;
    });
    if (printed !== '') effects.stdout.write(`${printed}\n`);
    return session.exitCode;
  } catch (error) {
    return tell(error, effects);
  }
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
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .demandCommand(1, 'Name a command.')
    .recommendCommands()
    .strict()
    .help()
    .alias('help', 'h')
    .version(version)
    .wrap(Math.min(columns, 100))
    .epilogue(
      'Exit codes: 0 done, 1 failed, 2 usage, 3 incomplete estimate, 4 over budget.\nEvery command has its own help: pathfare compare --help',
    )
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? usageFailure(message ?? '', session.flags);
    });
}

/** A usage error in our words: an unknown flag comes with the nearest known one. */
function usageFailure(message: string, flags: readonly string[]): UsageError {
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ');
  if (unknown?.[0] === undefined) {
    return new UsageError(message, { hint: 'Run "pathfare --help", or --help after a command.' });
  }
  const [name] = unknown;
  const nearest = nearestFlag(name, flags);
  return new UsageError(
    unknown.length === 1 ? `unknown argument: ${name}` : `unknown arguments: ${unknown.join(', ')}`,
    {
      hint:
        nearest === undefined
          ? 'Run the command with --help for its flags.'
          : `Did you mean --${nearest}?`,
    },
  );
}

/** The known flag nearest to a mistyped one, if any is near. */
function nearestFlag(name: string, flags: readonly string[]): string | undefined {
  const [best] = [...flags, 'help', 'version']
    .map((flag) => ({ flag, far: distance(flag, name) }))
    .toSorted((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(2, name.length / 3) ? best.flag : undefined;
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
