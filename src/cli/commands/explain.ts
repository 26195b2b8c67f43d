import { exitCodes } from '../../base/errors.js';
import { requireServiceName } from '../../base/service-name.js';
import { serviceFacts } from '../../cost/facts/services.js';
import { explainFormats } from '../../report/lookups/explain.js';
import { readFormat, resultFlags } from '../flags/result-flags.js';
import { screenOf, writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

/** `pathfare explain`: what the three paths are, side by side. */
export const command = defineCommand({
  options: {
    service: textFlag('Show what serves this service, too'),
    ...resultFlags(explainFormats),
  },
  examples: [['$0 explain --service ecr', "ECR's endpoints, and the three paths"]],
  run: async (options, effects) => {
    const format = readFormat(options.format, explainFormats);
    const service =
      options.service === undefined
        ? null
        : serviceFacts(requireServiceName(options.service, '--service').service);
    const { width } = screenOf(effects, options.output);
    await writeResult(options.output, effects, async () =>
      explainFormats[format]({ service }, width),
    );
    return exitCodes.done;
  },
});
