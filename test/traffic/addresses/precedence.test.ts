import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastAddress } from '../../../src/traffic/addresses/cidr.js';
import { privateBlocks, privateHalves } from '../../../src/traffic/addresses/labels.js';

describe('the private halves of IPv4 addresses', () => {
  const halves = privateHalves();
  const isPrivate = (address: number) => {
    const half = address >>> 16;
    return (((halves[half >> 3] ?? 0) >> (half & 7)) & 1) === 1;
  };
  const blocks = privateBlocks.filter(({ family }) => family === 4);

  it('are those of the private blocks', () => {
    const isHeld = (address: bigint) =>
      blocks.some((cidr) => cidr.start <= address && address <= lastAddress(cidr));
    const edges = blocks.flatMap((cidr) => [cidr.start, lastAddress(cidr)]);
    for (const edge of edges.flatMap((address) => [address - 1n, address, address + 1n])) {
      const address = BigInt.asUintN(32, edge);
      expect([address, isPrivate(Number(address))]).toEqual([address, isHeld(address)]);
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (address) => {
        expect(isPrivate(address)).toBe(isHeld(BigInt(address)));
      }),
    );
  });

  it('can say so, as no private block is smaller', () => {
    expect(blocks.filter(({ length }) => length > 16)).toEqual([]);
  });
});
