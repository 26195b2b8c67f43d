import { readFile } from 'node:fs/promises';
import { PathfareError, quoteValue, UsageError } from '../errors.js';
import { compareText } from '../finding.js';
import { type AddressLabel, buildAddressTable, labelOf } from '../traffic/address-table.js';
import { parseIpAddress } from '../traffic/cidr.js';
import { type IpRanges, parseAwsIpRanges } from '../traffic/ip-ranges.js';
import {
  type LoadedIpRanges,
  loadIpRanges,
  readJson,
  saveIpRanges,
} from '../traffic/ip-ranges-file.js';
import {
  checkFreshRanges,
  type FetchText,
  fetchAwsIpRanges,
} from '../traffic/ip-ranges-refresh.js';
import { cacheFolder } from './cache-folder.js';
import type { Effects } from './effects.js';

/** The options of `pathfare ip-ranges`. */
export interface IpRangesOptions {
  readonly action: 'show' | 'refresh';
  /** `show`: addresses to tell apart; without any, the list itself is described. */
  readonly addresses?: readonly string[];
  readonly format?: 'table' | 'json';
  /** `refresh`: a saved copy of AWS's list; without it the list is fetched from AWS. */
  readonly from?: string | undefined;
  /** `refresh`: take a list that is older than the present one. */
  readonly accept?: boolean;
  readonly cacheDir?: string | undefined;
}

/** The parts of the effects that `pathfare ip-ranges` uses. */
export type IpRangesEffects = Pick<Effects, 'stdout' | 'env' | 'signal'>;

/**
 * Shows the AWS address ranges that traffic is attributed by, or renews them in the user's cache folder.
 * The network is used by `refresh` without `--from` alone.
 */
export async function run(
  options: IpRangesOptions,
  effects: IpRangesEffects,
  fetch: FetchText = globalThis.fetch,
): Promise<void> {
  const folder = cacheFolder(options.cacheDir, effects.env);
  if (options.action === 'refresh') await refresh(options, effects, folder, fetch);
  else await show(options, effects, folder);
}

async function refresh(
  { from, accept = false, format = 'table' }: IpRangesOptions,
  { stdout, signal }: IpRangesEffects,
  folder: string,
  fetch: FetchText,
): Promise<void> {
  const present = await loadIpRanges(folder);
  const fresh =
    from === undefined ? await fetchAwsIpRanges(fetch, signal) : await readAwsIpRanges(from);
  checkFreshRanges(present.ranges, fresh, { file: from ?? 'the fetched list', accept });
  const file = await saveIpRanges(fresh, folder);
  stdout.write(describe({ ranges: fresh, source: 'refreshed', file }, format));
}

async function readAwsIpRanges(file: string): Promise<IpRanges> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new PathfareError(`--from ${file}: can't be read`, {
      hint: "Give a saved copy of AWS's ip-ranges.json.",
      cause,
    });
  }
  return parseAwsIpRanges(readJson(text, file), file);
}

async function show(
  { addresses = [], format = 'table' }: IpRangesOptions,
  { stdout }: IpRangesEffects,
  folder: string,
): Promise<void> {
  const loaded = await loadIpRanges(folder);
  if (addresses.length === 0) stdout.write(describe(loaded, format));
  else stdout.write(describeAddresses(loaded.ranges, addresses, format));
}

function describe({ ranges, source, file }: LoadedIpRanges, format: 'table' | 'json'): string {
  const services = prefixesByService(ranges);
  const facts = {
    source,
    file,
    createDate: ranges.createDate,
    syncToken: ranges.syncToken,
    prefixes: ranges.ranges.length,
  };
  if (format === 'json') return json({ schema: 'pathfare/ip-ranges-list@1', ...facts, services });
  const width = Math.max(...Object.keys(services).map((name) => name.length));
  return [
    `AWS's address ranges of ${facts.createDate} (${source}): ${facts.prefixes} prefixes`,
    file,
    ...Object.entries(services).map(([name, count]) => `  ${name.padEnd(width)}  ${count}`),
    '',
  ].join('\n');
}

function prefixesByService({ ranges }: IpRanges): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { service } of ranges) counts.set(service, (counts.get(service) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}

function describeAddresses(
  ranges: IpRanges,
  addresses: readonly string[],
  format: 'table' | 'json',
): string {
  const table = buildAddressTable({ ranges });
  const rows = addresses.map((text) => {
    const address = parseIpAddress(text);
    if (address !== undefined) return { address: text, ...labelOf(table, address) };
    throw new UsageError(`ip-ranges show: ${quoteValue(text)} is not an IPv4 or IPv6 address`, {
      hint: 'Give addresses such as 52.216.0.1 or 2600:1fa0:4000::1.',
    });
  });
  if (format === 'json') return json(rows);
  const width = Math.max(...addresses.map((text) => text.length));
  return rows.map((row) => `${row.address.padEnd(width)}  ${words(row)}\n`).join('');
}

function words(label: AddressLabel): string {
  return label.kind === 'service' ? `${label.service} ${label.region ?? ''}`.trim() : label.kind;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
