import * as v from 'valibot';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { parseJson } from '../../base/json.js';
import { checked } from '../../base/schema.js';
import { isRegionShaped } from '../../base/service-name.js';
import { type AddressFamily, type Cidr, parseCidr } from './cidr.js';

/** One block of addresses that AWS publishes, with AWS's names of the service and the Region (`GLOBAL` for none). */
export interface IpRange {
  readonly cidr: Cidr;
  readonly service: string;
  readonly region: string;
}

/** AWS's published address ranges, as of one publication. */
export interface IpRanges {
  /** The publication time as AWS's token: epoch seconds. */
  readonly syncToken: string;
  /** The publication time in UTC as AWS prints it: `2026-08-22-15-17-05`. */
  readonly createDate: string;
  /** By service, Region, address and length, whatever order AWS listed them in. */
  readonly ranges: readonly IpRange[];
}

/**
 * AWS's own names: capitals, digits and underscores (`EC2_INSTANCE_CONNECT`).
 *
 * @internal
 */
export const awsName = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/, 'is not a service name'));
/**
 * A Region (`us-east-1`) or `GLOBAL`.
 *
 * @internal
 */
export const regionName = v.pipe(
  v.string(),
  v.check((text) => text === 'GLOBAL' || isRegionShaped(text), 'is not a Region'),
);
/**
 * When AWS published a list of ranges.
 *
 * @internal
 */
export const publication = {
  syncToken: v.pipe(v.string(), v.regex(/^\d+$/, 'is not a sync token (digits)')),
  createDate: v.pipe(
    v.string(),
    v.regex(/^\d{4}(-\d{2}){5}$/, 'is not a date YYYY-MM-DD-hh-mm-ss'),
  ),
} as const;

const shared = { region: regionName, service: awsName } as const;
// AWS adds members (network_border_group came in 2020): those that are not named here are passed over.
const awsSchema = v.object({
  ...publication,
  prefixes: v.array(v.object({ ip_prefix: v.string(), ...shared })),
  ipv6_prefixes: v.array(v.object({ ipv6_prefix: v.string(), ...shared })),
});

/**
 * Reads AWS's `ip-ranges.json` (https://ip-ranges.amazonaws.com/ip-ranges.json) from parsed JSON.
 *
 * @param file the file's name or address, for the message of a failure
 * @throws PathfareError naming the file, the member, the value seen and what is wrong with it
 */
export function parseAwsIpRanges(json: unknown, file: string): IpRanges {
  const list = checked(awsSchema, json, rangesOrigin(file), 'the list');
  const { syncToken, createDate, prefixes, ipv6_prefixes } = list;
  const ranges = [
    ...prefixes.map((entry, index) =>
      readRange(entry, entry.ip_prefix, 4, `${file}: prefixes.${index}.ip_prefix`),
    ),
    ...ipv6_prefixes.map((entry, index) =>
      readRange(entry, entry.ipv6_prefix, 6, `${file}: ipv6_prefixes.${index}.ipv6_prefix`),
    ),
  ];
  return { syncToken, createDate, ranges: ranges.sort(compareRanges) };
}

/** What to do about a list of ranges that can't be used. */
export const rangesHint =
  'Fetch AWS\'s list again with "pathfare ip-ranges refresh", or save https://ip-ranges.amazonaws.com/ip-ranges.json and give it with `from`.';

/** A list of ranges, for messages. */
export const rangesOrigin = (name: string) => ({ name, hint: rangesHint });

function readRange(
  { service, region }: { readonly service: string; readonly region: string },
  prefix: string,
  family: AddressFamily,
  where: string,
): IpRange {
  const cidr = parseCidr(prefix);
  if (typeof cidr === 'string') {
    throw new PathfareError('invalid-address-ranges', `${where}: ${quoteValue(prefix)} ${cidr}`, {
      hint: rangesHint,
    });
  }
  if (cidr.family !== family) {
    throw new PathfareError(
      'invalid-address-ranges',
      `${where}: ${quoteValue(prefix)} is not an IPv${family} block`,
      {
        hint: rangesHint,
      },
    );
  }
  return { cidr, service, region };
}

function compareRanges(a: IpRange, b: IpRange): number {
  return (
    compareText(a.service, b.service) ||
    compareText(a.region, b.region) ||
    Number(a.cidr.start - b.cidr.start) ||
    a.cidr.length - b.cidr.length
  );
}

/** Where AWS publishes its address ranges. */
const awsRangesUrl = 'https://ip-ranges.amazonaws.com/ip-ranges.json';

/** How long AWS may take to send the list, in milliseconds. */
const timeLimit = 60_000;

/** The part of `fetch` that a refresh uses. */
export type FetchText = (
  url: string,
  init: { readonly signal: AbortSignal },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

/**
 * Fetches AWS's current address ranges.
 *
 * @throws PathfareError if AWS can't be reached, refuses, or answers with something else
 */
export async function fetchAwsIpRanges(fetch: FetchText, signal: AbortSignal): Promise<IpRanges> {
  const text = await fetchText(fetch, signal);
  return parseAwsIpRanges(parseJson(text, rangesOrigin(awsRangesUrl)), awsRangesUrl);
}

async function fetchText(fetch: FetchText, signal: AbortSignal): Promise<string> {
  const hint = 'Save the list where there is a network, and give the file with `from: FILE`.';
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
    const response = await fetch(awsRangesUrl, { signal: limited });
    if (response.ok) return await response.text();
    throw new PathfareError(
      'address-ranges-unreachable',
      `${awsRangesUrl}: answered with status ${response.status}`,
      { hint },
    );
  } catch (cause) {
    if (cause instanceof PathfareError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PathfareError(
      'address-ranges-unreachable',
      `${awsRangesUrl}: can't be fetched: ${why}`,
      { hint, cause },
    );
  }
}

/**
 * Checks that fresh ranges may replace the present ones: a cut or foreign list would silently turn AWS's
 * traffic into internet traffic.
 *
 * @param accept take a list that is older than the present one
 * @throws PathfareError if the fresh list is implausible, or is older and `accept` is false
 */
export function checkFreshRanges(
  present: IpRanges,
  fresh: IpRanges,
  { file, accept }: { readonly file: string; readonly accept: boolean },
): void {
  const [before, after] = [present.ranges.length, fresh.ranges.length];
  if (after * 2 < before) {
    throw new PathfareError(
      'address-ranges-refused',
      `${file}: has ${after} prefixes, fewer than half of the present ${before}`,
      {
        hint: rangesHint,
      },
    );
  }
  for (const service of ['AMAZON', 'EC2', 'S3', 'DYNAMODB']) {
    if (!fresh.ranges.some((range) => range.service === service)) {
      throw new PathfareError('address-ranges-refused', `${file}: has no prefix of ${service}`, {
        hint: rangesHint,
      });
    }
  }
  // Both are YYYY-MM-DD-hh-mm-ss in UTC: their order as text is their order in time.
  if (fresh.createDate < present.createDate && !accept) {
    throw new PathfareError(
      'address-ranges-refused',
      `${file}: was published ${fresh.createDate}, before the present list (${present.createDate})`,
      { hint: 'To use the older list all the same, add `accept`.' },
    );
  }
}
