import { groupThousands } from '../../base/text.js';
import type { Comparison } from '../../cost/compare/comparison.js';

/** What a comparison took as given, a line each. */
export function assumptionLines(
  { assumptions, regions }: Pick<Comparison, 'assumptions' | 'regions'>,
  egress = 'Transfer out to the internet is the same on every path and not part of these sums.',
): readonly string[] {
  const { hoursPerMonth, bytesPerGb, nat, natType, crossAzShare } = assumptions;
  const cards = regions.map(
    ({ region, rateCard }) =>
      `Rates of ${region}: ${rateCard.source}, published ${rateCard.publishedAt.slice(0, 10)}, in ${rateCard.currency}.`,
  );
  const requirement =
    assumptions.require.length === 0
      ? []
      : [`Every path must be: ${assumptions.require.join(', ')}.`];
  return [
    `A month is ${hoursPerMonth} hours, a GB ${groupThousands(bytesPerGb)} bytes.`,
    `NAT gateways are ${natType} and ${nat === 'keep' ? 'stay' : 'go where nothing is left on them'} (--nat ${nat}); ${crossAzShare} of their traffic comes from another zone unless measured.`,
    egress,
    ...requirement,
    ...cards,
  ];
}
