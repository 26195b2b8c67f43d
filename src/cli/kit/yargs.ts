import yargs, {
  type ArgumentsCamelCase,
  type Argv,
  type InferredOptionTypes,
  type Options,
} from 'yargs';
import { type ExitCode, quoteValue, UsageError } from '../../base/errors.js';
import { nearestNames } from '../../base/nearest-names.js';
import type { Effects } from './effects.js';

/** The options of a command, as yargs takes them: names in kebab-case, every value text. */
export type OptionTable = Readonly<Record<string, Options>>;

/** The values of options as they were given, any of them. */
export type FlagValues<Table extends OptionTable> = Readonly<Partial<InferredOptionTypes<Table>>>;

/** A command: its options, its examples and what it does. */
export interface Command<Table extends OptionTable> {
  readonly options: Table;
  /** Examples for the help: a command line and what it answers. */
  readonly examples?: readonly (readonly [string, string])[];
  readonly run: (
    options: ArgumentsCamelCase<InferredOptionTypes<Table>>,
    effects: Effects,
  ) => Promise<ExitCode>;
}

/** Declares a command; the option table gives `run` its types. */
export function defineCommand<const Table extends OptionTable>(
  command: Command<Table>,
): Command<Table> {
  return command;
}

interface TextFlag {
  readonly type: 'string';
  readonly requiresArg: true;
  readonly describe: string;
}

type FlagDetails = Pick<
  Options,
  'alias' | 'array' | 'default' | 'defaultDescription' | 'demandOption' | 'group'
>;

/** A flag that takes a text, such as `--region us-east-1`. */
export function textFlag(describe: string): TextFlag;
export function textFlag<const Details extends FlagDetails>(
  describe: string,
  details: Details,
): TextFlag & Details;
export function textFlag(describe: string, details: FlagDetails = {}) {
  return { type: 'string', requiresArg: true, describe, ...details } as const;
}

/** Where a command's exit code goes. */
export interface ProgramState {
  readonly effects: Effects;
  /** The arguments as they were typed. */
  readonly args: readonly string[];
  exitCode: ExitCode;
  /** The flags of the command that is called, for the nearest to a mistyped one. */
  flags: readonly string[];
  /** The commands that can be called, for the nearest to a mistyped one. */
  commands: readonly string[];
}

/** A command's place in the list: adds it to yargs, and loads its file only when it is called. */
export type CommandEntry = (yargs: Argv, state: ProgramState) => Argv;

/**
 * Lists a command.
 *
 * @param usage the command's words and positionals, such as `compare <input..>`
 * @param load imports the command's file
 */
export function commandEntry<Table extends OptionTable>(
  usage: string,
  describe: string,
  load: () => Promise<{ readonly command: Command<Table> }>,
): CommandEntry {
  return (yargs, state) => {
    state.commands = [...state.commands, firstWord(usage)];
    return yargs.command<InferredOptionTypes<Table>>({
      command: usage,
      describe,
      builder: async (builder: Argv) => {
        const { command } = await load();
        state.flags = Object.keys(command.options);
        return describeOptions(builder, usage, command.options).epilogue(
          exampleLines(command.examples ?? []),
        );
      },
      handler: async (argv) => {
        const { command } = await load();
        refuseRepeated(command.options, argv);
        state.exitCode = await command.run(unmarkDashed(argv), state.effects);
      },
    });
  };
}

const firstWord = (usage: string): string => usage.split(' ')[0] ?? usage;

/** The command's own flags stand first in its help; what its usage names in brackets is a positional. */
function describeOptions<Table extends OptionTable>(
  builder: Argv,
  usage: string,
  options: Table,
): Argv<InferredOptionTypes<Table>> {
  const positionals = [...usage.matchAll(/[<[]([\w-]+)/g)].map(([, name = '']) => name);
  for (const name of positionals) {
    const describe = options[name]?.describe;
    if (describe === undefined) continue;
    builder.positional(name, { describe, type: 'string', defaultDescription: 'none' });
  }
  const own = Object.entries(options).filter(([, option]) => option.group === undefined);
  const names = own.map(([name]) => name).filter((name) => !positionals.includes(name));
  return builder.group(names, 'Options:').options(options);
}

function exampleLines(examples: readonly (readonly [string, string])[]): string {
  if (examples.length === 0) return '';
  return ['Examples:', ...examples.map(([line, text]) => `  ${line}\n      ${text}`)].join('\n');
}

/** A flag given twice is refused where it holds one value: neither value is dropped in silence. */
function refuseRepeated(options: OptionTable, argv: Readonly<Record<string, unknown>>): void {
  for (const [name, { array }] of Object.entries(options)) {
    if (array === true || !Array.isArray(argv[name])) continue;
    throw new UsageError('usage', `--${name} is given ${argv[name].length} times`, {
      hint: `Give --${name} once.`,
    });
  }
}

/** Lists a group of commands under one word, such as `prices show` and `prices list`. */
export function commandGroup(
  word: string,
  describe: string,
  entries: readonly CommandEntry[],
): CommandEntry {
  return (yargs, state) => {
    state.commands = [...state.commands, word];
    return yargs.command(word, describe, (builder) => {
      state.commands = [];
      for (const add of entries) add(builder, state);
      state.commands = state.commands.map((name) => `${word} ${name}`);
      return builder.demandCommand(1, 1, `no command of "pathfare ${word}" is given`);
    });
  };
}

/**
 * Reads the command line and runs the command that it names: the help or the version that it asks for, or an empty text.
 *
 * @throws UsageError in our words for what yargs complains of
 */
export async function runCommandLine(
  version: string,
  commands: readonly CommandEntry[],
  state: ProgramState,
): Promise<string> {
  const program = configure(yargs(), version, state);
  forgoHelpCache(program);
  for (const add of commands) add(program, state);
  let printed = '';
  try {
    await program.parseAsync([...markDashed(state.args)], {}, (_error, _argv, output) => {
      if (output !== '') printed = tidyHelp(output);
    });
  } catch (error) {
    throw inOurWords(error, state);
  }
  return printed;
}

function configure(program: Argv, version: string, state: ProgramState): Argv {
  const columns = state.effects.stdout.columns ?? 80;
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
      throw error ?? usageFailure(message ?? '', state.args, state);
    });
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

