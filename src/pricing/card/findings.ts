import type { Finding, Severity } from '../../base/finding.js';

/** What each finding about rates needs to be told. */
interface Details {
  readonly 'rates-older-than-90-days': { readonly region: string; readonly publishedAt: string };
  readonly 'rates-dated-ahead': { readonly region: string; readonly publishedAt: string };
  readonly 'cache-file-damaged': {
    readonly file: string;
    readonly reason: string;
    readonly movedTo: string | undefined;
  };
  readonly 'cache-file-unreadable': { readonly file: string; readonly reason: string };
  readonly 'own-rates-used': { readonly region: string; readonly rates: readonly string[] };
  readonly 'own-rates-not-used': { readonly region: string; readonly file: string };
  readonly 'discount-applied': {
    readonly region: string;
    readonly discounts: readonly string[];
  };
}

/** The codes of the findings about rates. */
export type PricingFindingCode = keyof Details;

/** A finding about rates: their age, where they came from, a cache file that could not be used. */
export type PricingFinding = Finding<PricingFindingCode>;

type Text<Code extends PricingFindingCode> = (details: Details[Code]) => string;

const texts: { readonly [Code in PricingFindingCode]: readonly [Severity, Text<Code>] } = {
  'rates-older-than-90-days': [
    'warning',
    ({ region, publishedAt }) =>
      `The rates of ${region} were published on ${publishedAt.slice(0, 10)}, more than 90 days ago; ` +
      `run "pathfare prices refresh --region ${region}" for today's.`,
  ],
  'rates-dated-ahead': [
    'warning',
    ({ region, publishedAt }) =>
      `The rates of ${region} are dated ${publishedAt.slice(0, 10)}, later than this machine's clock: ` +
      'check the clock, or delete the card from the cache.',
  ],
  'cache-file-damaged': [
    'warning',
    ({ file, reason, movedTo }) =>
      `The cached rates in ${file} are damaged and were not used: ${reason}. ` +
      (movedTo === undefined
        ? 'The file could not be set aside; delete it.'
        : `The file was set aside as ${movedTo}.`),
  ],
  'cache-file-unreadable': [
    'warning',
    ({ file, reason }) =>
      `The cached rates in ${file} could not be read (${reason}) and were not used.`,
  ],
  'own-rates-used': [
    'info',
    ({ region, rates }) => `Your own rates are used for ${region}: ${rates.join(', ')}.`,
  ],
  'own-rates-not-used': [
    'warning',
    ({ region, file }) =>
      `Your rates in ${file} are of another Region; ${region} is priced without them.`,
  ],
  'discount-applied': [
    'info',
    ({ region, discounts }) =>
      `Your discounts are taken off the published rates of ${region}: ${discounts.join(', ')}.`,
  ],
};

/** The codes of every finding about rates, for the documentation. */
export const pricingFindingCodes: readonly string[] = Object.keys(texts);

/** A finding about rates, with its severity and its sentence. */
export function pricingFinding<Code extends PricingFindingCode>(
  code: Code,
  details: Details[Code],
): PricingFinding {
  const [severity, text] = texts[code];
  return { code, severity, message: text(details) };
}
