import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PathfareError } from '../../base/errors.js';
import type { ReportModel } from '../../report/budget/model.js';
import { reportHtml } from '../../report/html/page.js';

// An export of the package itself: found from dist/bin/, where the program is bundled, and from src/ in a test.
const script = 'pathfare/what-if.js';

/** Draws the report as one HTML file, with the cost model for its what-if inside. */
export async function drawHtml(model: ReportModel): Promise<string> {
  return reportHtml(model, {
    script: await readScript(),
    sha256: (part) => createHash('sha256').update(part, 'utf8').digest('base64'),
  });
}

async function readScript(): Promise<string> {
  try {
    return await readFile(createRequire(import.meta.url).resolve(script), 'utf8');
  } catch (cause) {
    throw new PathfareError('the script of the HTML report is not there: dist/browser/what-if.js', {
      hint: 'Install pathfare again.',
      cause,
    });
  }
}
