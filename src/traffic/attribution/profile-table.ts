import { createHash } from 'node:crypto';
import { UsageError } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import type { PathName } from '../../base/path-name.js';
import { noService } from '../../base/service-name.js';
import type { AddressLabel } from '../addresses/labels.js';
import { type ProfileFacts, profileKey } from '../profile/merge-profiles.js';
import type { Period, TrafficProfile } from '../profile/profile.js';
import {
  type Circumstance,
  identityKeys,
  interfaceName,
  type LogIdentity,
} from '../scanner/identities.js';
import { addressPattern } from '../scanner/layout.js';
import type { LoggedTime, RecordGroup, RecordGroups } from './record-groups.js';
import type { RemoteService } from './verdict.js';

/** The lengths of time that bytes may be summed by, in seconds; `all`: the whole log. */
export const intervals = { all: 0, day: 86_400, hour: 3600 } as const;

/** A length of time that bytes may be summed by. */
export type Interval = keyof typeof intervals;

/** What the table is told beside the groups. */
interface TableOptions {
  /** What the label numbers of the groups mean. */
  readonly labels: readonly AddressLabel[];
  readonly interval: Interval;
  /** The Region of records that name none. */
  readonly region: string | null;
}

/** Bytes to be added to a profile. */
interface ProfileShare {
  readonly isOut: boolean;
  readonly bytes: bigint;
  /** Whether they crossed zones; null where the log can't tell. */
  readonly crosses: boolean | null;
}

interface ProfileSum {
  readonly facts: ProfileFacts;
  sent: bigint;
  received: bigint;
  zoneKnown: boolean;
  crossed: bigint;
}

/** What of a profile varies among the groups of one identity. */
interface ProfilePart {
  readonly service: RemoteService;
  readonly path: PathName | null;
  readonly bucket: number;
}

/** So many times without traffic are told one by one; where there are more, those in a row are told as one. */
const mostQuietPeriods = 2 ** 18;

/**
 * Sums of profiles: many identities (an interface's, a gateway's) may have one. Every VPC that was logged has one at least for each
 * interval: where nothing was counted in it, one of no service.
 */
export class ProfileTable {
  readonly #merged: RecordGroups;
  readonly #options: TableOptions;
  readonly #sources: ReadonlyMap<string, string>;
  readonly #cuts = new Map<string, TimeCut>();
  readonly #sums = new Map<string, ProfileSum>();
  /** The same sums by place, since thousands of groups share one: the facts and the key of a profile are made once for each. */
  readonly #byPlace = new Map<string, Map<string, ProfileSum>>();
  /** Those of the identity that was asked for last: groups come identity by identity. */
  #last: { readonly identity: LogIdentity; readonly sums: Map<string, ProfileSum> } | undefined;

  constructor(merged: RecordGroups, options: TableOptions) {
    this.#merged = merged;
    this.#options = options;
    this.#sources = sourcesByVpc(merged.groups, options.labels);
    for (const [vpc, time] of merged.times)
      this.#cuts.set(vpc, new TimeCut(time, intervals[options.interval]));
  }

  add(identity: LogIdentity, part: ProfilePart, { isOut, bytes, crosses }: ProfileShare): void {
    const sum = this.#sumOf(identity, part);
    if (isOut) sum.sent += bytes;
    else sum.received += bytes;
    if (crosses !== null) sum.zoneKnown = true;
    if (crosses === true) sum.crossed += bytes;
  }

