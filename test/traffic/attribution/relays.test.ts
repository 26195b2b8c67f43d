import { describe, expect, it } from 'vitest';
import { attributeTexts, volumesOf } from '../flow-log-text.js';

const fields =
  'vpc-id interface-id pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end';
const window = '1790000000 1790000600';
const server = '198.51.100.20';

/** One conversation as an interface logs it, with the address and the port that the packets have there. */
function seen(
  eni: string,
  own: string,
  port: number,
  out: number,
  back: number,
): readonly string[] {
  return [
    `vpc-1 ${eni} ${own} ${server} ${port} 443 6 3 ${out} ${window}`,
    `vpc-1 ${eni} ${server} ${own} 443 ${port} 6 5 ${back} ${window}`,
  ];
}

const text = (...records: readonly (readonly string[])[]) => `${records.flat().join('\n')}\n`;
const codesOf = (traffic: { readonly findings: readonly { readonly code: string }[] }) =>
  traffic.findings.map(({ code }) => code);

describe('a NAT gateway in a log of packet addresses only', () => {
  const client = seen('eni-a', '10.1.0.4', 41_000, 1200, 5300);
  const inside = seen('eni-g', '10.1.0.4', 41_000, 1200, 5300);
  const outside = seen('eni-g', '10.1.0.9', 2048, 1200, 5300);

  it.each([
    ['both sides', [client, inside, outside]],
    ['its private side only', [client, inside]],
    // No record of another interface shows that it is one, but two addresses that carry the same bytes.
    [
      'both sides of two clients',
      [client, inside, seen('eni-b', '10.1.0.5', 41_001, 0, 0), outside],
    ],
  ])('is found by the packets of its client, with %s in the log', (_, records) => {
    for (const order of [records.flat(), records.flat().toReversed()]) {
      const traffic = attributeTexts([text(order)], { fields });
      expect(volumesOf(traffic)).toEqual(['internet nat-gateway 1200 5300']);
      expect(codesOf(traffic)).toContain('nat-found-by-packets');
    }
  });

  it('counts what a client sends past it beside it, once', () => {
    // 700 and 80 bytes more of the client, which the gateway did not log.
    const past = seen('eni-a', '10.1.0.4', 41_002, 700, 80);
    const traffic = attributeTexts([text(client, past, inside, outside)], { fields });
    expect(volumesOf(traffic)).toEqual([
      'internet nat-gateway 1200 5300',
      'internet unknown 700 80',
    ]);
  });

  it('counts clients that are not logged, by the address that carries what all others carry', () => {
    // The gateway's own address carries 1,200 + 300 out and 5,300 + 50 back.
    const other = seen('eni-g', '10.1.0.7', 41_003, 300, 50);
    const own = seen('eni-g', '10.1.0.9', 2049, 300, 50);
    const traffic = attributeTexts([text(client, inside, outside, other, own)], { fields });
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 1500 5350']);
    const named = attributeTexts([text(inside, outside, other, own)], {
      fields,
      natNames: ['eni-g'],
    });
    expect(volumesOf(named)).toEqual(['internet nat-gateway 1500 5350']);
  });

  it('is doubted where no record has an address of its own', () => {
    const doubted = attributeTexts([text(client, inside)], { fields });
    expect(codesOf(doubted)).toContain('nat-unproven');
    const proven = attributeTexts([text(client, inside, outside)], { fields });
    expect(codesOf(proven)).not.toContain('nat-unproven');
  });

  it('is the one of two interfaces with the same flows that has no other traffic', () => {
    // The client also talks to another host of the VPC.
    const local = [`vpc-1 eni-z 10.1.0.4 10.1.0.5 5000 80 6 3 900 ${window}`];
    const traffic = attributeTexts(
      [text(seen('eni-z', '10.1.0.4', 41_000, 1200, 5300), local, inside)],
      { fields },
    );
    const finding = traffic.findings.find(({ code }) => code === 'nat-found-by-packets');
    expect(finding?.message).toContain('"eni-g"');
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 1200 5300']);
  });

  it('is none where two interfaces have the same addresses and other flows', () => {
    const traffic = attributeTexts([text(client, seen('eni-g', '10.1.0.9', 2048, 900, 40))], {
      fields,
    });
    expect(volumesOf(traffic)).toEqual(['internet null 2100 5340']);
  });
});
