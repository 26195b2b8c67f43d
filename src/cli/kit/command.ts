import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { type ExitCode, UsageError } from '../../base/errors.js';
import { unmarkDashed } from './dashed-arguments.js';
import type { Effects } from './effects.js';

/** The options of a command, as yargs takes them: names in kebab-case, every value text. */
export type OptionTable = Readonly<Record<string, Options>>;

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

/** Where a command's exit code goes. */
export interface Session {
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
export type CommandEntry = (yargs: Argv, session: Session) => Argv;

/**
 * Lists a command.
 *
 * @param usage the command's words and positionals, such as `compare <input..>`
 * @param load imports the command's file
 */
export function entry<Table extends OptionTable>(
  usage: string,
  describe: string,
  load: () => Promise<{ readonly command: Command<Table> }>,
): CommandEntry {
  return (yargs, session) => {
    session.commands = [...session.commands, firstWord(usage)];
    return yargs.command<InferredOptionTypes<Table>>({
      command: usage,
      describe,
      builder: async (builder: Argv) => {
        const { command } = await load();
        session.flags = Object.keys(command.options);
        return describeOptions(builder, usage, command.options).epilogue(
          exampleLines(command.examples ?? []),
        );
      },
      handler: async (argv) => {
        const { command } = await load();
        refuseRepeated(command.options, argv);
        session.exitCode = await command.run(unmarkDashed(argv), session.effects);
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
    throw new UsageError(`--${name} is given ${argv[name].length} times`, {
      hint: `Give --${name} once.`,
    });
  }
}

/** Lists a group of commands under one word, such as `prices show` and `prices list`. */
export function group(
  word: string,
  describe: string,
  entries: readonly CommandEntry[],
): CommandEntry {
  return (yargs, session) => {
    session.commands = [...session.commands, word];
    return yargs.command(word, describe, (builder) => {
      session.commands = [];
      for (const add of entries) add(builder, session);
      session.commands = session.commands.map((name) => `${word} ${name}`);
      return builder.demandCommand(1, 1, `no command of "pathfare ${word}" is given`);
    });
  };
}
