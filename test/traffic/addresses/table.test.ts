import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addressBits,
  type IpAddress,
  lastAddress,
  parseIpAddress,
} from '../../../src/traffic/addresses/cidr.js';
import {
  type AddressLabel,
  awsNameRank,
  privateBlocks,
  serviceFromAwsName,
} from '../../../src/traffic/addresses/labels.js';
import type { IpRange, IpRanges } from '../../../src/traffic/addresses/ranges.js';
import { loadIpRanges } from '../../../src/traffic/addresses/ranges-file.js';
import { parseServiceMap, type ServiceBlock } from '../../../src/traffic/addresses/service-map.js';
import {
  type AddressTable,
  buildAddressTable,
  labelOf,
  lookup4,
  lookup6,
} from '../../../src/traffic/addresses/table.js';

let ranges: IpRanges;
let table: AddressTable;

beforeAll(async () => {
  ({ ranges } = await loadIpRanges(null));
  table = buildAddressTable({ ranges });
});

function labelOfText(text: string, of: AddressTable = table): AddressLabel | undefined {
  const address = parseIpAddress(text);
  return address && labelOf(of, address);
}

describe('what an address is', () => {
  it.each([
    '10.0.1.5',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.251',
    '255.255.255.255',
    '198.19.0.1',
    '::',
    '::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
  ])('%s is private', (text) => {
    expect(labelOfText(text)).toEqual({ kind: 'private' });
  });

  it.each(['203.0.113.5', '8.8.8.8', '172.32.0.1', '100.128.0.0', '2001:4860:4860::8888', '::2'])(
    '%s is on the internet',
    (text) => {
      expect(labelOfText(text)).toEqual({ kind: 'internet' });
    },
  );

  it("100.20.0.0/14 is public and AWS's", () => {
    for (const text of ['100.20.0.0', '100.22.1.2', '100.23.255.255']) {
      expect(labelOfText(text)).toEqual({
        kind: 'service',
        service: 'aws-other',
        region: 'us-west-2',
      });
    }
  });

  it('the range tells the Region of an S3 or DynamoDB address, IPv4 and IPv6', () => {
    const s3 = ranges.ranges.filter((range) => range.service === 'S3');
    const regions = new Set(s3.map((range) => range.region));
    expect(regions.size).toBeGreaterThan(30);
    for (const { cidr, region } of s3) {
      expect(labelOf(table, { family: cidr.family, value: cidr.start })).toMatchObject({
        service: 's3',
        region,
      });
    }
    for (const { cidr, region } of ranges.ranges.filter((range) => range.service === 'DYNAMODB')) {
      const value = lastAddress(cidr);
      expect(labelOf(table, { family: cidr.family, value })).toEqual({
        kind: 'service',
        service: 'dynamodb',
        region,
      });
    }
  });

  it('looks through NAT64 and IPv4-mapped addresses', () => {
    expect(labelOfText('64:ff9b::10.0.0.1')).toEqual({ kind: 'private' });
    expect(labelOfText('64:ff9b::100.20.0.1')).toEqual(labelOfText('100.20.0.1'));
    expect(labelOfText('::ffff:100.20.0.1')).toEqual(labelOfText('100.20.0.1'));
  });

  it('is made of shared memory, so that workers read it without a copy', () => {
    for (const part of [table.trie4, table.starts6, table.labels6]) {
      expect(part.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});

describe('against a linear scan of the same blocks', () => {
  const map = parseServiceMap(
    'cidr,service\n10.20.0.0/16,billing-db\n10.20.30.0/24,ledger\n52.216.0.0/15,our-bucket-proxy\n' +
      '203.0.113.0/24,partner\n2600:1f18::/33,our-v6\nfd00::/8,mesh\n0.0.0.0/1,half\n10.20.0.0/16,billing\n',
    'map.csv',
  );

  it('agrees at and around every edge of every range', () => {
    const mine = buildAddressTable({ ranges, serviceMap: map });
    const random = sampler(7);
    // Every 40th range, to keep a linear scan affordable; the property below draws from all.
    for (const { cidr } of ranges.ranges.filter((_, index) => index % 40 === 0)) {
      for (const value of [
        cidr.start - 1n,
        cidr.start,
        lastAddress(cidr),
        lastAddress(cidr) + 1n,
      ]) {
        const address = {
          family: cidr.family,
          value: BigInt.asUintN(addressBits[cidr.family], value),
        };
        const sources = random() < 0.5 ? { of: mine, map } : { of: table, map: [] };
        expect(labelOf(sources.of, address)).toEqual(scan(address, sources.map));
      }
    }
  });

  it('agrees on any address inside or beside any range', () => {
    const mine = buildAddressTable({ ranges, serviceMap: map });
    const blocks = [
      ...ranges.ranges.map((range) => range.cidr),
      ...privateBlocks,
      ...map.map((block) => block.cidr),
    ];
    const offset = fc.oneof(
      fc.bigInt(-2n, 2n),
      fc.bigInt(-(2n ** 20n), 2n ** 20n),
      fc.bigInt(-(2n ** 96n), 2n ** 96n),
    );
    fc.assert(
      fc.property(fc.nat(blocks.length - 1), offset, fc.boolean(), (at, by, withMap) => {
        const cidr = blocks[at];
        if (cidr === undefined) return;
        const value = BigInt.asUintN(addressBits[cidr.family], cidr.start + by);
        const address = { family: cidr.family, value };
        expect(labelOf(withMap ? mine : table, address)).toEqual(scan(address, withMap ? map : []));
      }),
      { numRuns: 500 },
    );
  });

  it('lookups return an index into the labels for every word', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        expect(table.labels[lookup4(table, a)]).toBeDefined();
        expect(table.labels[lookup6(table, a, b, c, d)]).toBeDefined();
      }),
    );
  });
});

