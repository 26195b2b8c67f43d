import { UsageError } from '../../base/errors.js';
import { cachedRegions, loadPublished, shippedRegions } from '../../pricing/card/load-rate-card.js';
import { type Region, requireRegion } from '../../pricing/card/regions.js';
import type { Refreshed } from '../../pricing/fetch/refresh.js';
import { refreshFormats, type ShownRefresh } from '../../report/prices/refresh-result.js';
import {
  cacheFolder,
  refreshExitCode,
  refreshFlags,
  refreshRates,
} from '../flags/refresh-flags.js';
import { severalRegions } from '../flags/regions.js';
import { readFormat, resultFlags } from '../flags/result-flags.js';
import type { Effects } from '../kit/effects.js';
import { tellFailure, warn, writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare prices refresh`: today's rates from AWS into the user's cache. */
export const command = defineCommand({
  options: {
    region: textFlag('Regions, comma-separated (default: AWS_REGION, then the AWS config)'),
    all: { type: 'boolean', describe: 'Every Region that there are rates of' },
    accept: {
      type: 'boolean',
      describe: 'Accept suspicious prices (zero, 10× change) and lists older or dated ahead',
    },
    ...resultFlags(refreshFormats),
    ...refreshFlags,
  },
  examples: [
    ['$0 prices refresh --region us-east-1', 'Through the API, with your AWS credentials'],
    ['$0 prices refresh --all --source offer-file', 'From the public list, without credentials'],
  ],
  run: async (options, effects) => {
    const draw = refreshFormats[readFormat(options.format, refreshFormats)];
    const cacheDir = cacheFolder(options['cache-dir'], effects.env);
    const regions = await readTargets(options, cacheDir, effects);
    let results: readonly Refreshed[] = [];
    await writeResult(options.output, effects, async () => {
      results = await refreshRates(regions, options, effects);
      tellFailures(results, effects);
      return draw(await Promise.all(results.map((result) => shownResult(result, cacheDir))));
    });
    return refreshExitCode(results);
  },
});

interface TargetFlags {
  readonly region?: string | undefined;
  readonly all?: boolean | undefined;
}

async function readTargets(
  { region, all }: TargetFlags,
  cacheDir: string,
  effects: Effects,
): Promise<readonly Region[]> {
  if (all === true && region !== undefined) {
    throw new UsageError('usage', '--all and --region both say what is refreshed', {
      hint: 'Give one of them.',
    });
  }
  if (all === true) {
    const names = new Set([...(await shippedRegions()), ...(await cachedRegions(cacheDir))]);
    return [...names].map((name) => requireRegion(name, '--all'));
  }
  return severalRegions(region, effects);
}

/** Says on stderr what the result has no place for: each failure with its remedy, each damaged file. */
function tellFailures(results: readonly Refreshed[], effects: Effects): void {
  for (const result of results) {
    warn(result.findings, effects);
    if (result.kind === 'refreshed') continue;
    const { message, hint } = result.error;
    const named = message.startsWith(`${result.region}: `) ? '' : `${result.region}: `;
    tellFailure({ message: `${named}${message}`, hint }, effects);
  }
}

async function shownResult(result: Refreshed, cacheDir: string): Promise<ShownRefresh> {
  if (result.kind === 'refreshed') {
    const { region, card, changes, kept } = result;
    return {
      region,
      refreshed: true,
      source: card.source,
      publishedAt: card.publishedAt,
      changes: changes?.length ?? null,
      kept,
      failure: null,
    };
  }
  const { card } = await loadPublished(result.region, cacheDir);
  return {
    region: result.region,
    refreshed: false,
    source: card?.source ?? 'none',
    publishedAt: card?.publishedAt ?? null,
    changes: null,
    kept: [],
    failure: result.error.message,
  };
}
