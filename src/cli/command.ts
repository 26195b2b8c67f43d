import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { type ExitCode, UsageError } from '../errors.js';
import { restoreDash } from './dash.js';
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
  exitCode: ExitCode;
  /** The flags of the command that is called, for the nearest to a mistyped one. */
  flags: readonly string[];
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
  return (yargs, session) =>
    yargs.command<InferredOptionTypes<Table>>({
      command: usage,
      describe,
      builder: async (builder: Argv) => {
        const { command } = await load();
        for (const [line, text] of command.examples ?? []) builder.example(line, text);
        session.flags = Object.keys(command.options);
        return builder.options(command.options);
      },
      handler: async (argv) => {
        const { command } = await load();
        refuseRepeated(command.options, argv);
        session.exitCode = await command.run(restoreDash(argv), session.effects);
      },
    });
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
  return (yargs, session) =>
    yargs.command(word, describe, (builder) => {
      for (const add of entries) add(builder, session);
      return builder.demandCommand(1, 1, `Name one of the commands of "pathfare ${word}".`);
    });
}
