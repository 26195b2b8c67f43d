import type { Comparison } from '../cost/comparison.js';
import { comparisonCsv } from './comparison-csv.js';
import { comparisonJson } from './comparison-json.js';
import { comparisonMarkdown } from './comparison-markdown.js';
import { comparisonTable } from './comparison-table.js';

/** How a face is drawn. */
export interface FaceOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether the terminal shows colour. */
  readonly colour: boolean;
  /** Whether every component is shown as a sum. */
  readonly explain: boolean;
}

/** Draws a comparison; ends with a line end. */
export type ComparisonFace = (comparison: Comparison, options: FaceOptions) => string;

/** The faces of a comparison by the name that `--format` takes. */
export const comparisonFaces = {
  table: comparisonTable,
  json: comparisonJson,
  csv: comparisonCsv,
  markdown: comparisonMarkdown,
} as const satisfies Readonly<Record<string, ComparisonFace>>;

/** A face of a comparison. */
export type ComparisonFormat = keyof typeof comparisonFaces;
