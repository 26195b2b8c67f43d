import {
  type Amount,
  amount,
  gbFromBytes,
  quotient,
  wholeBytes,
  zero,
} from '../../base/decimal.js';
import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { Period } from '../../traffic/profile/profile.js';
import { defaultPath, kindOf, type NetworkPath, needsGateways } from '../paths/index.js';
import type { CarriedTraffic } from '../paths/path.js';
import { type Assumptions, assumedAzs } from '../price/assumptions.js';
import type {
  DemandTally,
  PeriodIndex,
  PeriodSet,
  RegionTally,
  VolumeSum,
  VpcTally,
} from './tally.js';

/** What one service of a VPC asks of a network path in a month, and the path that it takes today. */
export interface Demand extends CarriedTraffic {
  /** Today's path; the default one where the input does not say (`pathGiven` false). */
  readonly currentPath: NetworkPath;
  readonly pathGiven: boolean;
  /** The input's path where the service cannot be on it; taken as the default one then. */
  readonly impossiblePath: NetworkPath | null;
}

/** The time that a set of periods covers, each second once. */
export interface Coverage {
  readonly seconds: number;
  readonly start: number;
  readonly end: number;
}

/** A VPC's demands of a month, and what is known of its topology. */
export interface VpcDemand {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  /** Zones that the rows name. */
  readonly zonesSeen: number;
  /** Whether any row goes through a NAT gateway, or is taken to. */
  readonly usesNat: boolean;
  /** Availability Zones. */
  readonly azs: number;
  readonly azsSource: 'given' | 'rows' | 'assumed';
  readonly natGateways: number;
  readonly natGatewaysSource: 'given' | 'assumed' | 'no-nat-traffic';
  /** Whether any row says how much crosses zones. */
  readonly crossAzMeasured: boolean;
  /** The time the rows cover; null where all rows are a month's. */
  readonly coverage: Coverage | null;
  /** Services without a row for a part of that time: taken as no traffic. */
  readonly sparseServices: readonly string[];
  readonly demands: readonly Demand[];
}

/** The demands of a Region, with its rates. */
export interface RegionDemands {
  readonly card: RateCard;
  readonly vpcs: readonly VpcDemand[];
}

/** A Region's demands of a month, a VPC at a time, in the order of VPC, service, path. */
export function demandsOf(
  { region, vpcs }: RegionTally,
  assumptions: Assumptions,
): readonly VpcDemand[] {
  return [...vpcs.entries()]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, vpc]) => vpcDemand(vpc, region, assumptions));
}

function vpcDemand(vpc: VpcTally, region: string, assumptions: Assumptions): VpcDemand {
  const { coverage, series } = wholeCoverage(vpc.periods);
  const seriesCoverage = series ? coverage : null;
  const demands = [...vpc.demands.entries()].toSorted(([a], [b]) => compareText(a, b));
  const usesNat = demands.some(([, each]) =>
    needsGateways(currentPathOf(each, region).currentPath),
  );
  const seen = { zonesSeen: vpc.zones.size, usesNat };
  return {
    vpcId: vpc.vpcId,
    accountId: soleAccount(vpc),
    ...seen,
    ...topologyOf(seen, assumptions),
    crossAzMeasured: vpc.crossAzMeasured,
    coverage,
    sparseServices: seriesCoverage === null ? [] : sparseServices(vpc),
    demands: demands.map(([, demand]) => {
      const own = seriesCoverage ?? coverageOf(vpc.periods, [demand.periods]);
      return demandOf(demand, region, own, assumptions);
    }),
  };
}

function soleAccount({ accounts }: VpcTally): string | null {
  const [account] = accounts;
  return accounts.size === 1 ? (account ?? null) : null;
}

/** A VPC's zones and NAT gateways, and where the numbers come from. */
export type VpcTopology = Pick<
  VpcDemand,
  'azs' | 'azsSource' | 'natGateways' | 'natGatewaysSource'
>;

/** The topology that assumptions give a VPC: what they say, else what its rows show, else what is usual. */
export function topologyOf(
  { zonesSeen, usesNat }: Pick<VpcDemand, 'zonesSeen' | 'usesNat'>,
  assumptions: Assumptions,
): VpcTopology {
  const azs = assumptions.azs ?? (zonesSeen > 0 ? zonesSeen : assumedAzs);
  const azsSource = assumptions.azs !== null ? 'given' : zonesSeen > 0 ? 'rows' : 'assumed';
  if (assumptions.natGateways !== null) {
    return { azs, azsSource, natGateways: assumptions.natGateways, natGatewaysSource: 'given' };
  }
  if (!usesNat) return { azs, azsSource, natGateways: 0, natGatewaysSource: 'no-nat-traffic' };
  const natGateways = assumptions.natType === 'regional' ? 1 : azs;
  return { azs, azsSource, natGateways, natGatewaysSource: 'assumed' };
}

