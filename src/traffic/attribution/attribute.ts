import type { PathName } from '../../base/path-name.js';
import { awsOther } from '../../base/service-name.js';
import { shareOutCount } from '../../base/share-out.js';
import type { AddressLabel } from '../addresses/labels.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import { RecordLedger } from '../findings/set-aside.js';
import { type TrafficProfile, unknownPath } from '../profile/profile.js';
import { identityKeys, type LogIdentity } from '../scanner/identities.js';
import { addressPattern, limit } from '../scanner/layout.js';
import { type EndpointSide, endpointSides, isAtEndpoint } from './endpoint-sides.js';
import {
  checkFindings,
  checkNatGateways,
  placeFindings,
  TrafficNotes,
  timeFindings,
  untimedFindings,
  VpcChecks,
  vantageFindings,
} from './findings.js';
import { HeldTraffic } from './held.js';
import { interfacesOf, isNat, type LoggedInterface, sideOf } from './interface-roles.js';
import { type OutwardFate, OutwardShares } from './outward-shares.js';
import { type Interval, ProfileTable } from './profile-table.js';
import type { RecordGroup, RecordGroups } from './record-groups.js';
import {
  isAmbiguousPath,
  judge,
  type RemoteService,
  remoteServiceOf,
  type Verdict,
  type VpcVantage,
} from './verdict.js';
import { crossesZone, learnZones, type ZoneMap } from './zone-map.js';

/** How the sums of a log are read. */
export interface AttributionOptions {
  /** What the label numbers of the groups mean. */
  readonly labels: readonly AddressLabel[];
  readonly interval: Interval;
  /** Interfaces and gateways that the user names as NAT. */
  readonly natNames: ReadonlySet<string>;
  /** The path that the user names for bytes whose path is not known. */
  readonly unknownPath: PathName | null;
  /** The Region of records that name none. */
  readonly region: string | null;
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
  // What workloads logged is held against the gateways' logs, so all of those must be known first.
  run.addClaims();
  // What came back is attributed by what went out, so all of that must be known first.
  run.addReturned();
  return run.result();
}

/** Where the groups of an identity were logged. */
interface GroupPlace {
  readonly identity: LogIdentity;
  readonly own: LoggedInterface;
  readonly vantage: VpcVantage;
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

const elsewhere: OutwardFate = {
  verdict: { kind: 'set-aside', reason: 'other-vantage' },
  crossesZone: null,
};

class Attribution {
  readonly #merged: RecordGroups;
  readonly #options: AttributionOptions;
  readonly #interfaces: ReadonlyMap<string, LoggedInterface>;
  readonly #vantages: ReadonlyMap<string, VpcVantage>;
  readonly #zones: ZoneMap;
  readonly #sides: ReadonlyMap<RecordGroup, EndpointSide>;
  readonly #ledger = new RecordLedger();
  readonly #heldAtGateways = new HeldTraffic();
  readonly #heldAtEndpoints = new HeldTraffic();
  readonly #shares = new OutwardShares();
  readonly #checks = new VpcChecks();
  readonly #notes = new TrafficNotes();
  readonly #table: ProfileTable;
  readonly #claimed: Judged[] = [];
  readonly #returned: Judged[] = [];
  /** Of the identity that was asked for last: groups come identity by identity. */
  #last: GroupPlace | undefined;

  constructor(merged: RecordGroups, options: AttributionOptions) {
    this.#merged = merged;
    this.#options = options;
    this.#interfaces = interfacesOf(merged.groups, options.natNames, merged);
    this.#vantages = vantagesOf(merged.groups, this.#interfaces);
    this.#zones = learnZones(merged.groups, this.#interfaces);
    this.#sides = endpointSides(merged, this.#interfaces);
    this.#table = new ProfileTable(merged, options);
  }

  /** A group whose records tell their own fate; what another interface may have logged as well is kept for later. */
  addDirect(group: RecordGroup): void {
    const judged = this.#judge(group);
    const { verdict, own, service } = judged;
    if (verdict.kind === 'in-by-return') this.#returned.push(judged);
    else if (verdict.kind === 'out-unless-held' || verdict.kind === 'in-unless-held')
      this.#claimed.push(judged);
    else {
      if (verdict.kind !== 'set-aside') this.#hold(group, own, verdict.kind === 'out');
      const fate = { verdict, crossesZone: crossesZone(group, own.role, this.#zones) };
      this.#noteSent(group, own, service, fate, group.bytes);
      this.#settle({ group, own, service, fate, bytes: group.bytes, records: group.records });
    }
  }

  /** Bytes counted at a gateway or an endpoint, by the client where the log tells it. */
  #hold(group: RecordGroup, own: LoggedInterface, isSent: boolean): void {
    const isGateway = isNat(own.role);
    const isEndpoint = own.role === 'endpoint' || this.#isCountedAtEndpoint(group);
    if (!isGateway && !isEndpoint) return;
    const isPublicSide = isGateway && sideOf(group, own) === 'public';
    const held = isGateway ? this.#heldAtGateways : this.#heldAtEndpoints;
    held.add(group, own.vpc, isSent, isPublicSide ? 0 : clientOf(group));
  }

  #isCountedAtEndpoint(group: RecordGroup): boolean {
    return isAtEndpoint(group) || this.#sides.get(group) === 'counted';
  }