  #sumOf(identity: LogIdentity, part: ProfilePart): ProfileSum {
    const own = this.#sumsAt(identity);
    const { service, path, bucket } = part;
    const partKey = `${service.service} ${service.region} ${path} ${bucket}`;
    const known = own.get(partKey);
    if (known !== undefined) return known;
    const facts = this.#factsOf(identity, part);
    const key = profileKey(facts);
    const sum = this.#sums.get(key) ?? emptySum(facts);
    this.#sums.set(key, sum);
    own.set(partKey, sum);
    return sum;
  }

  /** The sums of all identities of one place, which share their profiles. */
  #sumsAt(identity: LogIdentity): Map<string, ProfileSum> {
    if (this.#last?.identity === identity) return this.#last.sums;
    const { accountId, region, vpcId, azId } = identity;
    const isUntimed = this.#merged.untimed.has(identity);
    const place = `${accountId} ${region} ${vpcId} ${azId} ${isUntimed}`;
    const sums = this.#byPlace.get(place) ?? new Map<string, ProfileSum>();
    this.#byPlace.set(place, sums);
    this.#last = { identity, sums };
    return sums;
  }

  #factsOf(identity: LogIdentity, { service, path, bucket }: ProfilePart): ProfileFacts {
    const region = identity.region ?? this.#options.region ?? failWithoutRegion();
    const isRemote = service.region !== null && service.region !== region;
    const cut = this.#cuts.get(identityKeys(identity).vpc);
    const isUntimed = this.#merged.untimed.has(identity);
    return {
      ...this.#placeOf(identity, region),
      azId: identity.azId,
      service: service.service,
      serviceRegion: isRemote ? service.region : null,
      path,
      ...timeFacts(isUntimed ? cut?.whole : cut?.periodOf(bucket)),
    };
  }

  #placeOf(identity: LogIdentity, region: string) {
    const source = this.#sources.get(identityKeys(identity).vpc) ?? null;
    const { accountId, vpcId } = identity;
    return { accountId, region, vpcId, source, namedBy: null };
  }

  /** The profiles in a fixed order. What is known to have crossed zones is a lower bound where some clients' zones are unknown. */
  profiles(): readonly TrafficProfile[] {
    for (const facts of this.#quietFacts()) this.#sums.set(profileKey(facts), emptySum(facts));
    return [...this.#sums]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { facts, sent, received, zoneKnown, crossed }]) => ({
        ...facts,
        sent: { bytes: sent },
        received: { bytes: received },
        crossAzBytes: zoneKnown ? crossed : null,
      }));
  }

  /** The times of each VPC in which it was logged and nothing of it is counted. A VPC of no known Region has none. */
  #quietFacts(): readonly ProfileFacts[] {
    const logged = this.#loggedPlaces();
    const quiet = logged.reduce((sum, { cut }) => sum + cut.quietCount(), 0);
    return logged.flatMap(({ cut, place }) =>
      cut.quietPeriods(quiet > mostQuietPeriods).map((period) => ({
        ...place,
        azId: null,
        service: noService,
        serviceRegion: null,
        path: null,
        ...timeFacts(period),
      })),
    );
  }

  #loggedPlaces() {
    const identities = new Map<string, LogIdentity>();
    let last: LogIdentity | undefined;
    for (const { identity, pattern } of this.#merged.groups) {
      if (identity === last || pattern === addressPattern.otherFlowLog) continue;
      identities.set(identityKeys(identity).vpc, identity);
      last = identity;
    }
    const places = [...this.#cuts].flatMap(([vpc, cut]) => {
      const identity = identities.get(vpc);
      const region = identity?.region ?? this.#options.region;
      return identity === undefined || region === null
        ? []
        : [{ cut, place: this.#placeOf(identity, region) }];
    });
    // Records that name their Region and records that do not may be of one VPC: what is set aside of it shows no quiet time.
    const nameOf = ({ place: { accountId, region, vpcId } }: (typeof places)[number]) =>
      `${accountId} ${region} ${vpcId}`;
    const counted = new Set(places.filter(({ cut }) => cut.hasRows()).map(nameOf));
    return places.filter((place) => place.cut.hasRows() || !counted.has(nameOf(place)));
  }
}

/** All the time of a period of a cut was logged: it ends where the VPC's log does. */
function timeFacts(period: Period | undefined): Pick<ProfileFacts, 'period' | 'loggedSeconds'> {
  return period === undefined
    ? { period: null, loggedSeconds: null }
    : { period, loggedSeconds: period.end - period.start };
}

function emptySum(facts: ProfileFacts): ProfileSum {
  return { facts, sent: 0n, received: 0n, zoneKnown: false, crossed: 0n };
}

function failWithoutRegion(): never {
  throw new UsageError(
    'region-not-given',
    'the flow log names no Region, in its fields or in its place in S3',
    { hint: 'Name it with `region`.' },
  );
}

/**
 * The time that a VPC was logged, cut into UTC days or hours. Records belong to the one that they start in; the first and the last
 * are cut to what the log covers, so that a part of a day is not taken for a day.
 */
class TimeCut {
  /** All of it. A log of one moment covers a second: a period without length has no month. */
  readonly whole: Period;
  readonly #length: number;
  readonly #first: number;
  readonly #count: number;
  /** By the number of the day or hour, those that hold rows. */
  readonly #used = new Map<number, Period>();

  constructor({ start, end }: LoggedTime, length: number) {
    this.whole = { start, end: Math.max(end, start + 1) };
    this.#length = length;
    this.#first = length === 0 ? 0 : Math.floor(start / length);
    const last = length === 0 ? 0 : Math.floor((this.whole.end - 1) / length);
    this.#count = last - this.#first + 1;
  }

