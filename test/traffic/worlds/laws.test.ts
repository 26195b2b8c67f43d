import { describe, expect, it } from 'vitest';
import { trafficFinding } from '../../../src/traffic/findings/findings.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { remotes } from './addresses.js';
import { worldOf } from './build-world.js';
import { fieldSets } from './field-sets.js';
import { checkAccount, checkCopy, checkSame, checkTruth } from './laws.js';
import { copiesOf, logFilesOf, textOf } from './log-files.js';
import { plainCount, plainSum } from './plain-reader.js';
import { randomOf } from './random.js';
import { makeTellable } from './tellable.js';
import { directions, truthOf } from './truth.js';
import type {
  Conversation,
  FieldSetName,
  FlowLog,
  InterfaceKind,
  NetworkInterface,
  World,
} from './world.js';

function eni(key: string, kind: InterfaceKind, address: string): NetworkInterface {
  return {
    key,
    kind,
    vpc: 'vpc-1',
    subnet: 'subnet-1',
    azId: 'use1-az1',
    instanceId: kind === 'workload' || kind === 'nat-instance' ? 'i-1' : '-',
    address,
    address6: '2600:1f14:abc:1001::5',
    isNitro: true,
  };
}

const app = eni('eni-app', 'workload', '10.0.1.5');
const nat = eni('eni-nat', 'nat-gateway', '10.0.0.220');

const common = { client: app.key, protocol: 6, remotePort: 443 } as const;
const byNat: Conversation = {
  ...common,
  remote: remotes.internet,
  route: { kind: 'nat-gateway', device: nat.key },
  clientPort: 40_000,
  bursts: [{ minute: 0, out: 1000, back: 5000 }],
};
const byGateway: Conversation = {
  ...common,
  remote: remotes.s3,
  route: { kind: 'gateway-endpoint' },
  clientPort: 40_001,
  bursts: [{ minute: 3, out: 700_000, back: 90_000_000 }],
};

function flowLog(fieldSet: FieldSetName, changes: Partial<FlowLog> = {}): FlowLog {
  return {
    id: 'fl-0aaaaaaaaaaaaaaa1',
    vpc: 'vpc-1',
    fieldSet,
    fields: fieldSets[fieldSet],
    aggregation: 600,
    slots: [0, 1],
    interfaces: null,
    hasWholeTimes: true,
    isRenamed: false,
    filesBySlot: false,
    split: 1,
    isGzip: false,
    ...changes,
  };
}

function handMade(changes: Partial<World> = {}): World {
  return {
    seed: 0,
    slots: 1,
    interfaces: [app, nat],
    conversations: [byNat, byGateway],
    flowLogs: [flowLog('v5-lean')],
    sides: new Map(),
    noise: [],
    copies: [],
    natInterfaces: [],
    ...changes,
  };
}

const textsOf = (world: World) => logFilesOf(world).map(textOf);

