import type { Comparison } from '../cost/comparison.js';
import { type ExitCode, exitCodes } from '../errors.js';
import { type ComparisonFormat, comparisonFaces } from '../report/face.js';
import { assumptionFlags } from './assumption-flags.js';
import type { Effects } from './effects.js';
import { oneOf } from './flag-values.js';
import { writeResult } from './output.js';
import { rateFlags } from './rate-flags.js';
import { screenOf } from './screen.js';

/** The flags of every command that shows a comparison. */
export const comparisonFlags = {
  region: {
    type: 'string',
    requiresArg: true,
    describe: 'Region where the input names none (default: AWS_REGION, then the AWS config)',
  },
  format: {
    type: 'string',
    requiresArg: true,
    describe: 'table, json, csv or markdown',
    defaultDescription: 'table',
  },
  output: {
    type: 'string',
    requiresArg: true,
    alias: 'o',
    describe: 'Write the result to a file instead',
  },
  explain: {
    type: 'boolean',
    alias: 'v',
    describe: 'Show every component as a sum, with its SKU',
  },
  ...assumptionFlags,
  ...rateFlags,
} as const;

/** The flags that say how a comparison is shown. */
export interface ShowOptions {
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  readonly explain?: boolean | undefined;
}

/** The face that `--format` names; `table` where it is not given. */
function readFormat(text: string | undefined): ComparisonFormat {
  const names: ComparisonFormat[] = ['table', 'json', 'csv', 'markdown'];
  return text === undefined ? 'table' : oneOf('--format', text, names);
}

/** Makes a comparison and writes it; the exit code says whether it is complete. */
export async function showComparison(
  options: ShowOptions,
  effects: Effects,
  make: () => Promise<Comparison>,
): Promise<ExitCode> {
  const draw = comparisonFaces[readFormat(options.format)];
  const screen = screenOf(effects, options.output);
  let exitCode: ExitCode = exitCodes.done;
  await writeResult(options.output, effects, async () => {
    const comparison = await make();
    if (!comparison.complete) exitCode = exitCodes.incomplete;
    return draw(comparison, { ...screen, explain: options.explain ?? false });
  });
  return exitCode;
}
