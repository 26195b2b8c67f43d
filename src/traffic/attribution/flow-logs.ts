import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { identityKeys, interfaceName, type LogIdentity } from '../scanner/identities.js';
import { commonRanges, type TimeRanges, unionOfRanges } from './time-ranges.js';

/** What one flow log says of one interface: when it logged it. */
export interface Sight {
  /** The `sightKey` of the identity as the scanner knows it. */
  readonly key: string;
  /** As all logs together tell it. */
  readonly identity: LogIdentity;
  readonly ranges: TimeRanges;
}

/** Interfaces of a VPC that several flow logs hold at the same time. */
export interface LoggedTwice {
  readonly vpc: string;
  readonly interfaces: number;
  /** The flow logs, the one that counts first. */
  readonly flowLogs: readonly string[];
}

/** Which time of which interface counts from another flow log. */
export interface Overlaps {
  /** By `sightKey`, the ranges for which another flow log counts. */
  readonly excluded: ReadonlyMap<string, TimeRanges>;
  readonly twice: readonly LoggedTwice[];
}

/**
 * Of several flow logs of one interface, the one whose fields tell most counts, and each other one for the time only that
 * none before it covers. Two flow logs of one VPC log the same traffic each on its own (VPC user guide, "Flow log basics").
 */
export function overlapsOf(sights: readonly Sight[]): Overlaps {
  const excluded = new Map<string, TimeRanges>();
  const twice = new Map<string, { interfaces: number; flowLogs: Set<string> }>();
  const byInterface = groupBy(sights, ({ identity }) => interfaceName(identity));
  const gateways = sights.filter(({ identity }) => identity.isOfNoInterface);
  for (const [name, same] of byInterface) {
    const [nameless, named] = name === '' ? [same, []] : [[], same];
    // A regional NAT gateway has no interface: its name stands in one log and not in the other.
    const regional = nameless.filter(({ identity }) => identity.isOfNoInterface);
    const unnamed = nameless.filter(({ identity }) => !identity.isOfNoInterface);
    const isGateway = named.some(({ identity }) => identity.isOfNoInterface);
    for (const { key, ranges, vpc, flowLogs } of [
      ...overlapsAmong(named, isGateway ? gateways : named, speaksBefore),
      ...overlapsAmong(regional, gateways, speaksBefore),
      // Records of a log without interface-id are held against all of their VPC.
      ...overlapsAmong(unnamed, sights, speaksForVpc),
    ]) {
      excluded.set(key, ranges);
      const known = twice.get(vpc) ?? { interfaces: 0, flowLogs: new Set<string>() };
      known.interfaces++;
      for (const flowLog of flowLogs) known.flowLogs.add(flowLog);
      twice.set(vpc, known);
    }
  }
  const tells = new Map(sights.map(({ identity }) => [identity.flowLog, identity.tells]));
  const rank = (a: string, b: string) =>
    (tells.get(b) ?? 0) - (tells.get(a) ?? 0) || compareText(a, b);
  return {
    excluded,
    twice: Array.from(twice, ([vpc, { interfaces, flowLogs }]) => ({
      vpc,
      interfaces,
      flowLogs: [...flowLogs].sort(rank),
    })).sort((a, b) => compareText(a.vpc, b.vpc)),
  };
}

interface Overlap {
  readonly key: string;
  readonly ranges: TimeRanges;
  readonly vpc: string;
  readonly flowLogs: readonly string[];
}

/** The time of sights for which others among their rivals count. */
function overlapsAmong(
  same: readonly Sight[],
  rivals: readonly Sight[],
  isBefore: (rival: LogIdentity, own: LogIdentity) => boolean,
): readonly Overlap[] {
  if (same.length === 0 || new Set(rivals.map(({ identity }) => identity.flowLog)).size < 2)
    return [];
  return [...groupBy(same, ({ key }) => key).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const before = rivals.filter(
      ({ identity }) =>
        identity.flowLog !== first.identity.flowLog &&
        maySpeakOfOne(identity, first.identity) &&
        isBefore(identity, first.identity),
    );
    const ranges = commonRanges(timeOf(own), timeOf(before));
    if (ranges.length === 0) return [];
    const winners = before.map(({ identity }) => identity.flowLog).sort(compareText);
    return {
      key: first.key,
      ranges,
      vpc: identityKeys(first.identity).vpc,
      flowLogs: [...new Set([...winners, first.identity.flowLog])],
    };
  });
}

/** Whether another flow log's records of the same interface count before those of this one. */
function speaksBefore(rival: LogIdentity, own: LogIdentity): boolean {
  const names = [interfaceName(rival), interfaceName(own)];
  return (names[0] === names[1] || names.includes('')) && tellsMore(rival, own);
}

/** Whether another flow log's records count before those of a log that names no interface. */
function speaksForVpc(rival: LogIdentity, own: LogIdentity): boolean {
  if (identityKeys(rival).vpc !== identityKeys(own).vpc) return false;
  const isNameless = interfaceName(rival) === '' && !rival.isOfNoInterface;
  return isNameless ? tellsMore(rival, own) : true;
}

/** A log without times may be of any time. */
function timeOf(sights: readonly Sight[]): TimeRanges {
  return unionOfRanges(
    sights.map(({ ranges }) => (ranges.length === 0 ? [0, 0xffff_ffff] : ranges)),
  );
}

/** Whether two logs may speak of one network: what one does not tell, the other may. */
function maySpeakOfOne(a: LogIdentity, b: LogIdentity): boolean {
  const agree = (one: string | null, other: string | null) =>
    one === null || other === null || one === other;
  return agree(a.accountId, b.accountId) && agree(a.region, b.region) && agree(a.vpcId, b.vpcId);
}

function tellsMore(a: LogIdentity, b: LogIdentity): boolean {
  return a.tells === b.tells ? compareText(a.flowLog, b.flowLog) < 0 : a.tells > b.tells;
}