  /** By which path a workload's bytes left, for those that come back. */
  #noteSent(
    group: RecordGroup,
    own: LoggedInterface,
    service: RemoteService,
    fate: OutwardFate,
    bytes: bigint,
  ): void {
    const isSent = own.role === 'workload' && group.pattern === addressPattern.publicOut;
    if (isSent && group.circumstance.status === 'accepted')
      this.#shares.add(group, own, service, { fate, bytes });
  }

  /** What workloads logged and gateways or endpoints may have logged as well: counted as far as these lack it. */
  addClaims(): void {
    const claims = this.#claimed.map(({ group, own, verdict }) => ({
      group,
      own,
      isSent: verdict.kind === 'out-unless-held',
      isCertain: 'path' in verdict && verdict.path !== unknownPath,
      isAtEndpoint: 'path' in verdict && verdict.path === 'interface-endpoint',
    }));
    const atEndpoints = claims.filter((claim) => claim.isAtEndpoint);
    const atGateways =
      atEndpoints.length === 0 ? claims : claims.filter((claim) => !claim.isAtEndpoint);
    const held = this.#heldAtGateways.meet(atGateways, clientOf);
    for (const [group, bytes] of this.#heldAtEndpoints.meet(atEndpoints, clientOf))
      held.set(group, bytes);
    for (const { group, own, service, verdict } of this.#claimed) {
      if (verdict.kind !== 'out-unless-held' && verdict.kind !== 'in-unless-held') continue;
      const kind = verdict.kind === 'out-unless-held' ? 'out' : 'in';
      const crosses = crossesZone(group, own.role, this.#zones);
      const fate = { verdict: { kind, path: verdict.path }, crossesZone: crosses } as const;
      const parts = inTwo(group, held.get(group) ?? 0n);
      this.#noteSent(group, own, service, fate, parts.rest.bytes);
      this.#settleIf({ group, own, service, fate: elsewhere, ...parts.held });
      this.#settleIf({ group, own, service, fate, ...parts.rest });
    }
  }

  /** What came back to workloads: set aside as far as gateways logged it, the rest by the paths of what they sent. */
  addReturned(): void {
    const mayBeHeld = this.#returned.filter(
      ({ group, own, service }) =>
        this.#mayBeHeld(group) && !this.#shares.passesNoNat(group, own, service),
    );
    const claims = mayBeHeld.map(({ group, own }) => ({
      group,
      own,
      isSent: false,
      isCertain: true,
    }));
    const held = this.#heldAtGateways.meet(claims, clientOf);
    for (const judged of this.#returned) {
      const { group, own, service } = judged;
      const parts = inTwo(group, held.get(group) ?? 0n);
      this.#settleIf({ group, own, service, fate: elsewhere, ...parts.held });
      if (parts.rest.bytes > 0n || parts.rest.records > 0) this.#addRest(judged, parts.rest);
    }
  }

  #addRest({ group, own, service }: Judged, rest: Part): void {
    for (const { fate, bytes, records } of this.#shares.split(group, rest, own, service)) {
      const inward = fate === undefined ? this.#unasked(group) : backOf(fate);
      if (inward.verdict.kind === 'in' && inward.verdict.path !== null) {
        this.#notes.returned(group, bytes);
      }
      this.#settle({ group, own, service, fate: inward, bytes, records });
    }
  }

  /** An IPv6 packet (no address is kept of it) never passes a NAT gateway on its own. */
  #mayBeHeld(group: RecordGroup): boolean {
    return this.#placeOf(group).vantage.hasNat && group.address !== 0;
  }

  /** Bytes to a workload that sent nothing itself: their path is not known. */
  #unasked(group: RecordGroup): OutwardFate {
    const path = this.#mayBeHeld(group) ? unknownPath : null;
    return { verdict: { kind: 'in', path }, crossesZone: null };
  }

  #settleIf(share: Share): void {
    if (share.bytes > 0n || share.records > 0) this.#settle(share);
  }

  #judge(group: RecordGroup): Judged {
    const { own, vantage } = this.#placeOf(group);
    const side = this.#sides.size === 0 ? undefined : this.#sides.get(group);
    const verdict = judge(group, own, vantage, side);
    return { group, verdict, own, service: this.#serviceOf(group, verdict) };
  }

  /** The interface and the VPC of a group. */
  #placeOf({ identity }: RecordGroup): GroupPlace {
    if (this.#last?.identity === identity) return this.#last;
    const { networkInterface, vpc } = identityKeys(identity);
    const own = this.#interfaces.get(networkInterface);
    if (own === undefined) throw new Error('a group of an interface that was not described');
    const vantage = this.#vantages.get(vpc) ?? { hasNat: false, hasEndpoints: false };
    this.#last = { identity, own, vantage };
    return this.#last;
  }

  #serviceOf(group: RecordGroup, verdict: Verdict): RemoteService {
    const isOut =
      verdict.kind === 'out' ||
      verdict.kind === 'out-unless-held' ||
      (verdict.kind === 'set-aside' && group.pattern === addressPattern.publicOut);
    const found = remoteServiceOf(group, this.#options.labels[group.label], isOut);
    const isEndpoint = 'path' in verdict && verdict.path === 'interface-endpoint';
    // An interface endpoint's private address is AWS's, though nothing names the service.
    return isEndpoint && found.service === 'internet' ? { service: awsOther, region: null } : found;
  }

  #settle({ group, own, service, fate, bytes, records }: Share): void {
    const { verdict, crossesZone: crosses } = fate;
    const isWorkload = own.role === 'workload';
    if (verdict.kind === 'set-aside') {
      this.#ledger.setAside(verdict.reason, records, bytes);
      return;
    }
    const { path, kind } = verdict;
    const isOut = kind === 'out';
    this.#ledger.count(records, bytes);
    if (path === 'nat-gateway') this.#checks.addCounted(group, bytes, isWorkload);
    this.#notes.counted(group, { path, isWorkload, crosses, bytes });
    if (isOut && isWorkload && isAmbiguousPath(group)) this.#notes.ambiguous(group, bytes);
    const told = path === unknownPath ? (this.#options.unknownPath ?? path) : path;
    const crossing = told === 'nat-gateway' ? crosses : null;
    const { identity, bucket } = group;
    this.#table.add(identity, { service, path: told, bucket }, { isOut, bytes, crosses: crossing });
  }

  result(): AttributedTraffic {
    const interfaces = this.#interfaces;
    const { groups, times, untimed, keepsClients, taken } = this.#merged;
    const vpcs = Array.from(interfaces.values(), ({ vpc }) => vpc);
    return {
      profiles: this.#table.profiles(),
      ledger: this.#ledger,
      interfaces,
      zones: this.#zones,
      findings: [
        ...placeFindings(taken),
        ...vantageFindings(interfaces.values()),
        ...this.#notes.findings(this.#vantages, this.#options.unknownPath),
        ...checkFindings(checkNatGateways(groups, interfaces), this.#checks),
        ...timeFindings(times, vpcs),
        ...untimedFindings(groups, times, untimed),
        ...(keepsClients
          ? []
          : [trafficFinding('traffic-clients-not-kept', { groups: limit.clientGroups })]),
      ],
    };
  }
}

