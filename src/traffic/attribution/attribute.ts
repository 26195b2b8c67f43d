import { awsOther } from '../../base/service-name.js';
import type { AddressLabel } from '../addresses/labels.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import { RecordLedger } from '../findings/set-aside.js';
import type { TrafficProfile } from '../profile/profile.js';
import { addressPattern, limit } from '../scanner/layout.js';
import { interfaceKey, type LogIdentity, vpcKey } from '../scanner/packed-sums.js';
import {
  checkFindings,
  checkNatGateways,
  TrafficNotes,
  timeFindings,
  VpcChecks,
  vantageFindings,
} from './findings.js';
import { interfacesOf, type LoggedInterface } from './interface-roles.js';
import { type OutwardFate, OutwardShares } from './outward-shares.js';
import { type ProfileKey, type ProfilePart, ProfileTable } from './profile-table.js';
import type { RecordGroup, RecordGroups } from './record-groups.js';
import { type RemoteService, remoteServiceOf } from './remote-service.js';
import { bucketPeriod, type Interval } from './time-buckets.js';
import { isAmbiguousPath, judge, type Verdict, type VpcVantage } from './verdict.js';
import { crossesZone, learnZones, type ZoneMap } from './zone-map.js';

/** How the sums of a log are read. */
export interface AttributionOptions {
  /** What the label numbers of the groups mean. */
  readonly labels: readonly AddressLabel[];
  readonly interval: Interval;
  /** Interfaces and gateways that the user names as NAT. */
  readonly natNames: ReadonlySet<string>;
  /** The Region of records that name none; asked for only where there are such records. */
  readonly defaultRegion: () => string;
}

/** Traffic profiles, and the account of the records behind them. */
export interface AttributedTraffic {
  readonly profiles: readonly TrafficProfile[];
  readonly ledger: RecordLedger;
  readonly interfaces: ReadonlyMap<string, LoggedInterface>;
  readonly zones: ZoneMap;
  readonly findings: readonly TrafficFinding[];
}

/** Counts each byte once, at one vantage point a VPC, and tells by which path to which service it went. */
export function attributeTraffic(
  merged: RecordGroups,
  options: AttributionOptions,
): AttributedTraffic {
  const run = new Attribution(merged, options);
  for (const group of merged.groups) run.addDirect(group);
  // What came back is attributed by what went out, so all of that must be known first.
  run.addReturned();
  return run.result();
}

/** A group with what is known of it. */
interface Judged {
  readonly group: RecordGroup;
  readonly verdict: Verdict;
  readonly own: LoggedInterface;
  readonly service: RemoteService;
}

/** Bytes of a group, or a part of them, whose fate is settled. */
interface Share {
  readonly group: RecordGroup;
  readonly own: LoggedInterface;
  readonly service: RemoteService;
  readonly fate: OutwardFate;
  readonly bytes: bigint;
  readonly records: number;
}

class Attribution {
  readonly #merged: RecordGroups;
  readonly #options: AttributionOptions;
  readonly #interfaces: ReadonlyMap<string, LoggedInterface>;
  readonly #vantages: ReadonlyMap<string, VpcVantage>;
  readonly #zones: ZoneMap;
  readonly #ledger = new RecordLedger();
  readonly #shares = new OutwardShares();
  readonly #checks = new VpcChecks();
  readonly #notes = new TrafficNotes();
  readonly #table: ProfileTable;
  readonly #returned: Judged[] = [];

  constructor(merged: RecordGroups, options: AttributionOptions) {
    this.#merged = merged;
    this.#options = options;
    this.#interfaces = interfacesOf(merged.groups, options.natNames);
    this.#vantages = vantagesOf(this.#interfaces.values());
    this.#zones = learnZones(merged.groups, this.#interfaces);
    this.#table = new ProfileTable((identity, part) => this.#profileKey(identity, part));
  }

