import { describe, expect, it } from 'vitest';
import { addressesWith, attributeTexts, volumesOf } from '../flow-log-text.js';

const fields = 'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes';

// The conversation of the VPC user guide: client 10.0.1.5, gateway 10.0.0.220, server 203.0.113.5. 100 bytes go out and
// 700 come back; the gateway logs both twice, the client once more.
const gateway = `eni-gw 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 100
eni-gw 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 100
eni-gw 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220 700
eni-gw 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5 700
`;
const client = `eni-client 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 100
eni-client 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5 700
`;

const codesOf = (traffic: { readonly findings: readonly { readonly code: string }[] }) =>
  traffic.findings.map(({ code }) => code);

describe('a conversation through a NAT gateway', () => {
  it('is counted once only from the gateway', () => {
    const traffic = attributeTexts([gateway], { fields });
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 100 700']);
    const counts = traffic.ledger.counts(traffic.read);
    expect(counts).toEqual({
      read: 4,
      counted: { records: 2, bytes: 800n },
      setAside: { 'other-vantage': { records: 2, bytes: 800n } },
    });
    expect(codesOf(traffic)).toContain('vantage-nat-private');
  });

  it('is counted once only from the client, by a path that the log does not show', () => {
    const traffic = attributeTexts([client], { fields });
    expect(volumesOf(traffic)).toEqual(['internet null 100 700']);
    expect(codesOf(traffic)).toContain('vantage-workloads');
    expect(codesOf(traffic)).toContain('traffic-path-assumed');
  });

  it.each([
    ['the gateway first', [gateway, client]],
    ['the client first', [client, gateway]],
    ['in one file', [client + gateway]],
  ])('is counted once from both together: %s', (_, texts) => {
    const traffic = attributeTexts(texts, { fields });
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 100 700']);
    expect(traffic.ledger.counts(traffic.read)).toEqual({
      read: 6,
      counted: { records: 2, bytes: 800n },
      setAside: { 'other-vantage': { records: 4, bytes: 1600n } },
    });
  });

  it('is counted on the public side where the log has no packet addresses and the gateway is named', () => {
    const text = `${gateway}${client}`.replaceAll(/^(\S+ \S+ \S+) \S+ \S+/gm, '$1');
    const options = { fields: 'interface-id srcaddr dstaddr bytes', natNames: ['eni-gw'] };
    const traffic = attributeTexts([text], options);
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 100 700']);
    expect(codesOf(traffic)).toContain('vantage-nat-public');
  });

  it('warns that a gateway can not be seen without packet addresses', () => {
    const text = client.replaceAll(/^(\S+ \S+ \S+) \S+ \S+/gm, '$1');
    const traffic = attributeTexts([text], { fields: 'interface-id srcaddr dstaddr bytes' });
    expect(codesOf(traffic)).toContain('traffic-without-packet-addresses');
  });
});

describe('what looks like a NAT gateway and is none', () => {
  it('pods behind their node: packet addresses differ, but are private', () => {
    const text = `eni-node 10.0.1.9 203.0.113.5 100.64.3.7 203.0.113.5 40
eni-node 203.0.113.5 10.0.1.9 203.0.113.5 100.64.3.7 60
eni-node 10.0.1.9 10.0.2.2 100.64.3.7 10.0.2.2 5
`;
    const traffic = attributeTexts([text], { fields });
    expect(volumesOf(traffic)).toEqual(['internet null 40 60']);
    expect(traffic.ledger.counts(traffic.read).setAside).toEqual({
      'vpc-internal': { records: 1, bytes: 5n },
    });
  });

  it("a transit gateway's attachment, which version 11 names", () => {
    const text = `transit_gateway 10.1.0.5 10.1.9.1 10.1.0.5 203.0.113.5 40
`;
    const traffic = attributeTexts([text], {
      fields: 'interface-type srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes',
    });
    expect(volumesOf(traffic)).toEqual([]);
  });

  it('an interface with nothing but a private side, which is doubted', () => {
    const traffic = attributeTexts([gateway.split('\n')[0] ?? ''], { fields });
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 100 0']);
    expect(codesOf(traffic)).toContain('nat-unproven');
  });
});

