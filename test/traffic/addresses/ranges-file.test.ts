import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cidr, formatCidr } from '../../../src/traffic/addresses/cidr.js';
import {
  loadIpRanges,
  packPrefixes,
  parseIpRanges,
  unpackPrefixes,
  writeIpRanges,
} from '../../../src/traffic/addresses/ranges-file.js';

describe('the compact form', () => {
  const cidr = (family: 4 | 6, bits: number): fc.Arbitrary<Cidr> =>
    fc.tuple(fc.bigInt(0n, 2n ** BigInt(bits) - 1n), fc.nat(bits)).map(([value, length]) => {
      const free = BigInt(bits - length);
      return { family, start: (value >> free) << free, length };
    });
  const inOrder = (a: Cidr, b: Cidr) => Number(a.start - b.start) || a.length - b.length;

  it.each([
    [4, 32],
    [6, 128],
  ] as const)('unpacks what it packs, IPv%i', (family, bits) => {
    fc.assert(
      fc.property(fc.array(cidr(family, bits), { minLength: 1 }), (blocks) => {
        const sorted = [...blocks].sort(inOrder);
        expect(unpackPrefixes(packPrefixes(sorted), family, 'x').map(formatCidr)).toEqual(
          sorted.map(formatCidr),
        );
      }),
    );
  });

  it.each([
    '',
    '3',
    '3/',
    '3/33',
    '3.5/8',
    '256/8',
    '3.5.1/22 x/24',
    '3.5.141/22',
    '3/8.5',
    '-1/8',
    '5/16',
  ])('refuses %j', (text) => {
    expect(() => unpackPrefixes(text, 4, 'f.json: ipv4.S3.us-east-1')).toThrow(
      /^f\.json: ipv4\.S3\.us-east-1: ".*" is not a packed prefix$/,
    );
  });

  it('ships whole: every service of 2026-08-22, and its own bytes when written again', async () => {
    const { ranges, source } = await loadIpRanges(null);
    expect(source).toBe('shipped');
    // AWS's list of that day: 10,668 IPv4 and 6,160 IPv6 prefixes; S3 441 + 513, DynamoDB 94.
    const count = (service: string) =>
      ranges.ranges.filter((range) => range.service === service).length;
    expect(ranges.ranges.length).toBe(10_668 + 6_160);
    expect([count('S3'), count('DYNAMODB')]).toEqual([441 + 513, 94]);
    expect(parseIpRanges(JSON.parse(writeIpRanges(ranges)), 'again')).toEqual(ranges);
  });
});
