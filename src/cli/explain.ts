import { serviceFacts } from '../cost/service-facts.js';
import { exitCodes } from '../errors.js';
import { explainFaces } from '../report/explain.js';
import { parseServiceName } from '../traffic/service-name.js';
import { defineCommand } from './command.js';
import { noService } from './estimate.js';
import { writeResult } from './output.js';
import { readFormat, resultFlags } from './result-flags.js';
import { screenOf } from './screen.js';

/** `pathfare explain`: what the three paths are, side by side. */
export const command = defineCommand({
  options: {
    service: { type: 'string', requiresArg: true, describe: 'Tell what serves this service, too' },
    ...resultFlags,
  },
  examples: [['$0 explain --service ecr', "ECR's endpoints, and the three paths"]],
  run: async (options, effects) => {
    const format = readFormat(options.format);
    const service = options.service === undefined ? null : serviceFacts(named(options.service));
    const { width } = screenOf(effects, options.output);
    await writeResult(options.output, effects, async () =>
      explainFaces[format]({ service }, width),
    );
    return exitCodes.done;
  },
});

function named(text: string): string {
  if (parseServiceName(text) === null) throw noService(text);
  return text;
}
