import { exitCodes } from '../errors.js';
import { loadPublished } from '../pricing/load-rate-card.js';
import { regions } from '../pricing/regions.js';
import { rateListFaces } from '../report/rate-list.js';
import { cacheFolder } from './cache-folder.js';
import { defineCommand } from './command.js';
import { writeResult } from './output.js';
import { ageInDays, warn } from './prices-flags.js';
import { refreshFlags } from './refresh-flags.js';
import { readFormat, resultFlags } from './result-flags.js';

/** `pathfare prices list`: the rates of every Region at a glance. */
export const command = defineCommand({
  options: {
    ...resultFlags,
    'cache-dir': refreshFlags['cache-dir'],
    offline: refreshFlags.offline,
  },
  examples: [['$0 prices list', 'NAT, endpoint and egress rates of every Region']],
  run: async (options, effects) => {
    const draw = rateListFaces[readFormat(options.format)];
    const cacheDir = cacheFolder(options['cache-dir'], effects.env);
    await writeResult(options.output, effects, async () => {
      const loaded = await Promise.all(
        regions.map(async ({ name }) => ({ name, ...(await loadPublished(name, cacheDir)) })),
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
