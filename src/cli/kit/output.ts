import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PathfareError, quoteValue } from '../../base/errors.js';
import type { Effects, Sink } from './effects.js';

/** Where a result goes: text in order, then `commit`; `discard` instead leaves no trace. */
export interface Output {
  write(text: string): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Opens the place of a result before the work begins: stdout, or a file that is written under a temporary name beside
 * it and renamed when whole, so that an interrupted run leaves the old one.
 *
 * @throws PathfareError where the file cannot be made
 */
export async function openOutput(
  file: string | undefined,
  effects: Pick<Effects, 'stdout'>,
): Promise<Output> {
  if (file === undefined || file === '-') return stdoutOutput(effects.stdout);
  try {
    return await fileOutput(file);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function stdoutOutput(stdout: Sink): Output {
  return {
    write: async (text) => {
      if (!stdout.write(text)) await new Promise<void>((resolve) => stdout.once('drain', resolve));
    },
    commit: async () => {},
    discard: async () => {},
  };
}

async function fileOutput(file: string): Promise<Output> {
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory()) throw new PathfareError('is a folder');
  // A device or a pipe cannot be replaced by a rename; a link stays a link, and what it leads to is replaced.
  if (there !== null && !there.isFile()) return directOutput(file, await open(file, 'w'));
  const target = there === null ? file : await realpath(file);
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const handle = await open(temporary, 'wx', there?.mode);
  const remove = () => rm(temporary, { force: true });
  return {
    write: async (text) => {
      await handle.writeFile(text).catch(refuse(file));
    },
    commit: async () => {
      await handle.close();
      await rename(temporary, target).catch(async (error: unknown) => {
        await remove();
        throw cannotWrite(file, error);
      });
    },
    discard: async () => {
      await handle.close();
      await remove();
    },
  };
}

function directOutput(file: string, handle: FileHandle): Output {
  return {
    write: async (text) => {
      await handle.writeFile(text).catch(refuse(file));
    },
    commit: () => handle.close(),
    discard: () => handle.close(),
  };
}

const refuse = (file: string) => (error: unknown) => {
  throw cannotWrite(file, error);
};

function cannotWrite(file: string, cause: unknown): PathfareError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const message = cause instanceof Error ? cause.message : String(cause);
  return new PathfareError(
    `--output ${quoteValue(file)}: cannot be written: ${reasons[code] ?? message}`,
    { hint: 'Name a file in a folder that exists and that you may write to.', cause },
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its folder is a file',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

/** Opens the output, makes the result, writes it whole, and discards what was begun if anything fails. */
export async function writeResult(
  file: string | undefined,
  effects: Pick<Effects, 'stdout'>,
  make: () => Promise<string>,
): Promise<void> {
  const output = await openOutput(file, effects);
  try {
    await output.write(await make());
  } catch (error) {
    await output.discard();
    throw error;
  }
  await output.commit();
}
