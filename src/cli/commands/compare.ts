import { compare } from '../../cost/compare/compare.js';
import { readAssumptions } from '../flags/assumption-flags.js';
import { loadRates } from '../flags/rate-flags.js';
import { inputRegion } from '../flags/regions.js';
import { comparisonFlags, showComparison } from '../flags/result-flags.js';
import { readTraffic, trafficFlags, trafficInputs } from '../flags/traffic-flags.js';
import { defineCommand } from '../kit/yargs.js';

/** `pathfare compare`: the three paths for each service of the inputs, and the plan. */
export const command = defineCommand({
  options: {
    input: trafficInputs,
    ...comparisonFlags,
    ...trafficFlags,
  },
  examples: [
    ['$0 compare month.csv', 'The three paths for each service, and the plan'],
    ['$0 compare month.csv --nat may-go --format json', 'As JSON, with NAT gateways free to go'],
  ],
  run: async (options, effects) => {
    const assumptions = readAssumptions(options);
    const { region, whereOf } = await inputRegion(options.region, options.input, effects);
    return showComparison(options, effects, async () => {
      const traffic = await readTraffic(
        options.input,
        options,
        { region, interval: 'all' },
        effects,
      );
      const regions = traffic.profiles.map((profile) => profile.region);
      const rates = await loadRates(regions, options, effects, whereOf);
      return compare({
        profiles: traffic.profiles,
        rateCards: rates.cards,
        assumptions,
        findings: [...traffic.findings, ...rates.findings],
        ageFindings: rates.ageFindings,
        unread: traffic.unread,
      });
    });
  },
});
