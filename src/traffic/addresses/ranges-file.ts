import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { groupBy } from '../../base/group-by.js';
import { documentHead, parseJson } from '../../base/json.js';
import { failureReason, readText, readTextIfThere, writeWhole } from '../../base/node/files.js';
import { packageFile } from '../../base/package-files.js';
import { checked, readHeadOf } from '../../base/schema.js';
import { type AddressFamily, addressBits, type Cidr, joinParts, splitParts } from './cidr.js';
import {
  awsName,
  type IpRange,
  type IpRanges,
  publication,
  rangesHint,
  rangesOrigin,
  regionName,
} from './ranges.js';

/** Where a list of ranges was read from: the one that ships with pathfare, or the user's refreshed copy. */
export interface LoadedIpRanges {
  readonly ranges: IpRanges;
  readonly source: 'shipped' | 'refreshed';
  readonly file: string;
  /** Why the refreshed copy is not used though there may be one: it can't be read. */
  readonly unusedCopy?: string;
}

const fileName = 'ip-ranges.json';
const shippedFile = fileURLToPath(packageFile(`pricing-cache/${fileName}`));

const packed = v.record(awsName, v.record(regionName, v.string()));
/**
 * The document `pathfare/ip-ranges@1`.
 *
 * @internal
 */
export const ipRangesSchema = v.strictObject({
  ...readHeadOf('ip-ranges@1'),
  ...publication,
  ipv4: packed,
  ipv6: packed,
});

/** A list of ranges as it lies in its file. */
export interface RangesFile extends Pick<LoadedIpRanges, 'source' | 'file'> {
  readonly text: string;
}

/**
 * Uses the list of AWS's address ranges: the user's refreshed copy where there is one, else the shipped one. A
 * refreshed copy is preferred even if it is the older (`ip-ranges refresh --accept` asked for it). One that can't be read stops
 * nothing, since there is the other.
 *
 * @param cacheFolder the user's cache folder, or null to read only what ships
 */
export async function withRangesFile<Used>(
  cacheFolder: string | null,
  use: (ranges: RangesFile) => Used | Promise<Used>,
): Promise<{ readonly used: Used; readonly unusedCopy?: string }> {
  if (cacheFolder === null) return { used: await use(await readShippedRanges()) };
  const file = join(cacheFolder, fileName);
  try {
    const text = await readTextIfThere(file, rangesOrigin(file));
    if (text !== undefined) return { used: await use({ text, source: 'refreshed', file }) };
  } catch (error) {
    const unusedCopy = failureReason(error);
    return { used: await use(await readShippedRanges()), unusedCopy };
  }
  return { used: await use(await readShippedRanges()) };
}

/** Reads the list that ships. */
export async function readShippedRanges(): Promise<RangesFile> {
  const text = await readText(shippedFile, rangesOrigin(shippedFile));
  return { text, source: 'shipped', file: shippedFile };
}

/**
 * Reads the ranges in a file of pathfare's own form.
 *
 * @throws PathfareError if the file is not a list of ranges
 */
export function parseRangesFile({ text, file }: Pick<RangesFile, 'text' | 'file'>): IpRanges {
  return parseIpRanges(parseJson(text, rangesOrigin(file)), file);
}

/** Loads AWS's address ranges from where `readRangesFile` finds them. */
export async function loadIpRanges(cacheFolder: string | null): Promise<LoadedIpRanges> {
  const { used, ...unused } = await withRangesFile(cacheFolder, ({ text, source, file }) => ({
    ranges: parseRangesFile({ text, file }),
    source,
    file,
  }));
  return { ...used, ...unused };
}

/** Writes ranges into the user's cache folder, whole. Returns the file's name. */
export async function writeRangesFile(ranges: IpRanges, cacheFolder: string): Promise<string> {
  const file = join(cacheFolder, fileName);
  await writeWhole(file, writeIpRanges(ranges), { name: file, hint: cacheHint });
  return file;
}

/** What to do where the user's cache folder can't be written to. */
export const cacheHint = 'Give a folder that you can write to with `cacheDir`.';

/**
 * Writes ranges in pathfare's own compact form: a line for each AWS service and Region, its prefixes in
 * order and packed. The same ranges give the same bytes in whatever order AWS listed them.
 */
