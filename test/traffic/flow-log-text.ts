import { parseCidr } from '../../src/traffic/addresses/cidr.js';
import type { IpRange } from '../../src/traffic/addresses/ranges.js';
import type { ServiceBlock } from '../../src/traffic/addresses/service-map.js';
import { type AddressTable, buildAddressTable } from '../../src/traffic/addresses/table.js';
import {
  type AttributedTraffic,
  attributeTraffic,
} from '../../src/traffic/attribution/attribute.js';
import { type Interval, intervals } from '../../src/traffic/attribution/profile-table.js';
import { GroupMerger } from '../../src/traffic/attribution/record-groups.js';
import type { Volume } from '../../src/traffic/profile/profile.js';
import { planFields } from '../../src/traffic/scanner/field-plan.js';
import { Scanner } from '../../src/traffic/scanner/scanner.js';

const blocks = [
  ['52.216.0.0/15', 'S3', 'us-east-1'],
  ['52.218.0.0/17', 'S3', 'eu-west-1'],
  ['52.94.0.0/22', 'DYNAMODB', 'us-east-1'],
  ['52.4.0.0/14', 'EC2', 'us-east-1'],
  ['52.46.128.0/19', 'AMAZON', 'us-east-1'],
  ['2600:1fa0:8000::/40', 'S3', 'us-east-1'],
] as const;

function block(text: string) {
  const cidr = parseCidr(text);
  if (typeof cidr === 'string') throw new Error(cidr);
  return cidr;
}

/** A few of AWS's prefixes. */
const testRanges = {
  syncToken: '1',
  createDate: '2026-08-22-15-17-05',
  ranges: blocks.map(
    ([cidr, service, region]): IpRange => ({ cidr: block(cidr), service, region }),
  ),
};

export const testAddresses = buildAddressTable({ ranges: testRanges });

/** The table with a block of a user's own. */
export function addressesWith(cidr: string, service: string): AddressTable {
  const own: ServiceBlock = { cidr: block(cidr), service };
  return buildAddressTable({ ranges: testRanges, serviceMap: [own] });
}

export interface LogOptions {
  readonly fields: string;
  readonly addresses?: AddressTable;
  readonly interval?: Interval;
  readonly natNames?: readonly string[];
  readonly unknownPath?: string | null;
  /** In how many pieces each text is handed over. */
  readonly pieceBytes?: number;
}

/** What becomes of some files of flow-log text, all of the same fields. */
export function attributeTexts(
  texts: readonly string[],
  options: LogOptions,
): AttributedTraffic & { readonly read: number; readonly unreadable: number } {
  const {
    addresses = testAddresses,
    interval = 'all',
    natNames = [],
    unknownPath = null,
    pieceBytes,
  } = options;
  const scanner = new Scanner({ addresses, interval: intervals[interval], talkers: false });
  const plan = planFields(options.fields.split(' '));
  if (typeof plan === 'string') throw new Error(plan);
  const merger = new GroupMerger();
  let read = 0;
  let unreadable = 0;
  for (const text of texts) {
    scanner.begin({ plan, flowLog: 'fl-1', accountId: null, region: null }, () => {
      unreadable++;
      return false;
    });
    const bytes = Buffer.from(text);
    const step = pieceBytes ?? bytes.length + 1;
    for (let at = 0; at < bytes.length; at += step) scanner.push(bytes.subarray(at, at + step));
    scanner.end();
    read += scanner.recordCount();
    merger.add(scanner.take());
  }
  const traffic = attributeTraffic(merger.result(), {
    labels: addresses.labels,
    interval,
    natNames: new Set(natNames),
    unknownPath,
    region: 'us-east-1',
  });
  return { ...traffic, read, unreadable };
}

/** The volumes of profiles, in short: `service path out in`. */
export function volumesOf({ profiles }: Pick<AttributedTraffic, 'profiles'>): readonly string[] {
  return profiles.map(
    (profile) =>
      `${profile.service} ${profile.path} ${bytesOf(profile.sent)} ${bytesOf(profile.received)}`,
  );
}

/** The bytes of a volume that was read from flow logs. */
export const bytesOf = (volume: Volume): bigint => {
  if ('bytes' in volume) return volume.bytes;
  throw new Error('a flow log holds bytes');
};
