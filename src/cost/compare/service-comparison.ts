import { amount, sum, toDecimalString, zero } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import {
  byPath,
  comparedPaths,
  hasRange,
  kindOf,
  type NetworkPath,
  pooledPath,
} from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, sumComponents } from '../price/component.js';
import { breakEvenGb, shareOf } from './break-even.js';
import type { PricedService } from './compared-region.js';
import type { PathCost, ServiceComparison } from './comparison.js';
import { pathTieOrder, type Solution } from './plan.js';
import type { EndpointSet, PricedDemand } from './priced-demand.js';

/** Prices every demand of a Region on all its paths, with the plan that was found for them. */
export function priceServices(
  demands: readonly PricedDemand[],
  solution: Solution,
  card: RateCard,
  assumptions: Assumptions,
): ReadonlyMap<PricedDemand, PricedService> {
  const plannedPath = (priced: PricedDemand): NetworkPath =>
    solution.paths.get(priced.member) ?? priced.demand.currentPath;
  const currentPath = (priced: PricedDemand): NetworkPath => priced.demand.currentPath;
  const planned = interfaceEndpointCosts(demands, plannedPath, card, assumptions);
  const current = interfaceEndpointCosts(demands, currentPath, card, assumptions);
  const pooled = (priced: PricedDemand): PooledCosts => ({
    plannedPath: plannedPath(priced),
    planned: planned(priced),
    current: current(priced),
  });
  return new Map(
    demands.map((priced) => [priced, priceService(priced, pooled(priced), card, assumptions)]),
  );
}

/** The interface endpoints' cost of a demand in the plan's pool and in today's, and the path the plan takes. */
interface PooledCosts {
  readonly plannedPath: NetworkPath;
  readonly planned: readonly Component[];
  readonly current: readonly Component[];
}

/** Sets the paths of one service side by side. */
function priceService(
  priced: PricedDemand,
  pooled: PooledCosts,
  card: RateCard,
  assumptions: Assumptions,
): PricedService {
  const { demand } = priced;
  const paths = pathCosts(priced, pooled.planned);
  const cheapest = cheapestPath(paths, demand.currentPath);
  const currentComponents = componentsOf(priced, demand.currentPath, pooled.current);
  const plannedComponents = componentsOf(priced, pooled.plannedPath, pooled.planned);
  const current = sumComponents(currentComponents);
  const planned = sumComponents(plannedComponents);
  const comparison: ServiceComparison = {
    service: demand.service,
    serviceRegion: demand.serviceRegion,
    gbOut: toDecimalString(demand.gbOut),
    gbIn: toDecimalString(demand.gbIn),
    gb: toDecimalString(demand.gb),
    currentPath: demand.currentPath,
    currentMonthlyCost: toDecimalString(current.cost),
    currentComplete: current.complete,
    ...(current.most === undefined
      ? {}
      : { highMonthlyCost: current.most && toDecimalString(current.most) }),
    paths,
    cheapest,
    plannedPath: pooled.plannedPath,
    monthlySaving:
      current.complete && planned.complete
        ? toDecimalString(current.cost.minus(planned.cost))
        : null,
    breakEvenGb: breakEvenOf(priced, card, assumptions),
  };
  return {
    comparison,
    currentCost: current.cost,
    plannedCost: planned.cost,
    complete: current.complete && planned.complete,
    missingRates: [...new Set([...current.missingRates, ...planned.missingRates])],
    priced,
    currentComponents,
    plannedComponents,
  };
}

/** The components of a path for a demand; a pooled path's are priced in a pool and so handed in. */
function componentsOf(
  priced: PricedDemand,
  path: NetworkPath,
  pooled: readonly Component[],
): readonly Component[] {
  return kindOf(path).charge.kind === 'pooled' ? pooled : priced.components[path];
}

function pathCosts(priced: PricedDemand, pooled: readonly Component[]): ServiceComparison['paths'] {
  const costOf = (path: NetworkPath): PathCost => {
    const reason = priced.gaps[path];
    if (reason !== null) return { available: false, reason };
    const components = componentsOf(priced, path, pooled);
    const { cost, complete, costAtOneEnd, assumed } = sumComponents(components);
    return {
      available: true,
      components,
      monthlyCost: toDecimalString(cost),
      complete,
      ...(costAtOneEnd === undefined ? {} : { costAtOneEnd }),
      ...(assumed === undefined ? {} : { assumed }),
    };
  };
  const { currentPath } = priced.demand;
  return {
    ...byPath(comparedPaths, ({ name }) => costOf(name)),
    ...(kindOf(currentPath).compared ? {} : { [currentPath]: costOf(currentPath) }),
  };
}

