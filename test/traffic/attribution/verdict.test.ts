import { describe, expect, it } from 'vitest';
import type { LoggedInterface } from '../../../src/traffic/attribution/interface-roles.js';
import {
  isAmbiguousPath,
  judge,
  type VpcVantage,
} from '../../../src/traffic/attribution/verdict.js';
import { type PatternName, recordGroup } from './record-group.js';

type Given = NonNullable<Parameters<typeof recordGroup>[1]>;
/** An interface by its role and, at a NAT gateway, by the side that is counted. */
type Place = LoggedInterface['role'] | 'nat public' | 'regional-nat public';

const nothing: VpcVantage = { hasNat: false, hasEndpoints: false };
const nat: VpcVantage = { hasNat: true, hasEndpoints: false };
const endpoints: VpcVantage = { hasNat: false, hasEndpoints: true };
const both: VpcVantage = { hasNat: true, hasEndpoints: true };

/** The verdict in short: `out nat-gateway`, `in-by-return`, or the reason for which a group is set aside. */
function verdict(place: Place, pattern: PatternName, given: Given, vantage: VpcVantage): string {
  const isPublicSide = place === 'nat public' || place === 'regional-nat public';
  const logged: LoggedInterface = {
    key: '',
    vpc: '',
    name: 'eni-1',
    role: place === 'nat public' ? 'nat' : place === 'regional-nat public' ? 'regional-nat' : place,
    side: isPublicSide ? 'public' : 'private',
    isUnproven: false,
    isMirror: false,
    isRelay: false,
    ownAddress: null,
  };
  const answer = judge(recordGroup(pattern, given), logged, vantage);
  if (answer.kind === 'set-aside') return answer.reason;
  return 'path' in answer ? `${answer.kind} ${answer.path}` : answer.kind;
}

/** The verdicts without and with the vantages of a NAT gateway and of interface endpoints. */
const verdicts = (place: Place, pattern: PatternName, given: Given = {}) =>
  [nothing, nat, endpoints, both].map((vantage) => verdict(place, pattern, given, vantage));

const always = (answer: string) => [answer, answer, answer, answer];

/** Where the log does not tell the path: taken for granted without a NAT gateway's log, and unknown beside one. */
const untold = ['out null', 'out-unless-held unknown', 'out null', 'out-unless-held unknown'];

const patterns = [
  'none',
  'natPrivateOut',
  'natPrivateIn',
  'publicOut',
  'publicIn',
  'namedOut',
  'namedIn',
  'internal',
  'unknownDirection',
] as const;

describe('the verdict on a group of records', () => {
  // One row for each place, one column for each pattern, where the log tells nothing beside the addresses.
  it.each([
    // "Amazon VPC pricing": a NAT gateway is billed for each GB that it processes. "Flow log record examples", "Traffic
    // through a NAT gateway": it logs a byte on its private side, with client and server, and again on its public side.
    [
      'nat',
      'no-address | out nat-gateway | in nat-gateway | other-vantage | other-vantage | vpc-internal | vpc-internal | vpc-internal | direction-unknown',
    ],
    // Without packet addresses ("Flow log records": pkt-srcaddr and pkt-dstaddr are of version 3) the public side is left.
    [
      'nat public',
      'no-address | other-vantage | other-vantage | out nat-gateway | in nat-gateway | vpc-internal | vpc-internal | vpc-internal | direction-unknown',
    ],
    // "Flow log records", resource-id: a regional NAT gateway logs the final destination as dstaddr, so that only the
    // direction tells its sides apart. What does not leave by the public side is on the private one.
    [
      'regional-nat',
      'no-address | out nat-gateway | in nat-gateway | out nat-gateway | in nat-gateway | vpc-internal | vpc-internal | vpc-internal | direction-unknown',
    ],
    [
      'regional-nat public',
      'no-address | other-vantage | other-vantage | other-vantage | other-vantage | vpc-internal | vpc-internal | vpc-internal | direction-unknown',
    ],
    // "Flow log record examples", "Traffic through a transit gateway": its attachment logs what other interfaces log, too.
    [
      'transit',
      'no-address | other-vantage | other-vantage | other-vantage | other-vantage | other-vantage | other-vantage | other-vantage | direction-unknown',
    ],
    // What flows into an interface endpoint leaves the workloads, and only flow-direction tells which way it flows.
    [
      'endpoint',
      'no-address | direction-unknown | direction-unknown | direction-unknown | direction-unknown | out interface-endpoint | in interface-endpoint | direction-unknown | direction-unknown',
    ],
  ] as const)('at %s is only by the addresses: %s', (place, expected) => {
    const answers = patterns.map((pattern) => verdicts(place, pattern));
    expect(answers).toEqual(expected.split(' | ').map(always));
  });

  it.each([
    // [pattern, without another vantage, beside a NAT gateway's, beside interface endpoints', beside both]
    ['none', always('no-address')],
    ['unknownDirection', always('direction-unknown')],
    // "Flow log record examples": the client's interface logs the conversation once more. Beside the gateway it is the
    // same traffic as far as the gateway logged it, and of the rest nothing tells the path.
    ['natPrivateOut', untold],
    ['publicOut', untold],
    // "Flow log records", traffic-path: only egress traffic has one.
    ['natPrivateIn', always('in-by-return')],
    ['publicIn', always('in-by-return')],
    // A private address that the user's map names is a service behind an interface endpoint ("AWS PrivateLink concepts").
    [
      'namedOut',
      [
        'out interface-endpoint',
        'out interface-endpoint',
        'out-unless-held interface-endpoint',
        'out-unless-held interface-endpoint',
      ],
    ],
    [
      'namedIn',
      [
        'in interface-endpoint',
        'in interface-endpoint',
        'in-unless-held interface-endpoint',
        'in-unless-held interface-endpoint',
      ],
    ],
    ['internal', always('vpc-internal')],
  ] as const)('at a workload, of %s', (pattern, expected) => {
    expect(verdicts('workload', pattern)).toEqual(expected);
  });

  // "Flow log records": action and log-status. A rejected record never crossed a gateway; NODATA and SKIPDATA have none.
  it.each(['rejected', 'no-data', 'skip-data', 'unknown-status'] as const)(
    'of a record that is %s is its status, whatever else is known',
    (status) => {
      for (const place of ['nat', 'regional-nat', 'endpoint', 'transit', 'workload'] as const) {
        for (const pattern of patterns) {
          expect(verdicts(place, pattern, { status, direction: 'egress' })).toEqual(always(status));
        }
      }
    },
  );
});

