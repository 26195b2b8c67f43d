import { type ExitCode, exitCodes, UsageError } from '../../base/errors.js';
import { compareTally } from '../../cost/compare/compare.js';
import { dailyTally } from '../../cost/demand/tally.js';
import { buildReport } from '../../report/budget/build.js';
import type { ReportModel } from '../../report/budget/model.js';
import { groupings } from '../../report/budget/names.js';
import { assumptionFlags, readAssumptions } from '../flags/assumption-flags.js';
import { loadRates, rateFlags } from '../flags/rate-flags.js';
import { inputRegion } from '../flags/regions.js';
import { comparisonFlags } from '../flags/result-flags.js';
import {
  type ReadSettings,
  readTraffic,
  trafficFlags,
  trafficInputs,
} from '../flags/traffic-flags.js';
import type { Effects } from '../kit/effects.js';
import { oneOf, share } from '../kit/flag-values.js';
import { asFlags, openOutput, say } from '../kit/output.js';
import { defineCommand } from '../kit/yargs.js';
import { readBaseline } from '../report/baseline.js';
import { readBudgets } from '../report/budgets.js';
import { type Condition, failures, openConditions, readConditions } from '../report/fail-on.js';
import {
  readDate,
  readGrowth,
  readMonths,
  readTargets,
  reportFlags,
  type Target,
} from '../report/flags.js';
import { writtenFormats } from '../report/formats.js';
import { readNames } from '../report/names.js';

/** `pathfare report`: the budget report, in one format or several at once. */
export const command = defineCommand({
  options: {
    input: trafficInputs,
    region: comparisonFlags.region,
    ...reportFlags,
    ...rateFlags,
    ...assumptionFlags,
    ...trafficFlags,
  },
  examples: [
    ['$0 report month.csv -o report.html -o report.md', 'One report in two formats'],
    ["$0 report month.csv --budget 1200 --fail-on 'saving>100'", 'For a build to decide by'],
  ],
  run: async (options, effects) => {
    const targets = readTargets(options.format, options.output);
    const conditions = readConditions(options['fail-on']);
    const assumptions = readAssumptions(options);
    const growth = readGrowth(options.growth);
    const months = readMonths(options.months);
    const spread = share('--spread', options.spread ?? '0.25');
    const date = readDate(options.date, effects.now());
    const groupBy = oneOf('--group-by', options['group-by'] ?? 'region', groupings);
    const { region, whereOf } = await inputRegion(options.region, options.input, effects);
    return writeReport(targets, conditions, effects, async () => {
      const names = await readNames(options.names);
      const budgets = await readBudgets(options.budget);
      const baseline = await readBaseline(options.baseline, date);
      // By day, so that the report can make a forecast.
      const interval = 'day';
      const tally = dailyTally();
      const settings: ReadSettings = {
        region,
        interval,
        onSummaryRow: (row) => tally.add(row),
      };
      const traffic = await readTraffic(options.input, options, settings, effects);
      for (const profile of traffic.profiles) tally.add(profile);
      const rates = await loadRates([...tally.regions.keys()], options, effects, whereOf);
      const compared = compareTally({
        tally,
        rateCards: rates.cards,
        assumptions,
        findings: [...traffic.findings, ...rates.findings],
        ageFindings: rates.ageFindings,
        unread: traffic.unread,
      });
      requireCurrency(baseline?.currency, compared.comparison.currency);
      const model = buildReport({
        ageFindings: rates.ageFindings,
        compared,
        date,
        names,
        groupBy,
        budgets,
        growth,
        tally,
        months,
        spread,
        baseline,
      });
      if (budgets.length > 0 || conditions.length > 0) requireNames(model);
      return model;
    });
  },
});

/** A check of a budget must not pass because a name is mistyped. */
function requireNames({ findings }: ReportModel): void {
  const absent = findings.filter(({ code }) => code === 'name-not-in-traffic');
  const [first] = absent;
  if (first === undefined) return;
  const more = absent.length > 1 ? ` (and ${absent.length - 1} more)` : '';
  throw new UsageError('usage', `${asFlags(first.message)}${more}`, {
    hint: 'A budget or a condition would pass without it. Mend the name or leave it out; teams come from --names.',
  });
}

function requireCurrency(before: string | undefined, now: string): void {
  if (before === undefined || before === now) return;
  throw new UsageError('usage', `--baseline: its bill is in ${before}, and this one in ${now}`, {
    hint: 'Give a report of the same Regions.',
  });
}

/** Opens every output, makes the report, writes its formats; the exit code says what it found. */
async function writeReport(
  targets: readonly Target[],
  conditions: readonly Condition[],
  effects: Effects,
  make: () => Promise<ReportModel>,
): Promise<ExitCode> {
  const outputs = [];
  try {
    for (const { file } of targets) outputs.push(await openOutput(file ?? undefined, effects));
    const model = await make();
    for (const [index, { format }] of targets.entries()) {
      await outputs[index]?.write(await writtenFormats[format].draw(model));
    }
    for (const output of outputs) await output.commit();
    return verdict(model, conditions, effects);
  } catch (error) {
    for (const output of outputs) await output.discard();
    throw error;
  }
}

/** Over budget comes before incomplete: a lower bound over the budget is over it for sure. */
function verdict(
  model: ReportModel,
  conditions: readonly Condition[],
  effects: Pick<Effects, 'stderr'>,
): ExitCode {
  const failed = failures(conditions, model);
  const open = openConditions(conditions, model);
  for (const line of [...failed, ...open]) say(`pathfare: ${line}`, effects);
  if (failed.length > 0) return exitCodes.overBudget;
  return model.complete && open.length === 0 ? exitCodes.done : exitCodes.incomplete;
}