describe('the records of a world', () => {
  it("are AWS's six of a NAT gateway's conversation, and two by a gateway endpoint", () => {
    const fields =
      'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport bytes start end flow-direction traffic-path pkt-src-aws-service pkt-dst-aws-service';
    const world = handMade({ flowLogs: [flowLog('v5-lean', { fields: fields.split(' ') })] });
    const time = '1790899200 1790899800';
    expect(textsOf(world)).toEqual([
      `${fields}
eni-app 10.0.1.5 140.82.121.4 10.0.1.5 140.82.121.4 40000 443 1000 ${time} egress 1 - -
eni-app 140.82.121.4 10.0.1.5 140.82.121.4 10.0.1.5 443 40000 5000 ${time} ingress - - -
eni-nat 10.0.1.5 10.0.0.220 10.0.1.5 140.82.121.4 40000 443 1000 ${time} ingress - - -
eni-nat 10.0.0.220 10.0.1.5 140.82.121.4 10.0.1.5 443 40000 5000 ${time} egress 1 - -
eni-nat 10.0.0.220 140.82.121.4 10.0.0.220 140.82.121.4 10000 443 1000 ${time} egress 8 - -
eni-nat 140.82.121.4 10.0.0.220 140.82.121.4 10.0.0.220 443 10000 5000 ${time} ingress - - -
eni-app 10.0.1.5 52.216.0.1 10.0.1.5 52.216.0.1 40001 443 700000 ${time} egress 7 - S3
eni-app 52.216.0.1 10.0.1.5 52.216.0.1 10.0.1.5 443 40001 90000000 ${time} ingress - S3 -
`,
    ]);
  });

  it("name the interfaces' types and the next hop in version 11", () => {
    const fields = 'interface-id interface-type srcaddr next-hop-interface-type next-hop-az-id';
    const world = handMade({
      conversations: [byNat],
      flowLogs: [flowLog('v11', { fields: fields.split(' ') })],
    });
    expect(textsOf(world)[0]?.split('\n').slice(1, 4)).toEqual([
      'eni-app interface 10.0.1.5 nat_gateway use1-az1',
      'eni-app interface 140.82.121.4 - -',
      'eni-nat nat_gateway 10.0.1.5 - -',
    ]);
  });

  it('are of a regional NAT gateway without an interface, and with the final destination', () => {
    const regional = eni('nat-1', 'regional-nat-gateway', '198.51.100.7');
    const fields = 'interface-id resource-id srcaddr dstaddr flow-direction bytes';
    const world = handMade({
      interfaces: [app, regional],
      conversations: [{ ...byNat, route: { kind: 'nat-gateway', device: 'nat-1' } }],
      flowLogs: [flowLog('v11', { fields: fields.split(' '), interfaces: ['nat-1'] })],
    });
    expect(textsOf(world)).toEqual([
      `${fields}
- nat-1 10.0.1.5 140.82.121.4 ingress 1000
- nat-1 140.82.121.4 10.0.1.5 egress 5000
- nat-1 198.51.100.7 140.82.121.4 egress 1000
- nat-1 140.82.121.4 198.51.100.7 ingress 5000
`,
    ]);
  });

  it('are cut to the aggregation interval, the slots, the interfaces and the sides', () => {
    const bursts = [
      { minute: 2, out: 1, back: 0 },
      { minute: 3, out: 2, back: 0 },
      { minute: 12, out: 4, back: 0 },
    ];
    const bytesOf = (changes: Partial<FlowLog>, sides: World['sides'] = new Map()) =>
      textsOf(
        handMade({
          slots: 2,
          sides,
          conversations: [{ ...byNat, bursts }],
          flowLogs: [
            flowLog('v3', { fields: ['interface-id', 'bytes'], slots: [0, 2], ...changes }),
          ],
        }),
      ).map((text) => text.trimEnd().split('\n').slice(1).join(', '));
    const interfaces = ['eni-app'];
    expect(bytesOf({ interfaces })).toEqual(['eni-app 3, eni-app 4']);
    expect(bytesOf({ interfaces, aggregation: 60 })).toEqual(['eni-app 1, eni-app 2, eni-app 4']);
    expect(bytesOf({ interfaces, slots: [1, 2] })).toEqual(['eni-app 4']);
    expect(bytesOf({ interfaces, split: 2 })).toEqual(['eni-app 3', 'eni-app 4']);
    expect(bytesOf({ slots: [1, 2] }, new Map([['eni-nat', 'public']]))).toEqual([
      'eni-app 4, eni-nat 4',
    ]);
  });
});

/** What is visible and certain of one service, in short. */
function proofOf(world: World, service: string): string {
  const { visible, certain } = truthOf(world);
  const show = (bytes: { out: bigint; in: bigint } | undefined) => `${bytes?.out}/${bytes?.in}`;
  return `${show(visible.get(service))} ${show(certain.get(service))}`;
}

