import { formatJson } from '../../base/json.js';
import type { ComparisonFace } from '../draw/face.js';
import { comparisonCsv } from './csv.js';
import { comparisonMarkdown } from './markdown.js';
import { comparisonTable } from './table.js';

/** The faces of a comparison by the name that `--format` takes. */
export const comparisonFaces = {
  table: comparisonTable,
  /** The document `pathfare/comparison@1`. */
  json: formatJson,
  csv: comparisonCsv,
  markdown: comparisonMarkdown,
} as const satisfies Readonly<Record<string, ComparisonFace>>;

/** A face of a comparison. */
export type ComparisonFormat = keyof typeof comparisonFaces;
