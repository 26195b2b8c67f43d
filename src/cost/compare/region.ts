import { type Amount, sum, toDecimalString, zero } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateName } from '../../pricing/rates.js';
import type { VpcDemand } from '../demand/demand.js';
import { endpointSetOf } from '../facts/services.js';
import { defaultPath, hasRange, type NetworkPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, mostOf, sumComponents } from '../price/component.js';
import { tierLines } from '../price/tiers.js';
import type {
  NatGateways,
  Plan,
  PlanChoice,
  RegionComparison,
  VpcComparison,
} from './comparison.js';
import { type PlanVpc, type Solution, solvePlan } from './plan.js';
import { interfaceEndpointCosts } from './pool.js';
import { type PricedDemand, pricedDemandsOf } from './priced-demand.js';
import { type PricedService, priceService } from './service-comparison.js';

/** A Region compared: the result, and the sums that the totals need. */
export interface RegionOutcome {
  readonly comparison: RegionComparison;
  /** The VPCs of the comparison, in its order, with what each of their charges is made of. */
  readonly priced: readonly PricedVpc[];
  readonly current: Amount;
  readonly planned: Amount;
  readonly complete: boolean;
  /** Whether the saving is exact: what is not known is the same with the plan. */
  readonly savingKnown: boolean;
  /** The most that traffic on paths that are not known costs today; undefined where there is none, null where a rate is missing. */
  readonly most: Amount | null | undefined;
  /** Rates that what is paid, or would be, needs and the card does not hold; NAT-gateway hours apart. */
  readonly missingRates: readonly RateName[];
}

/** A Region as the findings see it: its rates, its demands and its outcome. */
export interface ComparedRegion {
  readonly card: RateCard;
  readonly vpcs: readonly VpcDemand[];
  readonly outcome: RegionOutcome;
}

/** A VPC with its charges, as it stands and as planned. */
export interface PricedVpc {
  readonly demand: VpcDemand;
  readonly natComponents: readonly Component[];
  /** Whether the plan leaves the VPC its NAT gateways. */
  readonly natStays: boolean;
  readonly services: readonly PricedService[];
}

interface VpcModel {
  readonly demand: VpcDemand;
  readonly demands: readonly PricedDemand[];
  readonly natComponents: readonly Component[];
  readonly plan: PlanVpc;
}

/** Compares the paths of all services of a Region and finds its cheapest plan. */
export function compareRegion(
  vpcs: readonly VpcDemand[],
  card: RateCard,
  assumptions: Assumptions,
): RegionOutcome {
  const models = vpcs.map((vpc) => modelVpc(vpc, card, assumptions));
  const pooledRate = card.rates[pooledPath.charge.gbRate];
  const lines = pooledRate === undefined ? [] : tierLines(pooledRate);
  const plans = models.map(({ plan }) => plan);
  const keeping = solvePlan(plans, lines, false);
  const going = solvePlan(plans, lines, true);
  const solution = assumptions.nat === 'may-go' ? going : keeping;

  const services = serviceComparisons(models, solution, card, assumptions);
  const all = [...services.values()];
  const vpcComparisons = models.map((model) => vpcComparison(model, services));
  const current = sum([
    ...models.map(({ plan }) => plan.natFixed),
    ...all.map(({ currentCost }) => currentCost),
  ]);
  const needed = all.flatMap((service) => service.missingRates);
  const gatewaysPriced = vpcComparisons.every((vpc) => vpc.natGateways.complete);
  const movesUnknown = all.some(
    ({ comparison: { currentPath, plannedPath } }) =>
      currentPath !== plannedPath && hasRange(currentPath),
  );
  return {
    comparison: {
      region: card.region,
      rateCard: {
        publishedAt: card.publishedAt,
        fetchedAt: card.fetchedAt,
        source: card.source,
        currency: card.currency,
      },
      vpcs: vpcComparisons,
      plan: {
        choices: models.flatMap((model) => choicesOf(model, services)),
        ...removal(models, keeping, going),
        currentMonthlyCost: toDecimalString(current),
        plannedMonthlyCost: toDecimalString(solution.cost),
        monthlySaving: toDecimalString(current.minus(solution.cost)),
      },
    },
    priced: models.map(({ demand, natComponents, plan, demands }) => ({
      demand,
      natComponents,
      natStays: solution.natStays.has(plan),
      services: demands.flatMap((priced) => services.get(priced) ?? []),
    })),
    current,
    planned: solution.cost,
    complete: gatewaysPriced && all.every((service) => service.complete),
    savingKnown: gatewaysPriced && needed.length === 0 && !movesUnknown,
    most: mostOf(all.flatMap(({ currentComponents }) => currentComponents)),
    missingRates: [...new Set(needed)],
  };
}

