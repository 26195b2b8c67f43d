import { formatJson } from '../../base/json.js';
import { comparisonCsv } from './csv.js';
import { comparisonMarkdown } from './markdown.js';
import type { DrawComparison } from './parts.js';
import { comparisonTable } from './table.js';

/** The formats of a comparison by the name that `--format` takes; the first is the default. */
export const comparisonFormats = {
  table: comparisonTable,
  /** The document `pathfare/comparison@1`. */
  json: formatJson,
  csv: comparisonCsv,
  markdown: comparisonMarkdown,
} as const satisfies Readonly<Record<string, DrawComparison>>;

/** The name of a format of a comparison. */
export type ComparisonFormat = keyof typeof comparisonFormats;
