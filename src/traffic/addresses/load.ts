import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../../base/node/files.js';
import { packageFile } from '../../base/package-files.js';
import { type LabelledSegments, labelSegments, layServiceMap } from './precedence.js';
import type { IpRanges } from './ranges.js';
import {
  cacheHint,
  parseRangesFile,
  type RangesFile,
  readRangesFile,
  writeRangesFile,
} from './ranges-file.js';
import type { ServiceBlock } from './service-map.js';
import { type AddressTable, addressTableOf } from './table.js';
import { digestOf, readTableFile, writeTableFile } from './table-file.js';

/** What the table of addresses is made of beside the ranges that ship. */
export interface AddressTableOptions {
  /** The user's cache folder, whose refreshed ranges are taken where there are some; null: only what ships. */
  readonly cacheFolder?: string | null;
  /** The user's own names of addresses. */
  readonly serviceMap?: readonly ServiceBlock[];
}

/**
 * Loads the table of what every address is. It ships built, and is built once after a refresh: to build it takes 20 times as
 * long as to load it.
 *
 * @throws PathfareError if refreshed ranges can't be read
 */
export async function loadAddressTable({
  cacheFolder = null,
  serviceMap = [],
}: AddressTableOptions = {}): Promise<AddressTable> {
  const ranges = await readRangesFile(cacheFolder);
  return addressTableOf(layServiceMap(await builtSegments(ranges), serviceMap));
}

/** Saves refreshed ranges in the user's cache folder, with the table that is built from them. Returns the name of the ranges' file. */
export async function saveIpRanges(ranges: IpRanges, cacheFolder: string): Promise<string> {
  const file = await writeRangesFile(ranges, cacheFolder);
  await loadAddressTable({ cacheFolder });
  return file;
}

/** Builds the table that ships, from the ranges that ship ("npm run build:addresses"). */
export async function buildShippedTable(): Promise<Uint8Array> {
  const ranges = await readRangesFile(null);
  return writeTableFile(labelSegments(parseRangesFile(ranges)), digestOf(ranges.text));
}

const tableName = 'address-table.bin';

/** The segments that were built from these ranges. A table that is damaged, or built from others, is built anew. */
async function builtSegments(ranges: RangesFile): Promise<LabelledSegments> {
  const shipped = await readTable(fileURLToPath(packageFile(`pricing-cache/${tableName}`)));
  if (ranges.source === 'shipped') {
    return readTableFile(shipped, digestOf(ranges.text)) ?? labelSegments(parseRangesFile(ranges));
  }
  // Another release may have other rules of precedence and other names: then the table that it ships is another one.
  const origin = digestOf(ranges.text, shipped);
  const file = join(dirname(ranges.file), tableName);
  const built = readTableFile(await readTable(file), origin);
  if (built !== undefined) return built;
  const segments = labelSegments(parseRangesFile(ranges));
  // In a folder that can't be written to, the table is built by every run.
  await writeWhole(file, writeTableFile(segments, origin), { name: file, hint: cacheHint }).catch(
    () => {},
  );
  return segments;
}

/** The bytes of a file that can be made anew; none where it can't be read. */
function readTable(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => new Uint8Array());
}
