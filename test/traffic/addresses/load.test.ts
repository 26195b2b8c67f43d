import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AddressFamily,
  addressBits,
  parseCidr,
  parseIpAddress,
} from '../../../src/traffic/addresses/cidr.js';
import { labelSegments, privateBlocks } from '../../../src/traffic/addresses/labels.js';
import {
  type AddressTableOptions,
  buildShippedTable,
  digestOf,
  loadAddressTable,
  saveIpRanges,
  writeTableFile,
} from '../../../src/traffic/addresses/load.js';
import type { IpRange, IpRanges } from '../../../src/traffic/addresses/ranges.js';
import { loadIpRanges, writeIpRanges } from '../../../src/traffic/addresses/ranges-file.js';
import { parseServiceMap } from '../../../src/traffic/addresses/service-map.js';
import {
  type AddressTable,
  buildAddressTable,
  labelOf,
} from '../../../src/traffic/addresses/table.js';
import { root } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const shippedTable = join(root, 'pricing-cache/address-table.bin');

let shipped: IpRanges;
beforeAll(async () => {
  ({ ranges: shipped } = await loadIpRanges(null));
});

describe('the table that ships', () => {
  it('is what the ranges that ship are built to', async () => {
    // A difference is mended by "npm run build:addresses".
    expect(Buffer.from(await buildShippedTable()).equals(await readFile(shippedTable))).toBe(true);
  });

  it('is small', async () => {
    expect((await readFile(shippedTable)).length).toBeLessThan(48 * 1024);
  });

  it('answers as one that is built from the ranges, with a service map and without', async () => {
    const serviceMap = parseServiceMap(
      'cidr,service\n10.20.0.0/16,billing-db\n10.20.30.0/24,ledger\n52.216.0.0/15,proxy\n3.5.140.7/32,one\n' +
        '0.0.0.0/1,half\n11.0.0.0/8,internet\n2600:1f18::/33,our-v6\nfd00::/8,mesh\n2600:1f18:1::3/128,six\n',
      'map.csv',
    );
    const built = [buildAddressTable({ ranges: shipped })];
    const loaded = [await loadAddressTable()];
    for (const family of ['.', ':']) {
      const map = serviceMap.filter(({ cidr }) => (cidr.family === 4) === (family === '.'));
      built.push(buildAddressTable({ ranges: shipped, serviceMap: map }));
      loaded.push(await loadAddressTable({ serviceMap: map }));
    }
    built.push(buildAddressTable({ ranges: shipped, serviceMap }));
    loaded.push(await loadAddressTable({ serviceMap }));
    const cidrs = [...shipped.ranges, ...serviceMap].map(({ cidr }) => cidr).concat(privateBlocks);
    const near = fc
      .tuple(
        fc.nat(cidrs.length - 1),
        fc.oneof(fc.bigInt(-2n, 2n), fc.bigInt(-(2n ** 80n), 2n ** 80n)),
      )
      .map(([at, by]) => {
        const { family, start } = cidrs[at] ?? { family: 4, start: 0n };
        return { family, value: BigInt.asUintN(addressBits[family], start + by) };
      });
    const anywhere = fc
      .tuple(fc.constantFrom<AddressFamily>(4, 6), fc.bigInt(0n, 2n ** 128n - 1n))
      .map(([family, value]) => ({ family, value: BigInt.asUintN(addressBits[family], value) }));
    fc.assert(
      fc.property(fc.oneof(near, anywhere), fc.nat(3), (address, at) => {
        const [mine, theirs] = [loaded[at], built[at]];
        expect(mine && labelOf(mine, address)).toEqual(theirs && labelOf(theirs, address));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the table of refreshed ranges', () => {
  const range = (text: string, service: string): IpRange => {
    const cidr = parseCidr(text);
    if (typeof cidr === 'string') throw new Error(cidr);
    return { cidr, service, region: 'us-east-1' };
  };
  const refreshed = (...ranges: readonly IpRange[]): IpRanges => ({
    syncToken: '2',
    createDate: '2027-01-01-00-00-00',
    ranges,
  });
  const serviceOf = (table: AddressTable, text = '9.0.0.1') => {
    const address = parseIpAddress(text);
    const label = address && labelOf(table, address);
    return label?.kind === 'service' ? label.service : label?.kind;
  };
  const loaded = async (options: AddressTableOptions) => serviceOf(await loadAddressTable(options));
  const s3 = refreshed(range('9.0.0.0/16', 'S3'));
  const dynamodb = labelSegments(refreshed(range('9.0.0.0/16', 'DYNAMODB')));

  it('is built once, beside the ranges, and read from then on', async () => {
    await using folder = await temporaryFolder();
    await saveIpRanges(s3, folder.path);
    const file = join(folder.path, 'address-table.bin');
    const built = await readFile(file);
    expect(await loaded({ cacheFolder: folder.path })).toBe('s3');
    // Another table with the same origin shows that it is the file that is read.
    const [, origin = ''] = built.toString('latin1').split(/[ \n]/, 2);
    await writeFile(file, writeTableFile(dynamodb, origin));
    expect(await loaded({ cacheFolder: folder.path })).toBe('dynamodb');
    expect(serviceOf(await loadAddressTable())).toBe('internet');
  });

  it('has the service map laid over it', async () => {
    await using folder = await temporaryFolder();
    await saveIpRanges(s3, folder.path);
    const serviceMap = parseServiceMap('cidr,service\n9.0.0.0/24,ours\n', 'map.csv');
    const table = await loadAddressTable({ cacheFolder: folder.path, serviceMap });
    expect(['9.0.0.1', '9.0.1.1'].map((text) => serviceOf(table, text))).toEqual(['ours', 's3']);
  });

  it.each<[string, (built: Buffer, text: string) => Uint8Array]>([
    ['damaged', (built) => built.fill(7, built.length - 3)],
    ['cut off', (built) => built.subarray(0, -1)],
    ['empty', () => new Uint8Array()],
    ['built from other ranges', (_, text) => writeTableFile(dynamodb, digestOf(`${text} `))],
    [
      "built by another release's rules",
      (_, text) => writeTableFile(dynamodb, digestOf(text, Buffer.from('another shipped table'))),
    ],
  ])('is built anew where it is %s', async (_, change) => {
    await using folder = await temporaryFolder();
    await saveIpRanges(s3, folder.path);
    const file = join(folder.path, 'address-table.bin');
    const built = await readFile(file);
    await writeFile(file, change(Buffer.from(built), writeIpRanges(s3)));
    expect(await loaded({ cacheFolder: folder.path })).toBe('s3');
    expect((await readFile(file)).equals(built)).toBe(true);
  });

  it('is built anew where the ranges are others', async () => {
    await using folder = await temporaryFolder();
    await saveIpRanges(s3, folder.path);
    const ranges = refreshed(range('9.0.0.0/16', 'CLOUDFRONT'));
    await writeFile(join(folder.path, 'ip-ranges.json'), writeIpRanges(ranges));
    expect(await loaded({ cacheFolder: folder.path })).toBe('cloudfront');
  });

  it('is built by every run where it cannot be saved', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'ip-ranges.json'), writeIpRanges(s3));
    await mkdir(join(folder.path, 'address-table.bin'));
    expect(await loaded({ cacheFolder: folder.path })).toBe('s3');
  });
});
