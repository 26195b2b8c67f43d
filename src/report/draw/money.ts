import { type Amount, amount } from '../../base/decimal.js';
import { groupThousands } from '../../base/text.js';

/** Decimals that people are shown. This is the only file that rounds money: half up, to cents. */
const cents = 2;

/** How sure a sum is: a lower bound where it is not complete, marked where a rate in it is assumed. */
export interface Certainty {
  readonly complete: boolean;
  readonly assumed?: object | true | undefined;
}

/** A sum that is exact as a whole, such as a saving, and may rest on an assumed rate. */
export const known = (assumed: Certainty['assumed']): Certainty => ({ complete: true, assumed });

/** What stands for a lower bound of nothing, which says nothing of the sum: unknown is never zero. */
const notKnown = 'not known';

/**
 * A sum of money for people: `$1,234.50`, `≥ $12.00` for a lower bound, `~ $12.00` where a rate is assumed, `not known` for a lower
 * bound of nothing, `<$0.01` for what would round to nothing.
 */
export function formatMoney(
  value: Amount | string,
  currency: string,
  certainty: boolean | Certainty = true,
): string {
  return roundedMoney(value, currency, certainty, cents);
}

/** A sum of money of a period, for a sentence: `$1,234.50 a month`, `not known`. */
export function formatMoneyOf(
  period: 'a month' | 'a year',
  value: Amount | string,
  currency: string,
  certainty: boolean | Certainty = true,
): string {
  const text = formatMoney(value, currency, certainty);
  return text === notKnown ? text : `${text} ${period}`;
}

/** A sum of money without cents, for a table that is too wide with them: `$1,235`, `<$1`. */
export function formatWholeMoney(
  value: Amount | string,
  currency: string,
  certainty: boolean | Certainty = true,
): string {
  return roundedMoney(value, currency, certainty, 0);
}

function roundedMoney(
  value: Amount | string,
  currency: string,
  certainty: boolean | Certainty,
  places: number,
): string {
  const { complete, assumed } =
    typeof certainty === 'boolean' ? { complete: certainty, assumed: undefined } : certainty;
  const exact = amount(value.toString());
  if (exact.isZero() && !complete) return notKnown;
  const bound = `${complete ? '' : '≥ '}${assumed === undefined ? '' : '~ '}`;
  const sign = exact.isNegative() && !exact.isZero() ? '-' : '';
  const size = exact.abs();
  const symbol = currencySign(currency);
  if (size.gt(0) && size.toDecimalPlaces(places).isZero())
    return `${bound}${sign}<${symbol}${smallest(places)}`;
  return `${bound}${sign}${symbol}${groupThousands(size.toFixed(places))}`;
}

const symbols: ReadonlyMap<string, string> = new Map(Object.entries({ USD: '$', CNY: 'CN¥' }));

/** What stands before an amount of a currency: `$`, `CN¥`, or its code and a space. */
export function currencySign(currency: string): string {
  return symbols.get(currency) ?? `${currency} `;
}

const smallest = (places: number): string =>
  places === 0 ? '1' : `0.${'1'.padStart(places, '0')}`;

/** A rate for people, in full: `$0.045`. */
export function formatRate(rate: string, currency: string): string {
  return `${currencySign(currency)}${rate}`;
}

/** GB for people: whole above 100, two decimals below, `<0.01` for what would round to nothing. */
export function formatGb(value: Amount | string): string {
  const gb = amount(value.toString());
  if (gb.gt(0) && gb.toDecimalPlaces(cents).isZero()) return `<${smallest(cents)}`;
  if (gb.gte(100)) return groupThousands(gb.toFixed(0));
  return groupThousands(gb.toDecimalPlaces(2).toFixed());
}

/** A quantity for people, in full but for more than six decimals: `1,048,576`. */
export function formatQuantity(value: string): string {
  return groupThousands(amount(value).toDecimalPlaces(6).toFixed());
}
