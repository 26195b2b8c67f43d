import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from '../../base/errors.js';
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
