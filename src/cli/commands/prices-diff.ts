import { exitCodes, PathfareError, UsageError } from '../../base/errors.js';
import { readJson } from '../../base/node/files.js';
import { allRates, kindOfRate } from '../../pricing/card/all-rates.js';
import { parseRateCard } from '../../pricing/card/document.js';
import {
  cachedRegions,
  loadPublished,
  loadShippedRateCard,
  readCachedCard,
} from '../../pricing/card/load-rate-card.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { diffRateCards } from '../../pricing/card/rate-diff.js';
import { noRatesFor, requireRegion } from '../../pricing/card/regions.js';
import { rateDiffFormats, type ShownDiff } from '../../report/prices/rate-changes.js';
import { cacheFolder, refreshFlags } from '../flags/refresh-flags.js';
import { readRegions } from '../flags/regions.js';
import { readFormat, resultFlags } from '../flags/result-flags.js';
import type { Effects } from '../kit/effects.js';
import { say, warn, writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare prices diff`: each price that changed. Exit code 3 where any did. */
export const command = defineCommand({
  options: {
    region: textFlag('Regions, comma-separated (default: every refreshed one)'),
    against: textFlag(
      'A rate card file to compare the rates in use with, in place of the shipped ones',
    ),
    ...resultFlags(rateDiffFormats),
    'cache-dir': refreshFlags['cache-dir'],
    offline: refreshFlags.offline,
  },
  examples: [
    ['$0 prices diff', 'What AWS changed since the shipped rates; exit code 3 if anything'],
    ['$0 prices diff --against us-east-1.json', 'What changed since a saved card'],
  ],
  run: async (options, effects) => {
    const draw = rateDiffFormats[readFormat(options.format, rateDiffFormats)];
    const cacheDir = cacheFolder(options['cache-dir'], effects.env);
    let changed = false;
    await writeResult(options.output, effects, async () => {
      const pairs =
        options.against === undefined
          ? await shippedAndCached(options.region, cacheDir, effects)
          : [await againstFile(options.against, options.region, cacheDir, effects)];
      const diffs = pairs.map(shownDiff);
      changed = diffs.some(({ changes }) => changes.length > 0);
      return draw(diffs);
    });
    return changed ? exitCodes.incomplete : exitCodes.done;
  },
});

interface Pair {
  readonly before: RateCard;
  readonly after: RateCard;
}

function shownDiff({ before, after }: Pair): ShownDiff {
  const { region, currency } = after;
  const origin = ({ source, publishedAt }: RateCard) => ({ source, publishedAt });
  return {
    region,
    currency,
    before: origin(before),
    after: origin(after),
    changes: diffRateCards(before, after),
  };
}

/** The shipped and the refreshed cards of the Regions named, or of all that were refreshed. */
async function shippedAndCached(
  flag: string | undefined,
  cacheDir: string,
  effects: Effects,
): Promise<readonly Pair[]> {
  const regions =
    flag === undefined
      ? await comparableRegions(cacheDir, effects)
      : readRegions('--region', flag).map(({ name }) => name);
  if (regions.length === 0) throw nothingRefreshed('any Region', '--all');
  return Promise.all(
    regions.map(async (region) => {
      const { card: after, findings } = await readCachedCard(cacheDir, region);
      // A card of before pathfare knew further rates does not say that AWS took them away.
      const before = await loadShippedRateCard(region, hasFurther(after) ? 'all' : 'estimate');
      if (before === undefined) throw noRatesFor(requireRegion(region, '--region'));
      warn(findings, effects);
      if (after === undefined) throw nothingRefreshed(region, `--region ${region}`);
      return { before, after };
    }),
  );
}

function hasFurther(card: RateCard | undefined): boolean {
  return card !== undefined && allRates(card).some(({ name }) => kindOfRate(name).further);
}

/** A refreshed Region that pathfare ships no rates for can be compared only with a file. */
async function comparableRegions(cacheDir: string, effects: Effects): Promise<readonly string[]> {
  const cached = await cachedRegions(cacheDir);
  const shipped = await Promise.all(cached.map((region) => loadShippedRateCard(region)));
  const unshipped = cached.filter((_, index) => shipped[index] === undefined);
  if (unshipped.length > 0) {
    say(
      `pathfare: no rates are shipped for ${unshipped.join(', ')}: compare them with --against FILE`,
      effects,
    );
  }
  return cached.filter((region) => !unshipped.includes(region));
}

function nothingRefreshed(region: string, flags: string): PathfareError {
  return new PathfareError('no-rates', `no refreshed rates of ${region} are in the cache`, {
    hint: `Run "pathfare prices refresh ${flags}" first, or give --cache-dir.`,
  });
}

async function againstFile(
  file: string,
  flag: string | undefined,
  cacheDir: string,
  effects: Effects,
): Promise<Pair> {
  const hint = '"pathfare prices show --region REGION --format json" saves a rate card.';
  const name = `--against ${file}`;
  const before = parseRateCard(await readJson(file, { name, hint }), name, hint);
  const region = requireRegion(before.region, name);
  if (flag !== undefined && requireRegion(flag, '--region').name !== region.name) {
    throw new UsageError('usage', `${name}: is a rate card of ${region.name}, not of ${flag}`, {
      hint: `Give --region ${region.name}, or leave it out.`,
    });
  }
  const scope = hasFurther(before) ? 'all' : 'estimate';
  const { card: after, findings } = await loadPublished(region.name, cacheDir, scope);
  warn(findings, effects);
  if (after === undefined) throw noRatesFor(region);
  return { before, after };
}
