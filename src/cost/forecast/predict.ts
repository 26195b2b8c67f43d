import {
  type DailySum,
  dot,
  type Fit,
  fitLine,
  type LineData,
  phiGrid,
  quadratic,
  rowOf,
} from './line.js';
import { mixtureQuantile, type WeightedStudent } from './student.js';

/** The probability of staying below the high end of the interval; it is that of being above the low one. */
const highEnd = 0.9;

/** The ends of an 80 % prediction interval and its middle. */
export interface Interval {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** A line through daily sums, ready to be asked for days to come. */
export interface FittedLine {
  readonly data: LineData;
  readonly fits: readonly WeightedFit[];
}

interface WeightedFit {
  readonly fit: Fit;
  readonly weight: number;
}

/** Fits a line for every `phi` and weighs them by their likelihoods. */
export function fitted(data: LineData): FittedLine {
  const fits = phiGrid.map((phi) => fitLine(data, phi));
  const most = Math.max(...fits.map(({ likelihood }) => likelihood));
  const weights = fits.map(({ likelihood }) => Math.exp(likelihood - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    data,
    fits: fits.map((fit, at) => ({ fit, weight: (weights[at] ?? 0) / total })),
  };
}

/** Growth in 30 days, as the sum of a day. */
export function growthOf({ fits }: FittedLine): number {
  return fits.reduce((total, { fit, weight }) => total + weight * (fit.beta[1] ?? 0), 0);
}

/** The mean day of some days to come, which follow one another. */
export function meanDay(line: FittedLine, first: number, count: number): Interval {
  const days = Array.from({ length: count }, (_, index) => first + index);
  const last = line.data.days.at(-1) ?? { day: first, sum: 0 };
  const rows = days.map((day) => rowOf(day, last.day, line.data.step));
  const mean = rowOf(last.day, last.day, line.data.step).map(
    (_, k) => rows.reduce((total, row) => total + (row[k] ?? 0), 0) / count,
  );
  const parts = line.fits
    .filter(({ weight }) => weight > 1e-6)
    .map(({ fit, weight }) =>
      predicted({
        fit,
        weight,
        mean,
        last,
        lastRow: rowOf(last.day, last.day, line.data.step),
        first,
        count,
      }),
    );
  return {
    low: Math.max(0, mixtureQuantile(parts, 1 - highEnd)),
    middle: Math.max(0, mixtureQuantile(parts, 0.5)),
    high: Math.max(0, mixtureQuantile(parts, highEnd)),
  };
}

interface Question {
  readonly fit: Fit;
  readonly weight: number;
  /** The mean of the days' rows. */
  readonly mean: Float64Array;
  readonly last: DailySum;
  readonly lastRow: Float64Array;
  readonly first: number;
  readonly count: number;
}

/**
 * What one fit says of the days' mean: the line, what carries over from the last day's deviation, and the variance of
 * both and of the deviations to come.
 */
function predicted({ fit, weight, mean, last, lastRow, first, count }: Question): WeightedStudent {
  const { phi, beta, inverse, squares, df } = fit;
  const soonest = first - last.day;
  const carried = (phi ** soonest * (1 - phi ** count)) / (1 - phi) / count;
  const row = mean.map((value, k) => value - carried * (lastRow[k] ?? 0));
  const ofLine = quadratic(inverse, row);
  return {
    weight,
    center: dot(row, beta) + carried * last.sum,
    scale: Math.sqrt(((ofLine + varianceToCome(phi, soonest, count)) * squares) / df),
    df,
  };
}

/** The variance of the mean deviation of some days, in units of what is new in a day, given the last day's deviation. */
function varianceToCome(phi: number, soonest: number, count: number): number {
  let total = 0;
  const end = soonest + count - 1;
  for (let day = 1; day <= end; day += 1) {
    const from = Math.max(soonest, day) - day;
    total += ((phi ** from - phi ** (end - day + 1)) / (1 - phi) / count) ** 2;
  }
  return total;
}
