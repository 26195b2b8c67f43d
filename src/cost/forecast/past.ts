import { forecastDays } from './daily.js';
import type { DailySum } from './line.js';

/** The least days that a look at the own past takes. */
const leastPast = 60;
/** How many days a forecast of the past is drawn from at least, and how many it is held against: whole weeks. */
const window = 28;
/** The most forecasts that are made of the past. */
const mostForecasts = 12;

/** How the method would have done on days that are past: it sees the days up to one, and is held against those after it. */
export interface PastAccuracy {
  readonly forecasts: number;
  /** How many of the forecasts had the truth within their 80 % interval. */
  readonly inside: number;
  /** How far the middle was off on average, as a share of the truth. */
  readonly error: number;
  /** The same of the mean of the last 28 days, taken as the forecast. */
  readonly naiveError: number;
}

/** Makes forecasts of 28 days at up to twelve days of the past; null where there are fewer than 60 days, or nothing flowed. */
export function pastAccuracy(days: readonly DailySum[]): PastAccuracy | null {
  if (days.length < leastPast) return null;
  const spare = days.length - 2 * window;
  const stride = Math.ceil((spare + 1) / mostForecasts);
  // The latest origin first, so that the days next to the forecast are looked at in any case.
  const origins = Array.from(
    { length: Math.floor(spare / stride) + 1 },
    (_, index) => window + spare - index * stride,
  );
  const results = origins.flatMap((origin) => resultAt(days, origin) ?? []);
  if (results.length === 0) return null;
  const mean = (of: (result: Result) => number) => meanOf(results.map(of));
  return {
    forecasts: results.length,
    inside: results.filter(({ inside }) => inside).length,
    error: mean(({ error }) => error),
    naiveError: mean(({ naiveError }) => naiveError),
  };
}

interface Result {
  readonly inside: boolean;
  readonly error: number;
  readonly naiveError: number;
}

/** One forecast of the past; null where nothing flowed before it or after it. */
function resultAt(days: readonly DailySum[], origin: number): Result | null {
  const seen = days.slice(0, origin);
  const ahead = days.slice(origin, origin + window);
  const first = ahead[0];
  const last = ahead.at(-1);
  const forecast = forecastDays(seen);
  const truth = meanOf(ahead.map(({ sum }) => sum));
  if (forecast === null || first === undefined || last === undefined || truth === 0) return null;
  const { low, middle, high } = forecast.meanDay(first.day, last.day - first.day + 1);
  const recent = meanOf(seen.slice(-window).map(({ sum }) => sum));
  return {
    inside: low <= truth && truth <= high,
    error: Math.abs(middle - truth) / truth,
    naiveError: Math.abs(recent - truth) / truth,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
