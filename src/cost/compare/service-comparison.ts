import { type Amount, amount, toDecimalString, zero } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateName } from '../../pricing/rates.js';
import { byComparedPath, hasRange, kindOf, type NetworkPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, missingRates, mostOf, sumComponents } from '../price/component.js';
import { breakEvenGb, shareOf } from './break-even.js';
import type { PathCost, ServiceComparison } from './comparison.js';
import { pathTieOrder } from './plan.js';
import type { PricedDemand } from './priced-demand.js';

/** The interface endpoints' cost of a demand in the plan's pool and in today's, and the path the plan takes. */
export interface PooledCosts {
  readonly plannedPath: NetworkPath;
  readonly planned: readonly Component[];
  readonly current: readonly Component[];
}

/** A service's comparison with its exact current and planned cost. */
export interface PricedService {
  readonly comparison: ServiceComparison;
  readonly currentCost: Amount;
  readonly plannedCost: Amount;
  /** False where either cost is a lower bound: a rate is missing, or the path is not known. */
  readonly complete: boolean;
  /** The rates that both costs need and the card does not hold, be the paths available (to `--require`) or not. */
  readonly missingRates: readonly RateName[];
  readonly priced: PricedDemand;
  /** What the current path is billed for, in today's pool of interface endpoints. */
  readonly currentComponents: readonly Component[];
  /** What the plan's path is billed for, in the plan's pool. */
  readonly plannedComponents: readonly Component[];
}

/** Sets the paths of one service side by side. */
export function priceService(
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
  const most = mostOf(currentComponents);
  const cheapestCost = cheapest === null ? null : costOfPath(paths[cheapest]);
  const comparison: ServiceComparison = {
    service: demand.service,
    serviceRegion: demand.serviceRegion,
    gbOut: toDecimalString(demand.gbOut),
    gbIn: toDecimalString(demand.gbIn),
    gb: toDecimalString(demand.gb),
    currentPath: demand.currentPath,
    currentMonthlyCost: toDecimalString(current.cost),
    currentComplete: current.complete,
    ...(most === undefined ? {} : { highMonthlyCost: most && toDecimalString(most) }),
    paths,
    cheapest,
    plannedPath: pooled.plannedPath,
    monthlySaving:
      cheapestCost === null || !current.complete
        ? null
        : toDecimalString(current.cost.minus(cheapestCost)),
    breakEvenGb: breakEvenOf(priced, card, assumptions),
  };
  return {
    comparison,
    currentCost: current.cost,
    plannedCost: planned.cost,
    complete: current.complete && planned.complete,
    missingRates: missingRates([...currentComponents, ...plannedComponents]),
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
    const { cost, complete } = sumComponents(components);
    return { available: true, components, monthlyCost: toDecimalString(cost), complete };
  };
  const { currentPath } = priced.demand;
  return {
    ...byComparedPath(({ name }) => costOf(name)),
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

function costOfPath(path: PathCost | undefined): Amount | null {
  return path?.available === true ? amount(path.monthlyCost) : null;
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
