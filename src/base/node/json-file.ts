import { readFile } from 'node:fs/promises';
import { PathfareError } from '../errors.js';

/**
 * Reads a JSON file that a flag names.
 *
 * @param flag the flag, for messages
 * @param hint what the file should be
 * @throws PathfareError naming the flag and the file where it can't be read or is not JSON
 */
export async function readJsonFile(flag: string, file: string, hint: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new PathfareError(`${flag}: ${file} can't be read: ${reasons[code] ?? code}`, {
      hint: 'Check the file name.',
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new PathfareError(`${flag}: ${file} is not JSON`, { hint });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a part of its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
};