/** Services without a row for a part of a series of periods. */
function sparseServices({ periods, demands }: VpcTally): readonly string[] {
  const byService = groupBy(demands.values(), ({ service }) => service);
  return [...byService.entries()]
    .filter(([, group]) => {
      const timed = group.map((demand) => demand.periods);
      return !holdsAll(periods, timed) && coverageOf(periods, timed) !== null;
    })
    .map(([service]) => service)
    .toSorted(compareText);
}

function demandOf(
  tally: DemandTally,
  region: string,
  coverage: Coverage | null,
  assumptions: Assumptions,
): Demand {
  const scale = monthlyScale(coverage, assumptions);
  const unmeasured = unmeasuredVolume(tally);
  const gbOut = scale(tally.sent);
  const gbIn = scale(tally.received);
  return {
    service: tally.service,
    serviceRegion: tally.serviceRegion,
    ...currentPathOf(tally, region),
    gbOut,
    gbIn,
    gb: gbOut.plus(gbIn),
    crossAzGb: scale(tally.crossAz).plus(scale(unmeasured).times(assumptions.crossAzShare)),
  };
}

/** Both directions of the rows that do not say what crossed zones. */
function unmeasuredVolume({ sent, received, measured }: DemandTally): VolumeSum {
  return {
    monthlyBytes: sent.monthlyBytes + received.monthlyBytes - measured.monthlyBytes,
    timedBytes: sent.timedBytes + received.timedBytes - measured.timedBytes,
    monthlyGb: sent.monthlyGb.plus(received.monthlyGb).minus(measured.monthlyGb),
    timedGb: sent.timedGb.plus(received.timedGb).minus(measured.timedGb),
  };
}

type CurrentPath = Pick<Demand, 'currentPath' | 'pathGiven' | 'impossiblePath'>;

/** Today's path of a row: the one given, where it can carry the service. */
function currentPathOf(
  { service, serviceRegion, path }: Pick<DemandTally, 'service' | 'serviceRegion' | 'path'>,
  region: string,
): CurrentPath {
  if (path === null) {
    return { currentPath: defaultPath.name, pathGiven: false, impossiblePath: null };
  }
  const gap = kindOf(path).gap({ service, serviceRegion, region, isCurrent: true });
  return gap === null
    ? { currentPath: path, pathGiven: true, impossiblePath: null }
    : { currentPath: defaultPath.name, pathGiven: true, impossiblePath: path };
}

type Scale = (volumes: VolumeSum) => Amount;

/**
 * Adds up volumes as a month's GB. Rows without a period are a month's already; the others are scaled by the hours of
 * a month over the time they cover, bytes to whole bytes and GB to twelve decimals.
 */
function monthlyScale(coverage: Coverage | null, assumptions: Assumptions): Scale {
  const bytesPerGb = amount(assumptions.bytesPerGb);
  const monthSeconds = amount(assumptions.hoursPerMonth).times(3600);
  return ({ monthlyBytes, timedBytes, monthlyGb, timedGb }) => {
    const bytes =
      coverage === null
        ? zero
        : wholeBytes(amount(timedBytes).times(monthSeconds).div(coverage.seconds));
    const gb =
      coverage === null ? zero : quotient(timedGb.times(monthSeconds), amount(coverage.seconds));
    return gbFromBytes(amount(monthlyBytes).plus(bytes), bytesPerGb).plus(monthlyGb).plus(gb);
  };
}

/** The union of periods: a second that two of them cover counts once. Null for no period. */
function unionOf(periods: readonly Period[]): Coverage | null {
  const sorted = periods.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const [first] = sorted;
  if (first === undefined) return null;
  let seconds = 0;
  let { start, end } = first;
  for (const period of sorted) {
    if (period.start > end) {
      seconds += end - start;
      start = period.start;
    }
    end = Math.max(end, period.end);
  }
  return { seconds: seconds + end - start, start: first.start, end };
}

/**
 * Whether periods form one series, as a sum by day or by hour does: any two are the same or do not overlap.
 * In a series, a service without a row for a period had no traffic in it. Where periods overlap otherwise, the rows
 * were measured apart, and each profile is scaled by its own time.
 */
function isSeries(periods: readonly Period[]): boolean {
  const sorted = periods.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every((period, index) => {
    const next = sorted[index + 1];
    if (next === undefined) return true;
    return next.start >= period.end || (next.start === period.start && next.end === period.end);
  });
}

/** The time that the periods of some sets cover together; null for none. */
function coverageOf(index: PeriodIndex, sets: readonly PeriodSet[]): Coverage | null {
  return unionOf(index.periods.filter((_, id) => sets.some((set) => set.has(id))));
}

/** Whether the sets hold every period of the index. */
function holdsAll(index: PeriodIndex, sets: readonly PeriodSet[]): boolean {
  return index.periods.every((_, id) => sets.some((set) => set.has(id)));
}

/** What all periods of an index cover, and whether they form one series. */
function wholeCoverage({ periods }: PeriodIndex): {
  readonly coverage: Coverage | null;
  readonly series: boolean;
} {
  return { coverage: unionOf(periods), series: isSeries(periods) };
}
