import { distance } from 'fastest-levenshtein';
import { quoteValue, UsageError } from '../../base/errors.js';

/** What the command line may hold: the flags of the command that is called, and the names of the commands. */
export interface Vocabulary {
  readonly flags: readonly string[];
  readonly commands: readonly string[];
}

/**
 * A failure of yargs in our words: it names the flag or command as it was typed and offers the nearest known one.
 *
 * @param message what yargs says
 * @param args the arguments as they were typed
 */
export function usageFailure(
  message: string,
  args: readonly string[],
  vocabulary: Vocabulary,
): UsageError {
  const unknown = /^Unknown (?:argument|command)s?: \0?([^]+)$/.exec(message)?.[1]?.split(', ')[0];
  if (unknown !== undefined) return unknownName(unknown, args, vocabulary);
  const valueless = /^(?:Not enough arguments following: |Missing argument value: )(.+)$/.exec(
    message,
  )?.[1];
  if (valueless !== undefined) return withoutValue(valueless);
  const missing = /^Missing required arguments?: (.+)$/.exec(message)?.[1];
  if (missing !== undefined) return missingFlags(missing.split(', '), args, vocabulary);
  if (message.startsWith('Not enough non-option arguments')) return missingInput(vocabulary);
  return missingCommand(message, args, vocabulary);
}

function unknownName(
  name: string,
  args: readonly string[],
  { flags, commands }: Vocabulary,
): UsageError {
  const typed = args.find((arg) => /^--?./.test(arg) && flagName(arg) === name);
  if (typed !== undefined) return unknownFlag(name, flags);
  const offered = offer(name, commands);
  if (flags.length > 0) {
    return new UsageError(`${quoteValue(name)} is one argument too many`, {
      hint: 'Quote a value that holds spaces; --help after the command tells what it takes.',
    });
  }
  return new UsageError(`no command is called ${quoteValue(name)}`, {
    hint:
      offered === undefined
        ? `The commands are ${commands.join(', ')}.`
        : `Did you mean "pathfare ${offered}"?`,
  });
}

/** `--regin=x` is the flag `regin`, `-x` the flag `x`. */
const flagName = (arg: string): string => arg.replace(/^--?(?:no-)?/, '').replace(/=[^]*$/, '');

function unknownFlag(name: string, flags: readonly string[]): UsageError {
  const dashes = name.length === 1 ? '-' : '--';
  const offered = offer(name, [...flags, 'help', 'version']);
  return new UsageError(`no flag is called ${dashes}${quoteValue(name).slice(1, -1)}`, {
    hint:
      offered === undefined
        ? '--help after the command tells its flags.'
        : `Did you mean --${offered}?`,
  });
}

function withoutValue(name: string): UsageError {
  return new UsageError(`--${name} has no value`, {
    hint: `Give one after it: --${name} VALUE; --help after the command tells what it takes.`,
  });
}

/** A flag that is missing may stand there under a mistyped name, and that is the mistake to tell. */
function missingFlags(
  names: readonly string[],
  args: readonly string[],
  { flags }: Vocabulary,
): UsageError {
  const known = new Set([...flags, 'help', 'version']);
  const mistyped = args.find((arg) => /^--./.test(arg) && !known.has(flagName(arg)));
  if (mistyped !== undefined) return unknownFlag(flagName(mistyped), flags);
  const missing = names.map((name) => `--${name}`).join(', ');
  return new UsageError(`not given: ${missing}`, {
    hint: `The command needs ${names.length === 1 ? 'it' : 'them'}; --help after it shows an example.`,
  });
}

function missingInput({ flags }: Vocabulary): UsageError {
  return new UsageError('no input is given', {
    hint: flags.includes('input')
      ? 'Name the files to read, or - for standard input.'
      : '--help after the command tells what it takes.',
  });
}

function missingCommand(
  message: string,
  args: readonly string[],
  { flags, commands }: Vocabulary,
): UsageError {
  const flag = args.find((arg) => /^--?./.test(arg));
  if (flags.length === 0 && flag !== undefined) return unknownFlag(flagName(flag), commands);
  return new UsageError(message, {
    hint: `Run "pathfare --help". Commands: ${commands.join(', ')}.`,
  });
}

/** The known name nearest to a mistyped one, if any is near. */
function offer(name: string, known: readonly string[]): string | undefined {
  const wanted = name.slice(0, 60).toLowerCase();
  const [best] = known
    .map((each) => ({ each, far: distance(each.split(' ').at(-1) ?? each, wanted) }))
    .toSorted((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(2, name.length / 3) ? best.each : undefined;
}
