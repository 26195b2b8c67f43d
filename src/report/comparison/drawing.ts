import type { Comparison } from '../../cost/compare/comparison.js';

/** How a comparison is drawn. */
export interface DrawOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether the terminal shows colour. */
  readonly colour: boolean;
  /** Whether every component is shown as a sum. */
  readonly explain: boolean;
}

/** Draws a comparison; ends with a line end. */
export type DrawComparison = (comparison: Comparison, options: DrawOptions) => string;