  /** The period of records of a time bucket of the scan; one object for each. */
  periodOf(bucket: number): Period {
    const number = this.#length === 0 ? 0 : Math.floor(bucket / this.#length) - this.#first;
    // A record of no length may start at the very end of the log.
    const index = Math.min(Math.max(number, 0), this.#count - 1);
    const period = this.#used.get(index) ?? this.#periodFrom(index, index + 1);
    this.#used.set(index, period);
    return period;
  }

  #periodFrom(from: number, to: number): Period {
    const { start, end } = this.whole;
    if (this.#length === 0) return this.whole;
    return {
      start: Math.max(start, (this.#first + from) * this.#length),
      end: Math.min(end, (this.#first + to) * this.#length),
    };
  }

  hasRows(): boolean {
    return this.#used.size > 0;
  }

  quietCount(): number {
    return this.#count - this.#used.size;
  }

  /** The periods without rows. */
  quietPeriods(areJoined: boolean): readonly Period[] {
    const periods: Period[] = [];
    const used = [...this.#used.keys(), this.#count].sort((a, b) => a - b);
    let from = 0;
    for (const to of used) {
      const step = areJoined ? to - from : 1;
      for (let at = from; at < to; at += step) periods.push(this.#periodFrom(at, at + step));
      from = to + 1;
    }
    return periods;
  }
}

/** So many flow logs are named in a source; a VPC may have one for each subnet. */
const mostIds = 5;

/**
 * What each VPC's traffic is from: the ids of its flow logs, and a digest of its record groups. The digest is a sum over records and
 * bytes, so that it is the same however files are packed, ordered and shared among threads, and whatever the interval. What another
 * flow log counts for is not in it.
 */
function sourcesByVpc(
  groups: Iterable<RecordGroup>,
  labels: readonly AddressLabel[],
): ReadonlyMap<string, string> {
  const digests = new Map<string, VpcDigest>();
  const hashOf = groupHash(labels);
  let last: { readonly identity: LogIdentity; readonly digest: VpcDigest } | undefined;
  for (const group of groups) {
    const { identity, pattern, bytes, records } = group;
    if (pattern === addressPattern.otherFlowLog) continue;
    if (last?.identity !== identity) last = { identity, digest: digestOf(identity, digests) };
    const { sum } = last.digest;
    // An element of 64 bits drops what a sum has above them.
    sum[0] = (sum[0] ?? 0n) + hashOf(group) * (bytes * bytesFactor + BigInt(records));
  }
  return new Map(
    Array.from(digests, ([vpc, { sum, flowLogs }]) => {
      const ids = [...flowLogs].sort(compareText);
      const more = ids.length > mostIds ? [`and-${ids.length - mostIds}-more`] : [];
      const groupsId = `groups-${(sum[0] ?? 0n).toString(16).padStart(16, '0')}`;
      return [vpc, [...ids.slice(0, mostIds), ...more, groupsId].join(' ')];
    }),
  );
}

interface VpcDigest {
  /** One number of 64 bits. */
  readonly sum: BigUint64Array;
  readonly flowLogs: Set<string>;
}

/** The digest of an identity's VPC, with its flow log among those that it is of. */
function digestOf(identity: LogIdentity, digests: Map<string, VpcDigest>): VpcDigest {
  const { vpc } = identityKeys(identity);
  const digest = digests.get(vpc) ?? { sum: new BigUint64Array(1), flowLogs: new Set() };
  digests.set(vpc, digest);
  if (identity.flowLog.startsWith('fl-')) digest.flowLogs.add(identity.flowLog);
  return digest;
}

/** Odd, so that no count is lost where sums pass 64 bits. */
const bytesFactor = 0x9e3779b97f4a7c15n;

/** A text's hash: two numbers of 32 bits. */
type TextHash = readonly [number, number];

/** A hash of all that a group is, but for its sums and its time bucket. */
function groupHash(labels: readonly AddressLabel[]): (group: RecordGroup) => bigint {
  const circumstances = new Map<Circumstance, TextHash>();
  const services = new Map<number, TextHash>();
  const textOfLabel = (label: number) => JSON.stringify(labels[label] ?? null);
  const lanes = new Uint32Array(2);
  const both = new BigUint64Array(lanes.buffer);
  let last: { readonly identity: LogIdentity; readonly start: TextHash } | undefined;
  return ({ identity, circumstance, label, pattern, address }) => {
    if (last?.identity !== identity) {
      const [first, second] = hashOfText(textOfIdentity(identity));
      last = { identity, start: [mixed(0x9747b28c, first), mixed(0x9747b28d, second)] };
    }
    const how = known(circumstances, circumstance, JSON.stringify);
    const what = known(services, label, textOfLabel);
    const lane = (at: 0 | 1, start: number) =>
      mixed(mixed(mixed(mixed(start, how[at]), what[at]), pattern), address);
    lanes[1] = lane(0, last.start[0]);
    lanes[0] = lane(1, last.start[1]) | 1;
    return both[0] ?? 0n;
  };
}

function known<Key>(hashes: Map<Key, TextHash>, key: Key, textOf: (key: Key) => string): TextHash {
  const before = hashes.get(key);
  if (before !== undefined) return before;
  const hash = hashOfText(textOf(key));
  hashes.set(key, hash);
  return hash;
}

/** Who logged, without what depends on the form that the log came in. */
function textOfIdentity(identity: LogIdentity): string {
  const { accountId, region, vpcId, azId, resourceId, instanceId, interfaceType } = identity;
  const { nextHopAzId, nextHopInterfaceType } = identity;
  return JSON.stringify([
    [
      accountId,
      region,
      vpcId,
      interfaceName(identity),
      resourceId,
      azId,
      instanceId,
      interfaceType,
    ],
    [nextHopAzId, nextHopInterfaceType],
  ]);
}

function hashOfText(text: string): TextHash {
  const hash = createHash('sha256').update(text).digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4)];
}

/** Two numbers of 32 bits as one, each bit of which depends on all of theirs (the last steps of MurmurHash3). */
function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0xcc9e2d51), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
