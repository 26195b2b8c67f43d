import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
  zero,
} from '../../base/decimal.js';
import { PathfareError } from '../../base/errors.js';
import { compareText, type Finding, sortFindings } from '../../base/finding.js';
import { documentHead } from '../../base/json.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateUse } from '../../pricing/card/verified.js';
import type { TrafficProfile } from '../../traffic/profile/profile.js';
import type { UnreadTraffic } from '../../traffic/profile/unread.js';
import { demandsOf, type RegionDemands, type VpcDemand } from '../demand/demand.js';
import { type TrafficTally, tallyOf } from '../demand/tally.js';
import { endpointFacts } from '../facts/services.js';
import { defaultPath, hasRange, pooledPath } from '../paths/index.js';
import { type Assumptions, defaultAssumptions } from '../price/assumptions.js';
import {
  type AssumedCost,
  assumedTotals,
  type Component,
  oneEndTotals,
  sumComponents,
  tierLines,
} from '../price/component.js';
import type { ComparedRegion, PricedService, RegionOutcome } from './compared-region.js';
import type {
  Comparison,
  NatGateways,
  Plan,
  PlanChoice,
  Totals,
  VpcComparison,
} from './comparison.js';
import { findingsOf } from './comparison-findings.js';
import { type PlanVpc, type Solution, solvePlan } from './plan.js';
import { type PricedDemand, pricedDemandsOf } from './priced-demand.js';
import { ratesUsed } from './rate-findings.js';
import { priceServices } from './service-comparison.js';

/** What a comparison is made from. */
export interface CompareInput {
  readonly profiles: Iterable<TrafficProfile>;
  /** A rate card for each Region of the profiles. */
  readonly rateCards: readonly RateCard[];
  readonly assumptions?: Partial<Assumptions>;
  /** Findings of the rooms that made profiles and cards; they stand in the result beside the cost model's own. */
  readonly findings?: readonly Finding[];
  /** What there is to say about the age of the rates that the sums rest on; nothing by default. */
  readonly ageFindings?: (uses: readonly RateUse[]) => readonly Finding[];
  /** How much of the flow logs behind the profiles could not be read. */
  readonly unread?: UnreadTraffic | null;
}

/**
 * Compares the network paths of every service and finds the cheapest plan of every Region.
 *
 * @throws PathfareError for a Region without a card, cards of more than one currency, or tiers whose price rises
 */
export function compare({ profiles, ...rest }: CompareInput): Comparison {
  return compareTally({ tally: tallyOf(profiles), ...rest }).comparison;
}

/** What a comparison of traffic that is added up already is made from. */
export type CompareTallyInput = Omit<CompareInput, 'profiles'> & { readonly tally: TrafficTally };

/** A comparison, with the priced demands that it was made from. */
export interface ComparedTraffic {
  readonly comparison: Comparison;
  readonly regions: readonly ComparedRegion[];
}

/**
 * Compares traffic that was added up row by row, as `dailyTally` does for inputs that do not fit in memory.
 *
 * @throws PathfareError as `compare` does
 */
export function compareTally({ tally, ...input }: CompareTallyInput): ComparedTraffic {
  const assumptions = { ...defaultAssumptions, ...input.assumptions };
  const demands = [...tally.regions.values()]
    .toSorted((a, b) => compareText(a.region, b.region))
    .map((region) => ({
      card: cardOf(region.region, input.rateCards),
      vpcs: demandsOf(region, assumptions),
    }));
  return compareDemands(demands, assumptions, input);
}

/**
 * Compares a month's demands of Regions, in the order given. Of traffic that was not read in full, all sums are lower bounds, and what
 * the plan saves is not known: the rest may move, too.
 */