describe('the truth of a world', () => {
  it('is each byte once, however many records show it', () => {
    expect(truthOf(handMade()).flowed).toMatchObject([
      { service: 'internet', out: 1000n, in: 5000n, paths: ['nat-gateway'], vpcs: ['vpc-1'] },
      { service: 's3', out: 700_000n, in: 90_000_000n, paths: ['gateway-endpoint'] },
    ]);
    expect(proofOf(handMade(), 'internet')).toBe('1000/5000 1000/5000');
  });

  it('is not visible where no record shows the server', () => {
    const only = (fieldSet: FieldSetName) =>
      handMade({
        flowLogs: [flowLog(fieldSet, { interfaces: ['eni-nat'] })],
        sides: new Map([['eni-nat', 'private']]),
      });
    // Version 2's private side is between the client and the gateway.
    expect(proofOf(only('v2'), 'internet')).toBe('undefined/undefined undefined/undefined');
    expect(proofOf(only('v3'), 'internet')).toBe('1000/5000 1000/5000');
  });

  it("is certain as far as a client's bytes can't be those that a gateway logs of the same client", () => {
    // The same client has 700,000 with S3 by the gateway endpoint, and 1,000 by the NAT gateway, of which no record of its own is there.
    const toS3 = { ...byNat, remote: remotes.s3 };
    const world = (fieldSet: FieldSetName) =>
      handMade({
        slots: 2,
        conversations: [{ ...toS3, bursts: [{ minute: 11, out: 1000, back: 5000 }] }, byGateway],
        flowLogs: [
          flowLog(fieldSet, { interfaces: ['eni-app'] }),
          flowLog(fieldSet, { interfaces: ['eni-nat'], slots: [1, 2] }),
        ],
      });
    expect(proofOf(world('v3'), 's3')).toBe('701000/90005000 700000/90000000');
    // traffic-path 7 tells that the client's bytes are none of the gateway's.
    expect(proofOf(world('v5'), 's3')).toBe('701000/90005000 701000/90005000');
  });
});

const interval = { start: 1_790_899_200, end: 1_790_899_800 };

function profile(service: string, path: string, bytes: [bigint, bigint]): TrafficProfile {
  return {
    accountId: '111122223333',
    region: 'us-east-1',
    vpcId: 'vpc-1',
    azId: null,
    service,
    serviceRegion: null,
    path,
    sent: { bytes: bytes[0] },
    received: { bytes: bytes[1] },
    crossAzBytes: null,
    period: interval,
  };
}

const internet = profile('internet', 'nat-gateway', [1000n, 5000n]);
const s3 = profile('s3', 'gateway-endpoint', [700_000n, 90_000_000n]);

function broken(profiles: readonly TrafficProfile[]): readonly string[] {
  const violations = checkTruth(truthOf(handMade()), { profiles, findings: [], counts: null });
  return violations.map(({ law, what }) => `${law}: ${what}`);
}

