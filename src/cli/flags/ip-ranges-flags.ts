import { compareText } from '../../base/finding.js';
import { rangesFormats, type ShownRanges } from '../../report/lookups/ip-ranges.js';
import type { LoadedIpRanges } from '../../traffic/addresses/ranges-file.js';
import { trafficFinding } from '../../traffic/findings/findings.js';
import type { Effects } from '../kit/effects.js';
import { warn } from '../kit/output.js';
import { refreshFlags } from './refresh-flags.js';
import { resultFlags } from './result-flags.js';

/** The flags of every `ip-ranges` command. */
export const rangesFlags = {
  ...resultFlags(rangesFormats),
  'cache-dir': refreshFlags['cache-dir'],
} as const;

/** Tells on stderr where a refreshed list could not be used. */
export function warnOfRanges(
  { unusedCopy: reason }: { readonly unusedCopy?: string },
  effects: Pick<Effects, 'stderr'>,
): void {
  if (reason !== undefined) warn([trafficFinding('address-ranges-not-used', { reason })], effects);
}

/** The list in use as it is shown: AWS's names in order, with the prefixes of each. */
export function shownRanges({ ranges, source, file }: LoadedIpRanges): ShownRanges {
  const counts = new Map<string, number>();
  for (const { service } of ranges.ranges) counts.set(service, (counts.get(service) ?? 0) + 1);
  const services = [...counts]
    .map(([name, prefixes]) => ({ name, prefixes }))
    .sort((a, b) => compareText(a.name, b.name));
  return { source, file, createDate: ranges.createDate, syncToken: ranges.syncToken, services };
}
