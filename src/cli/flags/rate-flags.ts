import { UsageError } from '../../base/errors.js';
import {
  type LoadedRates,
  loadRateCards,
  type RateScope,
  type RateSources,
} from '../../pricing/card/load-rate-card.js';
import { parseDiscounts, readOwnRates } from '../../pricing/card/own-rates.js';
import { requireRegion } from '../../pricing/card/regions.js';
import type { Effects } from '../kit/effects.js';
import { type FlagValues, textFlag } from '../kit/yargs.js';
import { cacheFolder, refreshFlags, refreshRates } from './refresh-flags.js';

const group = 'Rates:';

/** The flags that say which rates an estimate is made with. */
export const rateFlags = {
  rates: textFlag(
    'Your own rates: a file in the shape of a rate card, any part of one (repeatable)',
    { array: true, group },
  ),
  discount: textFlag('Off the published rates: 12%, or nat-gateway=5% (repeatable)', {
    array: true,
    group,
  }),
  refresh: { type: 'boolean', group, describe: "Fetch today's rates from AWS first" },
  ...refreshFlags,
} as const;

/** The rate flags as they were given. */
export type RateFlagValues = FlagValues<typeof rateFlags>;

/**
 * Loads the rates of each Region once, as the flags say; AWS is called only with `--refresh`.
 *
 * @param whereOf the flag, or the file, that a Region was read from, for messages
 */
export async function loadRates(
  regions: readonly string[],
  values: RateFlagValues,
  effects: Effects,
  whereOf: (region: string) => string = () => '--region',
  scope: RateScope = 'estimate',
): Promise<LoadedRates> {
  if (values.refresh !== true) refuseWithoutRefresh(values);
  const sources = await readRateSources(values, effects);
  const names = [...new Set(regions.map((region) => requireRegion(region, whereOf(region)).name))];
  if (values.refresh === true) await refreshFirst(names, values, effects);
  return loadRateCards(names, { ...sources, scope }, whereOf);
}

async function readRateSources(values: RateFlagValues, effects: Effects): Promise<RateSources> {
  const ownRates = await Promise.all((values.rates ?? []).map((file) => readOwnRates(file)));
  const discounts = parseDiscounts((values.discount ?? []).flatMap((text) => text.split(',')));
  const cacheDir = cacheFolder(values['cache-dir'], effects.env);
  return { cacheDir, ownRates, discounts, now: effects.now };
}

async function refreshFirst(
  names: readonly string[],
  values: RateFlagValues,
  effects: Effects,
): Promise<void> {
  const results = await refreshRates(
    names.map((name) => requireRegion(name, '--refresh')),
    values,
    effects,
  );
  for (const result of results) if (result.kind === 'failed') throw result.error;
}

/** A flag that nothing uses is a mistake that is said, not passed over. */
function refuseWithoutRefresh(values: RateFlagValues): void {
  for (const flag of ['source', 'profile', 'offer-base-url', 'timeout', 'max-bytes'] as const) {
    if (values[flag] === undefined) continue;
    throw new UsageError('usage', `--${flag}: no rates are fetched`, {
      hint: `Give --refresh as well, or leave out --${flag}.`,
    });
  }
}

const dayInMilliseconds = 86_400_000;

/** The age of a rate card at a time: whole days since its rates were published. */
export function ageInDays(now: Date) {
  return (instant: string): number =>
    Math.max(0, Math.floor((now.getTime() - Date.parse(instant)) / dayInMilliseconds));
}
