import { type Amount, amount, sum, zero } from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import type { ComparedRegion } from '../compare/compared-region.js';
import type { PricedVpc } from '../compare/region.js';
import type { Assumptions } from '../demand/assumptions.js';
import type { Demand } from '../demand/demand.js';
import { demandFrom } from '../demand/traffic-inputs.js';
import { internetEgress, isInternet } from '../paths/internet-egress.js';
import { natTrafficComponents } from '../paths/nat-gateway.js';
import { type Component, sumComponents } from '../price/component.js';
import { tieredCost } from '../price/tiers.js';

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
  /** GB a month out to the internet of each Region that are billed, multiplied. */
  egressGbAt(factorOf: FactorOf): ReadonlyMap<string, Amount>;
}

interface ScalableRegion {
  readonly region: ComparedRegion;
  /** NAT gateways' and endpoints' hours: the same at any volume. */
  readonly fixed: Amount;
  readonly nat: readonly Demand[];
  readonly pooled: ReadonlyMap<string, Amount>;
  readonly internet: readonly Demand[];
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
        sumComponents([...egressAt(scalable, factorOf).values()].flat()).cost,
      ]),
    egressGbAt: (factorOf) =>
      new Map(
        [...egressAt(scalable, factorOf)].map(([region, components]) => [
          region,
          sum(components.map(({ quantity }) => amount(quantity))),
        ]),
      ),
    pooledGbAt: (factorOf) =>
      new Map(scalable.map(({ region, pooled }) => [region.card.region, gbOf(pooled, factorOf)])),
  };
}

function scalableRegion(
  region: ComparedRegion,
  { natType }: Assumptions,
  when: When,
): ScalableRegion {
  const { rates } = region.card;
  const rate = natType === 'regional' ? rates.regionalNatGatewayGb : rates.natGatewayGb;
  const rows = region.outcome.priced.flatMap((vpc) => rowsOf(vpc, when));
  const on = (path: string) => rows.filter((row) => row.path === path).map(({ demand }) => demand);
  const pooled = new Map<string, Amount>();
  for (const { service, gb } of on('interface-endpoint')) {
    pooled.set(service, (pooled.get(service) ?? zero).plus(gb));
  }
  const nat = on('nat-gateway');
  return {
    region,
    fixed: sum(region.outcome.priced.map((vpc) => fixedCost(vpc, when))),
    // One price for every GB lets rows of a service be priced as one; tiers start anew for each row.
    nat: rate === undefined || rate.tiers.length === 1 ? oneOfEach(nat) : nat,
    pooled,
    internet: rows.map(({ demand }) => demand).filter(isInternet),
  };
}

function rowsOf({ services }: PricedVpc, when: When) {
  return services.map(({ row, comparison }) => ({
    demand: row.demand,
    path: when === 'now' ? comparison.currentPath : comparison.plannedPath,
  }));
}

function fixedCost({ natComponents, natStays, services }: PricedVpc, when: When): Amount {
  const nat = when === 'now' || natStays ? natComponents : [];
  const endpoints = services.flatMap(({ currentComponents, plannedComponents }) =>
    when === 'now' ? currentComponents : plannedComponents,
  );
  const hours = endpoints.filter(({ name }) => name === 'endpoint-hours');
  return sumComponents([...nat, ...hours]).cost;
}

function oneOfEach(demands: readonly Demand[]): readonly Demand[] {
  return [...groupBy(demands, ({ service }) => service)].map(([service, rows]) =>
    demandFrom(
      { service, serviceRegion: null, path: 'nat-gateway' },
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
  { region, fixed, nat, pooled }: ScalableRegion,
  assumptions: Assumptions,
  factorOf: FactorOf,
): Amount {
  const scaled = nat.map((demand) => scaleDemand(demand, factorOf(demand.service)));
  const traffic = scaled.flatMap((demand) =>
    natTrafficComponents(demand, region.card, assumptions),
  );
  const rate = region.card.rates.interfaceEndpointGb;
  const processing = rate === undefined ? amount(0) : tieredCost(gbOf(pooled, factorOf), rate);
  return sum([fixed, sumComponents(traffic).cost, processing]);
}

/** The components of each Region's transfer out to the internet. */
function egressAt(
  regions: readonly ScalableRegion[],
  factorOf: FactorOf,
): ReadonlyMap<string, readonly Component[]> {
  const scaled = regions.map(({ region, internet }) => ({
    card: region.card,
    vpcs: region.vpcs.slice(0, 1).map((vpc) => ({
      ...vpc,
      demands: internet.map((demand) => scaleDemand(demand, factorOf(demand.service))),
    })),
  }));
  const components = internetEgress(scaled);
  return new Map(
    scaled.map(({ card, vpcs }) => [
      card.region,
      vpcs.flatMap(({ demands }) => demands.flatMap((demand) => components.get(demand) ?? [])),
    ]),
  );
}
