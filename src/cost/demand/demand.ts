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
  IndexedPeriod,
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

/** The time for which a VPC was logged. */
export interface Coverage {
  readonly seconds: number;
  readonly start: number;
  readonly end: number;
  /**
   * Whether the rows tell it, or are all of one period; else, for a part of them, it is the span from their first start to their
   * last end.
   */
  readonly isTold: boolean;
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
  readonly natGatewaysSource: 'given' | 'assumed' | 'no-nat-traffic' | 'not-offered';
  /** Whether any row says how much crosses zones. */
  readonly crossAzMeasured: boolean;
  /** The time for which it was logged, by which its traffic is scaled; null where all rows are a month's. */
  readonly coverage: Coverage | null;
  /** Services without a row for a part of that time, where rows do not tell for how long was logged: taken as no traffic. */
  readonly sparseServices: readonly string[];
  readonly demands: readonly Demand[];
}

/** The demands of a Region, with its rates. */
export interface RegionDemands {
  readonly card: RateCard;
  readonly vpcs: readonly VpcDemand[];
}

/** A Region's demands of a month, a VPC with traffic at a time, in the order of VPC, service, path. */
export function demandsOf(
  { region, vpcs }: RegionTally,
  assumptions: Assumptions,
): readonly VpcDemand[] {
  return [...vpcs.entries()]
    .filter(([, { demands }]) => demands.size > 0)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, vpc]) => vpcDemand(vpc, region, assumptions));
}

function vpcDemand(vpc: VpcTally, region: string, assumptions: Assumptions): VpcDemand {
  const coverage = coverageOf(vpc.periods);
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
    sparseServices: coverage === null || coverage.isTold ? [] : sparseServices(vpc),
    demands: demands.map(([, demand]) => demandOf(demand, region, coverage, assumptions)),
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

/** Services with rows for some of the periods, and not for all. */
function sparseServices({ periods, demands }: VpcTally): readonly string[] {
  const byService = groupBy(demands.values(), ({ service }) => service);
  return [...byService.entries()]
    .filter(([, group]) => {
      const timed = group.map((demand) => demand.periods);
      return !holdsAll(periods, timed) && !timed.every((set) => set.isEmpty());
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
  const gap = kindOf(path).gap({
    service,
    serviceRegion,
    region,
    // Whether traffic can go this way today does not depend on the type of gateway that is assumed.
    natType: 'zonal',
    isCurrent: true,
  });
  return gap === null
    ? { currentPath: path, pathGiven: true, impossiblePath: null }
    : { currentPath: defaultPath.name, pathGiven: true, impossiblePath: path };
}

type Scale = (volumes: VolumeSum) => Amount;

/**
 * Adds up volumes as a month's GB. Rows without a period are a month's already; the others are scaled by the hours of
 * a month over the time that was logged, bytes to whole bytes and GB to twelve decimals.
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

/** Whether the sets hold every period of the index. */
function holdsAll(index: PeriodIndex, sets: readonly PeriodSet[]): boolean {
  return index.periods.every((_, id) => sets.some((set) => set.has(id)));
}

interface LoggedPeriod extends Period {
  readonly seconds: number;
}

/**
 * The time for which a VPC was logged: that of its rows, where they tell it, and the whole span of those that do not. Time that
 * several periods share counts once: periods that overlap were logged for what they tell together, at most for as long as they
 * reach together.
 */
function coverageOf({ periods }: PeriodIndex): Coverage | null {
  const span = untoldSpan(periods);
  const told = periods.flatMap(({ start, end, told: seconds }) =>
    seconds === null ? [] : [{ start, end, seconds }],
  );
  const [first, ...others] = [...told, ...(span === null ? [] : [span])].toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  );
  if (first === undefined) return null;
  let seconds = 0;
  let together = first;
  for (const period of others) {
    if (period.start >= together.end) {
      seconds += loggedOf(together);
      together = period;
    } else {
      together = {
        start: together.start,
        end: Math.max(together.end, period.end),
        seconds: together.seconds + period.seconds,
      };
    }
  }
  return {
    seconds: seconds + loggedOf(together),
    start: first.start,
    end: together.end,
    isTold: periods.filter(({ isUntold }) => isUntold).length < 2,
  };
}

function loggedOf({ start, end, seconds }: LoggedPeriod): number {
  return Math.min(seconds, end - start);
}

function untoldSpan(periods: readonly IndexedPeriod[]): LoggedPeriod | null {
  let span: LoggedPeriod | null = null;
  for (const { start, end, isUntold } of periods) {
    if (!isUntold) continue;
    const from = Math.min(start, span?.start ?? start);
    const to = Math.max(end, span?.end ?? end);
    span = { start: from, end: to, seconds: to - from };
  }
  return span;
}
