import {
  type Amount,
  amount,
  type DecimalString,
  toDecimalString,
  zero,
} from '../../base/decimal.js';
import type { ComparedRegion } from '../compare/compared-region.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Month, monthsAfter, monthText } from './months.js';
import { type PassedThreshold, passedThresholds } from './thresholds.js';
import type { Trend } from './trend.js';
import { type FactorOf, scalableBill } from './volumes.js';

/** Growth a month as exact shares: 0.04 is 4 %. A service that is not named grows as all do. */
export interface Growth {
  readonly all: DecimalString;
  readonly services: ReadonlyMap<string, DecimalString>;
}

/** What the months to come are taken from. */
export type ForecastBasis =
  | { readonly kind: 'flat' }
  | { readonly kind: 'growth'; readonly growth: Growth }
  | { readonly kind: 'trend'; readonly trend: Trend };

/** One month to come: the bill with today's paths, and with the plan's. */
export interface ForecastMonth {
  readonly month: string;
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
  /** Ends of the 80 % prediction interval of the bill with today's paths; null without a trend. */
  readonly low: DecimalString | null;
  readonly high: DecimalString | null;
}

/** The months to come, and what is crossed on the way. */
export interface Forecast {
  readonly months: readonly ForecastMonth[];
  readonly crossings: readonly PassedThreshold[];
  /** The sum of the months, with today's paths and with the plan's. */
  readonly currentCost: DecimalString;
  readonly plannedCost: DecimalString;
}

/** What a forecast is asked for. */
export interface ForecastQuestion {
  readonly regions: readonly ComparedRegion[];
  readonly assumptions: Assumptions;
  readonly basis: ForecastBasis;
  /** The month that the estimate stands for; the forecast begins with the next. */
  readonly from: Month;
  readonly months: number;
}

/** Prices the months to come: volumes are multiplied, paths stay as they are or as the plan puts them. */
export function forecastOf(question: ForecastQuestion): Forecast {
  const { regions, assumptions, basis, from } = question;
  const now = scalableBill(regions, assumptions, 'now');
  const planned = scalableBill(regions, assumptions, 'planned');
  const factors = Array.from({ length: question.months }, (_, index) =>
    factorsOf(basis, monthsAfter(from, index + 1), index + 1),
  );
  let currentCost = zero;
  let plannedCost = zero;
  const months = factors.map((factorOf, index): ForecastMonth => {
    const month = monthsAfter(from, index + 1);
    const current = now.costAt(factorOf);
    const plan = planned.costAt(factorOf);
    currentCost = currentCost.plus(current);
    plannedCost = plannedCost.plus(plan);
    const band = basis.kind === 'trend' ? basis.trend.bandOf(month) : null;
    const bound = (ratio: number) => toDecimalString(now.costAt(times(factorOf, ratio)));
    return {
      month: monthText(month),
      currentMonthlyCost: toDecimalString(current),
      plannedMonthlyCost: toDecimalString(plan),
      low: band === null ? null : bound(band.low),
      high: band === null ? null : bound(band.high),
    };
  });
  return {
    months,
    crossings: passedThresholds(regions, { factors, from, now, planned }),
    currentCost: toDecimalString(currentCost),
    plannedCost: toDecimalString(plannedCost),
  };
}

function factorsOf(basis: ForecastBasis, month: Month, index: number): FactorOf {
  switch (basis.kind) {
    case 'flat':
      return () => amount(1);
    case 'growth':
      return (service) => grown(basis.growth.services.get(service) ?? basis.growth.all, index);
    case 'trend':
      return (service) => amount(basis.trend.factorOf(service, month));
  }
}

/** Compound growth over some months, rounded half up to twelve decimals. */
function grown(growth: DecimalString, months: number): Amount {
  return amount(growth).plus(1).pow(months).toDecimalPlaces(12);
}

function times(factorOf: FactorOf, ratio: number): FactorOf {
  const exact = amount(ratio.toFixed(6));
  return (service) => factorOf(service).times(exact);
}
