import { exitCodes } from '../../base/errors.js';
import { loadPublished } from '../../pricing/card/load-rate-card.js';
import { regions } from '../../pricing/card/regions.js';
import { rateListFormats } from '../../report/prices/rate-list.js';
import { ageInDays } from '../flags/rate-flags.js';
import { cacheFolder, refreshFlags } from '../flags/refresh-flags.js';
import { readFormat, resultFlags } from '../flags/result-flags.js';
import { warn, writeResult } from '../kit/output.js';
import { defineCommand } from '../kit/yargs.js';

/** `pathfare prices list`: the rates of every Region at a glance. */
export const command = defineCommand({
  options: {
    ...resultFlags(rateListFormats),
    'cache-dir': refreshFlags['cache-dir'],
    offline: refreshFlags.offline,
  },
  examples: [['$0 prices list', 'NAT, endpoint and egress rates of every Region']],
  run: async (options, effects) => {
    const draw = rateListFormats[readFormat(options.format, rateListFormats)];
    const cacheDir = cacheFolder(options['cache-dir'], effects.env);
    await writeResult(options.output, effects, async () => {
      const loaded = await Promise.all(
        regions.map(async ({ name }) => ({
          name,
          ...(await loadPublished(name, cacheDir, 'all')),
        })),
      );
      warn(
        loaded.flatMap(({ findings }) => findings),
        effects,
      );
      return draw({
        cards: loaded.flatMap(({ card }) => card ?? []),
        withoutRates: loaded.flatMap(({ name, card }) => (card === undefined ? [name] : [])),
        ageDays: ageInDays(effects.now()),
      });
    });
    return exitCodes.done;
  },
});
