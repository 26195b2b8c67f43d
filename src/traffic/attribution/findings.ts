import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import type { PathName } from '../../base/path-name.js';
import { plural } from '../../base/text.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import { type Period, unknownPath } from '../profile/profile.js';
import { identityKeys, type LogIdentity, lackingFields } from '../scanner/identities.js';
import { addressPattern } from '../scanner/layout.js';
import { isNat, type LoggedInterface } from './interface-roles.js';
import type { LoggedTime, RecordGroup } from './record-groups.js';

interface VpcNote {
  atWorkloads: bigint;
  withoutPacketAddresses: bigint;
  withoutAction: bigint;
  /** The fields for a path that logs of such bytes lack. */
  readonly lacking: Set<string>;
  assumedPath: bigint;
  unknownPath: bigint;
  ambiguousPath: bigint;
  returned: bigint;
  zoneKnown: bigint;
  zoneUnknown: bigint;
}

/** The note of an identity's VPC, and what its flow log lacks. */
interface IdentityNote {
  readonly identity: LogIdentity;
  readonly note: VpcNote;
  readonly lacksAction: boolean;
  readonly lacking: readonly string[];
}

/** The fields that show the path of a workload's traffic. */
const pathFields = ['traffic-path', 'flow-direction'] as const;

/** What must be said of how a VPC's traffic was counted; gathered while counting. */
export class TrafficNotes {
  readonly #notes = new Map<string, VpcNote>();
  /** Of the identity that was asked for last: groups come identity by identity. */
  #last: IdentityNote | undefined;

  /** Bytes that are counted, at a NAT gateway or at a workload. */
  counted(
    group: RecordGroup,
    how: {
      readonly path: PathName | null;
      readonly isWorkload: boolean;
      readonly crosses: boolean | null;
      readonly bytes: bigint;
    },
  ): void {
    const { note, lacksAction, lacking } = this.#of(group);
    const { path, isWorkload, crosses, bytes } = how;
    if (isWorkload) note.atWorkloads += bytes;
    if (isWorkload && !group.identity.hasPacketAddresses) note.withoutPacketAddresses += bytes;
    if (lacksAction) note.withoutAction += bytes;
    if (path === null || path === unknownPath) {
      for (const field of lacking) note.lacking.add(field);
    }
    if (path === null) note.assumedPath += bytes;
    if (path === unknownPath) note.unknownPath += bytes;
    if (path === 'nat-gateway' && !isWorkload) {
      if (crosses === null) note.zoneUnknown += bytes;
      else note.zoneKnown += bytes;
    }
  }

  /** Bytes by `traffic-path` 2, counted as an internet gateway's. */
  ambiguous(group: RecordGroup, bytes: bigint): void {
    this.#of(group).note.ambiguousPath += bytes;
  }

  /** Bytes back to a workload that are counted by the paths of those out. */
  returned(group: RecordGroup, bytes: bigint): void {
    this.#of(group).note.returned += bytes;
  }

  /** The findings, by VPC. */
  findings(
    vantages: ReadonlyMap<string, { readonly hasNat: boolean }>,
    told: PathName | null,
  ): readonly TrafficFinding[] {
    return [...this.#notes].flatMap(([key, note]) =>
      vpcFindings(nameOfVpcKey(key), note, vantages.get(key)?.hasNat === true, told),
    );
  }

  #of({ identity }: RecordGroup): IdentityNote {
    if (this.#last?.identity === identity) return this.#last;
    const key = identityKeys(identity).vpc;
    const note = this.#notes.get(key) ?? emptyNote();
    this.#notes.set(key, note);
    this.#last = {
      identity,
      note,
      lacksAction: lackingFields(identity, ['action']).length > 0,
      lacking: lackingFields(identity, pathFields),
    };
    return this.#last;
  }
}

function emptyNote(): VpcNote {
  return {
    atWorkloads: 0n,
    withoutPacketAddresses: 0n,
    withoutAction: 0n,
    lacking: new Set<string>(),
    assumedPath: 0n,
    unknownPath: 0n,
    ambiguousPath: 0n,
    returned: 0n,
    zoneKnown: 0n,
    zoneUnknown: 0n,
  };
}

