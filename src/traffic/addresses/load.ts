import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { writeWhole } from '../../base/node/files.js';
import { packageFile } from '../../base/package-files.js';
import type { AddressFamily } from './cidr.js';
import {
  type AddressLabel,
  fixedLabels,
  type LabelledSegments,
  labelSegments,
  layServiceMap,
} from './labels.js';
import type { IpRanges } from './ranges.js';
import {
  cacheHint,
  parseRangesFile,
  type RangesFile,
  readShippedRanges,
  withRangesFile,
  writeRangesFile,
} from './ranges-file.js';
import { addressWords, emptySegments, type PackedSegments } from './segments.js';
import type { ServiceBlock } from './service-map.js';
import { type AddressTable, addressTableOf } from './table.js';

/**
 * Labelled segments as a file, so that a run needs not parse, rank and sort AWS's ranges. Three parts: a line with the
 * format, what the segments were made from and the digest of the rest; a line of JSON with the labels; and the segments.
 *
 * A segment is written as its start and its label. The start: a byte that holds how many leading bytes it shares with the start
 * before (upper half) and how many bytes follow, less one; those bytes; zeros are not written. The first one is 0 and not
 * written at all. The label: seven bits a byte, the lowest first, the eighth bit where more follow.
 *
 * Another precedence of blocks, or another name of a service, needs another format: tables in the user's cache are then
 * built anew.
 */
const format = 'pathfare/address-table@1';

/** The digest of what a table is made from, or of the table itself. */
export function digestOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Writes labeled segments. `origin`: the digest of what they were made from. */
export function writeTableFile(table: LabelledSegments, origin: string): Uint8Array {
  const head = Buffer.from(`${JSON.stringify(headOf(table))}\n`);
  const body = Buffer.concat([
    head,
    writeSegments(4, table.segments4),
    writeSegments(6, table.segments6),
  ]);
  return Buffer.concat([Buffer.from(`${format} ${origin} ${digestOf(body)}\n`), body]);
}

/** Reads labeled segments; undefined where the file is damaged, of another format, or made from something else than `origin`. */
export function readTableFile(file: Uint8Array, origin: string): LabelledSegments | undefined {
  const bodyAt = file.indexOf(newline) + 1;
  const body = file.subarray(bodyAt);
  const firstLine = Buffer.from(file.subarray(0, bodyAt)).toString('latin1');
  if (firstLine !== `${format} ${origin} ${digestOf(body)}\n`) return undefined;
  const segmentsAt = body.indexOf(newline) + 1;
  const head = v.safeParse(
    headSchema,
    JSON.parse(Buffer.from(body.subarray(0, segmentsAt)).toString()),
  );
  if (!head.success) return undefined;
  const { regions, services, counts } = head.output;
  const labels: AddressLabel[] = [...fixedLabels];
  for (const [service, indexes] of services) {
    for (const index of indexes) {
      labels.push({ kind: 'service', service, region: regions[index] ?? null });
    }
  }
  const read4 = readSegments(4, counts[0], { bytes: body, from: segmentsAt });
  const read6 = readSegments(6, counts[1], { bytes: body, from: read4.end });
  return { labels, segments4: read4.segments, segments6: read6.segments };
}

const newline = 10;

/** The labels behind the fixed ones, in their order: each service with the indexes of its Regions. */
const headSchema = v.object({
  regions: v.array(v.string()),
  services: v.array(v.tuple([v.string(), v.array(v.number())])),
  /** How many segments there are of IPv4, and of IPv6. */
  counts: v.tuple([v.number(), v.number()]),
});

function headOf({
  labels,
  segments4,
  segments6,
}: LabelledSegments): v.InferOutput<typeof headSchema> {
  const regions: string[] = [];
  const services: [string, number[]][] = [];
  for (const label of labels.slice(fixedLabels.length)) {
    if (label.kind !== 'service' || label.region === null) continue;
    const known = regions.indexOf(label.region);
    const region = known < 0 ? regions.push(label.region) - 1 : known;
    const last = services.at(-1);
    if (last?.[0] === label.service) last[1].push(region);
    else services.push([label.service, [region]]);
  }
  return { regions, services, counts: [segments4.labels.length, segments6.labels.length] };
}

function writeSegments(family: AddressFamily, { starts, labels }: PackedSegments): Uint8Array {
  const size = addressWords[family] * 4;
  const bytes: number[] = [];
  const all = bigEndian(starts);
  for (const [index, label] of labels.entries()) {
    const start = all.subarray(index * size, (index + 1) * size);
    if (index > 0) bytes.push(...ownBytes(all.subarray((index - 1) * size, index * size), start));
    let rest = label;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

function bigEndian(words: Uint32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  for (const [index, word] of words.entries()) bytes.setUint32(index * 4, word);
  return new Uint8Array(bytes.buffer);
}

/** The bytes of a start that is above the one before, so that the first byte that differs is not 0. */
function ownBytes(before: Uint8Array, start: Uint8Array): readonly number[] {
  const shared = start.findIndex((byte, index) => byte !== before[index]);
  const end = start.findLastIndex((byte) => byte !== 0) + 1;
  return [(shared << 4) | (end - shared - 1), ...start.subarray(shared, end)];
}

/** Reads segments from `from` on, and tells where they end. Every run does: a call for each byte would take twice as long. */
function readSegments(
  family: AddressFamily,
  count: number,
  { bytes, from }: { readonly bytes: Uint8Array; readonly from: number },
): { readonly segments: PackedSegments; readonly end: number } {
  const segments = emptySegments(family, count);
  const size = addressWords[family] * 4;
  const starts = new Uint8Array(count * size);
  let at = from;
  for (let index = 0; index < count; index++) {
    if (index > 0) {
      const head = bytes[at++] ?? 0;
      const own = (head & 15) + 1;
      const start = index * size;
      const shared = head >>> 4;
      for (let byte = 0; byte < shared; byte++)
        starts[start + byte] = starts[start - size + byte] ?? 0;
      for (let byte = 0; byte < own; byte++) starts[start + shared + byte] = bytes[at++] ?? 0;
    }
    let label = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      label |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    segments.labels[index] = label;
  }
  const view = new DataView(starts.buffer);
  for (let word = 0; word < segments.starts.length; word++) {
    segments.starts[word] = view.getUint32(word * 4);
  }
  return { segments, end: at };
}

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
 */
export async function loadAddressTable({
  cacheFolder = null,
  serviceMap = [],
}: AddressTableOptions = {}): Promise<AddressTable> {
  const { used, ...unused } = await withRangesFile(cacheFolder, builtSegments);
  return { ...addressTableOf(layServiceMap(used, serviceMap)), ...unused };
}

/** Saves refreshed ranges in the user's cache folder, with the table that is built from them. Returns the name of the ranges' file. */
export async function saveIpRanges(ranges: IpRanges, cacheFolder: string): Promise<string> {
  const file = await writeRangesFile(ranges, cacheFolder);
  await loadAddressTable({ cacheFolder });
  return file;
}

/** Builds the table that ships, from the ranges that ship ("npm run build:addresses"). */
export async function buildShippedTable(): Promise<Uint8Array> {
  const ranges = await readShippedRanges();
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
