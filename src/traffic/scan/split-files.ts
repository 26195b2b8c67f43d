import { detectForm } from '../inputs/detect-form.js';
import type { InputFile } from '../inputs/expand-inputs.js';
import { readHead } from './file.js';
import type { ScanJob } from './jobs.js';
import { textFormOf } from './text-plan.js';

/** Plain files larger than this are split. The same on every machine, so that sums that depend on pieces are too. */
const pieceBytes = 32 * 1024 * 1024;

/** The jobs of a run: a file each, and pieces of large plain ones, which threads share. `whole`: files that can't be split. */
export async function splitFiles(
  files: readonly InputFile[],
  whole: ReadonlySet<string>,
): Promise<readonly ScanJob[]> {
  const jobs = await Promise.all(
    files.map(async ({ file, bytes }): Promise<readonly ScanJob[]> => {
      const canSplit = bytes > 2 * pieceBytes && !whole.has(file) && (await isPlainText(file));
      return canSplit ? piecesOf(file, bytes) : [{ file }];
    }),
  );
  return jobs.flat();
}

async function isPlainText(file: string): Promise<boolean> {
  try {
    const { head, isRegular } = await readHead(file);
    return isRegular && textFormOf(detectForm(head)) !== undefined;
  } catch {
    // It is told when it is scanned.
    return false;
  }
}

function piecesOf(file: string, bytes: number): readonly ScanJob[] {
  const count = Math.ceil(bytes / pieceBytes);
  return Array.from({ length: count }, (_, index) => ({
    file,
    piece: { start: index * pieceBytes, end: Math.min(bytes, (index + 1) * pieceBytes) },
  }));
}