describe('the two rules for a NAT gateway', () => {
  const directed = `interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr flow-direction bytes`;
  const rows = [
    'eni-gw 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 ingress 100000',
    'eni-gw 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 egress 100000',
    'eni-gw 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220 ingress 700000',
    'eni-gw 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5 egress 700000',
  ];

  it('agree on a whole log', () => {
    const traffic = attributeTexts([rows.join('\n')], { fields: directed });
    expect(codesOf(traffic)).not.toContain('nat-sides-disagree');
  });

  it('disagree where one side was logged in part', () => {
    const [first = '', ...rest] = rows;
    const text = [first.replace('100000', '90000'), ...rest].join('\n');
    const traffic = attributeTexts([text], { fields: directed });
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 90000 700000']);
    expect(codesOf(traffic)).toContain('nat-sides-disagree');
  });
});

describe('a regional NAT gateway', () => {
  const regional =
    'interface-id resource-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr flow-direction bytes';

  it('is known by its resource-id, and counted on the side of the clients', () => {
    const text = `- nat-1 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 ingress 100
- nat-1 198.51.100.7 203.0.113.5 198.51.100.7 203.0.113.5 egress 100
- nat-1 203.0.113.5 198.51.100.7 203.0.113.5 198.51.100.7 ingress 700
- nat-1 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5 egress 700
eni-client - 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 egress 100
`;
    const traffic = attributeTexts([text], { fields: regional });
    expect(volumesOf(traffic)).toEqual(['internet nat-gateway 100 700']);
  });
});

describe('other paths beside a NAT gateway', () => {
  const v5 =
    'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr flow-direction traffic-path bytes';
  const nat = `eni-gw 10.0.1.5 10.0.0.220 10.0.1.5 52.217.1.1 ingress - 100
eni-gw 10.0.0.220 52.217.1.1 10.0.0.220 52.217.1.1 egress 8 100
eni-gw 52.217.1.1 10.0.0.220 52.217.1.1 10.0.0.220 ingress - 700
eni-gw 10.0.0.220 10.0.1.5 52.217.1.1 10.0.1.5 egress 1 700
`;

  it('a gateway endpoint in use is its own path, and takes what comes back with it', () => {
    const text = `${nat}eni-a 10.0.2.8 52.217.1.1 10.0.2.8 52.217.1.1 egress 7 30
eni-a 52.217.1.1 10.0.2.8 52.217.1.1 10.0.2.8 ingress - 9000
`;
    const traffic = attributeTexts([text], { fields: v5 });
    expect(volumesOf(traffic)).toEqual(['s3 gateway-endpoint 30 9000', 's3 nat-gateway 100 700']);
    expect(codesOf(traffic)).toContain('traffic-return-path');
  });

  it('a public subnet goes by its internet gateway', () => {
    const text = `${nat}eni-a 10.0.2.8 203.0.113.9 10.0.2.8 203.0.113.9 egress 8 30
eni-a 203.0.113.9 10.0.2.8 203.0.113.9 10.0.2.8 ingress - 50
`;
    const traffic = attributeTexts([text], { fields: v5 });
    expect(volumesOf(traffic)).toEqual([
      'internet internet-gateway 30 50',
      's3 nat-gateway 100 700',
    ]);
  });

  it('what came back is split as what went out, and no byte is lost', () => {
    const text = `${nat}eni-a 10.0.2.8 52.217.1.1 10.0.2.8 52.217.1.1 egress 7 10
eni-a 10.0.2.8 52.217.1.2 10.0.2.8 52.217.1.2 egress 8 20
eni-a 52.217.1.1 10.0.2.8 52.217.1.1 10.0.2.8 ingress - 100
`;
    // 10 of 30 bytes went by the gateway endpoint: 33 of the 100 come back by it; the rest, with what rounding leaves, by the other.
    const traffic = attributeTexts([text], { fields: v5 });
    expect(volumesOf(traffic)).toEqual([
      's3 gateway-endpoint 10 33',
      's3 internet-gateway 20 67',
      's3 nat-gateway 100 700',
    ]);
  });

  it('IPv6 that came back took the path of the IPv6 that went out, not that of IPv4', () => {
    // By the gateway endpoint 100 bytes out and none back; by the egress-only gateway 50 out and 9,000 back.
    const v6 = '2600:1f14:abc:1::7';
    const s3 = '2600:1fa0:8000::1';
    const text = [
      'eni-a 10.0.1.5 52.216.0.1 10.0.1.5 52.216.0.1 100 egress 7',
      `eni-a ${v6} ${s3} ${v6} ${s3} 50 egress 8`,
      `eni-a ${s3} ${v6} ${s3} ${v6} 9000 ingress -`,
    ].join('\n');
    const traffic = attributeTexts([text], {
      fields:
        'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes flow-direction traffic-path',
    });
    expect(volumesOf(traffic)).toEqual([
      's3 gateway-endpoint 100 0',
      's3 internet-gateway 50 9000',
    ]);
  });

  it('what came back to a host that sends by the internet gateway is not held against a NAT gateway', () => {
    // Only the gateway's public side is logged: 60 out and 700 back of an unlogged client, beside 10 and 300 of a public host.
    const text = [
      'eni-a 10.0.1.5 140.82.121.4 10.0.1.5 140.82.121.4 10 egress 8',
      'eni-a 140.82.121.4 10.0.1.5 140.82.121.4 10.0.1.5 300 ingress -',
      'eni-g 10.0.1.9 140.82.121.4 10.0.1.9 140.82.121.4 60 egress 8',
      'eni-g 140.82.121.4 10.0.1.9 140.82.121.4 10.0.1.9 700 ingress -',
    ].join('\n');
    const traffic = attributeTexts([text], {
      fields:
        'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes flow-direction traffic-path',
      natNames: ['eni-g'],
    });
    expect(volumesOf(traffic)).toEqual([
      'internet internet-gateway 10 300',
      'internet nat-gateway 60 700',
    ]);
  });

  it('a virtual private gateway is none of the paths', () => {
    const traffic = attributeTexts(
      [
        'eni-a 10.0.2.8 203.0.113.9 10.0.2.8 203.0.113.9 egress 3 30\neni-a 10.0.2.8 192.168.7.7 10.0.2.8 192.168.7.7 egress 3 500',
      ],
      {
        fields: v5,
      },
    );
    expect(volumesOf(traffic)).toEqual([]);
    expect(traffic.ledger.counts(2).setAside).toEqual({
      'on-premises': { records: 2, bytes: 530n },
    });
  });

  it('an interface endpoint is known by the name of the service, or by the map of the user', () => {
    const named = `eni-a 10.0.2.8 10.0.3.15 10.0.2.8 10.0.3.15 egress 1 30
eni-a 10.0.3.15 10.0.2.8 10.0.3.15 10.0.2.8 ingress - 70
`;
    const addresses = addressesWith('10.0.3.15/32', 'logs');
    const traffic = attributeTexts([named], { fields: v5, addresses });
    expect(volumesOf(traffic)).toEqual(['logs interface-endpoint 30 70']);
    const v11 = `${v5} next-hop-interface-type`;
    const byHop = attributeTexts(
      ['eni-a 10.0.2.8 10.0.3.15 10.0.2.8 10.0.3.15 egress 1 30 vpc_endpoint'],
      {
        fields: v11,
      },
    );
    expect(volumesOf(byHop)).toEqual(['aws-other interface-endpoint 30 0']);
  });
});

