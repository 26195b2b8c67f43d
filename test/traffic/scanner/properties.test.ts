import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeTexts, bytesOf, volumesOf } from '../flow-log-text.js';
import { naiveNatCount } from '../naive-count.js';

const fields =
  'version account-id interface-id srcaddr dstaddr bytes start end action log-status vpc-id pkt-srcaddr pkt-dstaddr az-id flow-direction traffic-path';
const names = fields.split(' ');

const clients = ['10.0.1.5', '10.0.2.6', '192.168.7.8', '100.64.9.9'];
const servers = ['52.216.1.1', '52.94.0.7', '203.0.113.5', '52.5.6.7', '100.20.0.1', '52.46.128.9'];

/** The six records of a conversation through a NAT gateway, as lines. */
const conversation = fc
  .record({
    client: fc.constantFrom(...clients),
    server: fc.constantFrom(...servers),
    out: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    back: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    start: fc.integer({ min: 1_790_000_000, max: 1_790_400_000 }),
  })
  .map(({ client, server, out, back, start }) => {
    const line = (
      eni: string,
      [src, dst, pktSrc, pktDst]: readonly [string, string, string, string],
      bytes: bigint,
      tail: string,
    ) =>
      `5 123456789012 ${eni} ${src} ${dst} ${bytes} ${start} ${start + 59} ACCEPT OK vpc-1 ${pktSrc} ${pktDst} use1-az1 ${tail}`;
    const nat = '10.0.0.220';
    return [
      line('eni-c', [client, server, client, server], out, 'egress 1'),
      line('eni-c', [server, client, server, client], back, 'ingress -'),
      line('eni-g', [client, nat, client, server], out, 'ingress -'),
      line('eni-g', [nat, server, nat, server], out, 'egress 8'),
      line('eni-g', [server, nat, server, nat], back, 'ingress -'),
      line('eni-g', [nat, client, server, client], back, 'egress 1'),
    ];
  });

const noise = fc.constantFrom(
  '5 123456789012 eni-c - - - 1790000000 1790000060 - NODATA vpc-1 - - use1-az1 - -',
  '5 123456789012 eni-c - - - 1790000000 1790000060 - SKIPDATA vpc-1 - - use1-az1 - -',
  '5 123456789012 eni-c 198.51.100.1 10.0.1.5 40 1790000000 1790000060 REJECT OK vpc-1 198.51.100.1 10.0.1.5 use1-az1 ingress -',
  '5 123456789012 eni-c 10.0.1.5 10.0.2.6 77 1790000000 1790000060 ACCEPT OK vpc-1 10.0.1.5 10.0.2.6 use1-az1 egress 1',
  '5 123456789012 eni-c 10.0.1.5 10.0.2.6 12345678901234567890 1790000000 1790000060 ACCEPT OK vpc-1 10.0.1.5 10.0.2.6 use1-az1 egress 1',
  '5 123456789012 eni-c 10.0.1.5 10.0.2.999 77 1790000000 1790000060 ACCEPT OK vpc-1 10.0.1.5 10.0.2.999 use1-az1 egress 1',
  '5 123456789012 too short',
  'not a record at all',
);

/** Lines of conversations and noise, in the order of the generator. */
const log = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: conversation },
      noise.map((line) => [line]),
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((parts) => parts.flat());

/** Deals lines out by a seed. */
function shuffled(lines: readonly string[], seed: number): readonly string[] {
  const keyed = lines.map(
    (line, index) => [Math.imul(index + seed, 2654435761) >>> 0, line] as const,
  );
  return keyed.toSorted(([a], [b]) => a - b).map(([, line]) => line);
}

