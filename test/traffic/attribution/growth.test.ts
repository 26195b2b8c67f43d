import { describe, expect, it } from 'vitest';
import { vantageFindings } from '../../../src/traffic/attribution/findings.js';
import { HeldTraffic } from '../../../src/traffic/attribution/held.js';
import type { LoggedInterface } from '../../../src/traffic/attribution/interface-roles.js';
import { unionOfRanges } from '../../../src/traffic/attribution/time-ranges.js';
import { recordGroup } from './record-group.js';

function workload(number: number, vpc = 'vpc-1'): LoggedInterface {
  const key = `${vpc} eni-${number}`;
  return {
    key,
    vpc,
    name: `eni-${number}`,
    role: 'workload',
    side: 'public',
    isUnproven: false,
    isMirror: false,
    isRelay: false,
    ownAddress: null,
  };
}

describe('what grows with the interfaces of one VPC', () => {
  // To copy the list of a VPC's interfaces for each of them would copy 5,000,000,000 entries here: minutes.
  it('names the vantage of a VPC of 100,000 interfaces', () => {
    const interfaces = Array.from({ length: 100_000 }, (_, number) => workload(number));
    expect(vantageFindings(interfaces).map(({ code }) => code)).toEqual(['vantage-workloads']);
  });

  // 20,000 lists of two ranges each, all apart: 40,000 ranges.
  it('joins the times of 20,000 interfaces', () => {
    const lists = Array.from({ length: 20_000 }, (_, at) => [
      at * 10,
      at * 10 + 1,
      1e6 + at,
      1e6 + at + 1,
    ]);
    const union = unionOfRanges(lists);
    // The second ranges touch each other: one range from 1,000,000 to 1,020,000.
    expect(union).toHaveLength(20_000 * 2 + 2);
    expect(union.slice(-2)).toEqual([1_000_000, 1_020_000]);
  });
});

describe('ranges of time', () => {
  it.each([
    [[], []],
    [[[5, 9]], [5, 9]],
    [
      [[5, 9], []],
      [5, 9],
    ],
    [
      [
        [5, 9],
        [1, 2],
        [2, 5],
      ],
      [1, 9],
    ],
    [
      [
        [1, 10, 20, 30],
        [2, 3, 9, 21],
      ],
      [1, 30],
    ],
    [
      [
        [1, 2],
        [4, 5],
        [7, 8],
      ],
      [1, 2, 4, 5, 7, 8],
    ],
    [
      [
        [0, 0],
        [0, 0],
      ],
      [0, 0],
    ],
  ])('of %j are together %j', (lists, union) => {
    expect(unionOfRanges(lists)).toEqual(union);
  });
});

describe('traffic that a gateway holds', () => {
  const own = workload(1);
  const claim = (address: number, label: number, isSent: boolean) => ({
    group: { ...recordGroup('publicOut', { address }), label },
    own,
    isSent,
    isCertain: true,
  });
  // Each of these differs from the pool in one of client, label and direction; the largest of each has all its bits set.
  it.each([
    [0xffff_ffff, 0xf_ffff, true, 100n],
    [0xffff_fffe, 0xf_ffff, true, 0n],
    [0xffff_ffff, 0xf_fffe, true, 0n],
    [0xffff_ffff, 0xf_ffff, false, 0n],
    [0, 0xf_ffff, true, 0n],
  ])('of client %i, label %i, sent %s: %s bytes', (address, label, isSent, bytes) => {
    const held = new HeldTraffic();
    const largest = claim(0xffff_ffff, 0xf_ffff, true);
    held.add(largest.group, own.vpc, true, 0xffff_ffff);
    const one = claim(address, label, isSent);
    const found = held.meet([one], ({ address: client }) => client);
    expect(found.get(one.group) ?? 0n).toBe(bytes);
  });

  // A lacks 10 bytes of the first day and 1 of the second, B 1 and 10; 11 and 1 are held, so each is to get 6. From the first day
  // A gets its 6 and B 1; the second day's byte is B's, and 4 of the first that nobody lacks there. From the second day on, A had 5 and 1.
  it.each([[[0, 86_400]], [[86_400, 0]]])(
    'of two days is met in the order of time, read as %j',
    (read) => {
      const interfaces = [workload(1), workload(2)];
      const wanted = [
        [10n, 1n],
        [1n, 10n],
      ];
      const group = { ...recordGroup('publicOut'), label: 1 };
      const held = new HeldTraffic();
      for (const bucket of read)
        held.add({ ...group, bucket, bytes: bucket === 0 ? 11n : 1n }, own.vpc, true, 7);
      const claims = interfaces.flatMap((each, at) =>
        [0, 86_400].map((bucket, day) => ({
          group: { ...group, bucket, bytes: wanted[at]?.[day] ?? 0n },
          own: each,
          isSent: true,
          isCertain: true,
        })),
      );
      const found = held.meet(claims, () => 7);
      expect(claims.map((each) => found.get(each.group) ?? 0n)).toEqual([6n, 0n, 1n, 5n]);
    },
  );
});
