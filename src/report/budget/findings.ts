import { quoteValue } from '../../base/errors.js';
import { findingTable, info, warning } from '../../base/finding.js';

/** Every finding of a report beyond those of its comparison. */
export const { codes: reportFindingCodes, finding: reportFinding } = findingTable({
  'internet-egress-counted': info(
    ({ freeGb }: { readonly freeGb: string }) =>
      `Transfer out to the internet counts what leaves for "internet", on every path alike; ${freeGb} GB a month are free over all Regions, shared in proportion to what each sends.`,
  ),
  'internet-egress-unpriced': warning(
    ({ regions }: { readonly regions: string }) =>
      `The rate card holds no rate for transfer out to the internet in ${regions}: it is not priced, and the bill is a lower bound. Give --rates.`,
  ),
  'forecast-flat': info(
    () =>
      "The forecast takes today's traffic for every month: the input has fewer than 14 whole days and no --growth is given.",
  ),
  'forecast-not-used': info(
    () => 'The input has daily sums for a forecast; --growth is given, and goes before it.',
  ),
  'forecast-one-off-days': info(
    ({ days }: { readonly days: string }) =>
      `Days unlike the others are no part of the forecast: ${days}.`,
  ),
  'forecast-step': info(
    ({ steps }: { readonly steps: string }) =>
      `The level changed and stayed; the forecast goes on from there: ${steps}.`,
  ),
  'name-not-in-traffic': warning(
    ({
      option,
      kind,
      id,
      near,
    }: {
      readonly option: string;
      readonly kind: string;
      readonly id: string;
      readonly near: string;
    }) =>
      `The ${kind} ${quoteValue(id)} of \`${option}\` occurs nowhere in the traffic.${near === '' ? '' : ` ${near.trim()}`}`,
  ),
});
