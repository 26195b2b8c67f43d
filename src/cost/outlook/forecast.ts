import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import { compareDemands } from '../compare/compare.js';
import type { ComparedRegion } from '../compare/compared-region.js';
import { type Demand, demandsOf, type RegionDemands } from '../demand/demand.js';
import type { TrafficTally } from '../demand/tally.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Bills, billsOf, totalOf } from './bill.js';
import { type Budget, type BudgetAhead, budgetsAhead, type OwnersOf } from './budget.js';
import type { DailyCharges } from './daily-charges.js';
import { daysIn, type Month, monthsAfter, monthText } from './months.js';
import { type PlanAhead, plansAhead } from './plans-ahead.js';
import { type PassedThreshold, passedThresholds, watchedIn } from './thresholds.js';
import { scaleDemand } from './volumes.js';

/** Growth a month as exact shares: 0.04 is 4 %. A service that is not named grows as all do. */
export interface Growth {
  readonly all: DecimalString;
  readonly services: ReadonlyMap<string, DecimalString>;
}

/** What the months to come are taken from. */
export type ForecastBasis =
  | { readonly kind: 'flat' }
  | { readonly kind: 'growth'; readonly growth: Growth }
  | { readonly kind: 'forecast'; readonly charges: DailyCharges };

/** One calendar month to come: the bill with today's paths, and with the plan that is best at its volumes. */
export interface ForecastMonth {
  readonly month: string;
  /** Null where it is not known, and `unknown` says why. */
  readonly currentMonthlyCost: DecimalString | null;
  readonly plannedMonthlyCost: DecimalString | null;
  /** Ends of the 80 % prediction interval of the bill with today's paths; null where nothing says how sure the month is. */
  readonly low: DecimalString | null;
  readonly high: DecimalString | null;
  readonly unknown: string | null;
}

/** The months to come, and what is crossed on the way. */
export interface Forecast {
  readonly months: readonly ForecastMonth[];
  readonly crossings: readonly PassedThreshold[];
  /** Where the plan becomes another one than today's. */
  readonly plans: readonly PlanAhead[];
  /** For each budget, in their order, the month in which it is passed. */
  readonly budgets: readonly BudgetAhead[];
  /** The sum of the months, with today's paths and with the plan's; null where one of them is not known. */
  readonly currentCost: DecimalString | null;
  readonly plannedCost: DecimalString | null;
}

/** What a forecast is asked for. */
export interface ForecastQuestion {
  readonly regions: readonly ComparedRegion[];
  readonly tally: TrafficTally;
  readonly assumptions: Assumptions;
  readonly basis: ForecastBasis;
  /** The month that the estimate stands for; the forecast begins with the next. */
  readonly from: Month;
  readonly months: number;
  readonly budgets: readonly Budget[];
  readonly ownersOf: OwnersOf;
}

/** Compares the traffic of each month to come anew, in a month of its own days and hours. */
export function forecastOf(question: ForecastQuestion): Forecast {
  const { regions, budgets, ownersOf } = question;
  const ahead = Array.from({ length: question.months }, (_, index) => monthAhead(question, index));
  const months = ahead.map(({ month }) => month);
  // What is passed in a month that is not known is not known either.
  const end = months.findIndex(({ unknown }) => unknown !== null);
  const known = ahead.slice(0, end < 0 ? ahead.length : end);
  const course = known.map(({ month: { month }, watched }) => ({ month, watched }));
  const today = watchedIn(regions);
  return {
    months,
    crossings: passedThresholds(today, course),
    plans: plansAhead(today, course),
    budgets: budgetsAhead(
      budgets,
      ahead.map(({ month: { month, unknown }, bills }) => ({
        month,
        ...bills,
        expected: unknown === null ? bills.expected : null,
      })),
      ownersOf,
    ),
    currentCost: total(months.map((month) => month.currentMonthlyCost)),
    plannedCost: total(months.map((month) => month.plannedMonthlyCost)),
  };
}