function vantagesOf(
  groups: Iterable<RecordGroup>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): ReadonlyMap<string, VpcVantage> {
  const vantages = new Map<string, VpcVantage>();
  for (const { vpc, role } of interfaces.values()) {
    const known = vantages.get(vpc);
    vantages.set(vpc, {
      hasNat: isNat(role) || known?.hasNat === true,
      hasEndpoints: role === 'endpoint' || known?.hasEndpoints === true,
    });
  }
  for (const group of groups) {
    if (!isAtEndpoint(group)) continue;
    const vpc = identityKeys(group.identity).vpc;
    const known = vantages.get(vpc);
    if (known?.hasEndpoints === false) vantages.set(vpc, { ...known, hasEndpoints: true });
  }
  return vantages;
}

/** The address of a workload, 0 where none is kept. */
function clientOf({ address }: RecordGroup): number {
  return address === limit.unkeptAddress ? 0 : address;
}

interface Part {
  readonly bytes: bigint;
  readonly records: number;
}

/** A group in two parts, what is held elsewhere and the rest; its records in proportion to its bytes. */
function inTwo(
  { bytes, records }: RecordGroup,
  held: bigint,
): { readonly held: Part; readonly rest: Part } {
  const none = { bytes: 0n, records: 0 };
  const rest = bytes - held;
  // Records without bytes are those of the other interface, too.
  if (rest === 0n) return { held: { bytes, records }, rest: none };
  if (held === 0n) return { held: none, rest: { bytes, records } };
  const [heldRecords = 0n] = shareOutCount(BigInt(records), [held, rest]);
  const count = Number(heldRecords);
  return {
    held: { bytes: held, records: count },
    rest: { bytes: rest, records: records - count },
  };
}

/** The same fate on the way back. */
function backOf({ verdict, crossesZone: crosses }: OutwardFate): OutwardFate {
  return {
    verdict: verdict.kind === 'out' ? { kind: 'in', path: verdict.path } : verdict,
    crossesZone: crosses,
  };
}
