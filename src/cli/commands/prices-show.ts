import { exitCodes } from '../../base/errors.js';
import { rateCardFormats } from '../../report/prices/rate-cards.js';
import { ageInDays, loadRates, rateFlags } from '../flags/rate-flags.js';
import { severalRegions } from '../flags/regions.js';
import { readFormat, resultFlags } from '../flags/result-flags.js';
import { warn, writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare prices show`: every rate of a Region, with its evidence and its age. */
export const command = defineCommand({
  options: {
    region: textFlag('Regions, comma-separated'),
    ...resultFlags(rateCardFormats),
    ...rateFlags,
  },
  examples: [
    ['$0 prices show --region us-east-1', 'Every rate, with its SKU, source and date'],
    ['$0 prices show --region us-east-1 --format json', 'The rate card, to edit for --rates'],
  ],
  run: async (options, effects) => {
    const draw = rateCardFormats[readFormat(options.format, rateCardFormats)];
    const regions = await severalRegions(options.region, effects);
    const names = regions.map(({ name }) => name);
    await writeResult(options.output, effects, async () => {
      const { cards, findings } = await loadRates(names, options, effects, undefined, 'all');
      warn(findings, effects);
      return draw({ cards, withoutRates: [], ageDays: ageInDays(effects.now()) });
    });
    return exitCodes.done;
  },
});
