/**
 * A line through daily sums, with a level for each day of the week, whose deviations carry over from one day to the
 * next (AR(1)). How far they carry over (`phi`) is not known: each value of a grid gives a generalized least-squares fit
 * in closed form, and its likelihood says how much it weighs. Statistics on quantities are floats.
 */

/** One day's sum. */
export interface DailySum {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly sum: number;
}

/** The days that a line is drawn through, in order, and where its level steps up or down, if it does. */
export interface LineData {
  readonly days: readonly DailySum[];
  /** The first day of a new level; null for a level that stays. */
  readonly step: number | null;
}

/** A fit for one `phi`. */
export interface Fit {
  readonly phi: number;
  /** Coefficients: level on the last day, growth in 30 days, six of the days of the week, and the step. */
  readonly beta: Float64Array;
  /** The inverse of the normal equations' matrix, row by row. */
  readonly inverse: Float64Array;
  /** The weighted sum of squares. */
  readonly squares: number;
  readonly df: number;
  /** Logarithm of the determinant of the whitening: half of the likelihood that does not come of the squares. */
  readonly logScale: number;
  /** Logarithm of the likelihood of `phi` (marginal), up to a constant. */
  readonly likelihood: number;
}

/** How far growth is believed to be from none: the standard deviation of a month's, as a share of the mean day. */
const usualGrowth = 1 / 20;

/** The least that days are believed to deviate, as a share of the mean day: without it, equal days would be certain ones. */
const leastDeviation = 1 / 100;

/** How far a day of the week is believed to be from the mean day: weak, and enough for one that was never seen. */
const usualWeekday = 1;

/** How much likelier deviations are believed to carry over than not: a weight of (0.2 + phi) to this power. */
const carryBelief = 0.75;

const weekdays = 6;

/** The values of `phi` that are weighed against each other. */
export const phiGrid: readonly number[] = [
  ...Array.from({ length: 19 }, (_, index) => index / 20),
  0.925,
  0.95,
  0.965,
  0.98,
];

/** What a day is in the line's equation: 1, months since the last day, its day of the week, and whether a step is ahead. */
export function rowOf(day: number, last: number, step: number | null): Float64Array {
  const weekday = ((day % 7) + 7) % 7;
  const row = new Float64Array(coefficients(step));
  row[0] = 1;
  row[1] = (day - last) / 30;
  if (weekday < weekdays) row[2 + weekday] = 1;
  else row.fill(-1, 2, 2 + weekdays);
  // The level is that after the step, so that all days to come are on it.
  if (step !== null && day < step) row[2 + weekdays] = 1;
  return row;
}

/** How many coefficients a line has. */
export function coefficients(step: number | null): number {
  return 2 + weekdays + (step === null ? 0 : 1);
}

/** Fits the line for one `phi`. There are more days than coefficients, and their mean is above zero. */
export function fitLine({ days, step }: LineData, phi: number): Fit {
  const size = coefficients(step);
  const { matrix, vector, squares: total, logScale } = whitened({ days, step }, phi);
  const mean = days.reduce((sum, { sum: value }) => sum + value, 0) / days.length;
  const floor = (leastDeviation * mean) ** 2 * (1 - phi * phi);
  // The scale of the deviations decides how much the belief about growth weighs; it is taken without that belief.
  const plain = solve(
    raised(matrix, size, () => 1e-6),
    vector,
  );
  const free = Math.max(total - dot(plain.solution, vector), 0) + floor;
  // The mean of what the variance may be, which is above its estimate where the days are few.
  const scale = free / (days.length - size - 1);
  const held = raised(
    matrix,
    size,
    (k) => scale / ((k === 1 ? usualGrowth : usualWeekday) * mean) ** 2,
  );
  const { solution, inverse, logDeterminant } = solve(held, vector);
  const squares = Math.max(total - dot(solution, vector), 0) + floor;
  const df = days.length - size + 2;
  return {
    phi,
    beta: solution,
    inverse,
    squares,
    df,
    logScale,
    likelihood:
      carryBelief * Math.log(0.2 + phi) +
      logScale -
      logDeterminant / 2 -
      (df / 2) * Math.log(squares),
  };
}

