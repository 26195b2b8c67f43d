import type { ComparisonFace } from '../draw/face.js';
import { comparisonJson } from './comparison-json.js';
import { comparisonCsv } from './csv.js';
import { comparisonMarkdown } from './markdown.js';
import { comparisonTable } from './table.js';

/** The faces of a comparison by the name that `--format` takes. */
export const comparisonFaces = {
  table: comparisonTable,
  json: comparisonJson,
  csv: comparisonCsv,
  markdown: comparisonMarkdown,
} as const satisfies Readonly<Record<string, ComparisonFace>>;

/** A face of a comparison. */
export type ComparisonFormat = keyof typeof comparisonFaces;
