import { amount, toDecimalString } from '../../base/decimal.js';
import { quoteValue, UsageError } from '../../base/errors.js';
import type { ReportModel } from '../../report/budget/model.js';
import { terminalText } from '../../report/draw/labels.js';
import { formatMoney } from '../../report/draw/money.js';

const metrics = ['cost', 'planned', 'saving', 'forecast'] as const;

/** A condition on the report that ends the run with exit code 4. */
export interface Condition {
  readonly metric: (typeof metrics)[number];
  readonly above: boolean;
  readonly bound: string;
  readonly text: string;
}

/** Reads `--fail-on`, such as `saving>100`. */
export function readConditions(texts: readonly string[] = []): readonly Condition[] {
  return texts.map((text) => {
    const [, name = '', sign, bound = ''] =
      /^\s*([a-z]+)\s*([<>])\s*(\d{1,15}(?:\.\d{1,12})?)\s*$/i.exec(text) ?? [];
    const metric = metrics.find((each) => each === name.toLowerCase());
    if (metric === undefined) {
      throw new UsageError('usage', `--fail-on: ${quoteValue(text)} is not a condition`, {
        hint: `Write ${metrics.join(', ')}, then > or <, then an amount a month: --fail-on 'saving>100'.`,
      });
    }
    return { metric, above: sign === '>', bound, text: `${metric}${sign}${bound}` };
  });
}

/**
 * Whether a report meets a condition. A cost that is a lower bound does above a limit, and is not known below one; a
 * saving of lower bounds is not known at all, nor is a month to come that the forecast does not know.
 */
function meets({ metric, above, bound }: Condition, model: ReportModel): boolean {
  const text = valueOf(metric, model);
  if (text === null) return false;
  const value = amount(text);
  if (metric === 'saving') {
    return model.totals.savingKnown && (above ? value.gt(bound) : value.lt(bound));
  }
  return above ? value.gt(bound) : model.complete && value.lt(bound);
}

function valueOf(metric: Condition['metric'], { totals, forecast }: ReportModel): string | null {
  switch (metric) {
    case 'cost':
      return totals.currentMonthlyCost;
    case 'planned':
      return totals.plannedMonthlyCost;
    case 'saving':
      return totals.monthlySaving;
    case 'forecast': {
      const last = forecast.months.at(-1);
      return last === undefined ? totals.currentMonthlyCost : last.currentMonthlyCost;
    }
  }
}

/** The failed budgets and conditions that are named before a cut. */
const mostFailures = 10;

/** What makes a report fail, for a terminal: the conditions that it meets, then the budgets that it is over. */
export function failures(conditions: readonly Condition[], model: ReportModel): readonly string[] {
  const all = [...metConditions(conditions, model), ...overBudgets(model)];
  const more = all.length - mostFailures;
  return [
    ...all.slice(0, mostFailures).map(terminalText),
    ...(more > 0 ? [`and ${more} more; --format json holds all of them`] : []),
  ];
}

/** The conditions on a month to come that the forecast does not know. */
export function openConditions(
  conditions: readonly Condition[],
  model: ReportModel,
): readonly string[] {
  return conditions
    .filter(({ metric }) => valueOf(metric, model) === null)
    .map(({ text }) => `--fail-on ${text} is not known: the forecast of the last month is unknown`);
}

/** Each condition that a report meets, with what it was held against. */
function metConditions(conditions: readonly Condition[], model: ReportModel): readonly string[] {
  return conditions
    .filter((condition) => meets(condition, model))
    .flatMap(({ metric, text }) => {
      const value = valueOf(metric, model);
      if (value === null) return [];
      const isBound = metric !== 'saving' && !model.complete;
      return `--fail-on ${text} is met: ${metric} is ${cost(value, model, !isBound)} a month`;
    });
}

/** Each budget that a report is over, with its sum and its limit. */
function overBudgets(model: ReportModel): readonly string[] {
  return model.budgets
    .filter(({ state }) => state === 'over')
    .map(({ scope, id, cost: sum, complete, monthly, failAt }) => {
      const of = scope === 'total' ? 'the whole bill' : `${scope} ${quoteValue(id)}`;
      const limit = cost(toDecimalString(amount(monthly).times(failAt)), model, true);
      return `over budget: ${of} costs ${cost(sum, model, complete)} a month, and its limit is ${limit}`;
    });
}

function cost(value: string, { currency }: ReportModel, complete: boolean): string {
  return formatMoney(value, currency, complete);
}