/** A matrix with what is believed of growth and of the days of the week: without it, one that no day shows has no answer. */
function raised(matrix: Float64Array, size: number, by: (k: number) => number): Float64Array {
  const held = matrix.slice();
  for (let k = 1; k < 2 + weekdays; k += 1) held[k * size + k] = at(held, k * size + k) + by(k);
  return held;
}

/** The normal equations of the days, each less what carries over from the day before it. */
function whitened({ days, step }: LineData, phi: number) {
  const last = days.at(-1)?.day ?? 0;
  const size = coefficients(step);
  const matrix = new Float64Array(size * size);
  const vector = new Float64Array(size);
  const x = new Float64Array(size);
  let squares = 0;
  let logScale = 0;
  let before: Day = { day: Number.NEGATIVE_INFINITY, row: new Float64Array(size), sum: 0 };
  for (const { day, sum } of days) {
    const row = rowOf(day, last, step);
    // Over a gap of g days phi^g carries over, and the variance of what is new is (1 − phi^2g) / (1 − phi²).
    const carried = phi ** (day - before.day);
    const weight = (1 - phi * phi) / (1 - carried * carried);
    for (let k = 0; k < size; k += 1) x[k] = at(row, k) - carried * at(before.row, k);
    const y = sum - carried * before.sum;
    addSquare(matrix, vector, { x, y, weight });
    squares += weight * y * y;
    logScale += Math.log(weight) / 2;
    before = { day, row, sum };
  }
  return { matrix, vector, squares, logScale };
}

interface Day extends DailySum {
  readonly row: Float64Array;
}

interface Observation {
  readonly x: Float64Array;
  readonly y: number;
  readonly weight: number;
}

function addSquare(
  matrix: Float64Array,
  vector: Float64Array,
  { x, y, weight }: Observation,
): void {
  const size = vector.length;
  for (let i = 0; i < size; i += 1) {
    const xi = weight * at(x, i);
    if (xi === 0) continue;
    vector[i] = at(vector, i) + xi * y;
    for (let j = 0; j < size; j += 1)
      matrix[i * size + j] = at(matrix, i * size + j) + xi * at(x, j);
  }
}

/** Solves a symmetric positive-definite system by sweeping its matrix, which leaves the inverse in its place. */
function solve(matrix: Float64Array, vector: Float64Array) {
  const size = vector.length;
  const inverse = matrix.slice();
  let logDeterminant = 0;
  for (let k = 0; k < size; k += 1) {
    const pivot = Math.max(at(inverse, k * size + k), Number.MIN_VALUE);
    logDeterminant += Math.log(pivot);
    sweep(inverse, size, { k, pivot });
  }
  const solution = new Float64Array(size);
  for (let i = 0; i < size; i += 1)
    solution[i] = dot(inverse.subarray(i * size, (i + 1) * size), vector);
  return { inverse, solution, logDeterminant };
}

/** One step of an inversion in place (Gauss and Jordan without exchanges, which such a matrix does not need). */
function sweep(
  matrix: Float64Array,
  size: number,
  { k, pivot }: { readonly k: number; readonly pivot: number },
): void {
  const head = k * size;
  for (let j = 0; j < size; j += 1) matrix[head + j] = at(matrix, head + j) / pivot;
  matrix[head + k] = 1 / pivot;
  for (let i = 0; i < size; i += 1) {
    if (i === k) continue;
    const row = i * size;
    const factor = at(matrix, row + k);
    matrix[row + k] = 0;
    for (let j = 0; j < size; j += 1)
      matrix[row + j] = at(matrix, row + j) - factor * at(matrix, head + j);
  }
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/** The product v′Mv of a square matrix, row by row. */
export function quadratic(matrix: Float64Array, vector: Float64Array): number {
  const size = vector.length;
  let total = 0;
  for (let i = 0; i < size; i += 1)
    total += at(vector, i) * dot(matrix.subarray(i * size, (i + 1) * size), vector);
  return total;
}

/** The scalar product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k += 1) total += at(a, k) * at(b, k);
  return total;
}
