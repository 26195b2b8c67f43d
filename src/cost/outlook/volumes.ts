import { type Amount, sum, zero } from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { ComparedRegion, PricedVpc } from '../compare/compared-region.js';
import type { Demand } from '../demand/demand.js';
import { demandFrom } from '../demand/traffic-inputs.js';
import { kindOf, type NetworkPath, pooledPath } from '../paths/index.js';
import type { FixedCharge } from '../paths/path.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, sumComponents, tieredCost } from '../price/component.js';
import { internetEgress, isInternet } from './internet-egress.js';

/** Today's paths, or the plan's. */
export type When = 'now' | 'planned';

/** What a service's volume is multiplied by. */
export type FactorOf = (service: string) => Amount;

/** A bill whose paths stay as they are while its volumes change. */
export interface ScalableBill {
  /** What it costs a month with every service's volume multiplied. */
  costAt(factorOf: FactorOf): Amount;
  /** GB a month on the interface endpoints of each Region, multiplied. */
  pooledGbAt(factorOf: FactorOf): ReadonlyMap<string, Amount>;
}

interface ScalableRegion {
  readonly region: ComparedRegion;
  /** NAT gateways' and endpoints' hours: the same at any volume. */
  readonly hours: Amount;
  /** The demands on paths whose GB are charged each by itself. */
  readonly fixed: readonly FixedDemand[];
  readonly pooled: ReadonlyMap<string, Amount>;
  readonly internet: readonly Demand[];
}

interface FixedDemand {
  readonly charge: FixedCharge;
  readonly demand: Demand;
}

/** The bill of a comparison's paths, ready to be priced at other volumes through the same components. */
export function scalableBill(
  regions: readonly ComparedRegion[],
  assumptions: Assumptions,
  when: When,
): ScalableBill {
  const scalable = regions.map((region) => scalableRegion(region, assumptions, when));
  return {
    costAt: (factorOf) =>
      sum([
        ...scalable.map((region) => regionCost(region, assumptions, factorOf)),
        sumComponents(egressAt(scalable, factorOf)).cost,
      ]),
    pooledGbAt: (factorOf) =>
      new Map(scalable.map(({ region, pooled }) => [region.card.region, gbOf(pooled, factorOf)])),
  };
}

function scalableRegion(
  region: ComparedRegion,
  assumptions: Assumptions,
  when: When,
): ScalableRegion {
  const rows = region.outcome.priced.flatMap((vpc) => demandsOnPaths(vpc, when));
  const pooled = new Map<string, Amount>();
  for (const { demand, path } of rows) {
    if (path !== pooledPath.name) continue;
    const { service, gb } = demand;
    pooled.set(service, (pooled.get(service) ?? zero).plus(gb));
  }
  return {
    region,
    hours: sum(region.outcome.priced.map((vpc) => hoursOf(vpc, when))),
    fixed: [...groupBy(rows, ({ path }) => path)].flatMap(([path, those]) =>
      fixedDemands(path, those, region.card, assumptions),
    ),
    pooled,
    internet: rows.map(({ demand }) => demand).filter(isInternet),
  };
}

interface DemandOnPath {
  readonly demand: Demand;
  readonly path: NetworkPath;
}

/** The demands on a path that charges each GB by itself; none for another path. */
function fixedDemands(
  path: NetworkPath,
  rows: readonly DemandOnPath[],
  card: RateCard,
  assumptions: Assumptions,
): readonly FixedDemand[] {
  const { charge } = kindOf(path);
  if (charge.kind !== 'fixed') return [];
  const demands = rows.map(({ demand }) => demand);
  const rate = card.rates[charge.gbRate(assumptions)];
  // One price for every GB lets rows of a service be priced as one; tiers start anew for each row.
  const priced = rate === undefined || rate.tiers.length === 1 ? oneOfEach(demands, path) : demands;
  return priced.map((demand) => ({ charge, demand }));
}

function demandsOnPaths({ services }: PricedVpc, when: When): readonly DemandOnPath[] {
  return services.map(({ priced, comparison }) => ({
    demand: priced.demand,
    path: when === 'now' ? comparison.currentPath : comparison.plannedPath,
  }));
}

function hoursOf({ natComponents, natStays, services }: PricedVpc, when: When): Amount {
  const nat = when === 'now' || natStays ? natComponents : [];
  const endpoints = services.flatMap(({ currentComponents, plannedComponents }) =>
    when === 'now' ? currentComponents : plannedComponents,
  );
  const hours = endpoints.filter(({ name }) => name === 'endpoint-hours');
  return sumComponents([...nat, ...hours]).cost;
}

function oneOfEach(demands: readonly Demand[], path: NetworkPath): readonly Demand[] {
  return [...groupBy(demands, ({ service }) => service)].map(([service, rows]) =>
    demandFrom(
      { service, serviceRegion: null, path },
      sum(rows.map(({ gbOut }) => gbOut)),
      sum(rows.map(({ gbIn }) => gbIn)),
      sum(rows.map(({ crossAzGb }) => crossAzGb)),
    ),
  );
}

/** A demand with its volume multiplied: exact, since a factor has twelve decimals at most. */
export function scaleDemand(demand: Demand, factor: Amount): Demand {
  const scaled = (gb: Amount) => gb.times(factor);
  return {
    ...demand,
    gbOut: scaled(demand.gbOut),
    gbIn: scaled(demand.gbIn),
    gb: scaled(demand.gb),
    crossAzGb: scaled(demand.crossAzGb),
  };
}

function gbOf(pooled: ReadonlyMap<string, Amount>, factorOf: FactorOf): Amount {
  return sum([...pooled].map(([service, gb]) => gb.times(factorOf(service))));
}

function regionCost(
  { region: { card }, hours, fixed, pooled }: ScalableRegion,
  assumptions: Assumptions,
  factorOf: FactorOf,
): Amount {
  const traffic = fixed.flatMap(({ charge, demand }) =>
    charge.components(scaleDemand(demand, factorOf(demand.service)), card, assumptions),
  );
  const rate = card.rates[pooledPath.charge.gbRate];
  const processing = rate === undefined ? zero : tieredCost(gbOf(pooled, factorOf), rate);
  return sum([hours, sumComponents(traffic).cost, processing]);
}

/** The components of transfer out to the internet. */
function egressAt(regions: readonly ScalableRegion[], factorOf: FactorOf): readonly Component[] {
  const scaled = regions.map(({ region, internet }) => ({
    card: region.card,
    vpcs: region.vpcs.slice(0, 1).map((vpc) => ({
      ...vpc,
      demands: internet.map((demand) => scaleDemand(demand, factorOf(demand.service))),
    })),
  }));
  return [...internetEgress(scaled).values()].flat();
}