describe('the laws', () => {
  it('hold for the right result', () => {
    expect(broken([internet, s3])).toEqual([]);
  });

  it('see what is counted twice, lost, and by a path that it did not take', () => {
    expect(
      broken([internet, s3, { ...internet, sent: { bytes: 1n }, received: { bytes: 0n } }]),
    ).toEqual([
      'counted-twice: in all  out: 701001 of 701000',
      'counted-twice: VPC vpc-1 out: 701001 of 701000',
      'counted-twice: service internet out: 1001 of 1000',
    ]);
    expect(broken([internet, { ...s3, received: { bytes: 89_999_999n } }])).toEqual([
      'lost: s3 in: 89999999 of 90000000; findings speak of 0',
    ]);
    expect(broken([internet, { ...s3, path: 'nat-gateway' }])).toEqual([
      'path: by path nat-gateway out: 701000 of 1000',
      'path: by path nat-gateway in: 90005000 of 5000',
    ]);
    expect(broken([internet, { ...s3, path: null }])).toEqual([]);
    expect(broken([internet, { ...s3, serviceRegion: 'eu-west-1' }])).toContain(
      'counted-twice: service s3 eu-west-1 out: 700000 of 0',
    );
  });

  it('let pass what a finding says is missing', () => {
    const said = (privateSide: bigint) => {
      const facts = { vpc: 'vpc-1', name: 'eni-nat', privateSide, sentByGateway: 10n };
      const finding = trafficFinding('nat-sides-disagree', facts);
      const profiles = [internet, { ...s3, received: { bytes: 89_999_900n } }];
      return checkTruth(truthOf(handMade()), { profiles, findings: [finding], counts: null });
    };
    expect(said(109n)).toHaveLength(1);
    expect(said(110n)).toEqual([]);
  });

  it('hold results together, and a copy to a finding', () => {
    const result = { profiles: [internet], findings: [], counts: null };
    const other = { ...result, profiles: [{ ...internet, azId: 'use1-az1' }] };
    const finding = trafficFinding('files-named-twice', { files: ['a'] });
    expect(checkSame(result, result)).toEqual([]);
    expect(checkSame(result, other)).toHaveLength(1);
    expect(checkSame(result, { ...result, findings: [finding] })).toHaveLength(1);
    expect(checkCopy(result, { ...result, findings: [finding] })).toEqual([]);
    expect(checkCopy(result, result)).toHaveLength(1);
    expect(checkCopy(result, { ...other, findings: [finding] })).toHaveLength(1);
  });

  it('hold the account to a plain reader', () => {
    const world = handMade({
      noise: ['rejected'],
      slots: 2,
      flowLogs: [flowLog('v3', { slots: [0, 2] })],
    });
    // 6 of a NAT gateway's and 2 of a gateway endpoint's conversation, and a rejected one of 40 bytes.
    const bytes = 3n * 6000n + 90_700_000n + 40n;
    const plain = plainSum(textsOf(world));
    expect(plain).toEqual({ read: 9, rejected: 1, bytes });
    const setAside = { rejected: { records: 1, bytes: 40n } };
    const counts = { read: 9, counted: { records: 8, bytes: bytes - 40n }, setAside };
    expect(checkAccount(plain, { counts })).toEqual([]);
    expect(checkAccount(plain, { counts: { ...counts, read: 8 } })).toHaveLength(1);
    expect(checkAccount(plain, { counts: { ...counts, setAside: {} } })).toHaveLength(1);
    expect(plainCount('a bytes\nx -\n\nx 5\n')).toEqual({ read: 2, rejected: 0, bytes: 5n });
  });
});

describe('a generated world', () => {
  it('is the same for a seed, in this version and the next', () => {
    const random = randomOf(7);
    expect([1, 2, 3].map(() => random.whole(0, 999))).toMatchInlineSnapshot(`
      [
        957,
        378,
        410,
      ]
    `);
  });

  it('is certain of no more than is visible, and shows no more than flowed', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { flowed, visible, certain } = truthOf(worldOf(seed, { hard: seed % 2 === 0 }));
      for (const direction of directions) {
        for (const [service, seen] of visible) {
          const all = flowed
            .filter((bytes) => bytes.service === service)
            .reduce((sum, bytes) => sum + bytes[direction], 0n);
          const sure = certain.get(service)?.[direction] ?? 0n;
          expect([seed, sure <= seen[direction], seen[direction] <= all]).toEqual([
            seed,
            true,
            true,
          ]);
        }
      }
    }
  });

  it('names a NAT gateway that nothing in a log of version 2 shows', () => {
    const named = (interfaces: readonly string[] | null) =>
      makeTellable(handMade({ flowLogs: [flowLog('v2', { interfaces })] })).natInterfaces;
    expect(named(['eni-nat'])).toEqual(['eni-nat']);
    // The gateway's private side mirrors the client's records.
    expect(named(null)).toEqual([]);
  });

  it('gives copies under other names, with the same records', () => {
    const world = handMade({ copies: [{ of: 4, isGzip: true }] });
    const [copy] = copiesOf(world, logFilesOf(world));
    expect(copy?.path).toMatch(/^copies\/.*\.log\.gz$/);
    expect(copy === undefined ? [] : [textOf(copy)]).toEqual(textsOf(world));
  });
});
