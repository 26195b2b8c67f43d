import { type ExitCode, exitCodes } from '../../base/errors.js';
import { sortFindings } from '../../base/finding.js';
import { requireRegion } from '../../pricing/card/regions.js';
import type { Interval } from '../../traffic/attribution/profile-table.js';
import { writeSummaryCsv } from '../../traffic/summary/write.js';
import { refreshFlags } from '../flags/refresh-flags.js';
import { defaultRegion, regionOrigin } from '../flags/regions.js';
import { outputFlag } from '../flags/result-flags.js';
import { inputs, readTraffic, trafficFlags } from '../flags/traffic-flags.js';
import { oneOf } from '../kit/flag-values.js';
import { warn, writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare summarize`: flow logs as the summary CSV that every other command reads. */
export const command = defineCommand({
  options: {
    input: { ...inputs, describe: 'Flow logs: files, folders, globs; - is standard input' },
    region: textFlag('Region where the log names none (default: AWS_REGION, then the AWS config)'),
    interval: textFlag('A row for the whole time, each day or each hour (UTC): all, day, hour', {
      defaultDescription: 'all',
    }),
    output: outputFlag,
    ...trafficFlags,
    'cache-dir': {
      ...refreshFlags['cache-dir'],
      group: trafficFlags.fields.group,
      describe:
        'Folder of refreshed address ranges (default: PATHFARE_CACHE_DIR, ~/.cache/pathfare)',
    },
  },
  examples: [
    ['$0 summarize logs/ -o month.csv', 'All flow logs of a folder as one summary'],
    ["$0 summarize 'logs/**/*.log.gz' --interval day", 'A row for each day'],
  ],
  run: async (options, effects) => {
    const names: Interval[] = ['all', 'day', 'hour'];
    const interval = oneOf('--interval', options.interval ?? 'all', names);
    const given = await defaultRegion(options.region, effects);
    const region =
      given === null ? null : requireRegion(given, regionOrigin(options.region, effects)).name;
    let exitCode: ExitCode = exitCodes.done;
    await writeResult(options.output, effects, async () => {
      const traffic = await readTraffic(options.input, options, { region, interval }, effects);
      if (traffic.unread?.isAccepted === false) exitCode = exitCodes.incomplete;
      warn(sortFindings(traffic.findings), effects);
      return writeSummaryCsv(traffic.profiles);
    });
    return exitCode;
  },
});
