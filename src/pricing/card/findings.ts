import { findingTable, info, warning } from '../../base/finding.js';

/** The findings about rates: their age, where they came from, a cache file that could not be used. */
export const { codes: pricingFindingCodes, finding: pricingFinding } = findingTable({
  'rates-not-verified': warning(
    ({ rates, since }: { readonly rates: string; readonly since: string }) =>
      `Not verified for 180 days (since ${since.slice(0, 10)}): ${rates}. Run "pathfare prices refresh".`,
  ),
  'rates-dated-ahead': warning(
    ({ region, publishedAt }: { readonly region: string; readonly publishedAt: string }) =>
      `The rates of ${region} are dated ${publishedAt.slice(0, 10)}, later than this machine's clock: ` +
      'check the clock, or delete the card from the cache.',
  ),
  'cache-file-damaged': warning(
    ({ reason, movedTo }: { readonly reason: string; readonly movedTo: string | undefined }) =>
      `Cached rates are damaged and were not used: ${reason}. ` +
      (movedTo === undefined
        ? 'The file could not be set aside; delete it.'
        : `The file was set aside as ${movedTo}.`),
  ),
  'cache-file-unreadable': warning(
    ({ reason }: { readonly reason: string }) => `Cached rates were not used: ${reason}.`,
  ),
  'own-rates-used': info(
    ({ region, rates }: { readonly region: string; readonly rates: readonly string[] }) =>
      `Your own rates are used for ${region}: ${rates.join(', ')}.`,
  ),
  'own-rates-not-used': warning(
    ({ region, file }: { readonly region: string; readonly file: string }) =>
      `Your rates in ${file} are of another Region; ${region} is priced without them.`,
  ),
  'discount-applied': info(
    ({ region, discounts }: { readonly region: string; readonly discounts: readonly string[] }) =>
      `Your discounts are taken off the published rates of ${region}: ${discounts.join(', ')}.`,
  ),
});

/** A finding about rates. */
export type PricingFinding = ReturnType<typeof pricingFinding>;