  /** A group whose records tell their own fate; what came back to workloads is kept for later. */
  addDirect(group: RecordGroup): void {
    const judged = this.#judge(group);
    const { verdict, own, service } = judged;
    if (verdict.kind === 'in-by-return') {
      this.#returned.push(judged);
      return;
    }
    const fate = { verdict, crossesZone: crossesZone(group, own.role, this.#zones) };
    const isSent = own.role === 'workload' && group.pattern === addressPattern.publicOut;
    if (isSent && group.circumstance.status === 'accepted') {
      this.#shares.add(group, own, service, fate);
    }
    this.#settle({ group, own, service, fate, bytes: group.bytes, records: group.records });
  }

  /** What came back to workloads, by the paths of what they sent. */
  addReturned(): void {
    for (const { group, own, service } of this.#returned) {
      for (const { fate, bytes, records } of this.#shares.split(group, own, service)) {
        const inward = fate === undefined ? this.#unasked(group) : backOf(fate);
        if (inward.verdict.kind === 'in' && inward.verdict.path !== null) {
          this.#notes.returned(group, bytes);
        }
        this.#settle({ group, own, service, fate: inward, bytes, records });
      }
    }
  }

  /** Bytes to a workload that sent nothing itself: their path is not known, but a NAT gateway that logs has them. */
  #unasked(group: RecordGroup): OutwardFate {
    const isElsewhere = this.#vantageOf(group).hasNat && group.address !== 0;
    const verdict: OutwardFate['verdict'] = isElsewhere
      ? { kind: 'set-aside', reason: 'other-vantage' }
      : { kind: 'in', path: null };
    return { verdict, crossesZone: null };
  }

  #judge(group: RecordGroup): Judged {
    const own = this.#interfaces.get(interfaceKey(group.identity));
    if (own === undefined) throw new Error('a group of an interface that was not described');
    const verdict = judge(group, own, this.#vantageOf(group));
    return { group, verdict, own, service: this.#serviceOf(group, verdict) };
  }

  #serviceOf(group: RecordGroup, verdict: Verdict): RemoteService {
    const isOut =
      verdict.kind === 'out' ||
      (verdict.kind === 'set-aside' && group.pattern === addressPattern.publicOut);
    const found = remoteServiceOf(group, this.#options.labels[group.label], isOut);
    const isEndpoint = 'path' in verdict && verdict.path === 'interface-endpoint';
    // An interface endpoint's private address is AWS's, though nothing names the service.
    return isEndpoint && found.service === 'internet' ? { service: awsOther, region: null } : found;
  }

  #vantageOf({ identity }: RecordGroup): VpcVantage {
    return this.#vantages.get(vpcKey(identity)) ?? { hasNat: false, hasEndpoints: false };
  }

  #settle({ group, own, service, fate, bytes, records }: Share): void {
    const { verdict, crossesZone: crosses } = fate;
    const isWorkload = own.role === 'workload';
    if (verdict.kind === 'set-aside') {
      this.#ledger.setAside(verdict.reason, records, bytes);
      if (isWorkload && isSentThroughNat(group)) this.#checks.addByWorkload(group);
      return;
    }
    const { path, kind } = verdict;
    const isOut = kind === 'out';
    this.#ledger.count(records, bytes);
    if (isOut && path === 'nat-gateway') this.#checks.addCounted(group);
    this.#notes.counted(group, { path, isWorkload, crosses, bytes });
    if (isOut && isWorkload && isAmbiguousPath(group)) this.#notes.ambiguous(group, bytes);
    const crossing = path === 'nat-gateway' ? crosses : null;
    const { identity, bucket } = group;
    this.#table.add(identity, { service, path, bucket }, { isOut, bytes, crosses: crossing });
  }

  #profileKey(identity: LogIdentity, { service, path, bucket }: ProfilePart): ProfileKey {
    const region = identity.region ?? this.#options.defaultRegion();
    const isRemote = service.region !== null && service.region !== region;
    const time = this.#merged.times.get(vpcKey(identity));
    return {
      accountId: identity.accountId,
      region,
      vpcId: identity.vpcId,
      azId: identity.azId,
      service: service.service,
      serviceRegion: isRemote ? service.region : null,
      path,
      period: bucketPeriod(bucket, this.#options.interval, time),
    };
  }

  result(): AttributedTraffic {
    const interfaces = this.#interfaces;
    const { groups, times, keepsClients } = this.#merged;
    const vpcs = Array.from(interfaces.values(), ({ vpc }) => vpc);
    return {
      profiles: this.#table.profiles(),
      ledger: this.#ledger,
      interfaces,
      zones: this.#zones,
      findings: [
        ...vantageFindings(interfaces.values()),
        ...this.#notes.findings(),
        ...checkFindings(checkNatGateways(groups, interfaces), this.#checks),
        ...timeFindings(times, vpcs),
        ...(keepsClients
          ? []
          : [trafficFinding('traffic-clients-not-kept', { groups: limit.clientGroups })]),
      ],
    };
  }
}

function vantagesOf(interfaces: Iterable<LoggedInterface>): ReadonlyMap<string, VpcVantage> {
  const vantages = new Map<string, VpcVantage>();
  for (const { vpc, role } of interfaces) {
    const known = vantages.get(vpc);
    const isNat = role === 'nat' || role === 'regional-nat';
    vantages.set(vpc, {
      hasNat: isNat || known?.hasNat === true,
      hasEndpoints: role === 'endpoint' || known?.hasEndpoints === true,
    });
  }
  return vantages;
}

/** The same fate on the way back. */
function backOf({ verdict, crossesZone: crosses }: OutwardFate): OutwardFate {
  return {
    verdict: verdict.kind === 'out' ? { kind: 'in', path: verdict.path } : verdict,
    crossesZone: crosses,
  };
}

/** A workload's record of bytes sent by a NAT gateway, as version 11 or `traffic-path` 1 tells. */
function isSentThroughNat({ identity, circumstance, pattern }: RecordGroup): boolean {
  const next = identity.nextHopInterfaceType;
  const isNat = next === 'nat_gateway' || next === 'regional_nat_gateway';
  const isOther = next !== null && !isNat;
  const isSent = pattern === addressPattern.publicOut && circumstance.status === 'accepted';
  return isSent && (isNat || (!isOther && circumstance.trafficPath === '1'));
}
