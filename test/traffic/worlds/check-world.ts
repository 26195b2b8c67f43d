import { closeSync, constants, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PathfareError } from '../../../src/base/errors.js';
import type { LoadedTraffic } from '../../../src/traffic/load-traffic.js';
import { load } from '../load-options.js';
import { worldAddresses } from './addresses.js';
import {
  checkAccount,
  checkCopy,
  checkSame,
  checkTruth,
  type Law,
  type Violation,
} from './laws.js';
import { copiesOf, fileOf, type LogFile, logFilesOf, textOf } from './log-files.js';
import { plainCount, plainSum } from './plain-reader.js';
import { type Random, randomOf } from './random.js';
import { truthOf } from './truth.js';
import type { World } from './world.js';

/**
 * Writes a world's logs into a folder, reads them in several ways, and tells which laws are broken. What takes several readings
 * is done for some of the worlds; with `only`, for that law.
 */
export async function checkWorld(
  world: World,
  folder: LogFolder,
  only?: Law,
): Promise<readonly Violation[]> {
  const files = logFilesOf(world);
  if (files.length === 0) return [];
  const names = folder.write(files);
  const plain = await read(world, names);
  if (typeof plain === 'string') return [{ law: 'read', what: plain }];
  const { seed } = world;
  const isAsked = (law: Law, every: number) =>
    only === undefined ? seed % every === 0 : only === law;
  return [
    ...checkTruth(truthOf(world), plain),
    ...checkAccount(plainSum(files.map(textOf)), plain),
    ...(isAsked('account', 20) ? await checkFiles(world, files, names) : []),
    ...(isAsked('copy', 2) ? await checkCopies(world, plain, { files, names, folder }) : []),
    ...(isAsked('order', 5) ? await checkOrder(world, plain, { files, names, folder }) : []),
  ];
}

interface Written {
  readonly files: readonly LogFile[];
  readonly names: readonly string[];
  readonly folder: LogFolder;
}

/** The account of each file by itself. */
async function checkFiles(
  world: World,
  files: readonly LogFile[],
  names: readonly string[],
): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const [index, file] of files.entries()) {
    const one = await read(world, names.slice(index, index + 1));
    violations.push(
      ...(typeof one === 'string'
        ? [{ law: 'read', what: `${file.path}: ${one}` } as const]
        : checkAccount(plainCount(textOf(file)), one)),
    );
  }
  return violations;
}

async function checkCopies(
  world: World,
  plain: LoadedTraffic,
  { files, names, folder }: Written,
): Promise<readonly Violation[]> {
  const copies = copiesOf(world, files);
  if (copies.length === 0) return [];
  const copied = await read(world, [...names, ...folder.write(copies)]);
  return typeof copied === 'string' ? [{ law: 'copy', what: copied }] : checkCopy(plain, copied);
}

async function checkOrder(
  world: World,
  plain: LoadedTraffic,
  { files, folder }: Written,
): Promise<readonly Violation[]> {
  const names = folder.write(inOtherOrder(files, randomOf(world.seed)));
  const reordered = await read(world, names, 1);
  return typeof reordered === 'string'
    ? [{ law: 'order', what: reordered }]
    : checkSame(plain, reordered);
}

/**
 * Reads files. With `top`, the sums are taken by file and joined, as those of threads are; the largest addresses are then
 * not looked at.
 */
async function read(
  { natInterfaces }: World,
  names: readonly string[],
  top = 0,
): Promise<LoadedTraffic | string> {
  try {
    return await load(names, { natInterfaces, top, addresses: worldAddresses });
  } catch (error) {
    if (error instanceof PathfareError) return error.message;
    throw error;
  }
}

/** A folder that the files of one world after another are written to; to make and remove folders takes most of the time. */
export class LogFolder {
  readonly #path: string;
  readonly #made = new Set<string>();

  constructor(path: string) {
    this.#path = path;
  }

  /** Writes files, over those of other worlds, and gives their names. */
  write(files: readonly LogFile[]): readonly string[] {
    return files.map(({ path, content }) => {
      const file = join(this.#path, path);
      const folder = dirname(file);
      if (!this.#made.has(folder)) mkdirSync(folder, { recursive: true });
      this.#made.add(folder);
      writeOver(file, content);
      return file;
    });
  }
}

/** Writes over a file in place: to empty it first, as others do, has the file system wait for its disk. */
function writeOver(file: string, content: Uint8Array): void {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT);
  try {
    for (let at = 0; at < content.length; ) at += writeSync(descriptor, content, at, undefined, at);
    ftruncateSync(descriptor, content.length);
  } finally {
    closeSync(descriptor);
  }
}

/** The same files below folders that put them into another order, and their records in another order. */
function inOtherOrder(files: readonly LogFile[], random: Random): readonly LogFile[] {
  return random.shuffle(files).map((file, index) => {
    const [header = '', ...records] = textOf(file).trimEnd().split('\n');
    const text = `${[header, ...random.shuffle(records)].join('\n')}\n`;
    const bare = file.path.replace(/\.log(\.gz)?$/, '');
    return fileOf(`${String(index).padStart(3, '0')}/${bare}`, text, file.path.endsWith('.gz'));
  });
}
