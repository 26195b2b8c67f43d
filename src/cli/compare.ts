import { compare } from '../cost/compare.js';
import type { Finding } from '../finding.js';
import { loadRateCard } from '../pricing/load-rate-card.js';
import type { RateCard } from '../pricing/rate-card.js';
import { readAssumptions } from './assumption-flags.js';
import { defineCommand } from './command.js';
import { comparisonFlags, showComparison } from './comparison-flags.js';
import { readProfiles } from './read-profiles.js';
import { defaultRegion } from './region-flag.js';

/** `pathfare compare`: the three paths for each service of the inputs, and the plan. */
export const command = defineCommand({
  options: {
    input: {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'Summary CSV files; - is standard input',
    },
    ...comparisonFlags,
  },
  examples: [
    ['$0 compare month.csv', 'The three paths for each service, and the plan'],
    ['$0 compare month.csv --nat may-go --format json', 'As JSON, with NAT gateways free to go'],
  ],
  run: async (options, effects) => {
    const assumptions = readAssumptions(options);
    const region = await defaultRegion(options.region, effects);
    return showComparison(options, effects, async () => {
      const traffic = await readProfiles(options.input, { region }, effects);
      const rates = await loadRateCards(traffic.profiles.map((profile) => profile.region));
      return compare({
        profiles: traffic.profiles,
        rateCards: rates.cards,
        assumptions,
        findings: [...traffic.findings, ...rates.findings],
      });
    });
  },
});

interface LoadedCards {
  readonly cards: readonly RateCard[];
  readonly findings: readonly Finding[];
}

async function loadRateCards(regions: readonly string[]): Promise<LoadedCards> {
  const loaded = await Promise.all([...new Set(regions)].map((region) => loadRateCard(region)));
  return {
    cards: loaded.map(({ card }) => card),
    findings: loaded.flatMap(({ findings }) => findings),
  };
}
