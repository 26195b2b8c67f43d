import { compareTally } from '../cost/compare/compare.js';
import { dailyTally } from '../cost/demand/tally.js';
import type { Budget } from '../cost/outlook/budget.js';
import type { Growth } from '../cost/outlook/forecast.js';
import { buildReport } from '../report/budget/build.js';
import type { ReportModel } from '../report/budget/model.js';
import type { Grouping, Names } from '../report/budget/names.js';
import type { CompareOptions } from './compare.js';
import { loadRates } from './rates.js';
import { type LoadEffects, loadTraffic } from './traffic.js';

/** What a report shows beside the comparison. Everything has a default. */
export interface ReportOptions extends Omit<CompareOptions, 'interval'> {
  /** The day of the report, as `2026-11-23`; today by default. The forecast begins with the month after it. */
  readonly date?: string;
  readonly names?: Names;
  /** `region` by default. */
  readonly groupBy?: Grouping;
  readonly budgets?: readonly Budget[];
  /** Growth of traffic; by default what daily sums show, or none. */
  readonly growth?: Growth;
  /** Months of the forecast; 12 by default. */
  readonly months?: number;
  /** The share that the low and the high case differ by; `0.25` by default. */
  readonly spread?: string;
}

/**
 * The budget report on the traffic of flow logs and summary CSVs: `formatReport` and `reportHtml` draw it.
 *
 * @throws PathfareError where nothing can be read, or a Region has no rates
 */
export async function reportFiles(
  inputs: readonly string[],
  options: ReportOptions = {},
  effects: Omit<LoadEffects, 'onSummaryRow'> = {},
): Promise<ReportModel> {
  const tally = dailyTally();
  const traffic = await loadTraffic(
    inputs,
    { ...options, interval: 'day' },
    { ...effects, onSummaryRow: (row) => tally.add(row) },
  );
  for (const profile of traffic.profiles) tally.add(profile);
  const rates = await loadRates(tally.regions.keys(), options);
  const compared = compareTally({
    tally,
    rateCards: rates.cards,
    assumptions: options.assumptions ?? {},
    findings: [...traffic.findings, ...rates.findings],
    ageFindings: rates.ageFindings,
    unread: traffic.unread,
  });
  const now = options.now ?? (() => new Date());
  return buildReport({
    ageFindings: rates.ageFindings,
    compared,
    date: options.date ?? now().toISOString().slice(0, 10),
    names: options.names ?? new Map(),
    groupBy: options.groupBy ?? 'region',
    budgets: options.budgets ?? [],
    growth: options.growth ?? null,
    tally,
    months: options.months ?? 12,
    spread: options.spread ?? '0.25',
    baseline: null,
  });
}
