import { type ExitCode, exitCodes } from '../../base/errors.js';
import type { Comparison } from '../../cost/compare/comparison.js';
import { comparisonFormats } from '../../report/comparison/formats.js';
import { textFlag } from '../kit/command.js';
import type { Effects } from '../kit/effects.js';
import { writeResult } from '../kit/output.js';
import { screenOf } from '../kit/screen.js';
import { assumptionFlags } from './assumption-flags.js';
import { rateFlags } from './rate-flags.js';
import { readFormat, resultFlags } from './result-flags.js';

/** The flags of every command that shows a comparison. */
export const comparisonFlags = {
  region: textFlag('Region where the input names none (default: AWS_REGION, then the AWS config)'),
  ...resultFlags(comparisonFormats),
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

/** Makes a comparison and writes it; the exit code says whether it is complete. */
export async function showComparison(
  options: ShowOptions,
  effects: Effects,
  make: () => Promise<Comparison>,
): Promise<ExitCode> {
  const draw = comparisonFormats[readFormat(options.format, comparisonFormats)];
  const screen = screenOf(effects, options.output);
  let exitCode: ExitCode = exitCodes.done;
  await writeResult(options.output, effects, async () => {
    const comparison = await make();
    if (!comparison.complete) exitCode = exitCodes.incomplete;
    return draw(comparison, { ...screen, explain: options.explain ?? false });
  });
  return exitCode;
}
