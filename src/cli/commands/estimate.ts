import { UsageError } from '../../base/errors.js';
import { requireServiceName } from '../../base/service-name.js';
import { compare } from '../../cost/compare/compare.js';
import { estimatedProfile } from '../../library/estimate.js';
import type { TrafficProfile } from '../../traffic/profile/profile.js';
import { readAssumptions } from '../flags/assumption-flags.js';
import { loadRates } from '../flags/rate-flags.js';
import { oneRegion } from '../flags/regions.js';
import { comparisonFlags, showComparison } from '../flags/result-flags.js';
import { plainDecimal } from '../kit/flag-values.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare estimate`: what one service costs on each path. */
export const command = defineCommand({
  options: {
    service: textFlag(
      "The service's short or full name: s3, ecr.dkr, com.amazonaws.us-east-1.logs",
      { demandOption: true },
    ),
    'gb-out': textFlag('GB a month out of the VPC'),
    'gb-in': textFlag('GB a month into the VPC'),
    ...comparisonFlags,
  },
  examples: [
    [
      '$0 estimate --region us-east-1 --service s3 --gb-out 1000 --gb-in 4000',
      'S3 on each path, in two zones',
    ],
  ],
  run: async (options, effects) => {
    const assumptions = readAssumptions(options);
    const { name } = await oneRegion(options.region, effects);
    const profile = profileOf(options, name);
    return showComparison(options, effects, async () => {
      const { cards, ...rates } = await loadRates([name], options, effects);
      return compare({ profiles: [profile], rateCards: cards, assumptions, ...rates });
    });
  },
});

interface EstimateOptions {
  readonly service: string;
  readonly 'gb-out'?: string | undefined;
  readonly 'gb-in'?: string | undefined;
}

function profileOf(options: EstimateOptions, region: string): TrafficProfile {
  const name = requireServiceName(options.service, '--service');
  const { 'gb-out': gbOut, 'gb-in': gbIn } = options;
  if (gbOut === undefined && gbIn === undefined) {
    throw new UsageError('usage', 'neither --gb-out nor --gb-in is given', {
      hint: 'Give the GB a month in at least one direction, such as --gb-out 1000.',
    });
  }
  return estimatedProfile(name, region, {
    sent: { gb: plainDecimal('--gb-out', gbOut ?? '0') },
    received: { gb: plainDecimal('--gb-in', gbIn ?? '0') },
  });
}