describe('Availability Zones', () => {
  const zoned = 'interface-id az-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes';
  const nat = (client: string, bytes: number) =>
    `eni-gw use1-az1 ${client} 10.0.0.220 ${client} 203.0.113.5 ${bytes}
eni-gw use1-az1 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 ${bytes}
`;

  it("are compared between the gateway and its client's own records", () => {
    const text = `${nat('10.0.1.5', 100)}${nat('10.0.2.6', 40)}eni-a use1-az1 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 100
eni-b use1-az2 10.0.2.6 203.0.113.5 10.0.2.6 203.0.113.5 40
`;
    const traffic = attributeTexts([text], { fields: zoned });
    expect(traffic.profiles).toMatchObject([
      { azId: 'use1-az1', sent: { bytes: 140n }, crossAzBytes: 40n },
    ]);
  });

  it('are not known without the records of the clients', () => {
    const traffic = attributeTexts([nat('10.0.1.5', 100)], { fields: zoned });
    expect(traffic.profiles).toMatchObject([{ sent: { bytes: 100n }, crossAzBytes: null }]);
  });

  it('are told by the next hop of version 11 at a workload', () => {
    const traffic = attributeTexts(
      [
        'use1-az2 use1-az1 nat_gateway 10.0.2.6 203.0.113.5 40\nuse1-az1 use1-az1 nat_gateway 10.0.1.6 203.0.113.5 60',
      ],
      { fields: 'az-id next-hop-az-id next-hop-interface-type srcaddr dstaddr bytes' },
    );
    expect(traffic.profiles).toMatchObject([
      { azId: 'use1-az1', path: 'nat-gateway', sent: { bytes: 60n }, crossAzBytes: 0n },
      { azId: 'use1-az2', path: 'nat-gateway', sent: { bytes: 40n }, crossAzBytes: 40n },
    ]);
  });
});
