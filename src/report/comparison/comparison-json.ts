import type { Comparison } from '../../cost/compare/comparison.js';

/** The comparison as the JSON document `pathfare/comparison@1`: exact decimal strings, the same bytes each time. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}
