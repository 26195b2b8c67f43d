import { readFile } from 'node:fs/promises';
import { PathfareError } from '../../base/errors.js';

/**
 * Reads a small text file that a flag names.
 *
 * @throws PathfareError naming the flag and the file
 */
export async function readTextFile(flag: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PathfareError(`${flag} ${file}: cannot be read: ${reason}`, {
      hint: 'Check the name and that you may read it.',
      cause,
    });
  }
}
