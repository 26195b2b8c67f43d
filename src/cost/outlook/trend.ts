import type { DailyBytes, DailySums } from '../demand/days.js';
import type { TrafficTally } from '../demand/tally.js';
import { daysIn, firstDay, type Month } from './months.js';

/** The least whole days that a trend is drawn from. */
const trendDays = 14;

/** How the trend is found, by name. */
export const trendMethod =
  'ordinary least squares on daily sums, with an effect for each day of the week and an 80 % prediction interval (Student t) of the month’s mean day';

/**
 * What daily sums say of the months to come, as multiples of the mean day that the estimate stands on. Statistics on
 * quantities are floats; a multiple is rounded to six decimals before it meets money.
 */
export interface Trend {
  readonly days: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Growth of all traffic a day, as a share of its mean day. */
  readonly dailyGrowth: number;
  /** What a service's traffic is multiplied by in a month; 0 at least. */
  factorOf(service: string, month: Month): string;
  /** Ends of the 80 % prediction interval of all traffic, as multiples of its expected volume. */
  bandOf(month: Month): { readonly low: number; readonly high: number };
}

/** The trend of traffic that was added up; null where a part of it is not known by day. */
export function tallyTrend(tally: TrafficTally<DailySums>): Trend | null {
  const regions = [...tally.regions.values()];
  if (!regions.every(({ days }) => days.whole())) return null;
  return trendOf(regions.flatMap(({ days }) => days.series()));
}

/** The trend of daily sums; null where they hold fewer than 14 days. */
export function trendOf(series: readonly DailyBytes[]): Trend | null {
  const total = new Map<number, number>();
  const services = new Map<string, Map<number, number>>();
  for (const { service, bytes } of series) {
    const own = services.get(service) ?? new Map<number, number>();
    services.set(service, own);
    for (const [day, count] of bytes) {
      own.set(day, (own.get(day) ?? 0) + Number(count));
      total.set(day, (total.get(day) ?? 0) + Number(count));
    }
  }
  const days = [...total.keys()].toSorted((a, b) => a - b);
  const [first] = days;
  const last = days.at(-1);
  if (days.length < trendDays || first === undefined || last === undefined) return null;
  const all = fitLine(days, total);
  const fits = new Map([...services].map(([name, own]) => [name, fitLine(days, own)]));
  return {
    days: days.length,
    firstDay: first,
    lastDay: last,
    dailyGrowth: all.mean === 0 ? 0 : all.slope / all.mean,
    factorOf: (service, month) => multiple(fits.get(service), month).toFixed(6),
    bandOf: (month) => band(all, month),
  };
}

/** A line through daily sums: one slope, a level for each day of the week. */
interface Line {
  readonly mean: number;
  readonly slope: number;
  /** Mean level over the days of the week, at day 0. */
  readonly level: number;
  readonly residual: number;
  readonly df: number;
  /** Variance of the level, in units of the residual's. */
  readonly levelVariance: number;
  readonly center: number;
  readonly spread: number;
}

interface Weekday {
  count: number;
  x: number;
  y: number;
}

/**
 * Least squares with an effect for each day of the week: taking each weekday's mean off both sides leaves the slope of
 * the full regression (Frisch and Waugh). A day without a row of the service is a day without traffic.
 */
function fitLine(days: readonly number[], sums: ReadonlyMap<number, number>): Line {
  const weekdays = new Map<number, Weekday>();
  for (const day of days) {
    const own = weekdays.get(day % 7) ?? { count: 0, x: 0, y: 0 };
    own.count += 1;
    own.x += day;
    own.y += sums.get(day) ?? 0;
    weekdays.set(day % 7, own);
  }
  const off = days.map((day) => {
    const { count, x, y } = weekdays.get(day % 7) ?? { count: 1, x: 0, y: 0 };
    return { x: day - x / count, y: (sums.get(day) ?? 0) - y / count };
  });
  const spread = off.reduce((total, { x }) => total + x * x, 0);
  const slope = spread === 0 ? 0 : off.reduce((total, { x, y }) => total + x * y, 0) / spread;
  const squares = off.reduce((total, { x, y }) => total + (y - slope * x) ** 2, 0);
  const df = Math.max(1, days.length - weekdays.size - 1);
  const kinds = [...weekdays.values()];
  const average = (value: (weekday: Weekday) => number) =>
    kinds.reduce((total, weekday) => total + value(weekday), 0) / kinds.length;
  const center = average(({ count, x }) => x / count);
  return {
    mean: days.reduce((total, day) => total + (sums.get(day) ?? 0), 0) / days.length,
    slope,
    level: average(({ count, y }) => y / count) - slope * center,
    residual: Math.sqrt(squares / df),
    df,
    levelVariance: average(({ count }) => 1 / count) / kinds.length,
    center,
    spread,
  };
}

function middleOf(month: Month): number {
  return firstDay(month) + (daysIn(month) - 1) / 2;
}

function multiple(line: Line | undefined, month: Month): number {
  if (line === undefined || line.mean === 0) return 1;
  return Math.max(0, (line.level + line.slope * middleOf(month)) / line.mean);
}

function band(line: Line, month: Month): { readonly low: number; readonly high: number } {
  const x = middleOf(month);
  const expected = line.level + line.slope * x;
  if (expected <= 0) return { low: 1, high: 1 };
  const slopeVariance = line.spread === 0 ? 0 : (x - line.center) ** 2 / line.spread;
  const deviation =
    line.residual * Math.sqrt(1 / daysIn(month) + line.levelVariance + slopeVariance);
  const half = studentQuantile(0.9, line.df) * deviation;
  return { low: Math.max(0, (expected - half) / expected), high: (expected + half) / expected };
}

/**
 * The value that a Student-t variable with so many degrees of freedom stays below with the given probability (above
 * one half). With t = √df · tan θ the density becomes cos^(df−1) θ, which Simpson's rule adds up to eight digits.
 */
export function studentQuantile(probability: number, df: number): number {
  const whole = area(Math.PI / 2, df);
  const wanted = (probability - 0.5) * 2 * whole;
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (area(middle, df) < wanted) low = middle;
    else high = middle;
  }
  return Math.sqrt(df) * Math.tan((low + high) / 2);
}

const panels = 400;

function area(end: number, df: number): number {
  const width = end / panels;
  let total = 0;
  for (let at = 0; at <= panels; at += 1) {
    const weight = at === 0 || at === panels ? 1 : at % 2 === 1 ? 4 : 2;
    total += weight * Math.max(0, Math.cos(at * width)) ** (df - 1);
  }
  return (total * width) / 3;
}