function vpcFindings(
  vpc: string,
  note: VpcNote,
  hasNat: boolean,
  told: PathName | null,
): readonly TrafficFinding[] {
  const findings: TrafficFinding[] = [];
  if (note.withoutPacketAddresses > 0n && !hasNat) {
    findings.push(
      trafficFinding('traffic-without-packet-addresses', {
        vpc,
        bytes: note.withoutPacketAddresses,
      }),
    );
  }
  if (note.withoutAction > 0n) {
    findings.push(trafficFinding('traffic-without-action', { vpc, bytes: note.withoutAction }));
  }
  const lacking = pathFields.filter((field) => note.lacking.has(field));
  if (note.assumedPath > 0n) {
    findings.push(
      trafficFinding('traffic-path-assumed', { vpc, bytes: note.assumedPath, lacking }),
    );
  }
  if (note.unknownPath > 0n) {
    const bytes = note.unknownPath;
    findings.push(
      told === null
        ? trafficFinding('traffic-path-unknown', { vpc, bytes, lacking })
        : trafficFinding('traffic-path-told', {
            where: vpc,
            what: plural(bytes, 'byte'),
            path: told,
          }),
    );
  }
  if (note.ambiguousPath > 0n) {
    findings.push(trafficFinding('traffic-path-ambiguous', { vpc, bytes: note.ambiguousPath }));
  }
  if (note.returned > 0n) {
    findings.push(trafficFinding('traffic-return-path', { vpc, bytes: note.returned }));
  }
  if (note.zoneKnown > 0n && note.zoneUnknown > 0n) {
    findings.push(
      trafficFinding('traffic-zones-partly-known', {
        vpc,
        known: note.zoneKnown,
        unknown: note.zoneUnknown,
      }),
    );
  }
  return findings;
}

/** A VPC as messages name it. */
export function nameOfVpcKey(key: string): string {
  const [account = '', region = '', vpc = ''] = key.split(' ');
  if (vpc !== '') return vpc;
  const where = [region, account].filter((part) => part !== '').join(', ');
  return where === '' ? 'the VPC' : `the VPC (${where})`;
}

/** The interfaces of which no log tells the VPC, and which are taken to be in one. */
export function placeFindings(
  taken: ReadonlyMap<string, ReadonlySet<string>>,
): readonly TrafficFinding[] {
  return Array.from(taken, ([key, names]) =>
    trafficFinding('traffic-vpc-assumed', {
      vpc: nameOfVpcKey(key),
      interfaces: [...names].sort(),
    }),
  );
}

/** At which interfaces each VPC's traffic is counted. */
export function vantageFindings(interfaces: Iterable<LoggedInterface>): readonly TrafficFinding[] {
  return [...groupBy(interfaces, ({ vpc }) => vpc)].flatMap(
    ([key, members]): readonly TrafficFinding[] => {
      const vpc = nameOfVpcKey(key);
      const nats = members.filter(({ role }) => isNat(role));
      if (nats.length === 0) return [trafficFinding('vantage-workloads', { vpc })];
      const onSide = (side: string) =>
        nats
          .filter((nat) => nat.side === side)
          .map(interfaceName)
          .sort();
      const unproven = nats
        .filter(({ isUnproven }) => isUnproven)
        .map(interfaceName)
        .sort();
      const mirrors = nats
        .filter(({ isMirror }) => isMirror)
        .map(interfaceName)
        .sort();
      const relays = nats
        .filter(({ isRelay }) => isRelay)
        .map(interfaceName)
        .sort();
      const [privates, publics] = [onSide('private'), onSide('public')];
      return [
        ...(privates.length === 0
          ? []
          : [trafficFinding('vantage-nat-private', { vpc, interfaces: privates })]),
        ...(publics.length === 0
          ? []
          : [trafficFinding('vantage-nat-public', { vpc, interfaces: publics })]),
        ...(mirrors.length === 0
          ? []
          : [trafficFinding('nat-found-by-mirrors', { vpc, interfaces: mirrors })]),
        ...(relays.length === 0
          ? []
          : [trafficFinding('nat-found-by-packets', { vpc, interfaces: relays })]),
        ...(unproven.length === 0
          ? []
          : [trafficFinding('nat-unproven', { vpc, interfaces: unproven })]),
      ];
    },
  );
}

const interfaceName = ({ name }: LoggedInterface): string => name;

/** Where the two rules for counting a NAT gateway, or the gateways' and the workloads' logs, do not agree. */
export function checkFindings(
  natChecks: readonly NatCheck[],
  vpcChecks: VpcChecks,
): readonly TrafficFinding[] {
  const sides = natChecks.flatMap(({ natInterface, privateSide, sentByGateway }) =>
    sentByGateway === null || !disagree(privateSide, sentByGateway)
      ? []
      : [
          trafficFinding('nat-sides-disagree', {
            vpc: nameOfVpcKey(natInterface.vpc),
            name: natInterface.name,
            privateSide,
            sentByGateway,
          }),
        ],
  );
  const exceeded = vpcChecks
    .exceeded()
    .map(([key, { atGateways, atWorkloads }]) =>
      trafficFinding('nat-log-incomplete', { vpc: nameOfVpcKey(key), atGateways, atWorkloads }),
    );
  return [...sides, ...exceeded];
}

/** Times in which nothing was logged, and logs that tell no time. */
export function timeFindings(
  times: ReadonlyMap<string, LoggedTime>,
  vpcs: Iterable<string>,
): readonly TrafficFinding[] {
  return [...new Set(vpcs)].flatMap((key): readonly TrafficFinding[] => {
    const time = times.get(key);
    const vpc = nameOfVpcKey(key);
    if (time === undefined) return [trafficFinding('traffic-without-times', { vpc })];
    const gaps = loggingGaps(time);
    return gaps.length === 0 ? [] : [trafficFinding('traffic-time-gaps', { vpc, gaps })];
  });
}

