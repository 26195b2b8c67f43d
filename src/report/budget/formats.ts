import { formatJson } from '../../base/json.js';
import { reportCsv } from './csv.js';
import { reportFocus } from './focus.js';
import { reportMarkdown } from './markdown.js';
import type { ReportModel } from './model.js';

/** A format of a report. */
export interface ReportFormat {
  /** Draws a report; ends with a line end. */
  readonly draw: (model: ReportModel) => string;
  /** The endings of file names that mean the format; the first is the one to offer. */
  readonly endings: readonly string[];
}

/** The formats of a report by the name that `--format` takes; HTML is drawn by `reportHtml`, which needs a document. */
export const reportFormats = {
  markdown: { draw: reportMarkdown, endings: ['.md', '.markdown'] },
  csv: { draw: reportCsv, endings: ['.csv'] },
  /** The document `pathfare/report@1`. */
  json: { draw: formatJson, endings: ['.json'] },
  focus: { draw: reportFocus, endings: ['.focus.csv'] },
} as const satisfies Readonly<Record<string, ReportFormat>>;
