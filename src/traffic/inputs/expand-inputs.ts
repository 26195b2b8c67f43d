import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PathfareError } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { failureReason } from '../../base/node/failure-reason.js';

/** A file to be read. */
export interface InputFile {
  /** As messages name it. */
  readonly file: string;
  readonly bytes: number;
}

/** A file or folder that could not be read, and why. */
export interface UnreadFile {
  readonly file: string;
  readonly reason: string;
}

/** The files that the inputs name. */
export interface ExpandedInputs {
  readonly files: readonly InputFile[];
  readonly unread: readonly UnreadFile[];
  /** Files that were named more than once; they are read once. */
  readonly repeated: readonly string[];
  readonly hasStandardInput: boolean;
}

/** The name of standard input as an input. */
const standardInput = '-';

/**
 * Finds the files that the inputs name: files, folders (with all below, but no hidden files), globs and `-`. Each file is read
 * once, however many names lead to it; the order is that of the names.
 *
 * @throws PathfareError if an input names nothing
 */
export async function expandInputs(inputs: readonly string[]): Promise<ExpandedInputs> {
  const search = new Search();
  for (const input of inputs) if (input !== standardInput) await search.addInput(input);
  return {
    files: search.files.toSorted((a, b) => compareText(a.file, b.file)),
    unread: search.unread.toSorted((a, b) => compareText(a.file, b.file)),
    repeated: search.repeated.toSorted(compareText),
    hasStandardInput: inputs.includes(standardInput),
  };
}

class Search {
  readonly files: InputFile[] = [];
  readonly unread: UnreadFile[] = [];
  readonly repeated: string[] = [];
  /** What files and folders really are: links may lead to one twice, or round. */
  readonly #seen = new Set<string>();

  async addInput(input: string): Promise<void> {
    const found = await stat(input).catch((error: unknown) => failureReason(error));
    if (typeof found !== 'string') return this.#add(input, true);
    // Loaded where there is a pattern: most inputs are files and folders, and a run waits for its modules.
    const { glob, isDynamicPattern } = await import('tinyglobby');
    if (!isDynamicPattern(input)) {
      throw new PathfareError(`${input}: ${found}`, {
        hint: 'Name a flow log, a summary CSV, a folder of them, a glob in quotes, or - for standard input.',
      });
    }
    const matches = await glob(input, { expandDirectories: false, followSymbolicLinks: false });
    if (matches.length === 0) {
      throw new PathfareError(`${input}: no file matches`, {
        hint: 'Check the pattern; ** stands for any number of folders.',
      });
    }
    for (const match of matches.toSorted(compareText)) await this.#add(match, true);
  }

  /** Adds a file, or what is in a folder. */
  async #add(file: string, isNamed: boolean): Promise<void> {
    try {
      const found = await stat(file);
      const real = await realpath(file);
      if (this.#seen.has(real)) {
        if (isNamed && found.isFile()) this.repeated.push(file);
        return;
      }
      this.#seen.add(real);
      if (found.isDirectory()) await this.#addFolder(file);
      // A pipe or a device is read when it is named itself.
      else if (found.isFile() || isNamed) this.files.push({ file, bytes: found.size });
    } catch (error) {
      this.unread.push({ file, reason: failureReason(error) });
    }
  }

  async #addFolder(folder: string): Promise<void> {
    const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
    const names = entries.map(({ name }) => name).filter((name) => !name.startsWith('.'));
    for (const name of names.toSorted(compareText)) await this.#add(join(folder, name), false);
  }
}