/** yargs' help without the types of values: every value is text to a shell, and the descriptions say what it holds. */
function tidyHelp(text: string): string {
  return text
    .split('\n')
    .map((line) => ({ before: line, after: withoutTypes(line) }))
    .filter(({ before, after }) => after !== '' || before === '')
    .map(({ after }) => after)
    .join('\n');
}

const withoutTypes = (line: string): string =>
  line
    .replace(/ ?\[(?:string|boolean|array)\]/g, '')
    .replace(' [default: none]', '')
    .trimEnd();

/** No argument of a program can hold a NUL, so that it marks one without doubt. */
const mark = '\0';

/**
 * Marks the arguments that begin with a hyphen and are no flags: `-` (standard input), numbers such as `-5%`, and all
 * that follows `--`, which goes. yargs drops them from a list of positionals without a word.
 */
function markDashed(args: readonly string[]): readonly string[] {
  const found = args.indexOf('--');
  const end = found === -1 ? args.length : found;
  return [
    ...args.slice(0, end).map((arg) => (isValue(arg) ? `${mark}${arg}` : arg)),
    ...args.slice(end + 1).map((arg) => `${mark}${arg}`),
  ];
}

/** `-` and `-5%` are no flags: the one is standard input, the other a value that the command refuses in its own words. */
const isValue = (arg: string): boolean => /^-(?:\d.*)?$/.test(arg);

/** Gives marked values back as they were typed. */
function unmarkDashed<Values extends object>(values: Values): Values {
  const plain = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') Object.assign(plain, { [name]: unmarked(value) });
    if (Array.isArray(value)) Object.assign(plain, { [name]: value.map(unmarked) });
  }
  return plain;
}

const unmarked = <Value>(value: Value): Value | string =>
  typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : value;

/** yargs throws some of its complaints past its own failure handler. */
function inOurWords(error: unknown, state: ProgramState): unknown {
  const complaint = error instanceof Error && error.name === 'YError';
  return complaint ? usageFailure(error.message, state.args, state) : error;
}

/** What the command line may hold: the flags of the command that is called, and the names of the commands. */
type Vocabulary = Pick<ProgramState, 'flags' | 'commands'>;

/**
 * A failure of yargs in our words: it names the flag or command as it was typed and offers the nearest known one.
 *
 * @param message what yargs says
 * @param args the arguments as they were typed
 */
function usageFailure(
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
  const [offered] = nearestNames(name, commands);
  if (flags.length > 0) {
    return new UsageError('usage', `${quoteValue(name)} is one argument too many`, {
      hint: 'Quote a value that holds spaces; --help after the command shows what it takes.',
    });
  }
  return new UsageError('usage', `no command is called ${quoteValue(name)}`, {
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
  const [offered] = nearestNames(name, [...flags, 'help', 'version']);
  return new UsageError('usage', `no flag is called ${dashes}${quoteValue(name).slice(1, -1)}`, {
    hint:
      offered === undefined
        ? '--help after the command shows its flags.'
        : `Did you mean --${offered}?`,
  });
}

function withoutValue(name: string): UsageError {
  return new UsageError('usage', `--${name} has no value`, {
    hint: `Give one after it: --${name} VALUE; --help after the command shows what it takes.`,
  });
}

/** A flag that is missing may stand there under a mistyped name, and that is the mistake to name. */
function missingFlags(
  names: readonly string[],
  args: readonly string[],
  { flags }: Vocabulary,
): UsageError {
  const known = new Set([...flags, 'help', 'version']);
  const mistyped = args.find((arg) => /^--./.test(arg) && !known.has(flagName(arg)));
  if (mistyped !== undefined) return unknownFlag(flagName(mistyped), flags);
  const missing = names.map((name) => `--${name}`).join(', ');
  return new UsageError('usage', `not given: ${missing}`, {
    hint: `The command needs ${names.length === 1 ? 'it' : 'them'}; --help after it shows an example.`,
  });
}

function missingInput({ flags }: Vocabulary): UsageError {
  return new UsageError('usage', 'no input is given', {
    hint: flags.includes('input')
      ? 'Name the files to read, or - for standard input.'
      : '--help after the command shows what it takes.',
  });
}

function missingCommand(
  message: string,
  args: readonly string[],
  { flags, commands }: Vocabulary,
): UsageError {
  const flag = args.find((arg) => /^--?./.test(arg));
  if (flags.length === 0 && flag !== undefined) return unknownFlag(flagName(flag), commands);
  return new UsageError('usage', message, {
    hint: `Run "pathfare --help". Commands: ${commands.join(', ')}.`,
  });
}
