import { groupBy } from '../../base/group-by.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { Demand, VpcDemand } from '../demand/demand.js';
import { endpointFacts } from '../facts/services.js';
import {
  byPath,
  hasRange,
  type NetworkPath,
  type NetworkPathKind,
  needsGateways,
  networkPaths,
  pooledPath,
} from '../paths/index.js';
import type { Assumptions, Requirement } from '../price/assumptions.js';
import { type Component, type CostSum, sumComponents } from '../price/component.js';
import type { PathPrice, PlanEndpointSet, PlanMember } from './plan.js';

/** A demand on its way through the comparison: what it costs by itself, which paths are open to it, its place in the plan. */
export interface PricedDemand {
  readonly demand: Demand;
  readonly azs: number;
  /** All demands that share interface endpoints with this one, itself among them. */
  readonly set: EndpointSet;
  /** What each path charges for it; a pooled path's components are priced in their pool, and not here. */
  readonly components: Readonly<Record<NetworkPath, readonly Component[]>>;
  /** Why a path is not available; null for one that is. */
  readonly gaps: Readonly<Record<NetworkPath, string | null>>;
  readonly member: PlanMember;
}

/** The demands of a VPC that one set of interface endpoints serves: those of a service, or of a set such as ECR's. */
export interface EndpointSet {
  readonly endpoints: readonly string[];
  readonly demands: PricedDemand[];
}

/** A VPC's demands, priced, in their order, and their endpoint sets as the plan sees them. */
export function pricedDemandsOf(
  vpc: VpcDemand,
  card: RateCard,
  assumptions: Assumptions,
): { readonly demands: readonly PricedDemand[]; readonly sets: readonly PlanEndpointSet[] } {
  const families = groupBy(
    vpc.demands,
    ({ service, serviceRegion }) =>
      `${endpointFacts(service).endpointSet ?? service}\n${serviceRegion ?? ''}`,
  );
  const gatewaysStand = hasGateways(vpc);
  const pricedOf = new Map<Demand, PricedDemand>();
  const sets: PlanEndpointSet[] = [];
  for (const demands of families.values()) {
    const endpoints = endpointsFor(demands);
    const possible = demands.map((demand) => ({
      demand,
      gaps: byPath(networkPaths, (path) => gapOf(path, demand, card.region, assumptions)),
    }));
    const hours = sumComponents(
      pooledPath.charge.endpointHours(endpoints, vpc.azs, card, assumptions),
    );
    const set: EndpointSet = { endpoints, demands: [] };
    for (const { demand, gaps } of possible) {
      const priced = pricedDemand(demand, gaps, {
        azs: vpc.azs,
        set,
        hours,
        gatewaysStand,
        card,
        assumptions,
      });
      set.demands.push(priced);
      pricedOf.set(demand, priced);
    }
    sets.push({ hours: hours.cost, members: set.demands.map(({ member }) => member) });
  }
  return { demands: vpc.demands.flatMap((demand) => pricedOf.get(demand) ?? []), sets };
}

/** Whether the VPC has gateways: its own, or some counted elsewhere that a demand goes through. */
function hasGateways({ natGateways, demands }: VpcDemand): boolean {
  return natGateways > 0 || demands.some(({ currentPath }) => needsGateways(currentPath));
}

/** The endpoints a set needs; a service that AWS does not list but that is on an interface endpoint has that one. */
function endpointsFor(demands: readonly Demand[]): readonly string[] {
  const service = demands[0]?.service ?? '';
  const listed = endpointFacts(service).endpoints;
  const stands = demands.some(({ currentPath }) => currentPath === pooledPath.name);
  return listed.length === 0 && stands ? [service] : listed;
}

interface DemandContext {
  readonly azs: number;
  readonly set: EndpointSet;
  readonly hours: CostSum;
  readonly gatewaysStand: boolean;
  readonly card: RateCard;
  readonly assumptions: Assumptions;
}

function pricedDemand(
  demand: Demand,
  gaps: PricedDemand['gaps'],
  context: DemandContext,
): PricedDemand {
  const { azs, set, card, assumptions } = context;
  const components = byPath(networkPaths, ({ charge }) =>
    charge.kind === 'fixed' || charge.kind === 'range'
      ? charge.components(demand, card, assumptions)
      : [],
  );
  const member = planMember(demand, gaps, components, context);
  return { demand, azs, set, components, gaps, member };
}

function gapOf(
  path: NetworkPathKind,
  { service, serviceRegion, currentPath }: Demand,
  region: string,
  assumptions: Assumptions,
): string | null {
  const isCurrent = path.name === currentPath;
  if (!path.compared && !isCurrent) return 'not the current path';
  const gap = path.gap({
    service,
    serviceRegion,
    region,
    natType: assumptions.natType,
    isCurrent,
  });
  return gap ?? unmetRequirement(path, assumptions.require);
}

/** Why a path does not meet the requirements; null where it does. */
function unmetRequirement(
  { unmet }: NetworkPathKind,
  requirements: readonly Requirement[],
): string | null {
  for (const requirement of requirements) {
    const reason = unmet[requirement];
    if (reason !== null) return `--require ${requirement}: ${reason}`;
  }
  return null;
}

/**
 * The paths that the plan may choose from: those available and fully priced, and today's. Unknown is never zero, so
 * nothing moves to a path with an unpriced component; today's counts with its lower bound. Nothing moves to gateways
 * that do not stand, since their hours are in no sum. Where a requirement leaves no path, or only unpriced ones, the
 * demand stays where it is. What goes by a path that
 * is not known stays, too: whether another one saves anything is not known either.
 */
function planMember(
  demand: Demand,
  gaps: PricedDemand['gaps'],
  components: PricedDemand['components'],
  context: DemandContext,
): PlanMember {
  const prices = byPath(networkPaths, (path) => planPrice(path, components[path.name], context));
  const current = demand.currentPath;
  const open = networkPaths.filter(
    ({ name }) => gaps[name] === null && (prices[name].mayTake || name === current),
  );
  const stays = open.length === 0 || (hasRange(current) && gaps[current] === null);
  const options = stays ? [current] : open.map(({ name }) => name);
  return {
    gb: demand.gb,
    current: prices[current].mayTake ? current : null,
    options: new Map(options.map((path) => [path, prices[path].price])),
  };
}

interface PlanPrice {
  readonly price: PathPrice;
  /** Whether traffic may be moved to the path: all of it is priced, and what it needs stands. */
  readonly mayTake: boolean;
}

function planPrice(
  { name, charge }: NetworkPathKind,
  components: readonly Component[],
  { hours, gatewaysStand, card }: DemandContext,
): PlanPrice {
  if (charge.kind === 'pooled') {
    const isPriced = hours.complete && card.rates[charge.gbRate] !== undefined;
    return { price: { kind: 'tiered' }, mayTake: isPriced };
  }
  const { cost, complete } = sumComponents(components);
  const stands = gatewaysStand || !needsGateways(name);
  return { price: { kind: 'fixed', cost }, mayTake: complete && stands };
}
