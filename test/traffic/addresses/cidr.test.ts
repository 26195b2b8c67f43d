import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatCidr,
  formatIpAddress,
  lastAddress,
  parseCidr,
  parseIpAddress,
} from '../../../src/traffic/addresses/cidr.js';

describe('addresses', () => {
  it.each([
    ['0.0.0.0', 4, 0n],
    ['10.1.2.3', 4, 0x0a010203n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['2600:1f00::', 6, 0x26001f00n << 96n],
    ['64:ff9b::192.0.2.33', 6, (0x64ff9bn << 96n) | 0xc0000221n],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
  ])('reads %s', (text, family, value) => {
    expect(parseIpAddress(text)).toEqual({ family, value });
  });

  it.each([
    '',
    '-',
    '10.0.0',
    '10.0.0.256',
    '01.2.3.4',
    'fe80::1%eth0',
    '1::2::3',
    'g::',
    ' 10.0.0.1',
  ])('refuses %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  it('writes what it reads back, both families', () => {
    const addresses = fc.oneof(
      fc.record({ family: fc.constant<4 | 6>(4), value: fc.bigInt(0n, 2n ** 32n - 1n) }),
      fc.record({ family: fc.constant<4 | 6>(6), value: fc.bigInt(0n, 2n ** 128n - 1n) }),
    );
    fc.assert(
      fc.property(addresses, (address) => {
        expect(parseIpAddress(formatIpAddress(address))).toEqual(address);
      }),
    );
  });

  it.each([
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['0:0:0:0:0:0:0:0', '::'],
  ])('writes %s as RFC 5952 does', (text, short) => {
    const address = parseIpAddress(text);
    expect(address && formatIpAddress(address)).toBe(short);
  });
});

describe('blocks', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', '1.2.3.4/32', '2600:1f00::/24', '::/0', '::1/128'])(
    'reads and writes %s',
    (text) => {
      const cidr = parseCidr(text);
      expect(typeof cidr === 'string' ? cidr : formatCidr(cidr)).toBe(text);
    },
  );

  it('knows the last address', () => {
    expect(lastAddress({ family: 4, start: 0x0a000000n, length: 8 })).toBe(0x0affffffn);
  });

  it.each([
    ['10.0.0.1/8', 'has bits set beyond its length: write 10.0.0.0/8'],
    ['10.0.0.0/33', 'has a prefix length above 32'],
    ['::/129', 'has a prefix length above 128'],
    ['10.0.0.0', 'is not an IPv4 or IPv6 block in CIDR notation, such as 10.0.0.0/8'],
    ['10.0.0.0/', 'is not an IPv4 or IPv6 block in CIDR notation, such as 10.0.0.0/8'],
    ['10.0.0.0/8/8', 'is not an IPv4 or IPv6 block in CIDR notation, such as 10.0.0.0/8'],
    ['10.0.0.0/-1', 'is not an IPv4 or IPv6 block in CIDR notation, such as 10.0.0.0/8'],
  ])('refuses %s: %s', (text, why) => {
    expect(parseCidr(text)).toBe(why);
  });
});
