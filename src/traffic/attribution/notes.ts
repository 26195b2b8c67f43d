import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import type { NetworkPath } from '../profile/profile.js';
import { vpcKey } from '../scanner/sums.js';
import type { LoggedTime, TrafficGroup } from './groups.js';
import type { LoggedInterface } from './interface-roles.js';
import { disagree, type NatCheck, type VpcChecks } from './nat-checks.js';
import { gapsOf } from './time-buckets.js';

interface VpcNote {
  atWorkloads: bigint;
  withoutPacketAddresses: bigint;
  unknownPath: bigint;
  ambiguousPath: bigint;
  returned: bigint;
  zoneKnown: bigint;
  zoneUnknown: bigint;
}

/** What must be said of how a VPC's traffic was counted; gathered while counting. */
export class TrafficNotes {
  readonly #notes = new Map<string, VpcNote>();

  /** Bytes that are counted, at a NAT gateway or at a workload. */
  counted(
    group: TrafficGroup,
    how: {
      readonly path: NetworkPath | null;
      readonly isWorkload: boolean;
      readonly crosses: boolean | null;
      readonly bytes: bigint;
    },
  ): void {
    const note = this.#of(group);
    const { path, isWorkload, crosses, bytes } = how;
    if (isWorkload) note.atWorkloads += bytes;
    if (isWorkload && !group.identity.hasPacketAddresses) note.withoutPacketAddresses += bytes;
    if (path === null) note.unknownPath += bytes;
    if (path === 'nat-gateway' && !isWorkload) {
      if (crosses === null) note.zoneUnknown += bytes;
      else note.zoneKnown += bytes;
    }
  }

  /** Bytes by `traffic-path` 2, counted as an internet gateway's. */
  ambiguous(group: TrafficGroup, bytes: bigint): void {
    this.#of(group).ambiguousPath += bytes;
  }

  /** Bytes back to a workload that are counted by the paths of those out. */
  returned(group: TrafficGroup, bytes: bigint): void {
    this.#of(group).returned += bytes;
  }

  /** The findings, by VPC. */
  findings(): readonly TrafficFinding[] {
    return [...this.#notes].flatMap(([key, note]) => findingsOf(vpcName(key), note));
  }

  #of({ identity }: TrafficGroup): VpcNote {
    const key = vpcKey(identity);
    const note = this.#notes.get(key) ?? {
      atWorkloads: 0n,
      withoutPacketAddresses: 0n,
      unknownPath: 0n,
      ambiguousPath: 0n,
      returned: 0n,
      zoneKnown: 0n,
      zoneUnknown: 0n,
    };
    this.#notes.set(key, note);
    return note;
  }
}

function findingsOf(vpc: string, note: VpcNote): readonly TrafficFinding[] {
  const findings: TrafficFinding[] = [];
  if (note.withoutPacketAddresses > 0n) {
    findings.push(
      trafficFinding('traffic-without-packet-addresses', {
        vpc,
        bytes: note.withoutPacketAddresses,
      }),
    );
  }
  if (note.unknownPath > 0n) {
    findings.push(trafficFinding('traffic-path-unknown', { vpc, bytes: note.unknownPath }));
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
function vpcName(key: string): string {
  const [account = '', region = '', vpc = ''] = key.split(' ');
  if (vpc !== '') return vpc;
  const where = [region, account].filter((part) => part !== '').join(', ');
  return where === '' ? 'the VPC' : `the VPC (${where})`;
}

/** At which interfaces each VPC's traffic is counted. */
export function vantageFindings(interfaces: Iterable<LoggedInterface>): readonly TrafficFinding[] {
  const byVpc = new Map<string, LoggedInterface[]>();
  for (const item of interfaces) byVpc.set(item.vpc, [...(byVpc.get(item.vpc) ?? []), item]);
  return [...byVpc].flatMap(([key, members]): readonly TrafficFinding[] => {
    const vpc = vpcName(key);
    const nats = members.filter(({ role }) => role === 'nat' || role === 'regional-nat');
    if (nats.length === 0) return [trafficFinding('vantage-workloads', { vpc })];
    const onSide = (side: string) =>
      nats
        .filter((nat) => nat.side === side)
        .map(nameOf)
        .sort();
    const unproven = nats
      .filter(({ isUnproven }) => isUnproven)
      .map(nameOf)
      .sort();
    const [privates, publics] = [onSide('private'), onSide('public')];
    return [
      ...(privates.length === 0
        ? []
        : [trafficFinding('vantage-nat-private', { vpc, interfaces: privates })]),
      ...(publics.length === 0
        ? []
        : [trafficFinding('vantage-nat-public', { vpc, interfaces: publics })]),
      ...(unproven.length === 0
        ? []
        : [trafficFinding('nat-unproven', { vpc, interfaces: unproven })]),
    ];
  });
}

const nameOf = ({ name }: LoggedInterface): string => name;

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
            vpc: vpcName(natInterface.vpc),
            name: natInterface.name,
            privateSide,
            sentByGateway,
          }),
        ],
  );
  const exceeded = vpcChecks
    .exceeded()
    .map(([key, { counted, byWorkloads }]) =>
      trafficFinding('nat-log-incomplete', { vpc: vpcName(key), counted, byWorkloads }),
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
    const vpc = vpcName(key);
    if (time === undefined) return [trafficFinding('traffic-without-times', { vpc })];
    const gaps = gapsOf(time);
    return gaps.length === 0 ? [] : [trafficFinding('traffic-time-gaps', { vpc, gaps })];
  });
}
