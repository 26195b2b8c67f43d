import type { DecimalString } from '../base/decimal.js';
import type { Comparison } from '../cost/compare/comparison.js';
import { reportFormats } from '../report/budget/formats.js';
import type { ReportModel } from '../report/budget/model.js';
import { comparisonFormats } from '../report/comparison/formats.js';
import * as money from '../report/draw/money.js';

/** How a comparison is drawn for a terminal. Everything has a default. */
export interface FormatOptions {
  /** Columns; 80 by default. */
  readonly width?: number;
  readonly color?: boolean;
  /** Whether every component is shown as a sum. */
  readonly explain?: boolean;
}

/** Draws a comparison as text that ends with a line end. */
export function formatComparison(
  comparison: Comparison,
  format: 'table' | 'json' | 'csv' | 'markdown',
  { width = 80, color = false, explain = false }: FormatOptions = {},
): string {
  return comparisonFormats[format](comparison, { width, color, explain });
}

/** Draws a report as text that ends with a line end; `reportHtml` draws it as HTML. */
export function formatReport(
  model: ReportModel,
  format: 'markdown' | 'json' | 'csv' | 'focus',
): string {
  return reportFormats[format].draw(model);
}

/** A sum of money for people: `$1,234.50`, `≥ $12.00` for a lower bound, `<$0.01` for what would round to nothing. */
export const formatMoney: (value: DecimalString, currency: string, complete?: boolean) => string =
  money.formatMoney;

/** GB for people: whole above 100, two decimals below. */
export const formatGb: (value: DecimalString) => string = money.formatGb;

/** A rate for people, in full: `$0.045`. */
export const formatRate: (rate: DecimalString, currency: string) => string = money.formatRate;
