import { amount, toDecimalString } from '../../base/decimal.js';
import { compareText } from '../../base/finding.js';
import type { TrafficProfile, Volume } from './profile.js';

/** Sums of profiles, growing as rows are read. */
export interface ProfileSums {
  add(profile: TrafficProfile): void;
  /** The sums so far, in a fixed order. */
  sorted(): readonly TrafficProfile[];
}

/**
 * Adds up the profiles that agree in all but their volumes. Other periods stay apart (each is scaled to
 * a month by its own length), and so do bytes from GB, and rows that know what crossed zones from rows
 * that don't. Its memory grows with the profiles that differ, not with the rows.
 */
export function profileSums(): ProfileSums {
  const sums = new Map<string, TrafficProfile>();
  return {
    add(profile) {
      const key = profileKey(profile);
      const earlier = sums.get(key);
      sums.set(key, earlier === undefined ? profile : addProfiles(earlier, profile));
    },
    sorted: () => [...sums].sort(([a], [b]) => compareText(a, b)).map(([, profile]) => profile),
  };
}

/** Adds up the profiles that agree in all but their volumes, in a fixed order: see `profileSums`. */
export function mergeProfiles(profiles: Iterable<TrafficProfile>): readonly TrafficProfile[] {
  const sums = profileSums();
  for (const profile of profiles) sums.add(profile);
  return sums.sorted();
}

/** Everything of a profile but its volumes, as one text that orders as the columns do. */
function profileKey(profile: TrafficProfile): string {
  return [
    profile.accountId,
    profile.region,
    profile.vpcId,
    profile.azId,
    profile.service,
    profile.serviceRegion,
    profile.path,
    timeKey(profile.period?.start),
    timeKey(profile.period?.end),
    `${typeof profile.sent} ${typeof profile.received} ${typeof profile.crossAzBytes}`,
  ].join('\0');
}

/** Seconds with their digits lined up, so that they order as text. */
function timeKey(seconds: number | undefined): string {
  return seconds === undefined ? '' : seconds.toFixed(3).padStart(20, '0');
}

function addProfiles(a: TrafficProfile, b: TrafficProfile): TrafficProfile {
  const knowsCrossAz = a.crossAzBytes !== null && b.crossAzBytes !== null;
  return {
    ...a,
    sent: addVolumes(a.sent, b.sent),
    received: addVolumes(a.received, b.received),
    crossAzBytes: knowsCrossAz ? a.crossAzBytes + b.crossAzBytes : null,
  };
}

function addVolumes(a: Volume, b: Volume): Volume {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a + b;
  return toDecimalString(amount(a).plus(amount(b)));
}
