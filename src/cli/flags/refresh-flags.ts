import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitCodes, PathfareError, UsageError } from '../../base/errors.js';
import type { Region } from '../../pricing/card/regions.js';
import type { Refreshed, RefreshOptions } from '../../pricing/fetch/refresh.js';
import type { Effects } from '../kit/effects.js';
import { oneOf, wholeNumber } from '../kit/flag-values.js';
import { type ProgressLine, progressLine } from '../kit/output.js';
import { type FlagValues, textFlag } from '../kit/yargs.js';

const group = 'Rates:';

/** The flags that say how rates are fetched from AWS. */
export const refreshFlags = {
  source: textFlag('api (needs credentials), or offer-file (the public list, needs none)', {
    group,
    defaultDescription: 'api',
  }),
  profile: textFlag('Profile of the AWS config that the API is called with', { group }),
  'offer-base-url': textFlag('A mirror of the public list', { group }),
  timeout: textFlag('Seconds that AWS may take to answer, or a download may stand still', {
    group,
    defaultDescription: '60',
  }),
  'max-bytes': textFlag('Bytes of price lists that are read for one Region', {
    group,
    defaultDescription: '2000000000',
  }),
  'cache-dir': textFlag(
    'Folder of refreshed rates (default: PATHFARE_CACHE_DIR, then ~/.cache/pathfare)',
    { group },
  ),
  offline: { type: 'boolean', group, describe: 'Never touch the network' },
} as const;

/** The refresh flags as they were given. */
export type RefreshFlagValues = FlagValues<typeof refreshFlags>;

const sources = ['api', 'offer-file'] as const;

/**
 * Refreshes the rates of Regions, with progress where stderr is a terminal.
 *
 * @throws UsageError where the flags do not go together
 */
export async function refreshRates(
  regions: readonly Region[],
  values: RefreshFlagValues & { readonly accept?: boolean | undefined },
  effects: Effects,
): Promise<readonly Refreshed[]> {
  if (values.offline === true) {
    throw new UsageError('usage', '--offline: rates are fetched from the network', {
      hint: 'Leave --offline out to refresh. Estimates need no network.',
    });
  }
  const line = progressLine(effects);
  const options = readRefreshOptions(values, effects, line);
  // An estimate that fetches nothing does not load it.
  const { refreshRateCards } = await import('../../pricing/fetch/refresh.js');
  try {
    return await refreshRateCards(regions, options);
  } catch (error) {
    if (!effects.signal.aborted) throw error;
    throw new PathfareError(
      'interrupted',
      'interrupted: the rates that were not refreshed yet stay as they were',
      {
        hint: 'Run the command again.',
      },
    );
  } finally {
    line.clear();
  }
}

function readRefreshOptions(
  values: RefreshFlagValues & { readonly accept?: boolean | undefined },
  effects: Effects,
  { show }: ProgressLine,
): RefreshOptions {
  const baseUrl = values['offer-base-url'];
  const named = baseUrl === undefined ? 'api' : 'offer-file';
  const source = values.source === undefined ? named : oneOf('--source', values.source, sources);
  refuseForeignFlags(source, values);
  const maxBytes = values['max-bytes'];
  const seconds = wholeNumber('--timeout', values.timeout ?? '60', { least: 1, most: 3600 });
  return {
    source,
    profile: values.profile,
    offerBaseUrl: baseUrl,
    cacheDir: cacheFolder(values['cache-dir'], effects.env),
    accept: values.accept ?? false,
    timeLimit: seconds * 1000,
    signal: effects.signal,
    now: effects.now,
    env: effects.env,
    limits:
      maxBytes === undefined ? {} : { bytes: wholeNumber('--max-bytes', maxBytes, { least: 1 }) },
    onProgress: (region, done, total) => show(`${region}: ${done} of ${total}`),
    onDownload: (region, serviceCode, bytes) =>
      show(`${region}: ${serviceCode}, ${Math.round(bytes / 2 ** 20)} MB`),
  };
}

function refuseForeignFlags(source: RefreshOptions['source'], values: RefreshFlagValues): void {
  const foreign = source === 'api' ? 'offer-base-url' : 'profile';
  if (values[foreign] === undefined) return;
  throw new UsageError('usage', `--${foreign}: --source ${source} does not use it`, {
    hint: `Leave out --${foreign}, or take the other --source.`,
  });
}

/** The exit code of a refresh: 1 where any Region kept its old rates. */
export function refreshExitCode(results: readonly Refreshed[]) {
  return results.some((result) => result.kind === 'failed') ? exitCodes.failed : exitCodes.done;
}

/**
 * The user's folder for what pathfare refreshes: `--cache-dir`, else PATHFARE_CACHE_DIR, else the XDG base
 * directory's `pathfare` ($XDG_CACHE_HOME or ~/.cache).
 */
export function cacheFolder(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const named = flag ?? env['PATHFARE_CACHE_DIR'];
  if (named !== undefined && named !== '') return named;
  // The XDG specification: a relative or empty value is to be ignored.
  const xdg = env['XDG_CACHE_HOME'];
  const home = env['HOME'] ?? homedir();
  return join(xdg?.startsWith('/') ? xdg : join(home, '.cache'), 'pathfare');
}
