import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flattenBlocks,
  layOver,
  packSegments,
  type RankedBlock,
  unpackSegments,
} from '../../../src/traffic/addresses/segments.js';

/** Blocks of a small part of the address space, so that many of them meet, and of its ends. */
const blocks = fc.array(
  fc
    .tuple(fc.nat(2 ** 12 - 1), fc.integer({ min: 0, max: 12 }), fc.nat(2), fc.boolean())
    .map(([value, length, label, isLast]): RankedBlock => {
      const start = BigInt(value >> (12 - length)) << BigInt(12 - length);
      const far = isLast ? 2n ** 128n - 2n ** 12n : 0n;
      return { cidr: { family: 6, start: far + start, length: 116 + length }, rank: 0, label };
    }),
  { maxLength: 8 },
);

describe('segments', () => {
  it('laid over others are as if all blocks had been flattened at once', () => {
    const whole: RankedBlock = { cidr: { family: 6, start: 0n, length: 0 }, rank: 0, label: 1 };
    fc.assert(
      fc.property(blocks, blocks, fc.boolean(), (lower, own, hasWhole) => {
        const upper = hasWhole ? [...own, whole] : own;
        const ranked = upper.map((block) => ({ ...block, rank: 1 }));
        const laid = layOver(flattenBlocks(lower, 0), flattenBlocks(upper, -1), -1);
        expect(laid).toEqual(flattenBlocks([...lower, ...ranked], 0));
      }),
      { numRuns: 1000 },
    );
  });

  it('are packed and unpacked as they were', () => {
    fc.assert(
      fc.property(blocks, (some) => {
        const segments = flattenBlocks(some, 0);
        expect(unpackSegments(6, packSegments(6, segments))).toEqual(segments);
      }),
    );
  });
});
