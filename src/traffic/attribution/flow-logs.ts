import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { identityKeys, interfaceName, type LogIdentity, sightKey } from '../scanner/identities.js';
import { commonRanges, type TimeRanges, unionOfRanges } from './time-ranges.js';

/** What one flow log says of one interface: when it logged it. */
export interface Sight {
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
  for (const [name, same] of byInterface) {
    // Records that name no interface are held against all of their VPC.
    const rivals = name === '' ? sights : same;
    for (const { key, ranges, vpc, flowLogs } of overlapsAmong(same, rivals)) {
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

function overlapsAmong(same: readonly Sight[], rivals: readonly Sight[]): readonly Overlap[] {
  if (new Set(rivals.map(({ identity }) => identity.flowLog)).size < 2) return [];
  const isNameless = same !== rivals;
  return [...groupBy(same, ({ identity }) => identity.flowLog).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const before = rivals.filter(
      ({ identity }) =>
        identity.flowLog !== first.identity.flowLog &&
        maySpeakOfOne(identity, first.identity) &&
        (isNameless
          ? interfaceName(identity) !== '' &&
            identityKeys(identity).vpc === identityKeys(first.identity).vpc
          : tellsMore(identity, first.identity)),
    );
    const ranges = commonRanges(timeOf(own), timeOf(before));
    if (ranges.length === 0) return [];
    const winners = before.map(({ identity }) => identity.flowLog).sort(compareText);
    return {
      key: sightKey(first.identity),
      ranges,
      vpc: identityKeys(first.identity).vpc,
      flowLogs: [...new Set([...winners, first.identity.flowLog])],
    };
  });
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
