import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addressesWith, attributeTexts, volumesOf } from '../flow-log-text.js';
import { load } from '../load-options.js';

/** Loads files by their names below a folder. */
async function loadFiles(
  files: Readonly<Record<string, readonly string[]>>,
  options: Parameters<typeof load>[1] = {},
) {
  await using folder = await temporaryFolder();
  for (const [name, lines] of Object.entries(files)) {
    await mkdir(join(folder.path, name, '..'), { recursive: true });
    await writeFile(join(folder.path, name), `${lines.join('\n')}\n`);
  }
  return await load([folder.path], { defaults: { region: 'eu-central-1', paths: [] }, ...options });
}

const showPlaces = (profiles: readonly TrafficProfile[]) =>
  profiles.map(({ accountId, region, vpcId, azId, sent }) =>
    [accountId, region, vpcId, azId, 'bytes' in sent ? sent.bytes : '?'].join(' '),
  );

const inS3 = (flowLog: string) =>
  `AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/10/01/111122223333_vpcflowlogs_us-east-1_${flowLog}_20261001T0000Z_ab.log`;

describe('one interface in logs with different fields', () => {
  const start = 1_790_812_800;
  const times = (hour: number) => `${start + hour * 3600} ${start + hour * 3600 + 60} ACCEPT OK`;
  const head = 'version account-id interface-id srcaddr dstaddr bytes start end action log-status';
  const record = (version: number, bytes: number, more: string) =>
    `${version} 111122223333 eni-0a1 10.0.0.5 52.216.0.1 ${bytes} ${times(version)} ${more}`.trim();
  const v2 = [head, record(2, 1000, '')];
  const v3 = [`${head} vpc-id`, record(3, 100, 'vpc-0a1')];
  const v5 = [`${head} vpc-id az-id region`, record(5, 10, 'vpc-0a1 use1-az1 us-east-1')];

  it('is of the VPC, the zone and the Region that any of them names, in any order of the files', async () => {
    const logs = [v2, v3, v5];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const;
    for (const order of orders) {
      const files = order.map((log, index) => [`${index}.log`, logs[log] ?? []] as const);
      const { profiles } = await loadFiles(Object.fromEntries(files));
      // 1,000 + 100 + 10 bytes of three hours.
      expect(showPlaces(profiles)).toEqual(['111122223333 us-east-1 vpc-0a1 use1-az1 1110']);
    }
  });
});

describe('files with the same records', () => {
  const log = [
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
    '2 111122223333 eni-a 10.0.0.5 52.216.0.1 40000 443 6 3 700 1790000000 1790000600 ACCEPT OK',
    '2 111122223333 eni-a 52.216.0.1 10.0.0.5 443 40000 6 3 900 1790000000 1790000600 ACCEPT OK',
  ];

  it('are a copy where the name of one tells less: the other stays, with its Region', async () => {
    const { profiles, findings, counts } = await loadFiles({
      'a-copy.log': log,
      [inS3('fl-0a')]: log,
    });
    expect(showPlaces(profiles)).toEqual(['111122223333 us-east-1   700']);
    expect(findings.map(({ code }) => code)).toContain('files-with-same-records');
    expect(counts?.read).toBe(2);
  });

  it('with other fields are no copies, although nothing was logged in both', async () => {
    const empty = (more: string, dashes: string) => [
      `version account-id vpc-id interface-id pkt-srcaddr pkt-dstaddr bytes start end log-status${more}`,
      `3 111122223333 vpc-1 eni-a - - - 1790000000 1790000600 NODATA${dashes}`,
    ];
    const { counts } = await loadFiles({
      'a.log': empty('', ''),
      'b.log': empty(' tcp-flags', ' -'),
    });
    expect(counts?.read).toBe(2);
  });

  it.each([
    ['of one interface differ in their status only', 'eni-a - - - NODATA', 'eni-a - - - SKIPDATA'],
    // The last numbers of the clients, 7 and 5, are as far apart in their bits as the two sides: 1 and 3.
    [
      'are the two sides of one flow at a NAT gateway',
      'eni-n 10.0.0.5 203.0.113.9 700 OK 10.0.0.5',
      'eni-n 10.0.0.7 10.0.0.5 700 OK 10.0.0.7',
    ],
  ])('are no copies where they %s', async (_, first, second) => {
    const file = (record: string) => {
      const [eni, src, dst, bytes, status, client = '-'] = record.split(' ');
      const packet = client === '-' ? '- -' : `${client} 203.0.113.9`;
      return [
        'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes start end log-status',
        `${eni} ${src} ${dst} ${packet} ${bytes} 1790000000 1790000600 ${status}`,
      ];
    };
    const { counts, findings } = await loadFiles({ 'a.log': file(first), 'b.log': file(second) });
    expect(counts?.read).toBe(2);
    expect(findings.map(({ code }) => code)).not.toContain('files-with-same-records');
  });

  it('of two flow logs are read both, and one is set aside', async () => {
    const { profiles, findings, counts } = await loadFiles({
      [inS3('fl-0a')]: log,
      [inS3('fl-0b')]: log,
    });
    expect(volumesOf({ profiles })).toEqual(['s3 null 700 900']);
    const codes = findings.map(({ code }) => code);
    expect(codes).toContain('several-flow-logs');
    expect(codes).not.toContain('files-with-same-records');
    expect(counts?.read).toBe(4);
    expect(counts?.setAside['other-flow-log']).toEqual({ records: 2, bytes: 1600n });
  });
});

