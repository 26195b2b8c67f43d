import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { PathfareError, quoteValue } from '../errors.js';
import { type Origin, parseJson } from '../json.js';

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: 'no such file',
    ENOTDIR: 'a part of its folder is a file',
    EEXIST: 'a part of its folder is a file',
    EISDIR: 'is a folder',
    EACCES: 'no permission',
    EPERM: 'no permission',
    ELOOP: 'is a link that leads to itself',
    EMFILE: 'too many files are open',
    EIO: 'the disk failed',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENAMETOOLONG: 'the name is too long',
    Z_BUF_ERROR: 'the gzip data is cut off: fetch the file again',
    Z_DATA_ERROR: 'the gzip data is damaged: fetch the file again',
  }),
);

/** Why a file could not be read, as a clause. A failure that nobody expects is thrown on. */
export function failureReason(error: unknown): string {
  if (error instanceof PathfareError) return error.message;
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
  const number = 'errno' in error ? Number(error.errno) : 0;
  const [, described] = getSystemErrorMap().get(number) ?? [];
  return reasons.get(error.code) ?? described ?? quoteValue(error.message);
}

/** Why a file could not be written, as a clause. */
export function writeFailureReason(error: unknown): string {
  return isMissing(error) ? 'there is no such folder' : failureReason(error);
}

/** Whether a file could not be read because it is not there. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Reads a text file whole, without the byte order mark that some editors begin it with.
 *
 * @throws PathfareError naming the origin, and why it can't be read
 */
export async function readText(file: string | URL, { name, hint }: Origin): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new PathfareError('file-unreadable', `${name}: ${failureReason(cause)}`, { hint, cause });
  }
}

/** Reads a text file as `readText` does; undefined where there is none. */
export async function readTextIfThere(file: string, origin: Origin): Promise<string | undefined> {
  try {
    return await readText(file, origin);
  } catch (error) {
    if (error instanceof PathfareError && isMissing(error.cause)) return undefined;
    throw error;
  }
}

/** Reads a JSON file as `readText` does. */
export async function readJson(file: string | URL, origin: Origin): Promise<unknown> {
  return parseJson(await readText(file, origin), origin);
}

/** A file being written: its content in order, then `commit`; `discard` instead leaves what was there before. */
export interface WholeFile {
  write(content: string | Uint8Array): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Opens a file to be written whole: under a temporary name beside it, flushed, then renamed. A reader, a second writer
 * or a kill at any moment sees the old file or the new one, never a part.
 *
 * @throws PathfareError naming the origin, and why it can't be written
 */
export async function openWhole(file: string, origin: Origin): Promise<WholeFile> {
  const refuse = refuser(origin);
  const there = await stat(file).catch((error) => (isLoop(error) ? refuse(error) : null));
  if (there?.isDirectory()) return refuse(new PathfareError('file-unwritable', 'is a folder'));
  // A device or a pipe can't be replaced by a rename; a link stays a link, and what it leads to is replaced.
  if (there !== null && !there.isFile()) return openDirect(file, refuse);
  const target = await destination(file);
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const handle = await open(temporary, 'wx', there?.mode).catch(refuse);
  temporaries.add(temporary);
  const discard = async () => {
    await handle.close();
    await rm(temporary, { force: true });
    temporaries.delete(temporary);
  };
  return {
    ...writerOf(handle, refuse),
    commit: async () => {
      try {
        // A rename may reach the disk before the data that it names.
        await handle.sync();
        await handle.close();
        await rename(temporary, target);
        temporaries.delete(temporary);
      } catch (error) {
        await discard();
        refuse(error);
      }
    },
    discard,
  };
}

/** Files that are being written under a temporary name. */
const temporaries = new Set<string>();

/** Takes away what was begun and is not whole, for a process that ends before it could discard it. */
export function removeTemporaries(): void {
  for (const file of temporaries) rmSync(file, { force: true });
  temporaries.clear();
}

const isLoop = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOOP';

/** The file that a name leads to. The last link may lead to none yet, which is then made where it leads. */
async function destination(file: string): Promise<string> {
  const link = await readlink(file).catch(() => undefined);
  if (link === undefined) return file;
  const folder = await realpath(dirname(file));
  return destination(resolve(folder, link));
}

/** Writes a file whole, as `openWhole` does; the folder is made where there is none. */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  origin: Origin,
): Promise<void> {
  await makeFolder(dirname(file)).catch(refuser(origin));
  const whole = await openWhole(file, origin);
  try {
    await whole.write(content);
  } catch (error) {
    await whole.discard();
    throw error;
  }
  await whole.commit();
}

/** Makes a folder and those above it. Node's own way goes round for ever where a folder takes no file, as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

type Refuse = (cause: unknown) => never;

const refuser =
  ({ name, hint }: Origin): Refuse =>
  (cause) => {
    throw new PathfareError(
      'file-unwritable',
      `${name}: cannot be written: ${writeFailureReason(cause)}`,
      {
        hint,
        cause,
      },
    );
  };

async function openDirect(file: string, refuse: Refuse): Promise<WholeFile> {
  const handle = await open(file, 'w').catch(refuse);
  const close = () => handle.close();
  return { ...writerOf(handle, refuse), commit: close, discard: close };
}

const writerOf = (handle: FileHandle, refuse: Refuse) => ({
  write: (content: string | Uint8Array): Promise<void> => handle.writeFile(content).catch(refuse),
});
