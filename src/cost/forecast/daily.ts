import type { DailySum } from './line.js';
import { type FittedLine, fitted, growthOf, type Interval, meanDay } from './predict.js';
import { type OneOffDay, unusualIn } from './unusual.js';

/** The least days that a forecast is drawn from. */
const leastDays = 14;
/** Sums below it are nothing: their squares would vanish as floats. */
const leastTotal = 1e-100;

/** What daily sums say of the days to come. */
export interface DailyForecast {
  /** Days that the line is drawn through. */
  readonly days: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Growth in 30 days, as a share of the mean day. */
  readonly growth: number;
  /** Days that were left out, each with what was usual. */
  readonly oneOffs: readonly OneOffDay[];
  /** The first day of a new level, after which the line begins; null without one. */
  readonly step: number | null;
  /** The mean of so many days from a day on: expected, and the ends of the 80 % prediction interval. */
  meanDay(first: number, count: number): Interval;
}

/** Forecasts from daily sums, in the order of their days; null where there are fewer than 14 or nothing flowed. */
export function forecastDays(days: readonly DailySum[]): DailyForecast | null {
  const first = days[0];
  const last = days.at(-1);
  const total = days.reduce((sum, day) => sum + day.sum, 0);
  if (days.length < leastDays || first === undefined || last === undefined || total < leastTotal)
    return null;
  const { data, oneOffs } = unusualIn(days);
  const line: FittedLine = fitted(data);
  return {
    days: data.days.length,
    firstDay: first.day,
    lastDay: last.day,
    growth: growthOf(line) / (total / days.length),
    oneOffs,
    step: data.step,
    meanDay: (from, count) => meanDay(line, from, count),
  };
}