/**
 * The available path that surely costs least: fully priced, and no dearer than the lower bound of any other. The
 * current path wins a tie.
 */
function cheapestPath(paths: ServiceComparison['paths'], current: NetworkPath): NetworkPath | null {
  // In its low case it costs nothing, and in its high case no more than a NAT gateway: no other path is sure to cost less.
  if (hasRange(current) && paths[current]?.available === true) return null;
  const available = pathTieOrder(current).flatMap((path) => {
    const cost = paths[path];
    return cost?.available === true ? [{ path, cost, amount: amount(cost.monthlyCost) }] : [];
  });
  const priced = available.filter(({ cost }) => cost.complete);
  const best = priced.reduce<(typeof priced)[number] | undefined>(
    (lowest, each) => (lowest === undefined || each.amount.lt(lowest.amount) ? each : lowest),
    undefined,
  );
  if (best === undefined) return null;
  return available.every((each) => best.amount.lte(each.amount)) ? best.path : null;
}

/** The break-even of a demand's endpoints, by its own share of traffic from another zone; null where none could carry it. */
function breakEvenOf(
  priced: PricedDemand,
  card: RateCard,
  assumptions: Assumptions,
): string | null {
  if (priced.gaps[pooledPath.name] !== null) return null;
  const { gb, crossAzGb } = priced.demand;
  const gbAtBreakEven = breakEvenGb({
    card,
    azs: priced.azs,
    endpoints: priced.set.endpoints.length,
    assumptions,
    crossAzShare: gb.isZero() ? zero : shareOf(crossAzGb, gb),
  });
  return gbAtBreakEven === null ? null : toDecimalString(gbAtBreakEven);
}

/** What the interface endpoints cost a demand, given which demands of the Region are on them. */
type InterfaceEndpointCosts = (priced: PricedDemand) => readonly Component[];

/**
 * The interface endpoints' cost of every demand of a Region when `pathOf` says which demands are on them. A demand on
 * them has its part of the pool's tiers; another is priced as one more member of the pool. Each endpoint's hours are
 * charged to one demand, so that the demands on the endpoints sum to what all cost together.
 */
function interfaceEndpointCosts(
  demands: readonly PricedDemand[],
  pathOf: (priced: PricedDemand) => NetworkPath,
  card: RateCard,
  assumptions: Assumptions,
): InterfaceEndpointCosts {
  const pool = demands.filter((priced) => pathOf(priced) === pooledPath.name);
  const { charge } = pooledPath;
  const processing = charge.components(
    pool.map(({ demand }) => demand),
    card,
  );
  const inPool = new Map(pool.map((priced, index) => [priced, processing[index] ?? []]));
  const pooledGb = sum(pool.map(({ demand }) => demand.gb));
  return (priced) => {
    const shared =
      inPool.get(priced) ?? charge.components([priced.demand, { gb: pooledGb }], card)[0] ?? [];
    const endpoints = endpointsChargedTo(priced, pathOf);
    return [...charge.endpointHours(endpoints, priced.azs, card, assumptions), ...shared];
  };
}

/**
 * The endpoints whose hours a demand bears: of the demands on the set's endpoints (of all, where none is), the first
 * that is named like the endpoint bears it, else the first. A demand beside endpoints that stand already bears none.
 */
function endpointsChargedTo(
  priced: PricedDemand,
  pathOf: (priced: PricedDemand) => NetworkPath,
): readonly string[] {
  const bearers = bearersOf(priced.set, pathOf);
  return priced.set.endpoints.filter((endpoint) => {
    const named = bearers.find(({ demand }) => demand.service === endpoint);
    return (named ?? bearers[0]) === priced;
  });
}

function bearersOf(
  set: EndpointSet,
  pathOf: (priced: PricedDemand) => NetworkPath,
): readonly PricedDemand[] {
  const on = set.demands.filter((priced) => pathOf(priced) === pooledPath.name);
  if (on.length > 0) return on;
  return set.demands.filter(({ gaps }) => gaps[pooledPath.name] === null);
}
