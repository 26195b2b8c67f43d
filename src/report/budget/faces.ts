import { reportCsv } from './csv.js';
import { reportFocus } from './focus.js';
import { reportMarkdown } from './markdown.js';
import type { ReportModel } from './model.js';

/** Draws a report; ends with a line end. */
export type ReportFace = (model: ReportModel) => string;

/** The report as the JSON document `pathfare/report@1`. */
function reportJson(model: ReportModel): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/** The faces of a report by the name that `--format` takes; HTML is drawn by `reportHtml`, which needs a document. */
export const reportFaces = {
  markdown: reportMarkdown,
  json: reportJson,
  csv: reportCsv,
  focus: reportFocus,
} as const satisfies Readonly<Record<string, ReportFace>>;