export function compareDemands(
  demands: readonly RegionDemands[],
  assumptions: Assumptions,
  {
    findings = [],
    ageFindings = () => [],
    unread = null,
  }: Pick<CompareInput, 'findings' | 'ageFindings' | 'unread'> = {},
): ComparedTraffic {
  const regions = demands.map(({ card, vpcs }) => {
    const standing = withStandingGateways(vpcs, card.region, assumptions);
    return { card, vpcs: standing, outcome: compareRegion(standing, card, assumptions) };
  });
  const outcomes = regions.map(({ outcome }) => outcome);
  const isRead = unread?.isAccepted ?? true;
  const comparison: Comparison = {
    ...documentHead('comparison@1'),
    complete: isRead && outcomes.every(({ complete }) => complete),
    currency: soleCurrency(regions.map(({ card }) => card)),
    assumptions,
    regions: outcomes.map((outcome) => outcome.comparison),
    totals: totalsOf(outcomes, isRead),
    ...(unread === null ? {} : { unread }),
    findings: sortFindings([
      ...findings,
      ...ageFindings(ratesUsed(regions)),
      ...findingsOf(regions, assumptions),
    ]),
  };
  return { comparison, regions };
}

/** Where the gateways that are assumed are not offered, none stands, and none has hours. */
function withStandingGateways(
  vpcs: readonly VpcDemand[],
  region: string,
  { natType }: Assumptions,
): readonly VpcDemand[] {
  if (defaultPath.charge.notOffered({ natType, region }) === null) return vpcs;
  return vpcs.map((vpc) =>
    vpc.usesNat || vpc.natGateways > 0
      ? { ...vpc, natGateways: 0, natGatewaysSource: 'not-offered' }
      : vpc,
  );
}

function cardOf(region: string, cards: readonly RateCard[]): RateCard {
  const card = cards.find((each) => each.region === region);
  if (card === undefined) {
    throw new PathfareError('no-rates', `no rate card for ${region}`, {
      hint: 'Load one for every Region of the traffic.',
    });
  }
  return card;
}

function soleCurrency(cards: readonly RateCard[]): RateCard['currency'] {
  const currencies = [...new Set(cards.map(({ currency }) => currency))];
  if (currencies.length > 1) {
    throw new PathfareError(
      'mixed-currencies',
      `the Regions are billed in ${currencies.join(' and ')}; amounts of different currencies are not added up`,
      { hint: 'Run the Regions of each currency on their own.' },
    );
  }
  return currencies[0] ?? 'USD';
}

function totalsOf(outcomes: readonly RegionOutcome[], isRead: boolean): Totals {
  const current = sum(outcomes.map((outcome) => outcome.current));
  const planned = sum(outcomes.map((outcome) => outcome.planned));
  const saving = current.minus(planned);
  const ranges = outcomes.flatMap(({ most }) => (most === undefined ? [] : [most]));
  return {
    currentMonthlyCost: toDecimalString(current),
    plannedMonthlyCost: toDecimalString(planned),
    monthlySaving: toDecimalString(saving),
    annualSaving: toDecimalString(saving.times(amount(12))),
    savingKnown: isRead && outcomes.every(({ savingKnown }) => savingKnown),
    ...atOneEnd(outcomes),
    ...assumedOf(outcomes),
    ...(ranges.length === 0 ? {} : { ifUnknownPassesNat: sumOfKnown(ranges) }),
  };
}

type Total = 'current' | 'planned';

/** A total of all Regions: of some of them another case, of the others the only one. */
function totalOfCase(
  outcomes: readonly RegionOutcome[],
  which: Total,
  caseOf: (outcome: RegionOutcome) => DecimalString | undefined,
): DecimalString {
  const costs = outcomes.map((outcome) => {
    const cost = caseOf(outcome);
    return cost === undefined ? outcome[which] : amount(cost);
  });
  return toDecimalString(sum(costs));
}

/** The totals of all Regions at the least and the most that the assumed rates of some of them may be. */
function assumedOf(outcomes: readonly RegionOutcome[]): Pick<Totals, 'assumed'> {
  if (outcomes.every(({ assumed }) => assumed === undefined)) return {};
  const rangeOf = (which: Total): AssumedCost => {
    const at = (end: keyof AssumedCost) =>
      totalOfCase(outcomes, which, ({ assumed }) => assumed?.[`${which}MonthlyCost`][end]);
    return { low: at('low'), high: at('high') };
  };
  return {
    assumed: { currentMonthlyCost: rangeOf('current'), plannedMonthlyCost: rangeOf('planned') },
  };
}

