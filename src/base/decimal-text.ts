import { Decimal } from 'decimal.js';

// Enough digits that a product of two prices of the price list's ten places stays exact.
const Exact = Decimal.clone({ precision: 60, toExpPos: 60, toExpNeg: -60 });

/** A price or bound without the trailing zeros that the price list pads it with: "0.0450000000" → "0.045". */
export function trimZeros(decimal: string): string {
  return new Exact(decimal).toFixed();
}

/** Orders two decimals by value: negative where the first is smaller, 0 where they are equal. */
export function compareDecimals(a: string, b: string): number {
  return new Exact(a).comparedTo(b);
}

/** Whether the decimal is zero, however many zeros it is written with. */
export function isZero(decimal: string): boolean {
  return new Exact(decimal).isZero();
}

/** Whether one of two prices is more than `times` the other. A zero beside a price is always so. */
export function differsByMoreThan(times: number, a: string, b: string): boolean {
  const [low, high] = [Exact.min(a, b), Exact.max(a, b)];
  return high.greaterThan(low.times(times));
}

/** The price less a percentage of it, exact: "0.045" less 12 % is "0.0396". */
export function lessPercent(price: string, percent: string): string {
  return new Exact(price).times(new Exact(100).minus(percent)).dividedBy(100).toFixed();
}

/** How far `after` lies from `before` in percent of it, rounded to two places; null where `before` is 0. */
export function percentChange(before: string, after: string): string | null {
  if (isZero(before)) return null;
  const change = new Exact(after).minus(before).times(100).dividedBy(before);
  return change.toDecimalPlaces(2).toFixed();
}
