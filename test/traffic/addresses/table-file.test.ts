import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cidr } from '../../../src/traffic/addresses/cidr.js';
import { type LabelledSegments, labelSegments } from '../../../src/traffic/addresses/labels.js';
import { digestOf, readTableFile, writeTableFile } from '../../../src/traffic/addresses/load.js';
import type { IpRange } from '../../../src/traffic/addresses/ranges.js';
import { unpackSegments } from '../../../src/traffic/addresses/segments.js';

const block = (family: 4 | 6, bits: number): fc.Arbitrary<Cidr> =>
  fc.tuple(fc.bigInt(0n, 2n ** BigInt(bits) - 1n), fc.nat(bits)).map(([value, length]) => {
    const free = BigInt(bits - length);
    return { family, start: (value >> free) << free, length };
  });
const range = fc.record({
  cidr: fc.oneof(block(4, 32), block(6, 128)),
  service: fc.constantFrom('S3', 'EC2', 'AMAZON', 'CLOUDFRONT'),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'GLOBAL'),
});

const labeled = (ranges: readonly IpRange[]) =>
  labelSegments({ syncToken: '1', createDate: '2026-08-22-15-17-05', ranges });

/** Segments in a form that can be compared. */
const shown = ({ labels, segments4, segments6 }: LabelledSegments) => ({
  labels,
  segments: [unpackSegments(4, segments4), unpackSegments(6, segments6)],
});

const origin = digestOf(Buffer.from('what it is made from'));
const sample = labeled([
  { cidr: { family: 4, start: 0x03_05_8c_00n, length: 22 }, service: 'S3', region: 'us-east-1' },
  { cidr: { family: 6, start: 0x2600_1f00n << 96n, length: 24 }, service: 'EC2', region: 'GLOBAL' },
]);

describe('a table of addresses in a file', () => {
  it('is read as it was written, whatever the blocks', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 40 }), (ranges) => {
        const table = labeled(ranges);
        const read = readTableFile(writeTableFile(table, origin), origin);
        expect(read && shown(read)).toEqual(shown(table));
      }),
    );
  });

  it('has more labels than a byte tells apart', () => {
    const ranges = Array.from({ length: 300 }, (_, index) => ({
      cidr: { family: 4, start: BigInt(index + 100) << 16n, length: 16 } as const,
      service: `SERVICE_${index}`,
      region: 'us-east-1',
    }));
    const read = readTableFile(writeTableFile(labeled(ranges), origin), origin);
    expect(read && shown(read)).toEqual(shown(labeled(ranges)));
  });

  it('is not believed if it was made from something else', () => {
    const file = writeTableFile(sample, origin);
    expect(readTableFile(file, digestOf(Buffer.from('another list')))).toBeUndefined();
  });

  it('is not believed if a byte of it is another one, or missing, or too many', () => {
    const file = writeTableFile(sample, origin);
    for (let at = 0; at < file.length; at++) {
      const damaged = Uint8Array.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(readTableFile(damaged, origin), `byte ${at}`).toBeUndefined();
      expect(readTableFile(file.subarray(0, at), origin), `cut at ${at}`).toBeUndefined();
    }
    expect(readTableFile(Buffer.concat([file, Buffer.of(0)]), origin)).toBeUndefined();
    expect(readTableFile(file, origin)).toBeDefined();
  });

  it('is not believed in another format', () => {
    const file = Buffer.from(writeTableFile(sample, origin));
    const older = Buffer.from(file.toString('latin1').replace('table@1', 'table@0'), 'latin1');
    expect(readTableFile(older, origin)).toBeUndefined();
  });
});