/** The totals of all Regions where zone crossings are metered at one end only. */
function atOneEnd(outcomes: readonly RegionOutcome[]): Pick<Totals, 'ifCrossedAtOneEnd'> {
  if (outcomes.every(({ ifCrossedAtOneEnd }) => ifCrossedAtOneEnd === undefined)) return {};
  const at = (which: Total) =>
    totalOfCase(
      outcomes,
      which,
      ({ ifCrossedAtOneEnd }) => ifCrossedAtOneEnd?.[`${which}MonthlyCost`],
    );
  return {
    ifCrossedAtOneEnd: { currentMonthlyCost: at('current'), plannedMonthlyCost: at('planned') },
  };
}

/** The sum; null where one of them is not known. */
function sumOfKnown(amounts: readonly (Amount | null)[]): DecimalString | null {
  const known = amounts.flatMap((each) => each ?? []);
  return known.length < amounts.length ? null : toDecimalString(sum(known));
}

interface VpcModel {
  readonly demand: VpcDemand;
  readonly demands: readonly PricedDemand[];
  readonly natComponents: readonly Component[];
  readonly plan: PlanVpc;
}

/** Compares the paths of all services of a Region and finds its cheapest plan. */
function compareRegion(
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

  const demands = models.flatMap((model) => model.demands);
  const services = priceServices(demands, solution, card, assumptions);
  const all = [...services.values()];
  const vpcComparisons = models.map((model) => vpcComparison(model, services, solution));
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
    ...otherCases(models, all, solution),
    complete: gatewaysPriced && all.every((service) => service.complete),
    savingKnown: gatewaysPriced && needed.length === 0 && !movesUnknown,
    most: sumComponents(all.flatMap(({ currentComponents }) => currentComponents)).most,
    missingRates: [...new Set(needed)],
  };
}

/** What a Region's totals are in the other cases: with other assumed rates, and with zone crossings metered at one end. */
function otherCases(
  models: readonly VpcModel[],
  services: readonly PricedService[],
  { natStays }: Solution,
): Pick<RegionOutcome, 'assumed' | 'ifCrossedAtOneEnd'> {
  const current = sumComponents([
    ...models.flatMap(({ natComponents }) => natComponents),
    ...services.flatMap(({ currentComponents }) => currentComponents),
  ]);
  const planned = sumComponents([
    ...models.flatMap(({ plan, natComponents }) => (natStays.has(plan) ? natComponents : [])),
    ...services.flatMap(({ plannedComponents }) => plannedComponents),
  ]);
  return { ...assumedTotals(current, planned), ...oneEndTotals(current, planned) };
}

function modelVpc(demand: VpcDemand, card: RateCard, assumptions: Assumptions): VpcModel {
  const natComponents = defaultPath.charge.gatewayHours(demand, card, assumptions);
  const { demands, sets } = pricedDemandsOf(demand, card, assumptions);
  const plan = { natFixed: sumComponents(natComponents).cost, sets };
  return { demand, demands, natComponents, plan };
}

function vpcComparison(
  { demand, demands, natComponents, plan }: VpcModel,
  services: ReadonlyMap<PricedDemand, PricedService>,
  { natStays }: Solution,
): VpcComparison {
  return {
    vpcId: demand.vpcId,
    accountId: demand.accountId,
    azs: demand.azs,
    natGateways: natGateways(demand, natComponents, natStays.has(plan)),
    services: demands.flatMap((priced) => services.get(priced)?.comparison ?? []),
  };
}

function natGateways(
  demand: VpcDemand,
  components: readonly Component[],
  stays: boolean,
): NatGateways {
  const { cost, complete, assumed } = sumComponents(components);
  return {
    count: demand.natGateways,
    components,
    monthlyCost: toDecimalString(cost),
    complete,
    ...(assumed === undefined ? {} : { assumed }),
    monthlySaving: stays || demand.natGateways === 0 ? null : toDecimalString(cost),
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
      endpointSet: endpointFacts(comparison.service).endpointSet,
      currentPath: comparison.currentPath,
      path: comparison.plannedPath,
      monthlySaving: toDecimalString(currentCost.minus(plannedCost)),
      complete: comparison.currentComplete,
      ...([...service.currentComponents, ...service.plannedComponents].some(
        ({ assumed }) => assumed !== undefined,
      )
        ? { assumed: true as const }
        : {}),
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
