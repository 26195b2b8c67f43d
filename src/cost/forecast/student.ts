/**
 * The probability that a Student-t variable with a whole number of degrees of freedom stays below `t`: the finite
 * sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentBelow(t: number, df: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(df));
  const between = df % 2 === 0 ? evenSum(angle, df) : oddSum(angle, df);
  return 0.5 + (Math.sign(t) * between) / 2;
}

/** The probability that |t| stays below the angle's value, for even degrees of freedom. */
function evenSum(angle: number, df: number): number {
  const square = Math.cos(angle) ** 2;
  let term = 1;
  let total = 1;
  for (let k = 2; k < df; k += 2) {
    term *= (square * (k - 1)) / k;
    total += term;
  }
  return Math.sin(angle) * total;
}

/** The same for odd ones. */
function oddSum(angle: number, df: number): number {
  const square = Math.cos(angle) ** 2;
  let term = Math.cos(angle);
  let total = df === 1 ? 0 : term;
  for (let k = 3; k < df; k += 2) {
    term *= (square * (k - 1)) / k;
    total += term;
  }
  return (2 / Math.PI) * (angle + Math.sin(angle) * total);
}

/** One of several Student-t distributions, and how much it weighs. The weights of a mixture add up to 1. */
export interface WeightedStudent {
  readonly weight: number;
  readonly center: number;
  readonly scale: number;
  readonly df: number;
}

/** The value that a mixture stays below with the given probability, by halving a bracket. */
export function mixtureQuantile(parts: readonly WeightedStudent[], probability: number): number {
  const below = (x: number) =>
    parts.reduce(
      (total, { weight, center, scale, df }) =>
        total + weight * studentBelow((x - center) / scale, df),
      0,
    );
  let low = Math.min(...parts.map(({ center, scale }) => center - scale));
  let high = Math.max(...parts.map(({ center, scale }) => center + scale));
  const width = high - low;
  // A bracket that has doubled fifty times holds all but what no table has.
  for (let k = 0; k < 50 && below(low) > probability; k += 1) low -= width * 2 ** k;
  for (let k = 0; k < 50 && below(high) < probability; k += 1) high += width * 2 ** k;
  for (let k = 0; k < 60; k += 1) {
    const middle = (low + high) / 2;
    if (below(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
