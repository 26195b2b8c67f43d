import { compareText } from '../../base/finding.js';
import type { PathName } from '../../base/path-name.js';
import type { TrafficProfile } from '../profile/profile.js';
import type { LogIdentity } from '../scanner/packed-sums.js';
import type { RemoteService } from './remote-service.js';

/** A profile but for its volumes. */
export type ProfileKey = Omit<TrafficProfile, 'sent' | 'received' | 'crossAzBytes'>;

/** Bytes to be added to a profile. */
export interface ProfileShare {
  readonly isOut: boolean;
  readonly bytes: bigint;
  /** Whether they crossed zones; null where the log can't tell. */
  readonly crosses: boolean | null;
}

interface Sum {
  readonly profile: ProfileKey;
  sent: bigint;
  received: bigint;
  zoneKnown: boolean;
  crossed: bigint;
}

/** What of a profile varies among the groups of one identity. */
export interface ProfilePart {
  readonly service: RemoteService;
  readonly path: PathName | null;
  readonly bucket: number;
}

/** Sums of profiles. */
export class ProfileTable {
  readonly #byIdentity = new Map<LogIdentity, Map<string, Sum>>();
  readonly #profileOf: (identity: LogIdentity, part: ProfilePart) => ProfileKey;

  /** `profileOf` is asked once for each profile. */
  constructor(profileOf: (identity: LogIdentity, part: ProfilePart) => ProfileKey) {
    this.#profileOf = profileOf;
  }

  add(identity: LogIdentity, part: ProfilePart, { isOut, bytes, crosses }: ProfileShare): void {
    const sum = this.#sumOf(identity, part);
    if (isOut) sum.sent += bytes;
    else sum.received += bytes;
    if (crosses !== null) sum.zoneKnown = true;
    if (crosses === true) sum.crossed += bytes;
  }

  #sumOf(identity: LogIdentity, part: ProfilePart): Sum {
    const sums = this.#byIdentity.get(identity) ?? new Map<string, Sum>();
    this.#byIdentity.set(identity, sums);
    const { service, path, bucket } = part;
    const key = `${service.service} ${service.region} ${path} ${bucket}`;
    const known = sums.get(key);
    if (known !== undefined) return known;
    const profile = this.#profileOf(identity, part);
    const sum = { profile, sent: 0n, received: 0n, zoneKnown: false, crossed: 0n };
    sums.set(key, sum);
    return sum;
  }

  /** The profiles in a fixed order. What is known to have crossed zones is a lower bound where some clients' zones are unknown. */
  profiles(): readonly TrafficProfile[] {
    return [...this.#joined()]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { profile, sent, received, zoneKnown, crossed }]) => ({
        ...profile,
        sent,
        received,
        crossAzBytes: zoneKnown ? crossed : null,
      }));
  }

  /** The sums of all identities with one profile: an interface's, a gateway's. */
  #joined(): ReadonlyMap<string, Sum> {
    const joined = new Map<string, Sum>();
    for (const sums of this.#byIdentity.values()) {
      for (const sum of sums.values()) {
        const key = keyOf(sum.profile);
        const before = joined.get(key);
        joined.set(key, before === undefined ? sum : joinSums(before, sum));
      }
    }
    return joined;
  }
}

function joinSums(a: Sum, b: Sum): Sum {
  return {
    profile: a.profile,
    sent: a.sent + b.sent,
    received: a.received + b.received,
    zoneKnown: a.zoneKnown || b.zoneKnown,
    crossed: a.crossed + b.crossed,
  };
}

function keyOf({ period, ...profile }: ProfileKey): string {
  const { accountId, region, vpcId, azId, service, serviceRegion, path } = profile;
  const time = period === null ? '' : String(period.start).padStart(12, '0');
  return [accountId, region, vpcId, azId, service, serviceRegion, path, time].join('\0');
}
