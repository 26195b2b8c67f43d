import { compareText } from '../finding.js';
import type { TrafficProfile } from './profile.js';

/** A profile but for its volumes. */
export type ProfileKey = Omit<TrafficProfile, 'out' | 'in' | 'crossAzBytes'>;

/** Bytes to be added to a profile. */
export interface ProfileShare {
  readonly isOut: boolean;
  readonly bytes: bigint;
  /** Whether they crossed zones; null where the log can't tell. */
  readonly crosses: boolean | null;
}

interface Sum {
  readonly profile: ProfileKey;
  out: bigint;
  in: bigint;
  zoneKnown: boolean;
  crossed: bigint;
}

/** Sums of profiles, each once. */
export class ProfileTable {
  readonly #sums = new Map<string, Sum>();

  add(profile: ProfileKey, { isOut, bytes, crosses }: ProfileShare): void {
    const key = keyOf(profile);
    const sum = this.#sums.get(key) ?? { profile, out: 0n, in: 0n, zoneKnown: false, crossed: 0n };
    this.#sums.set(key, sum);
    if (isOut) sum.out += bytes;
    else sum.in += bytes;
    if (crosses !== null) sum.zoneKnown = true;
    if (crosses === true) sum.crossed += bytes;
  }

  /** The profiles in a fixed order. What is known to have crossed zones is a lower bound where some clients' zones are unknown. */
  profiles(): readonly TrafficProfile[] {
    return [...this.#sums]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { profile, out, in: back, zoneKnown, crossed }]) => ({
        ...profile,
        out,
        in: back,
        crossAzBytes: zoneKnown ? crossed : null,
      }));
  }
}

function keyOf({ period, ...profile }: ProfileKey): string {
  const { accountId, region, vpcId, azId, service, serviceRegion, path } = profile;
  const time = period === null ? '' : String(period.start).padStart(12, '0');
  return [accountId, region, vpcId, azId, service, serviceRegion, path, time].join('\0');
}