/** The sum; null where one of them is not known. */
function total(costs: readonly (DecimalString | null)[]): DecimalString | null {
  const known = costs.filter((cost) => cost !== null);
  return known.length < costs.length ? null : toDecimalString(sum(known.map(amount)));
}

function monthAhead(question: ForecastQuestion, index: number) {
  const month = monthsAfter(question.from, index + 1);
  const hours = String(24 * daysIn(month));
  const assumptions = { ...question.assumptions, hoursPerMonth: hours };
  const factorOf = factorsOf(question.basis, month, index + 1);
  const demands = question.regions.map(({ card }) => ({
    card,
    vpcs: vpcsOf(question.tally, card.region, assumptions),
  }));
  const comparedAt = (ratio: Amount) =>
    compareDemands(
      scaled(demands, (region, demand) => factorOf(region, demand).times(ratio)),
      assumptions,
    ).regions;
  const compared = comparedAt(amount(1));
  const expected = billsOf(compared);
  const ratios =
    question.basis.kind === 'forecast' ? question.basis.charges.intervalOf(month) : null;
  const low = ratios === null ? null : billsOf(comparedAt(amount(ratios.low)));
  const high = ratios === null ? null : billsOf(comparedAt(amount(ratios.high)));
  return {
    month: { month: monthText(month), ...costsOf(expected, low, high) },
    watched: watchedIn(compared),
    bills: { expected: expected.now, low: low?.now ?? null, high: high?.now ?? null },
  };
}

type Costs = Omit<ForecastMonth, 'month'>;

function costsOf(expected: Bills, low: Bills | null, high: Bills | null): Costs {
  const now = totalOf(expected.now).cost;
  const interval =
    low === null || high === null
      ? null
      : ([totalOf(low.now).cost, totalOf(high.now).cost] as const);
  const ends = {
    low: interval === null ? null : toDecimalString(interval[0]),
    high: interval === null ? null : toDecimalString(interval[1]),
  };
  // An interval that is wider than the amount says that the days do not tell what the month will cost.
  if (interval !== null && interval[1].minus(interval[0]).gt(now)) {
    const unknown = 'the 80 % interval is wider than the amount itself';
    return { currentMonthlyCost: null, plannedMonthlyCost: null, ...ends, unknown };
  }
  return {
    currentMonthlyCost: toDecimalString(now),
    plannedMonthlyCost: toDecimalString(totalOf(expected.planned).cost),
    ...ends,
    unknown: null,
  };
}

function vpcsOf(tally: TrafficTally, region: string, assumptions: Assumptions) {
  const found = tally.regions.get(region);
  if (found === undefined) throw new Error(`${region} was compared and is not in its tally`);
  return demandsOf(found, assumptions);
}

type FactorOf = (region: string, demand: Demand) => Amount;

function scaled(regions: readonly RegionDemands[], factorOf: FactorOf): readonly RegionDemands[] {
  return regions.map(({ card, vpcs }) => ({
    card,
    vpcs: vpcs.map((vpc) => ({
      ...vpc,
      demands: vpc.demands.map((demand) => scaleDemand(demand, factorOf(card.region, demand))),
    })),
  }));
}

function factorsOf(basis: ForecastBasis, month: Month, index: number): FactorOf {
  switch (basis.kind) {
    case 'flat':
      return () => amount(1);
    case 'growth': {
      const { all, services } = basis.growth;
      return (_, { service }) => grown(services.get(service) ?? all, index);
    }
    case 'forecast': {
      const factors = new Map<string, Amount>();
      return (region, demand) => {
        const { service, serviceRegion, currentPath } = demand;
        const key = [region, service, serviceRegion, currentPath, demand.pathGiven].join('\n');
        const known = factors.get(key) ?? amount(basis.charges.factorOf(region, demand, month));
        factors.set(key, known);
        return known;
      };
    }
  }
}

/** Compound growth over some months, rounded half up to twelve decimals. */
function grown(growth: DecimalString, months: number): Amount {
  return amount(growth).plus(1).pow(months).toDecimalPlaces(12);
}
