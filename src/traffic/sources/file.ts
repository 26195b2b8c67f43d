import {
  closeSync,
  createReadStream,
  type Dirent,
  fstatSync,
  openSync,
  readSync,
  type Stats,
} from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { PathfareError } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { failureReason } from '../../base/node/files.js';
import { pipeSource } from './pipe.js';
import {
  type FoundSources,
  headBytes,
  type SeekableSource,
  type Source,
  type SourceEffects,
  type SourceKind,
  type StreamOptions,
  type UnreadSource,
} from './source.js';

/** Files: an input names one, a folder of them, or a pattern that they match. */
export const files: SourceKind = {
  kind: 'file',
  isNamedBy: () => true,
  find: findFiles,
  open: ({ name, bytes }) => fileSource(name, bytes),
};

/** A file that can be read from anywhere. */
export function fileSource(name: string, bytes: number): SeekableSource {
  let head: Promise<Uint8Array> | undefined;
  return {
    name,
    bytes,
    description: { kind: 'file', name, bytes },
    head: () => {
      head ??= readHead(name);
      return head;
    },
    stream: (options) => wholeFile(name, bytes, options),
    readAt: (start, end) => readFileAt(name, start, end),
    async close() {
      head = undefined;
    },
  };
}

async function readHead(file: string): Promise<Uint8Array> {
  const descriptor = openSync(file, 'r');
  try {
    const head = new Uint8Array(Math.min(headBytes, fstatSync(descriptor).size));
    return head.subarray(0, fill(descriptor, head, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Reads until the memory is full or the file ends: how many bytes were read. */
function fill(descriptor: number, memory: Uint8Array, start: number): number {
  let length = 0;
  while (length < memory.length) {
    const count = readSync(descriptor, memory, length, memory.length - length, start + length);
    if (count === 0) break;
    length += count;
  }
  return length;
}

/** The bytes of a file. One that has become shorter since it was found fails where it ends; what has been added to one is read. */
async function* wholeFile(
  file: string,
  bytes: number,
  options: StreamOptions = {},
): AsyncGenerator<Uint8Array> {
  let at = options.start ?? 0;
  for await (const piece of streamFile(file, options)) {
    at += piece.length;
    yield piece;
  }
  if (at >= bytes) return;
  throw new PathfareError(
    'invalid-flow-log',
    `${file}: had ${bytes} bytes when it was found, and ends before: it was cut while it was read`,
    { hint: 'Read it when nothing writes to it any more.' },
  );
}

function streamFile(file: string, { start = 0, room }: StreamOptions): AsyncIterable<Uint8Array> {
  return room === undefined
    ? createReadStream(file, { start, highWaterMark: 256 * 1024 })
    : readInto(file, start, room);
}

/** How much is read before others of the thread (progress, an interruption) have their turn. */
const turnBytes = 2 * 1024 * 1024;

/** Reads in this thread, into memory of the caller's. */
async function* readInto(
  file: string,
  start: number,
  room: () => Uint8Array,
): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(file, 'r');
  try {
    let at = start;
    for (let turn = 0; ; ) {
      const memory = room();
      const count = readSync(descriptor, memory, 0, memory.length, at);
      if (count === 0) return;
      yield memory.subarray(0, count);
      at += count;
      turn += count;
      if (turn >= turnBytes) {
        turn = 0;
        await pause();
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a part. One beyond the end of the file, or of what was cut off since, is an error. */
async function readFileAt(file: string, start: number, end: number): Promise<ArrayBuffer> {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (!(start >= 0 && start <= end && end <= size)) throw outside(file, start, end, size);
    const bytes = new Uint8Array(end - start);
    if (fill(descriptor, bytes, start) < bytes.length) throw outside(file, start, end, size);
    return bytes.buffer;
  } finally {
    closeSync(descriptor);
  }
}

function outside(file: string, start: number, end: number, size: number): PathfareError {
  return new PathfareError(
    'invalid-flow-log',
    `${file}: has ${size} bytes, and names bytes ${start} to ${end}`,
    {
      hint: 'Check that the file is complete; fetch it from S3 again.',
    },
  );
}

/**
 * Finds the files that the inputs name: files, folders (with all below, but no hidden files) and globs. Each file is read once,
 * however many names lead to it; the order is that of the names.
 */
async function findFiles(
  inputs: readonly string[],
  { signal }: SourceEffects,
): Promise<FoundSources> {
  const search = new Search(signal);
  for (const input of inputs) await search.addInput(input);
  return {
    sources: search.sources.toSorted((a, b) => compareText(a.name, b.name)),
    unread: search.unread.toSorted((a, b) => compareText(a.file, b.file)),
    repeated: search.repeated.toSorted(compareText),
  };
}

class Search {
  readonly sources: Source[] = [];
  readonly unread: UnreadSource[] = [];
  readonly repeated: string[] = [];
  /** What files and folders really are: links may lead to one twice, or round. */
  readonly #seen = new Set<string>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async addInput(input: string): Promise<void> {
    const found = await stat(input).catch((error: unknown) => failureReason(error));
    if (typeof found !== 'string') return this.#add(input, true);
    // Loaded where there is a pattern: most inputs are files and folders, and a run waits for its modules.
    const { glob, isDynamicPattern } = await import('tinyglobby');
    if (!isDynamicPattern(input)) {
      throw new PathfareError('input-not-found', `${input}: ${found}`, {
        hint: 'Name a flow log, a summary CSV, a folder of them, a glob in quotes, or - for standard input.',
      });
    }
    const matches = await glob(input, { expandDirectories: false, followSymbolicLinks: false });
    if (matches.length === 0) {
      throw new PathfareError('input-not-found', `${input}: no file matches`, {
        hint: 'Check the pattern; ** stands for any number of folders.',
      });
    }
    for (const match of matches.toSorted(compareText)) await this.#add(match, true);
  }

  /** Adds a file, or what is in a folder. */
  async #add(file: string, isNamed: boolean): Promise<void> {
    try {
      const found = await stat(file);
      const real = await realNameOf(file, found);
      if (this.#seen.has(real)) {
        if (isNamed && !found.isDirectory()) this.repeated.push(file);
        return;
      }
      this.#seen.add(real);
      if (found.isDirectory()) await this.#addFolder(file);
      else if (found.isFile()) this.sources.push(fileSource(file, found.size));
      else if (isNamed) this.sources.push(pipeSource(file, found, this.#signal));
      else
        this.unread.push({ file, reason: 'a pipe or a device is read where it is named itself' });
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

/** What a name really leads to. A pipe has no name of its own, and a file that is deleted has it no more. */
async function realNameOf(file: string, { dev, ino }: Stats): Promise<string> {
  return realpath(file).catch(() => `${dev}:${ino}`);
}
