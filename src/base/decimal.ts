import { Decimal as DecimalJs } from 'decimal.js';

/**
 * The one decimal constructor: of prices, money and quantities. 120 significant digits keep every sum and product of
 * bytes (19 digits), GB (30 decimals: 1/2^30 terminates there), shares and rates (10 decimals) exact.
 */
const Exact = DecimalJs.clone({
  precision: 120,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -9_000_000,
  toExpPos: 9_000_000,
});

/** An exact amount: money in the card's currency, GB, hours or bytes, as its name says. */
export type Amount = InstanceType<typeof Exact>;

/** An exact decimal as text, without exponent: how amounts stand in results. */
export type DecimalString = string;

/** Makes an exact amount from a decimal string, a byte count or a small whole number. Never from a measured float. */
export function amount(value: string | bigint | number): Amount {
  return new Exact(typeof value === 'bigint' ? value.toString() : value);
}

/** Nothing, as an exact amount. */
export const zero: Amount = amount(0);

/** Adds up amounts; the sum of none is zero. */
export function sum(amounts: Iterable<Amount>): Amount {
  let total = zero;
  for (const each of amounts) total = total.plus(each);
  return total;
}

/** An amount as an exact decimal string, without exponent or trailing zeros. */
export function toDecimalString(value: Amount): DecimalString {
  return value.isZero() ? '0' : value.toFixed();
}

/** Decimals that are kept where a division does not end: a thousandth of a byte, of a GB. */
const quotientPlaces = 12;

/** Divides and rounds half up: the named rounding of quotients (break-even, scaling of GB). */
export function quotient(dividend: Amount, divisor: Amount, places = quotientPlaces): Amount {
  return dividend.div(divisor).toDecimalPlaces(places, DecimalJs.ROUND_HALF_UP);
}

/** Divides and rounds down to twelve decimals: the named rounding of shares that must not exceed their whole. */
export function quotientDown(dividend: Amount, divisor: Amount): Amount {
  return dividend.div(divisor).toDecimalPlaces(quotientPlaces, DecimalJs.ROUND_DOWN);
}

/** Divides and rounds up: the named rounding of a share that must not look smaller than it is. */
export function quotientUp(dividend: Amount, divisor: Amount, places: number): Amount {
  return dividend.div(divisor).toDecimalPlaces(places, DecimalJs.ROUND_UP);
}

/** A share in percent, exact: `0.001` as `0.1 %`. */
export function exactPercent(share: DecimalString): string {
  return `${toDecimalString(amount(share).times(100))} %`;
}

/** Bytes as GB. Exact for 2^30 and 10^9 bytes a GB; otherwise rounded half up at 30 decimals. */
export function gbFromBytes(bytes: Amount, bytesPerGb: Amount): Amount {
  return bytes.div(bytesPerGb).toDecimalPlaces(30, DecimalJs.ROUND_HALF_UP);
}

/** Rounds to whole bytes, half up: the named rounding of traffic scaled to a month. */
export function wholeBytes(bytes: Amount): Amount {
  return bytes.toDecimalPlaces(0, DecimalJs.ROUND_HALF_UP);
}

/** A price or bound without the trailing zeros that the price list pads it with: "0.0450000000" → "0.045". */
export function trimZeros(decimal: DecimalString): DecimalString {
  return toDecimalString(amount(decimal));
}

/** Whether one of two prices is more than `times` the other. A zero beside a price is always so. */
export function differsByMoreThan(times: number, a: DecimalString, b: DecimalString): boolean {
  const [low, high] = [Exact.min(a, b), Exact.max(a, b)];
  return high.greaterThan(low.times(times));
}

/** The price less a percentage of it, exact: "0.045" less 12 % is "0.0396". */
export function lessPercent(price: DecimalString, percent: DecimalString): DecimalString {
  return toDecimalString(amount(price).times(amount(100).minus(percent)).div(100));
}

/** How far `after` lies from `before` in percent of it, rounded to two places; null where `before` is 0. */
export function percentChange(before: DecimalString, after: DecimalString): DecimalString | null {
  const base = amount(before);
  if (base.isZero()) return null;
  return toDecimalString(quotient(amount(after).minus(base).times(100), base, 2));
}
