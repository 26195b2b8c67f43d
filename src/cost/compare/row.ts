import { zero } from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { NetworkPath } from '../../traffic/profile/profile.js';
import type { Assumptions } from '../demand/assumptions.js';
import type { Demand, VpcDemand } from '../demand/demand.js';
import { endpointsOf, familyOf } from '../facts/services.js';
import { gatewayEndpointGap } from '../paths/gateway-endpoint.js';
import { endpointHours, interfaceEndpointGap } from '../paths/interface-endpoint.js';
import { natTrafficComponents } from '../paths/nat-gateway.js';
import { unmetRequirement } from '../paths/requirements.js';
import { type Component, type CostSum, sumComponents } from '../price/component.js';
import type { PathPrice, PlanMember, PlanUnit } from './plan.js';

/** A demand on its way through the comparison: what it costs on NAT, which paths are open to it, its place in the plan. */
export interface Row {
  readonly demand: Demand;
  readonly azs: number;
  /** All rows that share interface endpoints with this one, itself among them. */
  readonly unit: Unit;
  readonly natComponents: readonly Component[];
  /** Why a path is not available; a path that is missing here is available. */
  readonly gaps: ReadonlyMap<NetworkPath, string>;
  readonly member: PlanMember;
}

/** The rows of a VPC that are served by one set of interface endpoints. */
export interface Unit {
  readonly endpoints: readonly string[];
  readonly rows: Row[];
}

/** The rows of a VPC in the order of its demands, and its plan units. */
export function rowsOfVpc(
  vpc: VpcDemand,
  card: RateCard,
  assumptions: Assumptions,
): { readonly rows: readonly Row[]; readonly units: readonly PlanUnit[] } {
  const families = groupBy(
    vpc.demands,
    (demand) => `${familyOf(demand.service)}\n${demand.serviceRegion ?? ''}`,
  );
  const hasNat = hasNatGateway(vpc);
  const rowOf = new Map<Demand, Row>();
  const units: PlanUnit[] = [];
  for (const demands of families.values()) {
    const endpoints = endpointsFor(demands);
    const hours = sumComponents(endpointHours(endpoints, vpc.azs, card, assumptions));
    const unit: Unit = { endpoints, rows: [] };
    for (const demand of demands) {
      const row = newRow(demand, { azs: vpc.azs, unit, hours, hasNat, card, assumptions });
      unit.rows.push(row);
      rowOf.set(demand, row);
    }
    units.push({ hours: hours.cost, members: unit.rows.map(({ member }) => member) });
  }
  return { rows: vpc.demands.flatMap((demand) => rowOf.get(demand) ?? []), units };
}

/** Whether the VPC has a way out through a NAT gateway: its own, or one counted elsewhere that a row goes through. */
function hasNatGateway({ natGateways, demands }: VpcDemand): boolean {
  return natGateways > 0 || demands.some(({ currentPath }) => currentPath === 'nat-gateway');
}

/** The endpoints a unit needs; a service that AWS does not list but that is on an interface endpoint has that one. */
function endpointsFor(demands: readonly Demand[]): readonly string[] {
  const service = demands[0]?.service ?? '';
  const listed = endpointsOf(service);
  const stands = demands.some(({ currentPath }) => currentPath === 'interface-endpoint');
  return listed.length === 0 && stands ? [service] : listed;
}

interface RowContext {
  readonly azs: number;
  readonly unit: Unit;
  readonly hours: CostSum;
  readonly hasNat: boolean;
  readonly card: RateCard;
  readonly assumptions: Assumptions;
}

function newRow(demand: Demand, context: RowContext): Row {
  const { azs, unit, card, assumptions } = context;
  const natComponents = natTrafficComponents(demand, card, assumptions);
  const gaps = gapsOf(demand, card.region, assumptions);
  const member = planMember(demand, gaps, sumComponents(natComponents), context);
  return { demand, azs, unit, natComponents, gaps, member };
}

function gapsOf(
  demand: Demand,
  region: string,
  assumptions: Assumptions,
): ReadonlyMap<NetworkPath, string> {
  const gaps = new Map<NetworkPath, string>();
  const note = (path: NetworkPath, gap: string | null) => {
    const reason = gap ?? unmetRequirement(path, assumptions.require);
    if (reason !== null) gaps.set(path, reason);
  };
  note('nat-gateway', null);
  note('gateway-endpoint', gatewayEndpointGap(demand, region));
  note('interface-endpoint', interfaceEndpointGap(demand));
  note(
    'internet-gateway',
    demand.currentPath === 'internet-gateway' ? null : 'not the current path',
  );
  return gaps;
}

/**
 * The paths that the plan may choose from: those available and fully priced, and today's. Unknown is never zero, so
 * nothing moves to a path with an unpriced component; today's counts with its lower bound. Nothing moves to a NAT
 * gateway that does not stand, since its hours are in no sum. Where a requirement leaves no path, or only unpriced
 * ones, the demand stays where it is.
 */
function planMember(
  demand: Demand,
  gaps: ReadonlyMap<NetworkPath, string>,
  nat: CostSum,
  { hours, hasNat, card }: RowContext,
): PlanMember {
  const prices: readonly (readonly [NetworkPath, PathPrice, mayTake: boolean])[] = [
    ['nat-gateway', { kind: 'fixed', cost: nat.cost }, nat.complete && hasNat],
    ['gateway-endpoint', { kind: 'fixed', cost: zero }, true],
    [
      'interface-endpoint',
      { kind: 'tiered' },
      hours.complete && card.rates.interfaceEndpointGb !== undefined,
    ],
    ['internet-gateway', { kind: 'fixed', cost: zero }, true],
  ];
  const current = demand.currentPath;
  const open = prices.filter(
    ([path, , mayTake]) => !gaps.has(path) && (mayTake || path === current),
  );
  const stay = prices.filter(([path]) => path === current);
  const options = open.length > 0 ? open : stay;
  const priced = stay.every(([, , mayTake]) => mayTake);
  return {
    gb: demand.gb,
    current: priced ? current : null,
    options: new Map(options.map(([path, price]) => [path, price])),
  };
}