/** Records without times in VPCs where others have them. */
export function untimedFindings(
  groups: Iterable<RecordGroup>,
  times: ReadonlyMap<string, LoggedTime>,
  untimed: ReadonlySet<LogIdentity>,
): readonly TrafficFinding[] {
  const sums = new Map<string, bigint>();
  if (untimed.size === 0) return [];
  for (const { identity, bytes } of groups) {
    const { vpc } = identityKeys(identity);
    if (untimed.has(identity) && times.has(vpc)) sums.set(vpc, (sums.get(vpc) ?? 0n) + bytes);
  }
  return [...sums]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, bytes]) =>
      trafficFinding('traffic-partly-without-times', { vpc: nameOfVpcKey(key), bytes }),
    );
}

/** The bytes of a NAT gateway by two rules that must agree. */
export interface NatCheck {
  readonly natInterface: LoggedInterface;
  /** What is counted: the private side, out and back. */
  readonly privateSide: bigint;
  /** What the gateway itself sends: `flow-direction` egress with the gateway as srcaddr. Null where the log can't tell. */
  readonly sentByGateway: bigint | null;
}

/** Sums each zonal NAT gateway that is counted on its private side by both rules. */
export function checkNatGateways(
  groups: Iterable<RecordGroup>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): readonly NatCheck[] {
  const checks = new Map<string, { privateSide: bigint; sent: bigint; canTell: boolean }>();
  for (const group of groups) {
    if (!hasBilledPattern(group)) continue;
    const key = identityKeys(group.identity).networkInterface;
    const own = interfaces.get(key);
    if (own?.role !== 'nat' || own.side !== 'private') continue;
    const check = checks.get(key) ?? { privateSide: 0n, sent: 0n, canTell: true };
    checks.set(key, check);
    const { direction } = group.circumstance;
    if (group.pattern <= addressPattern.natPrivateIn) check.privateSide += group.bytes;
    if (direction === null) check.canTell = false;
    if (direction === 'egress' && isSentByGateway(group.pattern)) check.sent += group.bytes;
  }
  return Array.from(checks).flatMap(([key, { privateSide, sent, canTell }]) => {
    const natInterface = interfaces.get(key);
    if (natInterface === undefined) return [];
    const can = canTell && !natInterface.isUnproven;
    return [{ natInterface, privateSide, sentByGateway: can ? sent : null }];
  });
}

function hasBilledPattern({ pattern, circumstance }: RecordGroup): boolean {
  const isPublic = pattern >= addressPattern.natPrivateOut && pattern <= addressPattern.publicIn;
  return isPublic && circumstance.status === 'accepted';
}

/** To the internet by its own address, or back to the client. */
function isSentByGateway(pattern: number): boolean {
  return pattern === addressPattern.publicOut || pattern === addressPattern.natPrivateIn;
}

/** Whether two sums of bytes differ by more than one part in a thousand of the larger. */
function disagree(a: bigint, b: bigint): boolean {
  const larger = a > b ? a : b;
  const difference = larger - (a > b ? b : a);
  return difference * 1000n > larger;
}

/** By VPC: the bytes that NAT gateways' own logs hold, and those that only workloads' logs show to have passed one. */
export interface VpcCheck {
  atGateways: bigint;
  atWorkloads: bigint;
}

/** Gathers, by VPC, what is needed to see that the NAT gateways' log is whole. */
export class VpcChecks {
  readonly #checks = new Map<string, VpcCheck>();

  /** Bytes counted as a NAT gateway's. */
  addCounted({ identity }: RecordGroup, bytes: bigint, isWorkload: boolean): void {
    const vpc = identityKeys(identity).vpc;
    const check = this.#checks.get(vpc) ?? { atGateways: 0n, atWorkloads: 0n };
    if (check.atGateways === 0n && check.atWorkloads === 0n) this.#checks.set(vpc, check);
    if (isWorkload) check.atWorkloads += bytes;
    else check.atGateways += bytes;
  }

  /** The VPCs where some gateway logs, and workloads sent or got more than that through NAT gateways. */
  exceeded(): readonly (readonly [string, VpcCheck])[] {
    return [...this.#checks].filter(
      ([, { atGateways, atWorkloads }]) =>
        atGateways > 0n && disagree(atGateways, atGateways + atWorkloads),
    );
  }
}

/** A time in which nothing at all was logged in a VPC, in epoch seconds. */
function loggingGaps({ hours }: LoggedTime): readonly Period[] {
  return hours.flatMap((hour, index) => {
    const next = hours[index + 1];
    return next === undefined || next === hour + 1
      ? []
      : [{ start: (hour + 1) * 3600, end: next * 3600 }];
  });
}
