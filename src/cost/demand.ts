import { compareText } from '../finding.js';
import type { NetworkPath, Period, TrafficProfile, Volume } from '../traffic/profile.js';
import { type Amount, amount, gbFromBytes, quotient, wholeBytes, zero } from './amount.js';
import { type Assumptions, assumedAzs } from './assumptions.js';
import { type Coverage, isSeries, unionOf } from './coverage.js';
import { groupBy } from './group-by.js';
import { canonicalService, hasGatewayEndpoint } from './services.js';

/** What one service of a VPC asks of a network path in a month. */
export interface Demand {
  readonly service: string;
  /** The service's own Region where it is another than the VPC's. */
  readonly serviceRegion: string | null;
  /** Today's path; NAT where the input does not say (`pathGiven` false). */
  readonly currentPath: NetworkPath;
  readonly pathGiven: boolean;
  /** The input's path where the service cannot be on it; taken as NAT then. */
  readonly impossiblePath: NetworkPath | null;
  readonly gbOut: Amount;
  readonly gbIn: Amount;
  readonly gb: Amount;
  /** GB that reach a NAT gateway from another zone: measured where the input says, else the assumed share. */
  readonly crossAzGb: Amount;
}

/** A VPC's demands of a month, and what is known of its shape. */
export interface VpcDemand {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  /** Availability Zones. */
  readonly azs: number;
  readonly azsSource: 'given' | 'rows' | 'assumed';
  readonly natGateways: number;
  readonly natGatewaysSource: 'given' | 'assumed' | 'no-nat-traffic';
  /** Whether any row says how much crosses zones. */
  readonly crossingMeasured: boolean;
  /** The time the rows cover; null where all rows are a month's. */
  readonly coverage: Coverage | null;
  /** Services without a row for a part of that time: taken as no traffic. */
  readonly sparseServices: readonly string[];
  readonly demands: readonly Demand[];
}

/** Adds up a Region's profiles into a month's demands a VPC, in the order of VPC, service, path. */
export function demandsOf(
  profiles: readonly TrafficProfile[],
  assumptions: Assumptions,
): readonly VpcDemand[] {
  const vpcs = groupBy(profiles, ({ vpcId, accountId }) => vpcId ?? ` ${accountId ?? ''}`);
  return [...vpcs.entries()]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, rows]) => vpcDemand(rows, assumptions));
}

function vpcDemand(rows: readonly TrafficProfile[], assumptions: Assumptions): VpcDemand {
  const periods = rows.flatMap(({ period }) => (period === null ? [] : [period]));
  const coverage = unionOf(periods);
  const seriesCoverage = isSeries(periods) ? coverage : null;
  const groups = [...groupBy(rows, demandKey).entries()].toSorted(([a], [b]) => compareText(a, b));
  return {
    vpcId: rows[0]?.vpcId ?? null,
    accountId: soleAccount(rows),
    ...zonesOf(rows, assumptions),
    crossingMeasured: rows.some(({ crossAzBytes }) => crossAzBytes !== null),
    coverage,
    sparseServices: seriesCoverage === null ? [] : sparseServices(rows, seriesCoverage),
    demands: groups.map(([, group]) => demandOf(group, seriesCoverage, assumptions)),
  };
}

function demandKey({ service, serviceRegion, path }: TrafficProfile): string {
  return [canonicalService(service), serviceRegion ?? '', path ?? ''].join('\n');
}

function soleAccount(rows: readonly TrafficProfile[]): string | null {
  const accounts = new Set(rows.map(({ accountId }) => accountId));
  const [account] = accounts;
  return accounts.size === 1 ? (account ?? null) : null;
}

type Zones = Pick<VpcDemand, 'azs' | 'azsSource' | 'natGateways' | 'natGatewaysSource'>;

function zonesOf(rows: readonly TrafficProfile[], assumptions: Assumptions): Zones {
  const seen = new Set(rows.flatMap(({ azId }) => (azId === null ? [] : [azId]))).size;
  const azs = assumptions.azs ?? (seen > 0 ? seen : assumedAzs);
  const azsSource = assumptions.azs !== null ? 'given' : seen > 0 ? 'rows' : 'assumed';
  if (assumptions.natGateways !== null) {
    return { azs, azsSource, natGateways: assumptions.natGateways, natGatewaysSource: 'given' };
  }
  const usesNat = rows.some((row) => currentPathOf(row).currentPath === 'nat-gateway');
  if (!usesNat) return { azs, azsSource, natGateways: 0, natGatewaysSource: 'no-nat-traffic' };
  const natGateways = assumptions.natType === 'regional' ? 1 : azs;
  return { azs, azsSource, natGateways, natGatewaysSource: 'assumed' };
}

