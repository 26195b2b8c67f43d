import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PathfareError } from '../../base/errors.js';
import type { ReportModel } from '../../report/budget/model.js';
import { reportHtml } from '../../report/html/page.js';

// The same relative place from dist/bin/, where the program is bundled.
const script = new URL('../browser/what-if.js', import.meta.url);

/** Draws the report as one HTML file, with the cost model for its what-if inside. */
export async function drawHtml(model: ReportModel): Promise<string> {
  const text = await readFile(script, 'utf8').catch((cause: unknown) => {
    throw new PathfareError('the script of the HTML report is not there: dist/browser/what-if.js', {
      hint: 'Install pathfare again.',
      cause,
    });
  });
  return reportHtml(model, {
    script: text,
    sha256: (part) => createHash('sha256').update(part, 'utf8').digest('base64'),
  });
}
