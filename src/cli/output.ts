import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PathfareError } from '../errors.js';
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
async function openOutput(
  file: string | undefined,
  effects: Pick<Effects, 'stdout'>,
): Promise<Output> {
  return file === undefined || file === '-' ? stdoutOutput(effects.stdout) : fileOutput(file);
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
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await openForWriting(temporary, file);
  return {
    write: async (text) => {
      await handle.write(text);
    },
    commit: async () => {
      await handle.close();
      await rename(temporary, file).catch(async (error: unknown) => {
        await rm(temporary, { force: true });
        throw cannotWrite(file, error);
      });
    },
    discard: async () => {
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}

async function openForWriting(temporary: string, file: string): Promise<FileHandle> {
  try {
    return await open(temporary, 'wx');
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, cause: unknown): PathfareError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PathfareError(`--output ${file}: cannot be written: ${reason}`, {
    hint: 'Name a file in a folder that exists and that you may write to.',
    cause,
  });
}

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