function modelVpc(demand: VpcDemand, card: RateCard, assumptions: Assumptions): VpcModel {
  const natComponents = defaultPath.charge.gatewayHours(demand, card, assumptions);
  const { demands, sets } = pricedDemandsOf(demand, card, assumptions);
  const plan = { natFixed: sumComponents(natComponents).cost, sets };
  return { demand, demands, natComponents, plan };
}

function serviceComparisons(
  models: readonly VpcModel[],
  solution: Solution,
  card: RateCard,
  assumptions: Assumptions,
): ReadonlyMap<PricedDemand, PricedService> {
  const demands = models.flatMap((model) => model.demands);
  const plannedPath = (priced: PricedDemand): NetworkPath =>
    solution.paths.get(priced.member) ?? priced.demand.currentPath;
  const planned = interfaceEndpointCosts(demands, plannedPath, card, assumptions);
  const current = interfaceEndpointCosts(
    demands,
    (priced) => priced.demand.currentPath,
    card,
    assumptions,
  );
  return new Map(
    demands.map((priced) => [
      priced,
      priceService(
        priced,
        {
          plannedPath: plannedPath(priced),
          planned: planned(priced),
          current: current(priced),
        },
        card,
        assumptions,
      ),
    ]),
  );
}

function vpcComparison(
  { demand, demands, natComponents }: VpcModel,
  services: ReadonlyMap<PricedDemand, PricedService>,
): VpcComparison {
  return {
    vpcId: demand.vpcId,
    accountId: demand.accountId,
    azs: demand.azs,
    natGateways: natGateways(demand, natComponents),
    services: demands.flatMap((priced) => services.get(priced)?.comparison ?? []),
  };
}

function natGateways(demand: VpcDemand, components: readonly Component[]): NatGateways {
  const { cost, complete } = sumComponents(components);
  return {
    count: demand.natGateways,
    components,
    monthlyCost: toDecimalString(cost),
    complete,
  };
}

function choicesOf(
  { demand, demands }: VpcModel,
  services: ReadonlyMap<PricedDemand, PricedService>,
): readonly PlanChoice[] {
  return demands.flatMap((priced) => {
    const service = services.get(priced);
    if (service === undefined) return [];
    const { comparison, currentCost, plannedCost } = service;
    return {
      vpcId: demand.vpcId,
      accountId: demand.accountId,
      service: comparison.service,
      serviceRegion: comparison.serviceRegion,
      endpointSet: endpointSetOf(comparison.service),
      currentPath: comparison.currentPath,
      path: comparison.plannedPath,
      monthlySaving: toDecimalString(currentCost.minus(plannedCost)),
      complete: comparison.currentComplete,
    };
  });
}

type Removal = Pick<Plan, 'removableNatGateways' | 'natRemovalSaving'>;

function removal(models: readonly VpcModel[], keeping: Solution, going: Solution): Removal {
  const gone = models.filter(({ plan }) => !going.natStays.has(plan));
  const count = gone.reduce((total, { demand }) => total + demand.natGateways, 0);
  const saving = count === 0 ? zero : keeping.cost.minus(going.cost);
  return { removableNatGateways: count, natRemovalSaving: toDecimalString(saving) };
}