describe('a scanned log', () => {
  it('has the totals of an independent count', () => {
    fc.assert(
      fc.property(log, (lines) => {
        const traffic = attributeTexts([`${lines.join('\n')}\n`], { fields });
        const expected = naiveNatCount(lines, names);
        const sums = new Map<string, readonly [bigint, bigint]>();
        for (const { path, service, sent, received } of traffic.profiles) {
          if (path !== 'nat-gateway') continue;
          const [o, b] = sums.get(service) ?? [0n, 0n];
          sums.set(service, [o + bytesOf(sent), b + bytesOf(received)]);
        }
        expect(sums).toEqual(expected);
      }),
    );
  });

  it('is the same whatever the order of rows, the files, the pieces they come in and the line ends', () => {
    fc.assert(
      fc.property(
        log,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 300 }),
        fc.boolean(),
        (lines, seed, pieceBytes, isWindows) => {
          const end = isWindows ? '\r\n' : '\n';
          const whole = attributeTexts([lines.join('\n')], { fields });
          const other = shuffled(lines, seed);
          const middle = seed % other.length;
          const texts = [other.slice(0, middle), other.slice(middle)].map((part) => part.join(end));
          const split = attributeTexts(texts, { fields, pieceBytes });
          expect(split.profiles).toEqual(whole.profiles);
          expect(split.ledger.counts(split.read)).toEqual(whole.ledger.counts(whole.read));
          expect(split.unreadable).toBe(whole.unreadable);
        },
      ),
    );
  });

  it('accounts for every record, and for every byte of those that can be read', () => {
    fc.assert(
      fc.property(log, fc.constantFrom('all', 'day', 'hour'), (lines, interval) => {
        const traffic = attributeTexts([lines.join('\n')], { fields, interval });
        const { counted, setAside } = traffic.ledger.counts(traffic.read);
        const sums = [counted, ...Object.values(setAside)];
        const records = sums.reduce((sum, { records: some }) => sum + some, 0);
        expect(records + traffic.unreadable).toBe(traffic.read);
        expect(traffic.read).toBe(lines.length);
        const volumes = traffic.profiles.reduce(
          (sum, p) => sum + bytesOf(p.sent) + bytesOf(p.received),
          0n,
        );
        expect(volumes).toBe(counted.bytes);
      }),
    );
  });

  it('has periods of one VPC that are the same or do not overlap', () => {
    fc.assert(
      fc.property(log, fc.constantFrom('day', 'hour'), (lines, interval) => {
        const { profiles } = attributeTexts([lines.join('\n')], { fields, interval });
        const periods = profiles.flatMap(({ period }) => (period === null ? [] : [period]));
        for (const a of periods) {
          expect(a.end).toBeGreaterThan(a.start);
          for (const b of periods) {
            const same = a.start === b.start && a.end === b.end;
            expect(same || a.end <= b.start || b.end <= a.start).toBe(true);
          }
        }
      }),
    );
  });

  it('sums exactly beyond 2^53 and 2^64 bytes', () => {
    const line = '10.0.1.5 203.0.113.5 999999999999999999\n';
    const traffic = attributeTexts([line.repeat(50)], { fields: 'srcaddr dstaddr bytes' });
    expect(volumesOf(traffic)).toEqual([`internet null ${999999999999999999n * 50n} 0`]);
  });

  it('reads any order of fields, and fields that it does not know', () => {
    const values: Readonly<Record<string, string>> = {
      bytes: '41',
      srcaddr: '10.0.1.5',
      dstaddr: '52.216.1.1',
      action: 'ACCEPT',
      'log-status': 'OK',
      'flow-direction': 'egress',
      'traffic-path': '7',
      'vpc-id': 'vpc-1',
      'a-field-of-2030': 'x;y',
      'ecs-task-arn': 'arn:aws:ecs:us-east-1:1:task/abc',
    };
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(values), { minLength: 10 }), (order) => {
        const line = order.map((field) => values[field]).join(' ');
        const traffic = attributeTexts([line], { fields: order.join(' ') });
        expect(volumesOf(traffic)).toEqual(['s3 gateway-endpoint 41 0']);
        expect(traffic.profiles).toMatchObject([{ vpcId: 'vpc-1' }]);
      }),
    );
  });

  it('reads IPv6 by the direction of the flow', () => {
    const v6 = 'srcaddr dstaddr flow-direction traffic-path bytes';
    const text = `2600:1f14:abc:de01::5 2600:1fa0:8000::1 egress 8 10
2600:1fa0:8000:0::1 2600:1f14:abc:de01:0:0:0:5 ingress - 70
2600:1f14:abc:de01::5 2600:1f14:abc:de77::9 egress 1 5
fd00::1 2001:db8::5 egress 8 6
2001:db8:::5 2001:db8::5 egress 8 6
`;
    const traffic = attributeTexts([text], { fields: v6 });
    expect(volumesOf(traffic)).toEqual(['s3 internet-gateway 10 70']);
    expect(traffic.ledger.counts(traffic.read).setAside).toEqual({
      'vpc-internal': { records: 2, bytes: 11n },
    });
    expect(traffic.unreadable).toBe(1);
  });
});
