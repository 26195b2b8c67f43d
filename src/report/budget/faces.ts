import { formatJson } from '../../base/json.js';
import { reportCsv } from './csv.js';
import { reportFocus } from './focus.js';
import { reportMarkdown } from './markdown.js';
import type { ReportModel } from './model.js';

/** Draws a report; ends with a line end. */
export type ReportFace = (model: ReportModel) => string;

/** The faces of a report by the name that `--format` takes; HTML is drawn by `reportHtml`, which needs a document. */
export const reportFaces = {
  markdown: reportMarkdown,
  /** The document `pathfare/report@1`. */
  json: formatJson,
  csv: reportCsv,
  focus: reportFocus,
} as const satisfies Readonly<Record<string, ReportFace>>;