describe('the route of what a workload sends to a public address', () => {
  const hidden = [
    'out nat-gateway',
    'out-unless-held nat-gateway',
    'out nat-gateway',
    'out-unless-held nat-gateway',
  ];

  it.each([
    // "Flow log records", traffic-path: 1, through another resource in the same VPC: to a public address a NAT gateway.
    ['1', hidden],
    // 2, through an internet gateway or a gateway VPC endpoint.
    ['2', always('out internet-gateway')],
    // 3, a virtual private gateway; 4, peering in the Region; 5, peering between Regions; 6, a local gateway.
    ['3', always('on-premises')],
    ['4', always('other-route')],
    ['5', always('other-route')],
    ['6', always('other-route')],
    // 7, a gateway VPC endpoint (Nitro-based instances only); 8, an internet gateway (the same).
    ['7', always('out gateway-endpoint')],
    ['8', always('out internet-gateway')],
    // Fields and codes that do not exist yet, or are not logged.
    ['9', untold],
    ['-', untold],
    [null, untold],
  ] as const)('is traffic-path %s', (trafficPath, expected) => {
    expect(verdicts('workload', 'publicOut', { trafficPath })).toEqual(expected);
    expect(verdicts('workload', 'natPrivateOut', { trafficPath })).toEqual(expected);
  });

  it.each([
    // "Flow log records", next-hop-interface-type (version 11): before traffic-path, since it names the resource.
    ['nat_gateway', '8', hidden],
    ['regional_nat_gateway', '8', hidden],
    ['transit_gateway', '8', always('other-route')],
    ['network_load_balancer', '8', always('out internet-gateway')],
    ['vpc_endpoint', '7', always('out gateway-endpoint')],
    ['vpc_endpoint', null, untold],
  ] as const)(
    'is the next hop %s before traffic-path %s',
    (nextHopInterfaceType, code, expected) => {
      const given = { nextHopInterfaceType, trafficPath: code };
      expect(verdicts('workload', 'publicOut', given)).toEqual(expected);
    },
  );

  // "NAT gateways": IPv6 passes one only by NAT64, as IPv4. No address is kept of an IPv6 packet.
  it('is not a NAT gateway for IPv6, unless the log says so', () => {
    expect(verdicts('workload', 'publicOut', { address: 0 })).toEqual(always('out null'));
    expect(verdicts('workload', 'publicOut', { address: 0, trafficPath: '1' })).toEqual(hidden);
  });

  it.each([
    ['2', null, true],
    ['2', 'nat_gateway', false],
    ['8', null, false],
    [null, null, false],
  ])(
    'does not tell two paths apart by traffic-path %s and next hop %s: %s',
    (code, hop, ambiguous) => {
      const group = recordGroup('publicOut', { trafficPath: code, nextHopInterfaceType: hop });
      expect(isAmbiguousPath(group)).toBe(ambiguous);
    },
  );
});

