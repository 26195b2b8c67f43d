import { describe, expect, it } from 'vitest';
import { formatCidr } from '../../../src/traffic/addresses/cidr.js';
import { parseServiceMap } from '../../../src/traffic/addresses/service-map.js';

const read = (text: string) =>
  parseServiceMap(text, 'map.csv').map(({ cidr, service }) => [formatCidr(cidr), service]);

describe('parseServiceMap', () => {
  it('reads IPv4 and IPv6 blocks, columns in any order, others passed over', () => {
    expect(
      read('\uFEFFnote,service,cidr\r\n"a, b",Billing-DB,10.20.0.0/16\r\n\r\n,mesh,fd00::/8\r\n'),
    ).toEqual([
      ['10.20.0.0/16', 'billing-db'],
      ['fd00::/8', 'mesh'],
    ]);
  });

  it('reads a map without rows', () => {
    expect(read('cidr,service\n')).toEqual([]);
  });

  it.each([
    ['', 'map.csv:1: the header has no column cidr: the file is empty'],
    ['10.0.0.0/8,x\n', 'map.csv:1: the header has no column cidr: "10.0.0.0/8,x"'],
    [
      'cidr,service\n10.0.0.0/8,a\n\n10.0.0.1/8,b\n',
      'map.csv:4: cidr "10.0.0.1/8" has bits set beyond its length: write 10.0.0.0/8',
    ],
    [
      'cidr,service\n300.0.0.0/8,a\n',
      'map.csv:2: cidr "300.0.0.0/8" is not an IPv4 or IPv6 block in CIDR notation, such as 10.0.0.0/8',
    ],
    [
      'cidr,service\n10.0.0.0/8,\n',
      'map.csv:2: service "" is not a name of letters, digits, ".", "_" and "-"',
    ],
    [
      'cidr,service\n10.0.0.0/8,=1+1\n',
      'map.csv:2: service "=1+1" is not a name of letters, digits, ".", "_" and "-"',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('refuses what is not CSV, with the file', () => {
    expect(() => read('cidr,service\n"10.0.0.0/8,a\n')).toThrow(/^map\.csv: is not CSV: /);
  });
});
