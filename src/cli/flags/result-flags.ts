import { type ExitCode, exitCodes, quoteValue, UsageError } from '../../base/errors.js';
import { anyOf } from '../../base/text.js';
import type { Comparison } from '../../cost/compare/comparison.js';
import { type ComparisonFormat, comparisonFormats } from '../../report/comparison/formats.js';
import type { Effects } from '../kit/effects.js';
import { oneOf } from '../kit/flag-values.js';
import { screenOf, writeResult } from '../kit/output.js';
import { textFlag } from '../kit/yargs.js';
import { assumptionFlags } from './assumption-flags.js';
import { rateFlags } from './rate-flags.js';

/** The formats that a command shows its result in, by the name that `--format` takes; the first is the default. */
type Formats<Name extends string> = Readonly<Record<Name, unknown>>;

function namesOf<Name extends string>(formats: Formats<Name>): readonly Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(formats, name);
  return Object.keys(formats).filter(isName);
}

/** The flag that says where a result goes. */
export const outputFlag = textFlag('Write the result to a file instead', { alias: 'o' });

/** The flags of a command that shows a result in one of some formats: which, and where it goes. */
export function resultFlags(formats: Formats<string>) {
  const names = namesOf(formats);
  const format = textFlag(anyOf(names), { defaultDescription: names[0] ?? '' });
  return { format, output: outputFlag } as const;
}

/** The format that `--format` names; the first where it is not given. */
export function readFormat<Name extends string>(
  text: string | undefined,
  formats: Formats<Name>,
): Name {
  const names = namesOf(formats);
  const [first] = names;
  return text === undefined && first !== undefined ? first : oneOf('--format', text ?? '', names);
}

/** The flags of every command that shows a comparison. */
export const comparisonFlags = {
  region: textFlag('Region where the input names none (default: AWS_REGION, then the AWS config)'),
  ...resultFlags(comparisonFormats),
  output: textFlag('Write to a file instead, in the format of its ending: .json, .csv, .md', {
    alias: 'o',
  }),
  explain: {
    type: 'boolean',
    alias: 'v',
    describe: 'Show every component as a sum, with its SKU',
  },
  ...assumptionFlags,
  ...rateFlags,
} as const;

/** The format that the ending of an output's name means; a table for another name. */
function formatOf(output: string | undefined): ComparisonFormat {
  const ending = /\.[a-z]+$/i.exec(output ?? '')?.[0].toLowerCase() ?? '';
  if (ending === '.html' || ending === '.htm') {
    throw new UsageError(
      'usage',
      `--output ${quoteValue(output ?? '')}: a comparison has no HTML`,
      {
        hint: `Use pathfare report for a page, or end the name in .json, .csv or .md.`,
      },
    );
  }
  return endings.get(ending) ?? 'table';
}

const endings: ReadonlyMap<string, ComparisonFormat> = new Map([
  ['.json', 'json'],
  ['.csv', 'csv'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
]);

/** The flags that say how a comparison is shown. */
export interface ShowOptions {
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  readonly explain?: boolean | undefined;
}

/** Makes a comparison and writes it; the exit code says whether it is complete. */
export async function showComparison(
  options: ShowOptions,
  effects: Effects,
  make: () => Promise<Comparison>,
): Promise<ExitCode> {
  const { format, output } = options;
  const draw =
    comparisonFormats[
      format === undefined ? formatOf(output) : readFormat(format, comparisonFormats)
    ];
  const screen = screenOf(effects, options.output);
  let exitCode: ExitCode = exitCodes.done;
  const result = async () => {
    const comparison = await make();
    if (!comparison.complete) exitCode = exitCodes.incomplete;
    return draw(comparison, { ...screen, explain: options.explain ?? false });
  };
  // Only the table is drawn for a screen.
  await writeResult(options.output, effects, result, {
    color: screen.color && draw === comparisonFormats.table,
  });
  return exitCode;
}