describe('what a workload exchanges with a private address', () => {
  const out = [
    'out interface-endpoint',
    'out interface-endpoint',
    'out-unless-held interface-endpoint',
    'out-unless-held interface-endpoint',
  ];
  const back = [
    'in interface-endpoint',
    'in interface-endpoint',
    'in-unless-held interface-endpoint',
    'in-unless-held interface-endpoint',
  ];

  it.each([
    // "Flow log records", pkt-dst-aws-service and pkt-src-aws-service: the service of a private address is behind an
    // interface endpoint, for a gateway endpoint has none.
    [{ dstService: 'S3' }, out],
    [{ srcService: 'S3' }, back],
    // The destination's first, as a service may call a service.
    [{ dstService: 'S3', srcService: 'DYNAMODB' }, out],
    // next-hop-interface-type (version 11)
    [{ nextHopInterfaceType: 'vpc_endpoint' }, out],
    [{ nextHopInterfaceType: 'nat_gateway' }, always('vpc-internal')],
    [{ nextHopInterfaceType: 'network_load_balancer' }, always('vpc-internal')],
    [{ trafficPath: '1' }, always('vpc-internal')],
    // "Flow log records", traffic-path: 3 a virtual private gateway, 4 and 5 peerings, 6 a local gateway. Their other ends are private.
    [{ trafficPath: '3' }, always('on-premises')],
    [{ trafficPath: '4' }, always('other-route')],
    [{ trafficPath: '5' }, always('other-route')],
    [{ trafficPath: '6' }, always('other-route')],
    [{ nextHopInterfaceType: 'transit_gateway' }, always('other-route')],
  ])('with %j', (given, expected) => {
    expect(verdicts('workload', 'internal', given)).toEqual(expected);
  });

  it('by the user’s map, whatever else is told', () => {
    const given = { srcService: 'S3', nextHopInterfaceType: 'vpc_endpoint' };
    expect(verdicts('workload', 'namedOut', given)).toEqual(out);
    expect(verdicts('workload', 'namedIn', { nextHopInterfaceType: 'vpc_endpoint' })).toEqual(back);
  });
});

describe('what the direction tells', () => {
  // At the interface endpoint's own interface, ingress is what the workloads send.
  it.each(patterns.filter((pattern) => pattern !== 'none' && pattern !== 'unknownDirection'))(
    'at an interface endpoint, of %s',
    (pattern) => {
      expect(verdicts('endpoint', pattern, { direction: 'ingress' })).toEqual(
        always('out interface-endpoint'),
      );
      expect(verdicts('endpoint', pattern, { direction: 'egress' })).toEqual(
        always('in interface-endpoint'),
      );
    },
  );

  // A regional NAT gateway takes a client's packet in on its private side and sends it out on its public one.
  it.each([
    ['publicOut', 'ingress', 'out nat-gateway', 'other-vantage'],
    ['publicOut', 'egress', 'other-vantage', 'out nat-gateway'],
    ['publicIn', 'egress', 'in nat-gateway', 'other-vantage'],
    ['publicIn', 'ingress', 'other-vantage', 'in nat-gateway'],
  ] as const)('at a regional NAT gateway, of %s and %s', (pattern, direction, inside, outside) => {
    expect(verdicts('regional-nat', pattern, { direction })).toEqual(always(inside));
    expect(verdicts('regional-nat public', pattern, { direction })).toEqual(always(outside));
    // A packet of which no address is kept is IPv6, which only the public side has.
    const ipv6 = { direction, address: 0 };
    const kind = pattern === 'publicOut' ? 'out' : 'in';
    expect(verdicts('regional-nat', pattern, ipv6)).toEqual(always('other-vantage'));
    expect(verdicts('regional-nat public', pattern, ipv6)).toEqual(always(`${kind} nat-gateway`));
  });

  it('is nothing at a zonal NAT gateway, whose addresses tell it', () => {
    for (const direction of ['ingress', 'egress'] as const) {
      expect(verdicts('nat', 'natPrivateOut', { direction })).toEqual(always('out nat-gateway'));
      expect(verdicts('nat public', 'publicOut', { direction })).toEqual(always('out nat-gateway'));
    }
  });

  // "Flow log records": without pkt-dstaddr the private side reads as traffic between the client and the gateway.
  it('at a NAT gateway without packet addresses, between private addresses, is the other side', () => {
    for (const place of ['nat', 'nat public', 'regional-nat'] as const) {
      expect(verdicts(place, 'internal', { hasPacketAddresses: false })).toEqual(
        always('other-vantage'),
      );
    }
  });
});
