import { quoteValue, UsageError } from '../../base/errors.js';
import { nearestNames } from '../../base/nearest-names.js';

/** Reads a whole number from a flag's text. */
export function wholeNumber(
  flag: string,
  text: string,
  {
    least = 0,
    most = Number.MAX_SAFE_INTEGER,
  }: { readonly least?: number; readonly most?: number } = {},
): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new UsageError('usage', `${flag}: ${quoteValue(text)} is not a whole number ${range}`, {
    hint: `Write only digits, such as ${flag} ${Math.max(least, 3)}.`,
  });
}

/** Reads whole numbers between commas, such as `1,2,3`. */
export function wholeNumbers(
  flag: string,
  text: string,
  range: { readonly least: number; readonly most: number },
): readonly number[] {
  return text.split(',').map((part) => wholeNumber(flag, part.trim(), range));
}

/** Reads a decimal that is not negative, as exact text: digits and a point, no exponent, no separators. */
export function plainDecimal(flag: string, text: string): string {
  if (/^\d{1,15}(\.\d{1,12})?$/.test(text)) return text;
  throw new UsageError('usage', `${flag}: ${quoteValue(text)} is not a plain decimal number`, {
    hint: `Write a plain decimal such as ${flag} 1234.5: no sign, no exponent, no thousands separator, at most 15 digits before the point and 12 after it.`,
  });
}

/** Reads a share: a decimal from 0 to 1, or a percentage. */
export function share(flag: string, text: string): string {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?%$/.exec(text) ?? [];
  const value = whole === undefined ? text : hundredth(whole, fraction);
  if (/^(0(\.\d{1,12})?|1(\.0{1,12})?)$/.test(value)) return value;
  throw new UsageError('usage', `${flag}: ${quoteValue(text)} is not a share from 0 to 1`, {
    hint: `Write ${flag} 0.5 or ${flag} 50%.`,
  });
}

/** A percentage as exact text: of its digits before and after the point, `12` and `5`, the share `0.125`. */
export function hundredth(whole: string, fraction: string): string {
  const digits = whole.padStart(3, '0');
  return `${Number(digits.slice(0, -2))}.${digits.slice(-2)}${fraction}`;
}

/** Reads one of a few names, in any case; the nearest is offered for another. */
export function oneOf<Name extends string>(
  flag: string,
  text: string,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === text.trim().toLowerCase());
  if (found !== undefined) return found;
  const [near] = nearestNames(text, names);
  throw new UsageError('usage', `${flag}: ${quoteValue(text)} is not one of ${names.join(', ')}`, {
    hint: near === undefined ? 'Give one of them.' : `Did you mean ${flag} ${near}?`,
  });
}

/** The hours of a calendar month such as `2027-02`, as exact text. */
export function hoursOfMonth(flag: string, text: string): string {
  const [, year = '', month = ''] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === '') {
    throw new UsageError('usage', `${flag}: ${quoteValue(text)} is not a month`, {
      hint: `Write year and month, such as ${flag} 2027-02.`,
    });
  }
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return String(days * 24);
}