describe('a regional NAT gateway in two flow logs', () => {
  const head =
    'account-id vpc-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes start end';
  const told = 'flow-direction traffic-path';
  const window = (from: number) => `${1_790_000_000 + from} ${1_790_000_000 + from + 600}`;
  const ends = (from: string, to: string) => `${from} ${to} ${from} ${to}`;
  const records = (vpc: string, from: number) => [
    `111122223333 ${vpc} - ${ends('10.1.0.4', '198.51.100.20')} 700 ${window(from)}`,
    `111122223333 ${vpc} - ${ends('198.51.100.20', '10.1.0.4')} 900 ${window(from)}`,
  ];
  const lean = [head, ...records('vpc-1', 0), ...records('vpc-1', 1200)];
  const telling = (vpc: string) => {
    const [out = '', back = ''] = records(vpc, 1200);
    return [`${head} ${told}`, `${out} ingress -`, `${back} egress 1`];
  };

  it('counts once, although its records name no interface', async () => {
    const { profiles, counts, findings } = await loadFiles({
      'a.log': lean,
      'b.log': telling('vpc-1'),
    });
    // Two windows of 700 and 900 bytes; both logs have the second.
    expect(volumesOf({ profiles })).toEqual(['internet nat-gateway 1400 1800']);
    expect(counts?.setAside['other-flow-log']).toEqual({ records: 2, bytes: 1600n });
    expect(findings.map(({ code }) => code)).toContain('several-flow-logs');
  });

  it('is another one in another VPC', async () => {
    const { profiles } = await loadFiles({ 'a.log': lean, 'b.log': telling('vpc-2') });
    expect(volumesOf({ profiles })).toEqual([
      'internet nat-gateway 1400 1800',
      'internet nat-gateway 700 900',
    ]);
  });

  it('counts once where one log names it and the other does not', async () => {
    const named = [
      `${head} resource-id`,
      ...records('vpc-1', 0).map((record) => `${record} nat-0a`),
    ];
    const { profiles } = await loadFiles({ 'a.log': lean, 'b.log': named });
    expect(volumesOf({ profiles })).toEqual(['internet nat-gateway 1400 1800']);
  });

  it('is two in flow logs that name no VPC and have no interface in common', async () => {
    // Each VPC's own interface, and its gateway: 700 out and 900 back, which only the gateway's records hold.
    const log = (eni: string) => [
      'account-id interface-id srcaddr dstaddr bytes start end',
      `1 ${eni} 10.1.0.9 10.1.0.8 5 ${window(0)}`,
      ...records('', 0).map((record) => {
        const [account, name, src, dst, , , bytes, start, end] = record.split(/ +/);
        return [account, name, src, dst, bytes, start, end].join(' ');
      }),
    ];
    const twice = await loadFiles({ [inS3('fl-0a')]: log('eni-a'), [inS3('fl-0b')]: log('eni-b') });
    expect(volumesOf(twice)).toEqual(['internet nat-gateway 1400 1800']);
    const once = await loadFiles({ [inS3('fl-0a')]: log('eni-a'), [inS3('fl-0b')]: log('eni-a') });
    expect(volumesOf(once)).toEqual(['internet nat-gateway 700 900']);
  });

  it('is two where two logs name two', async () => {
    const named = (name: string, more: string) => [
      `${head} resource-id ${more}`.trim(),
      ...records('vpc-1', 0).map((record) => `${record} ${name} ${more === '' ? '' : '-'}`.trim()),
    ];
    const { profiles } = await loadFiles({
      'a.log': named('nat-0a', ''),
      'b.log': named('nat-0b', 'instance-id'),
    });
    expect(volumesOf({ profiles })).toEqual(['internet nat-gateway 1400 1800']);
  });
});

