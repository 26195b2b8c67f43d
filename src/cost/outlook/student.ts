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