export function writeIpRanges({ syncToken, createDate, ranges }: IpRanges): string {
  const file: v.InferOutput<typeof ipRangesSchema> = {
    ...documentHead('ip-ranges@1'),
    syncToken,
    createDate,
    ipv4: packFamily(ranges, 4),
    ipv6: packFamily(ranges, 6),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Reads ranges in pathfare's compact form from parsed JSON.
 *
 * @throws PathfareError naming the file, the member and the value seen
 */
export function parseIpRanges(json: unknown, file: string): IpRanges {
  const list = checked(ipRangesSchema, json, rangesOrigin(file), 'the list');
  const { syncToken, createDate, ipv4, ipv6 } = list;
  return {
    syncToken,
    createDate,
    ranges: [...unpackFamily(ipv4, 4, file), ...unpackFamily(ipv6, 6, file)],
  };
}

type Packed = Record<string, Record<string, string>>;

function packFamily(ranges: readonly IpRange[], family: AddressFamily): Packed {
  const own = ranges.filter(({ cidr }) => cidr.family === family);
  const services = Array.from(
    groupBy(own, ({ service }) => service),
    ([service, all]) => {
      const regions = groupBy(all, ({ region }) => region);
      const packed = Array.from(regions, ([region, each]) => {
        return [region, packPrefixes(each.map(({ cidr }) => cidr))] as const;
      });
      return [service, Object.fromEntries(packed)] as const;
    },
  );
  return Object.fromEntries(services);
}

function unpackFamily(groups: Packed, family: AddressFamily, file: string): readonly IpRange[] {
  return Object.entries(groups).flatMap(([service, regions]) =>
    Object.entries(regions).flatMap(([region, text]) =>
      unpackPrefixes(text, family, `${file}: ipv${family}.${service}.${region}`).map((cidr) => ({
        cidr,
        service,
        region,
      })),
    ),
  );
}

// The parts that a packed prefix is written in: octets in decimal, hextets in hexadecimal.
const forms = {
  4: { bits: 8, radix: 10, part: /^\d{1,3}$/ },
  6: { bits: 16, radix: 16, part: /^[0-9a-f]{1,4}$/ },
} as const;

/**
 * Writes blocks of one family, in ascending order, as words: each without the zero parts at its end and
 * without the leading parts (octets, hextets) that it shares with the block before (`3.5.140/22 144/23`).
 */
export function packPrefixes(cidrs: readonly Cidr[]): string {
  let previous: readonly string[] = [];
  const words: string[] = [];
  for (const { family, start, length } of cidrs) {
    const { bits, radix } = forms[family];
    const all = splitParts(start, BigInt(bits), addressBits[family] / bits);
    const parts = all.slice(0, Math.ceil(length / bits)).map((part) => part.toString(radix));
    words.push(`${parts.slice(sharedParts(previous, parts)).join('.')}/${length}`);
    previous = parts;
  }
  return words.join(' ');
}

/** How many leading parts two prefixes share; a prefix always keeps its own last part. */
function sharedParts(previous: readonly string[], parts: readonly string[]): number {
  let shared = 0;
  while (shared < parts.length - 1 && parts[shared] === previous[shared]) shared++;
  return shared;
}

/**
 * Reads packed blocks of one family.
 *
 * @param where the file and member, for the message of a failure
 * @throws PathfareError with the word that is not a packed prefix
 */
export function unpackPrefixes(
  text: string,
  family: AddressFamily,
  where: string,
): readonly Cidr[] {
  let previous: readonly string[] = [];
  return text.split(' ').map((word) => {
    const [own = '', lengthText = ''] = word.split('/');
    const length = /^\d{1,3}$/.test(lengthText) ? Number(lengthText) : Number.NaN;
    const ownParts = own === '' ? [] : own.split('.');
    const count = Math.ceil(length / forms[family].bits);
    const parts = [...previous.slice(0, Math.max(0, count - ownParts.length)), ...ownParts];
    const cidr = parts.length === count ? readParts(parts, length, family) : undefined;
    if (cidr === undefined) {
      throw new PathfareError(
        'invalid-address-ranges',
        `${where}: ${quoteValue(word)} is not a packed prefix`,
        {
          hint: rangesHint,
        },
      );
    }
    previous = parts;
    return cidr;
  });
}

function readParts(
  parts: readonly string[],
  length: number,
  family: AddressFamily,
): Cidr | undefined {
  const { bits, radix, part } = forms[family];
  const numbers = parts.map((text) => (part.test(text) ? Number.parseInt(text, radix) : -1));
  if (numbers.some((number) => number < 0 || number >= 2 ** bits)) return undefined;
  const free = addressBits[family] - parts.length * bits;
  const start = joinParts(numbers, BigInt(bits)) << BigInt(free);
  const host = BigInt(addressBits[family] - length);
  if (!(length >= 0 && length <= addressBits[family]) || (start >> host) << host !== start)
    return undefined;
  return { family, start, length };
}