describe('two interfaces of one endpoint, one of which a single client uses', () => {
  it('count once beside the clients, in a log without flow-direction', () => {
    // eni-a sends 900 to one interface and 20 to the other; eni-b sends 50 to the first. In all 970.
    const window = '1790000000 1790000600';
    const record = (eni: string, client: string, endpoint: string, bytes: number) =>
      `${eni} ${client} ${endpoint} ${bytes} ${window}`;
    const text = [
      record('eni-a', '10.1.0.4', '10.1.5.5', 900),
      record('eni-a', '10.1.0.4', '10.1.5.6', 20),
      record('eni-b', '10.1.0.5', '10.1.5.5', 50),
      record('eni-e1', '10.1.0.4', '10.1.5.5', 900),
      record('eni-e1', '10.1.0.5', '10.1.5.5', 50),
      record('eni-e2', '10.1.0.4', '10.1.5.6', 20),
    ].join('\n');
    const traffic = attributeTexts([text], {
      fields: 'interface-id srcaddr dstaddr bytes start end',
      addresses: addressesWith('10.1.5.0/24', 'kms'),
    });
    expect(volumesOf(traffic)).toEqual(['kms interface-endpoint 970 0']);
  });
});

describe('interfaces of endpoints whose clients are not in a log without flow-direction', () => {
  const window = '1790000000 1790000600';
  const count = (records: readonly string[]) =>
    volumesOf(
      attributeTexts([records.map((record) => `${record} ${window}`).join('\n')], {
        fields: 'interface-id srcaddr dstaddr bytes start end',
        addresses: addressesWith('10.1.5.0/24', 'kms'),
      }),
    );

  it('each count what one client sends them, although it looks like one that passes it on', () => {
    expect(count(['eni-e1 10.1.0.4 10.1.5.5 900', 'eni-e2 10.1.0.4 10.1.5.6 20'])).toEqual([
      'kms interface-endpoint 920 0',
    ]);
  });

  it('count beside a client that uses both', () => {
    // The client's own interface has the 7 bytes that it sent to an endpoint that is not logged as well: in all 927.
    expect(
      count([
        'eni-a 10.1.0.4 10.1.5.5 900',
        'eni-a 10.1.0.4 10.1.5.6 20',
        'eni-a 10.1.0.4 10.1.5.7 7',
        'eni-e1 10.1.0.4 10.1.5.5 900',
        'eni-e2 10.1.0.4 10.1.5.6 20',
      ]),
    ).toEqual(['kms interface-endpoint 927 0']);
  });
});

describe('an interface endpoint in two flow logs', () => {
  const head =
    'account-id vpc-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes start end';
  const window = '1790000000 1790000600';
  const ends = (from: string, to: string) => `${from} ${to} ${from} ${to}`;
  const records = (eni: string) => [
    `111122223333 vpc-1 ${eni} ${ends('10.1.0.4', '10.1.5.5')} 700 ${window}`,
    `111122223333 vpc-1 ${eni} ${ends('10.1.5.5', '10.1.0.4')} 90 ${window}`,
  ];
  const directed = (eni: string, ways: readonly [string, string]) => [
    `${head} flow-direction`,
    ...records(eni).map((record, index) => `${record} ${ways[index]}`),
  ];
  const addresses = addressesWith('10.1.5.5/32', 'kms');

  it.each([
    ['client', directed('eni-a', ['egress', 'ingress'])],
    ['endpoint', directed('eni-e', ['ingress', 'egress'])],
  ])('counts once where only the log of the %s has flow-direction', async (_, telling) => {
    const lean = [head, ...records('eni-a'), ...records('eni-e')];
    const { profiles } = await loadFiles({ 'a.log': lean, 'b.log': telling }, { addresses });
    expect(volumesOf({ profiles })).toEqual(['kms interface-endpoint 700 90']);
  });

  it('is counted by the address of the map where interface-type names it and nothing the direction', async () => {
    const typed = [
      `${head} interface-type`,
      ...records('eni-e').map((line) => `${line} vpc_endpoint`),
    ];
    const { profiles } = await loadFiles({ 'a.log': typed }, { addresses });
    expect(volumesOf({ profiles })).toEqual(['kms interface-endpoint 700 90']);
  });
});

describe('a VPC that several accounts share', () => {
  it('counts once what a client of one account sends through the NAT gateway of another', () => {
    const fields =
      'account-id vpc-id region interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes start end';
    const window = '1790000000 1790000600';
    const text = [
      `222233334444 vpc-1 us-east-1 eni-a 10.1.0.4 198.51.100.20 10.1.0.4 198.51.100.20 700 ${window}`,
      `111122223333 vpc-1 us-east-1 eni-g 10.1.0.4 10.1.0.9 10.1.0.4 198.51.100.20 700 ${window}`,
      `111122223333 vpc-1 us-east-1 eni-g 10.1.0.9 198.51.100.20 10.1.0.9 198.51.100.20 700 ${window}`,
    ].join('\n');
    expect(volumesOf(attributeTexts([text], { fields }))).toEqual(['internet nat-gateway 700 0']);
  });
});
