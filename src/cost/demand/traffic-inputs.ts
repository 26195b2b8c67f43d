import { type Amount, amount, type DecimalString, toDecimalString } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { type NetworkPath, needsGateways } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import type { Demand, RegionDemands, VpcDemand, VpcTopology } from './demand.js';

/** A service of a VPC on one path as JSON holds it: a month's GB as exact decimals. */
export interface DemandInput {
  readonly service: string;
  readonly serviceRegion: string | null;
  readonly path: NetworkPath;
  readonly gbOut: DecimalString;
  readonly gbIn: DecimalString;
  readonly crossAzGb: DecimalString;
}

/** A VPC as JSON holds it. */
export interface VpcInput {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly zonesSeen: number;
  readonly demands: readonly DemandInput[];
}

/** A Region as JSON holds it: its rates and its VPCs. */
export interface RegionInput {
  readonly card: RateCard;
  readonly vpcs: readonly VpcInput[];
}

/** All that a comparison can be made from again: what a report carries for its what-if and for a later baseline. */
export interface TrafficInputs {
  readonly assumptions: Assumptions;
  readonly regions: readonly RegionInput[];
  /** Where too much of the traffic was not read: all that is made of it are lower bounds. */
  readonly readInFull?: false;
}

/** The demands of a comparison, as a report carries them. */
export function inputsOf(
  regions: readonly RegionDemands[],
  assumptions: Assumptions,
  isRead = true,
): TrafficInputs {
  return {
    ...(isRead ? {} : { readInFull: false }),
    assumptions,
    regions: regions.map(({ card, vpcs }) => ({
      card,
      vpcs: vpcs.map(({ vpcId, accountId, zonesSeen, demands }) => ({
        vpcId,
        accountId,
        zonesSeen,
        demands: demands.map(demandInput),
      })),
    })),
  };
}

function demandInput(demand: Demand): DemandInput {
  return {
    service: demand.service,
    serviceRegion: demand.serviceRegion,
    path: demand.currentPath,
    gbOut: toDecimalString(demand.gbOut),
    gbIn: toDecimalString(demand.gbIn),
    crossAzGb: toDecimalString(demand.crossAzGb),
  };
}

/** A demand of the given volume; what comes from another zone is part of it. */
export function demandFrom(
  { service, serviceRegion, path }: Pick<DemandInput, 'service' | 'serviceRegion' | 'path'>,
  gbOut: Amount,
  gbIn: Amount,
  crossAzGb: Amount,
): Demand {
  return {
    service,
    serviceRegion,
    currentPath: path,
    pathGiven: true,
    impossiblePath: null,
    gbOut,
    gbIn,
    gb: gbOut.plus(gbIn),
    crossAzGb,
  };
}

/** The demands that a report carries, with the topology that the assumptions give their VPCs. */
export function demandsFrom(
  { regions }: TrafficInputs,
  topology: (vpc: Pick<VpcDemand, 'zonesSeen' | 'usesNat'>) => VpcTopology,
  factorOf: (service: string) => Amount = () => amount(1),
): readonly RegionDemands[] {
  return regions.map(({ card, vpcs }) => ({
    card,
    vpcs: vpcs.map((vpc) => vpcFrom(vpc, topology, factorOf)),
  }));
}

function vpcFrom(
  { vpcId, accountId, zonesSeen, demands }: VpcInput,
  topology: (vpc: Pick<VpcDemand, 'zonesSeen' | 'usesNat'>) => VpcTopology,
  factorOf: (service: string) => Amount,
): VpcDemand {
  const usesNat = demands.some(({ path }) => needsGateways(path));
  return {
    vpcId,
    accountId,
    zonesSeen,
    usesNat,
    ...topology({ zonesSeen, usesNat }),
    crossAzMeasured: false,
    coverage: null,
    sparseServices: [],
    demands: demands.map((demand) => {
      const factor = factorOf(demand.service);
      const scaled = (gb: DecimalString) => amount(gb).times(factor);
      return demandFrom(
        demand,
        scaled(demand.gbOut),
        scaled(demand.gbIn),
        scaled(demand.crossAzGb),
      );
    }),
  };
}
