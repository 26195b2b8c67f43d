import { amount } from '../../base/decimal.js';
import { quoteValue, UsageError } from '../../base/errors.js';
import type { ReportModel } from '../../report/budget/model.js';

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
 * saving of lower bounds is not known at all.
 */
export function meets({ metric, above, bound }: Condition, model: ReportModel): boolean {
  const value = amount(valueOf(metric, model));
  if (metric === 'saving') {
    return model.totals.savingKnown && (above ? value.gt(bound) : value.lt(bound));
  }
  return above ? value.gt(bound) : model.complete && value.lt(bound);
}

function valueOf(metric: Condition['metric'], { totals, forecast }: ReportModel): string {
  switch (metric) {
    case 'cost':
      return totals.currentMonthlyCost;
    case 'planned':
      return totals.plannedMonthlyCost;
    case 'saving':
      return totals.monthlySaving;
    case 'forecast':
      return forecast.months.at(-1)?.currentMonthlyCost ?? totals.currentMonthlyCost;
  }
}