function sparseServices(rows: readonly TrafficProfile[], coverage: Coverage): readonly string[] {
  const byService = groupBy(rows, ({ service }) => canonicalService(service));
  return [...byService.entries()]
    .filter(([, group]) => {
      const own = unionOf(group.flatMap(({ period }) => (period === null ? [] : [period])));
      return own !== null && own.seconds < coverage.seconds;
    })
    .map(([service]) => service)
    .toSorted(compareText);
}

function demandOf(
  rows: readonly TrafficProfile[],
  seriesCoverage: Coverage | null,
  assumptions: Assumptions,
): Demand {
  const own = unionOf(rows.flatMap(({ period }) => (period === null ? [] : [period])));
  const scale = monthlyScale(seriesCoverage ?? own, assumptions);
  const gbOut = scale(rows.map(volumeIn('out')));
  const gbIn = scale(rows.map(volumeIn('in')));
  const service = canonicalService(rows[0]?.service ?? '');
  return {
    service,
    serviceRegion: rows[0]?.serviceRegion ?? null,
    ...currentPathOf({
      service,
      serviceRegion: rows[0]?.serviceRegion ?? null,
      path: rows[0]?.path ?? null,
    }),
    gbOut,
    gbIn,
    gb: gbOut.plus(gbIn),
    crossAzGb: crossAzGb(rows, scale, assumptions),
  };
}

type CurrentPath = Pick<Demand, 'currentPath' | 'pathGiven' | 'impossiblePath'>;

/** Today's path of a row. A gateway endpoint serves its own Region's S3 and DynamoDB alone (VPC guide). */
function currentPathOf({
  service,
  serviceRegion,
  path,
}: Pick<TrafficProfile, 'service' | 'serviceRegion' | 'path'>): CurrentPath {
  const name = canonicalService(service);
  const noGatewayEndpoint = !hasGatewayEndpoint(name) || serviceRegion !== null;
  const impossible =
    (path === 'gateway-endpoint' && noGatewayEndpoint) ||
    (path === 'interface-endpoint' && name === 'internet');
  const assumed = path === null || impossible;
  return {
    currentPath: assumed ? 'nat-gateway' : path,
    pathGiven: path !== null,
    impossiblePath: impossible ? path : null,
  };
}

interface PeriodVolume {
  readonly volume: Volume;
  readonly period: Period | null;
}

type Scale = (volumes: readonly PeriodVolume[]) => Amount;

const volumeIn =
  (direction: 'out' | 'in') =>
  (row: TrafficProfile): PeriodVolume => ({ volume: row[direction], period: row.period });

/** GB seen crossing zones, plus the assumed share of the rows that do not say. */
function crossAzGb(
  rows: readonly TrafficProfile[],
  scale: Scale,
  assumptions: Assumptions,
): Amount {
  const measured = rows.flatMap(({ crossAzBytes, period }) =>
    crossAzBytes === null ? [] : [{ volume: crossAzBytes, period }],
  );
  const silent = rows.filter(({ crossAzBytes }) => crossAzBytes === null);
  const silentGb = scale([...silent.map(volumeIn('out')), ...silent.map(volumeIn('in'))]);
  return scale(measured).plus(silentGb.times(assumptions.crossAzShare));
}

/**
 * Adds up volumes as a month's GB. Rows without a period are a month's already; the others are scaled by the hours of
 * a month over the time they cover, bytes to whole bytes and GB to twelve decimals.
 */
function monthlyScale(coverage: Coverage | null, assumptions: Assumptions): Scale {
  const bytesPerGb = amount(assumptions.bytesPerGb);
  const monthSeconds = amount(assumptions.hoursPerMonth).times(3600);
  return (volumes) => {
    const monthly = totals(volumes.filter(({ period }) => period === null));
    const timed = totals(volumes.filter(({ period }) => period !== null));
    const bytes =
      coverage === null ? zero : wholeBytes(timed.bytes.times(monthSeconds).div(coverage.seconds));
    const gb =
      coverage === null ? zero : quotient(timed.gb.times(monthSeconds), amount(coverage.seconds));
    return gbFromBytes(monthly.bytes.plus(bytes), bytesPerGb).plus(monthly.gb).plus(gb);
  };
}

function totals(volumes: readonly PeriodVolume[]): { readonly bytes: Amount; readonly gb: Amount } {
  let bytes = 0n;
  let gb = zero;
  for (const { volume } of volumes) {
    if (typeof volume === 'bigint') bytes += volume;
    else gb = gb.plus(volume);
  }
  return { bytes: amount(bytes), gb };
}
