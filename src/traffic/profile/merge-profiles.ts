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
      const key = `${profileKey(profile)}\0${volumesKey(profile)}`;
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

/** A profile but for its volumes. */
export type ProfileFacts = Omit<TrafficProfile, 'sent' | 'received' | 'crossAzBytes'>;

/** The facts of a profile as one text, which orders as the columns do. */
export function profileKey(facts: ProfileFacts): string {
  return [
    facts.accountId,
    facts.region,
    facts.vpcId,
    facts.azId,
    facts.service,
    facts.serviceRegion,
    facts.path,
    timeKey(facts.period?.start),
    timeKey(facts.period?.end),
    facts.loggedSeconds,
    facts.source,
    facts.namedBy,
  ].join('\0');
}

/** Volumes of one key are in one unit, and tell all or none what crossed zones. */
function volumesKey({ sent, received, crossAzBytes }: TrafficProfile): string {
  return `${'bytes' in sent} ${'bytes' in received} ${crossAzBytes === null}`;
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
  if ('bytes' in a && 'bytes' in b) return { bytes: a.bytes + b.bytes };
  if ('gb' in a && 'gb' in b) return { gb: toDecimalString(amount(a.gb).plus(b.gb)) };
  throw new Error('bytes and GB are added up apart');
}
