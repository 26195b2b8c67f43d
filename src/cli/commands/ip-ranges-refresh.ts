import { exitCodes, UsageError } from '../../base/errors.js';
import { readJson } from '../../base/node/files.js';
import { rangesFormats } from '../../report/lookups/ip-ranges.js';
import { saveIpRanges } from '../../traffic/addresses/load.js';
import {
  checkFreshRanges,
  type FetchText,
  fetchAwsIpRanges,
  type IpRanges,
  parseAwsIpRanges,
} from '../../traffic/addresses/ranges.js';
import { type LoadedIpRanges, loadIpRanges } from '../../traffic/addresses/ranges-file.js';
import { rangesFlags, shownRanges, warnOfRanges } from '../flags/ip-ranges-flags.js';
import { cacheFolder, refreshFlags } from '../flags/refresh-flags.js';
import { readFormat } from '../flags/result-flags.js';
import type { Effects } from '../kit/effects.js';
import { writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare ip-ranges refresh`: AWS's current address ranges into the user's cache. */
export const command = defineCommand({
  options: {
    from: textFlag("A saved copy of AWS's ip-ranges.json, instead of fetching it"),
    accept: { type: 'boolean', describe: 'Take a list older than the one in use, too' },
    offline: refreshFlags.offline,
    ...rangesFlags,
  },
  examples: [
    ['$0 ip-ranges refresh', 'From ip-ranges.amazonaws.com'],
    ['$0 ip-ranges refresh --from ip-ranges.json', 'From a file, without the network'],
  ],
  run: async (options, effects) => {
    const format = readFormat(options.format, rangesFormats);
    await writeResult(options.output, effects, async () =>
      rangesFormats[format](shownRanges(await refreshRanges(options, effects))),
    );
    return exitCodes.done;
  },
});

/** The flags that say which list is taken. */
export interface RefreshRangesOptions {
  readonly from?: string | undefined;
  readonly accept?: boolean | undefined;
  readonly offline?: boolean | undefined;
  readonly 'cache-dir'?: string | undefined;
}

/**
 * Renews the address ranges in the user's cache folder, from a saved copy of AWS's list or from AWS; the
 * network is used only without `from`.
 */
export async function refreshRanges(
  { from, accept = false, offline = false, 'cache-dir': cacheDir }: RefreshRangesOptions,
  { env, signal, stderr }: Pick<Effects, 'env' | 'signal' | 'stderr'>,
  fetch: FetchText = globalThis.fetch,
): Promise<LoadedIpRanges> {
  if (offline && from === undefined) {
    throw new UsageError('usage', '--offline: the list is fetched from the network', {
      hint: 'Give a saved copy with --from FILE.',
    });
  }
  const folder = cacheFolder(cacheDir, env);
  const present = await loadIpRanges(folder);
  warnOfRanges(present, { stderr });
  const ranges =
    from === undefined ? await fetchAwsIpRanges(fetch, signal) : await readAwsIpRanges(from);
  checkFreshRanges(present.ranges, ranges, {
    file: from === undefined ? 'the fetched list' : `--from ${from}`,
    accept,
  });
  return { ranges, source: 'refreshed', file: await saveIpRanges(ranges, folder) };
}

async function readAwsIpRanges(file: string): Promise<IpRanges> {
  const hint = "Give a saved copy of AWS's ip-ranges.json.";
  return parseAwsIpRanges(await readJson(file, { name: `--from ${file}`, hint }), `--from ${file}`);
}
