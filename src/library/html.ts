import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PathfareError } from '../base/errors.js';
import { packageFile } from '../base/package-files.js';
import type { ReportModel } from '../report/budget/model.js';

const script = packageFile('dist/browser/what-if.js');

/** Draws a report as one HTML file that needs nothing else: its styles, and the cost model for its what-if, are inside. */
export async function reportHtml(model: ReportModel): Promise<string> {
  // Charts and their document load only for the format that has them.
  const { htmlPage } = await import('../report/html/page.js');
  return htmlPage(model, {
    script: await readScript(),
    sha256: (part) => createHash('sha256').update(part, 'utf8').digest('base64'),
  });
}

async function readScript(): Promise<string> {
  try {
    return await readFile(script, 'utf8');
  } catch (cause) {
    throw new PathfareError(
      'package-damaged',
      'the script of the HTML report is not there: dist/browser/what-if.js',
      {
        hint: 'Install pathfare again.',
        cause,
      },
    );
  }
}
