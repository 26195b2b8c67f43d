import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from '../../base/errors.js';
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
