import { type ExitCode, exitCodes, quoteValue, UsageError } from '../../base/errors.js';
import { requireServiceName } from '../../base/service-name.js';
import {
  breakEvenFindings,
  breakEvenRates,
  breakEvenTable,
} from '../../cost/compare/break-even.js';
import { serviceFacts } from '../../cost/facts/services.js';
import { defaultAssumptions } from '../../cost/price/assumptions.js';
import { breakEvenFormats } from '../../report/lookups/breakeven.js';
import { assumptionFlags, readAssumptions } from '../flags/assumption-flags.js';
import { loadRates, rateFlags } from '../flags/rate-flags.js';
import { severalRegions } from '../flags/regions.js';
import { readFormat, resultFlags } from '../flags/result-flags.js';
import { wholeNumbers } from '../kit/flag-values.js';
import { warn, writeResult } from '../kit/output.js';
import { defineCommand, textFlag } from '../kit/yargs.js';

const {
  'cross-az-share': crossAzShare,
  'cross-az-ends': crossAzEnds,
  'nat-type': natType,
} = assumptionFlags;
const { 'hours-per-month': hoursPerMonth, month } = assumptionFlags;

/** `pathfare breakeven`: the volume above which an interface endpoint costs less than NAT. */
export const command = defineCommand({
  options: {
    region: textFlag('Regions, comma-separated'),
    azs: textFlag('Numbers of Availability Zones, comma-separated', { default: '1,2,3' }),
    service: textFlag('Count the endpoints that this service needs (ecr needs two)'),
    ...resultFlags(breakEvenFormats),
    'nat-type': natType,
    'cross-az-share': crossAzShare,
    'cross-az-ends': crossAzEnds,
    'hours-per-month': hoursPerMonth,
    month,
    ...rateFlags,
  },
  examples: [['$0 breakeven --region us-east-1 --azs 1,2,3', 'GB a month, for one to three zones']],
  run: async (options, effects) => {
    const { azs, ...others } = options;
    const assumptions = { ...defaultAssumptions, ...readAssumptions(others) };
    const zones = wholeNumbers('--azs', azs, { least: 1, most: 32 });
    const regions = await severalRegions(options.region, effects);
    const endpoints = endpointCount(options.service);
    const draw = breakEvenFormats[readFormat(options.format, breakEvenFormats)];
    let exitCode: ExitCode = exitCodes.done;
    await writeResult(options.output, effects, async () => {
      const names = regions.map(({ name }) => name);
      const { cards, findings, ageFindings } = await loadRates(names, options, effects);
      const table = breakEvenTable(cards, zones, endpoints, assumptions);
      const unknown = breakEvenFindings(table);
      if (unknown.length > 0) exitCode = exitCodes.incomplete;
      const old = ageFindings(breakEvenRates(cards, assumptions));
      warn([...findings, ...old, ...unknown], effects);
      return draw(table);
    });
    return exitCode;
  },
});

function endpointCount(service: string | undefined): number {
  if (service === undefined) return 1;
  const count = serviceFacts(requireServiceName(service, '--service').service).endpoints.length;
  if (count > 0) return count;
  throw new UsageError(
    'usage',
    `--service: ${quoteValue(service)} has no interface endpoint that AWS lists`,
    {
      hint: 'Leave --service out for a service with one endpoint.',
    },
  );
}
