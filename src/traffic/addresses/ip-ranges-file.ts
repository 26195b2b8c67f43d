import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { packageFile } from '../../base/package-files.js';
import type { AddressFamily, Cidr } from './cidr.js';
import {
  awsName,
  badRanges,
  type IpRange,
  type IpRanges,
  publication,
  rangesHint,
  regionName,
} from './ip-ranges.js';
import { packPrefixes, unpackPrefixes } from './packed-prefixes.js';

/** Where a list of ranges was read from: the one that ships with pathfare, or the user's refreshed copy. */
export interface LoadedIpRanges {
  readonly ranges: IpRanges;
  readonly source: 'shipped' | 'refreshed';
  readonly file: string;
}

const fileName = 'ip-ranges.json';
const shippedFile = fileURLToPath(packageFile(`pricing-cache/${fileName}`));

const packed = v.record(awsName, v.record(regionName, v.string()));
const fileSchema = v.strictObject({
  schema: v.literal('pathfare/ip-ranges@1'),
  ...publication,
  ipv4: packed,
  ipv6: packed,
});

/**
 * Loads AWS's address ranges: the user's refreshed copy where there is one, else the shipped ones. A
 * refreshed copy is preferred even if it is the older (`ip-ranges refresh --accept` asked for it).
 *
 * @param cacheFolder the user's cache folder, or null to read the shipped ranges alone
 * @throws PathfareError if the file is not a list of ranges
 */
export async function loadIpRanges(cacheFolder: string | null): Promise<LoadedIpRanges> {
  if (cacheFolder !== null) {
    const file = join(cacheFolder, fileName);
    const text = await readIfThere(file);
    if (text !== undefined) return { ranges: readText(text, file), source: 'refreshed', file };
  }
  const text = await readFile(shippedFile, 'utf8');
  return { ranges: readText(text, shippedFile), source: 'shipped', file: shippedFile };
}

/** Writes ranges into the user's cache folder, to a temporary name and then renamed. Returns the file's name. */
export async function saveIpRanges(ranges: IpRanges, cacheFolder: string): Promise<string> {
  const file = join(cacheFolder, fileName);
  const temporary = `${file}.${randomUUID()}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(temporary, writeIpRanges(ranges));
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new PathfareError(`${file}: can't be written`, {
      hint: 'Give a folder that you can write to with --cache-dir.',
      cause,
    });
  }
  return file;
}

/**
 * Writes ranges in pathfare's own compact form: a line for each AWS service and Region, its prefixes in
 * order and packed. The same ranges give the same bytes in whatever order AWS listed them.
 */
export function writeIpRanges({ syncToken, createDate, ranges }: IpRanges): string {
  const file = {
    schema: 'pathfare/ip-ranges@1',
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
  const result = v.safeParse(fileSchema, json);
  if (!result.success) throw badRanges(file, result.issues[0]);
  const { syncToken, createDate, ipv4, ipv6 } = result.output;
  return {
    syncToken,
    createDate,
    ranges: [...unpackFamily(ipv4, 4, file), ...unpackFamily(ipv6, 6, file)],
  };
}

type Packed = Record<string, Record<string, string>>;

function packFamily(ranges: readonly IpRange[], family: AddressFamily): Packed {
  const groups: Record<string, Record<string, Cidr[]>> = {};
  for (const { service, region, cidr } of ranges) {
    if (cidr.family !== family) continue;
    groups[service] ??= {};
    groups[service][region] ??= [];
    groups[service][region].push(cidr);
  }
  return mapValues(groups, (regions) => mapValues(regions, packPrefixes));
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
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

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new PathfareError(`${file}: can't be read`, { hint: rangesHint, cause });
  }
}

function readText(text: string, file: string): IpRanges {
  return parseIpRanges(readJson(text, file), file);
}

/** Parses JSON; the failure names the file. */
export function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PathfareError(
      `${file}: is not JSON, it begins with ${quoteValue(text.slice(0, 40))}`,
      {
        hint: rangesHint,
        cause,
      },
    );
  }
}