describe('precedence', () => {
  const range = (text: string, service: string): IpRange => {
    const [address = '', length] = text.split('/');
    const parsed = parseIpAddress(address);
    if (parsed === undefined) throw new Error(text);
    const cidr = { family: parsed.family, start: parsed.value, length: Number(length) };
    return { cidr, service, region: 'us-east-1' };
  };
  const built = (list: readonly IpRange[], serviceMap: readonly ServiceBlock[] = []) =>
    buildAddressTable({
      ranges: { syncToken: '1', createDate: '2026-01-01-00-00-00', ranges: list },
      serviceMap,
    });

  it('a named service wins over a longer EC2 block, EC2 over a longer AMAZON block', () => {
    const of = built([
      range('9.0.0.0/16', 'S3'),
      range('9.0.1.0/24', 'EC2'),
      range('9.0.1.0/28', 'AMAZON'),
      range('9.1.0.0/16', 'EC2'),
    ]);
    expect(labelOfText('9.0.1.1', of)).toMatchObject({ service: 's3' });
    expect(labelOfText('9.1.0.1', of)).toMatchObject({ service: 'aws-other' });
  });

  it('of two named services the longer prefix wins', () => {
    const of = built([range('9.0.0.0/16', 'GLOBALACCELERATOR'), range('9.0.1.0/24', 'S3')]);
    expect(labelOfText('9.0.1.255', of)).toMatchObject({ service: 's3' });
    expect(labelOfText('9.0.2.0', of)).toMatchObject({ service: 'globalaccelerator' });
  });

  it("the user's map wins over everything, and its longest block over its others", () => {
    const map = parseServiceMap(
      'cidr,service\n9.0.0.0/8,ours\n10.0.0.0/8,corp\n10.1.0.0/16,db\n11.0.0.0/8,internet\n',
      'm.csv',
    );
    const of = built([range('9.0.0.0/16', 'S3'), range('11.0.0.0/16', 'S3')], map);
    expect(labelOfText('9.0.0.1', of)).toEqual({ kind: 'service', service: 'ours', region: null });
    expect(labelOfText('10.0.0.1', of)).toEqual({ kind: 'service', service: 'corp', region: null });
    expect(labelOfText('10.1.0.1', of)).toEqual({ kind: 'service', service: 'db', region: null });
    expect(labelOfText('11.0.0.1', of)).toEqual({ kind: 'internet' });
  });
});

describe("names of AWS's ranges", () => {
  it.each([
    ['S3', 's3'],
    ['DYNAMODB', 'dynamodb'],
    ['EC2', 'aws-other'],
    ['AMAZON', 'aws-other'],
    ['EFS', 'elasticfilesystem'],
    ['EBS', 'ebs'],
    ['CLOUDFRONT', 'cloudfront'],
    ['API_GATEWAY', 'api-gateway-outbound'],
    ['EC2_INSTANCE_CONNECT', 'ec2-instance-connect'],
    ['SOMETHING_NEW', 'something-new'],
    ['toString', 'tostring'],
    ['=cmd|x', 'cmd-x'],
    ['==', 'aws-other'],
  ])('%s is %s', (name, service) => {
    expect(serviceFromAwsName(name)).toBe(service);
  });
});

/** The same rules, written as plainly as they can be. */
function scan({ family, value }: IpAddress, map: readonly ServiceBlock[]): AddressLabel {
  const holds = ({ cidr }: { readonly cidr: IpRange['cidr'] }) =>
    cidr.family === family && cidr.start <= value && value <= lastAddress(cidr);
  const longest = <T extends { readonly cidr: IpRange['cidr'] }>(
    blocks: readonly T[],
  ): T | undefined =>
    blocks
      .filter(holds)
      .reduce<T | undefined>(
        (best, block) =>
          best !== undefined && best.cidr.length > block.cidr.length ? best : block,
        undefined,
      );
  const own = longest(map);
  if (own !== undefined) return { kind: 'service', service: own.service, region: null };
  if (longest(privateBlocks.map((cidr) => ({ cidr }))) !== undefined) return { kind: 'private' };
  const held = ranges.ranges.filter(holds);
  for (const rank of [2, 1, 0]) {
    const best = longest(held.filter((range) => awsNameRank(range.service) === rank));
    if (best !== undefined) {
      return { kind: 'service', service: serviceFromAwsName(best.service), region: best.region };
    }
  }
  return { kind: 'internet' };
}

/** Reproducible numbers in [0, 1). */
function sampler(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
