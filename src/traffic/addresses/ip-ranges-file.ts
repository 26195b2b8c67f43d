import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { parseJson } from '../../base/json.js';
import { readJson, readTextIfThere, writeWhole } from '../../base/node/files.js';
import { packageFile } from '../../base/package-files.js';
import { checked } from '../../base/schema.js';
import type { AddressFamily, Cidr } from './cidr.js';
import {
  awsName,
  type IpRange,
  type IpRanges,
  publication,
  rangesOrigin,
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
    const origin = rangesOrigin(file);
    const text = await readTextIfThere(file, origin);
    if (text !== undefined) {
      return { ranges: parseIpRanges(parseJson(text, origin), file), source: 'refreshed', file };
    }
  }
  const json = await readJson(shippedFile, rangesOrigin(shippedFile));
  return { ranges: parseIpRanges(json, shippedFile), source: 'shipped', file: shippedFile };
}

/** Writes ranges into the user's cache folder, whole. Returns the file's name. */
export async function saveIpRanges(ranges: IpRanges, cacheFolder: string): Promise<string> {
  const file = join(cacheFolder, fileName);
  const hint = 'Give a folder that you can write to with --cache-dir.';
  await writeWhole(file, writeIpRanges(ranges), { name: file, hint });
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
  const list = checked(fileSchema, json, rangesOrigin(file), 'the list');
  const { syncToken, createDate, ipv4, ipv6 } = list;
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
