import { type Amount, amount, toDecimalString, zero } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateName } from '../../pricing/rates.js';
import { byComparedPath, kindOf, type NetworkPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, missingRates, sumComponents } from '../price/component.js';
import { breakEvenGb, shareOf } from './break-even.js';
import type { PathCost, ServiceComparison } from './comparison.js';
import { pathTieOrder } from './plan.js';
import type { Row } from './row.js';

/** The interface endpoints' cost of a row in the plan's pool and in today's, and the path the plan takes. */
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
  /** The rates that both costs need and the card does not hold, be the paths available (to `--require`) or not. */
  readonly missingRates: readonly RateName[];
  readonly row: Row;
  /** What the current path is billed for, in today's pool of interface endpoints. */
  readonly currentComponents: readonly Component[];
  /** What the plan's path is billed for, in the plan's pool. */
  readonly plannedComponents: readonly Component[];
}

/** Sets the paths of one service side by side. */
export function priceService(
  row: Row,
  pooled: PooledCosts,
  card: RateCard,
  assumptions: Assumptions,
): PricedService {
  const { demand } = row;
  const paths = pathCosts(row, pooled.planned);
  const cheapest = cheapestPath(paths, demand.currentPath);
  const currentComponents = componentsOf(row, demand.currentPath, pooled.current);
  const plannedComponents = componentsOf(row, pooled.plannedPath, pooled.planned);
  const current = sumComponents(currentComponents);
  const planned = sumComponents(plannedComponents);
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
    paths,
    cheapest,
    plannedPath: pooled.plannedPath,
    monthlySaving:
      cheapestCost === null || !current.complete
        ? null
        : toDecimalString(current.cost.minus(cheapestCost)),
    breakEvenGb: rowBreakEven(row, card, assumptions),
  };
  return {
    comparison,
    currentCost: current.cost,
    plannedCost: planned.cost,
    missingRates: missingRates([...currentComponents, ...plannedComponents]),
    row,
    currentComponents,
    plannedComponents,
  };
}

/** The components of a path for a row; a pooled path's are priced in a pool and so handed in. */
function componentsOf(
  row: Row,
  path: NetworkPath,
  pooled: readonly Component[],
): readonly Component[] {
  return kindOf(path).charge.kind === 'pooled' ? pooled : row.components[path];
}

function pathCosts(row: Row, pooled: readonly Component[]): ServiceComparison['paths'] {
  const costOf = (path: NetworkPath): PathCost => {
    const reason = row.gaps[path];
    if (reason !== null) return { available: false, reason };
    const components = componentsOf(row, path, pooled);
    const { cost, complete } = sumComponents(components);
    return { available: true, components, monthlyCost: toDecimalString(cost), complete };
  };
  const { currentPath } = row.demand;
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

/** The break-even of a row's endpoints, by its own share of zone crossing; null where none could carry it. */
function rowBreakEven(row: Row, card: RateCard, assumptions: Assumptions): string | null {
  if (row.gaps[pooledPath.name] !== null) return null;
  const { gb, crossAzGb } = row.demand;
  const gbAtBreakEven = breakEvenGb({
    card,
    azs: row.azs,
    endpoints: row.unit.endpoints.length,
    assumptions,
    crossAzShare: gb.isZero() ? zero : shareOf(crossAzGb, gb),
  });
  return gbAtBreakEven === null ? null : toDecimalString(gbAtBreakEven);
}
