import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addressesWith, attributeTexts, volumesOf } from '../flow-log-text.js';
import { load } from '../load-options.js';

const v3 =
  'interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end';
const v5 = `${v3} flow-direction traffic-path`;
const window = '1790000000 1790000600';

/** AWS's six records of one conversation through a NAT gateway (VPC user guide, "Flow log record examples"). */
interface Conversation {
  readonly client: string;
  readonly server: string;
  readonly port: number;
  readonly out: number;
  readonly back: number;
}

const atClient = (eni: string, { client, server, port, out, back }: Conversation) => [
  `${eni} ${client} ${server} ${client} ${server} ${port} 443 6 3 ${out} ${window}`,
  `${eni} ${server} ${client} ${server} ${client} 443 ${port} 6 5 ${back} ${window}`,
];

const atGateway = (
  eni: string,
  gateway: string,
  { client, server, port, out, back }: Conversation,
) => [
  `${eni} ${client} ${gateway} ${client} ${server} ${port} 443 6 3 ${out} ${window}`,
  `${eni} ${gateway} ${server} ${gateway} ${server} 2048 443 6 3 ${out} ${window}`,
  `${eni} ${server} ${gateway} ${server} ${gateway} 443 2048 6 5 ${back} ${window}`,
  `${eni} ${gateway} ${client} ${server} ${client} 443 ${port} 6 5 ${back} ${window}`,
];

const web = { client: '10.1.0.4', server: '198.51.100.20', port: 41_000, out: 1200, back: 5300 };
const store = {
  client: '10.1.0.4',
  server: '52.216.7.7',
  port: 41_001,
  out: 80_000,
  back: 9_000_000,
};
const open = { client: '10.1.9.8', server: '198.51.100.20', port: 41_002, out: 30_000, back: 400 };

const codesOf = (traffic: { readonly findings: readonly { readonly code: string }[] }) =>
  traffic.findings.map(({ code }) => code);

const lines = (...records: readonly (readonly string[])[]) => `${records.flat().join('\n')}\n`;

describe('what a workload logged and no NAT gateway did', () => {
  // The gateway carried 1,200 + 5,300 = 6,500 bytes. What else went out went past it: 80,000 + 9,000,000 to S3 and
  // 30,000 + 400 of another host. Nothing tells by which way.
  const log = lines(
    atGateway('eni-g', '10.1.0.9', web),
    atClient('eni-a', web),
    atClient('eni-a', store),
    atClient('eni-b', open),
  );

  it('is counted, with the path unknown', () => {
    const traffic = attributeTexts([log], { fields: v3 });
    expect(volumesOf(traffic)).toEqual([
      'internet nat-gateway 1200 5300',
      'internet unknown 30000 400',
      's3 unknown 80000 9000000',
    ]);
    expect(traffic.ledger.counts(traffic.read).counted.bytes).toBe(9_116_900n);
    const finding = traffic.findings.find(({ code }) => code === 'traffic-path-unknown');
    expect(finding?.message).toMatch(/carried 9,110,400 bytes.*gateway endpoint.*--unknown-path/);
  });

  it('is counted as far as the gateway lacks it, where the gateway logged a part', () => {
    // The gateway's log lacks 200 of 1,200 bytes out, and 300 of 5,300 back.
    const part = { ...web, out: 1000, back: 5000 };
    const traffic = attributeTexts(
      [lines(atGateway('eni-g', '10.1.0.9', part), atClient('eni-a', web))],
      { fields: v3 },
    );
    expect(volumesOf(traffic)).toEqual([
      'internet nat-gateway 1000 5000',
      'internet unknown 200 300',
    ]);
  });

  it('is a NAT gateway that is not logged, where traffic-path says so', () => {
    // traffic-path 1 with a public destination: another resource of the VPC took it (VPC user guide, "traffic-path").
    const withPaths = log
      .replaceAll(/^(eni-[ab] 10\..*)$/gm, '$1 egress 1')
      .replaceAll(/^(eni-[ab] (?!10\.).*)$/gm, '$1 ingress -')
      .replaceAll(/^(eni-g .*)$/gm, '$1 - -');
    const traffic = attributeTexts([withPaths], { fields: v5 });
    expect(volumesOf(traffic)).toEqual([
      'internet nat-gateway 31200 5700',
      's3 nat-gateway 80000 9000000',
    ]);
    expect(codesOf(traffic)).toContain('nat-log-incomplete');
    expect(codesOf(traffic)).not.toContain('traffic-path-unknown');
  });

  it('is not counted twice where buckets cut a window differently at the gateway and at the client', () => {
    // The gateway's window begins at 23:59:50, the client's at 00:00:05 of the next day.
    const [midnight] = [1_790_035_200];
    const shifted = (record: string, start: number) =>
      record.replace(window, `${start} ${start + 60}`);
    const text = lines(
      atGateway('eni-g', '10.1.0.9', web).map((record) => shifted(record, midnight - 10)),
      atClient('eni-a', web).map((record) => shifted(record, midnight + 5)),
    );
    const traffic = attributeTexts([text], { fields: v3, interval: 'day' });
    // What the client logged on the second day is set aside: of that day nothing is left but that it was logged.
    expect(volumesOf(traffic)).toEqual([' null 0 0', 'internet nat-gateway 1200 5300']);
  });

  it('is the same in any order of the records', () => {
    const records = log.trim().split('\n');
    const expected = volumesOf(attributeTexts([log], { fields: v3 }));
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        const traffic = attributeTexts([lines(shuffled)], { fields: v3 });
        expect(volumesOf(traffic)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('an instance that does the work of a NAT gateway', () => {
  const records = [...atGateway('eni-n', '10.1.0.9', web), ...atClient('eni-a', web)];

  it('is known by its instance', () => {
    // A NAT gateway's interface has no instance-id (VPC user guide, "Available fields").
    const text = lines(
      records.map((record) => `${record} ${record.startsWith('eni-n') ? 'i-nat' : 'i-app'}`),
    );
    const traffic = attributeTexts([text], { fields: `${v3} instance-id` });
    expect(volumesOf(traffic)).toEqual(['internet nat-instance 1200 5300']);
  });

  it('is known by the type of an ordinary interface', () => {
    const text = lines(records.map((record) => `${record} interface`));
    const traffic = attributeTexts([text], { fields: `${v3} interface-type` });
    expect(volumesOf(traffic)).toEqual(['internet nat-instance 1200 5300']);
  });
});

describe('a regional NAT gateway in a log without resource-id', () => {
  it('is known by records of no interface', () => {
    // It logs under the interface-id `-`, with the final destination as dstaddr (VPC user guide, "Regional NAT gateways").
    const text = lines(atClient('eni-a', web), atClient('-', web));
    const traffic = attributeTexts([text], { fields: v3 });
    expect(traffic.ledger.counts(traffic.read).counted.bytes).toBe(6500n);
  });
});

describe("AWS's default log of version 2, no flag given", () => {
  const v2 = 'interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end';
  const withoutPackets = (record: string) => record.replace(/^(\S+ \S+ \S+) \S+ \S+/, '$1');
  const log = lines(
    [
      ...atGateway('eni-g', '10.1.0.9', web),
      ...atClient('eni-a', web),
      ...atClient('eni-a', store),
    ].map(withoutPackets),
  );

  it('shows a NAT gateway by the records that mirror its clients', () => {
    const traffic = attributeTexts([log], { fields: v2 });
    expect(volumesOf(traffic)).toEqual([
      'internet nat-gateway 1200 5300',
      's3 unknown 80000 9000000',
    ]);
    expect(traffic.findings.find(({ code }) => code === 'nat-found-by-mirrors')?.message).toContain(
      'eni-g',
    );
  });

  it('shows none where traffic between private addresses only looks like it', () => {
    // A database on the client's port and size, but another count of packets.
    const other = 'eni-g 10.1.0.4 10.1.0.9 41000 443 6 4 1200 1790000000 1790000600\n';
    const traffic = attributeTexts(
      [`${lines(atClient('eni-a', web).map(withoutPackets))}${other}`],
      { fields: v2 },
    );
    expect(volumesOf(traffic)).toEqual(['internet null 1200 5300']);
    expect(codesOf(traffic)).not.toContain('nat-found-by-mirrors');
  });

  it('finds it among many, whichever records come first', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      client: `10.1.${index % 7}.${(index % 200) + 10}`,
      server: '198.51.100.20',
      port: 10_000 + index,
      out: 100 + index,
      back: 7,
    }));
    const records = [
      ...many.flatMap((each) => atClient(`eni-${each.client}`, each)),
      ...many.flatMap((each) => atGateway('eni-g', '10.1.0.9', each)),
    ].map(withoutPackets);
    // 100 + 101 + … + 399 = 74,850 bytes out, and 300 × 7 = 2,100 back.
    for (const order of [records, records.toReversed()]) {
      expect(volumesOf(attributeTexts([lines(order)], { fields: v2 }))).toEqual([
        'internet nat-gateway 74850 2100',
      ]);
    }
  });
});

describe('an interface endpoint whose own interface is in the log beside its clients', () => {
  const addresses = addressesWith('10.1.5.5/32', 'kms');
  const call = (eni: string, tail: string) => [
    `${eni} 10.1.0.4 10.1.5.5 10.1.0.4 10.1.5.5 50001 443 6 3 700 ${window}${tail && ` ${tail}`}`,
    `${eni} 10.1.5.5 10.1.0.4 10.1.5.5 10.1.0.4 443 50001 6 3 90 ${window}${tail && ` ${tail === 'egress 1' ? 'ingress -' : 'egress 1'}`}`,
  ];

  it('is counted once, by the direction of the flow', () => {
    const text = lines(call('eni-a', 'egress 1'), call('eni-e', 'ingress -'));
    const traffic = attributeTexts([text], { fields: v5, addresses });
    expect(volumesOf(traffic)).toEqual(['kms interface-endpoint 700 90']);
  });

  it('is counted once without flow-direction', () => {
    const text = lines(call('eni-a', ''), call('eni-e', ''));
    const traffic = attributeTexts([text], { fields: v3, addresses });
    expect(volumesOf(traffic)).toEqual(['kms interface-endpoint 700 90']);
  });

  it.each([
    ['the client only', ['eni-a', 'egress 1']],
    ['the endpoint only', ['eni-e', 'ingress -']],
  ] as const)('is counted from %s', (_, [eni, tail]) => {
    const traffic = attributeTexts([lines(call(eni, tail))], { fields: v5, addresses });
    expect(volumesOf(traffic)).toEqual(['kms interface-endpoint 700 90']);
  });

  it('is counted at the endpoint and, as far as that lacks it, at the client', () => {
    // A second client's 500 bytes went to the endpoint's interface in another zone, which is not logged.
    const second = `eni-b 10.1.0.6 10.1.5.5 10.1.0.6 10.1.5.5 50002 443 6 3 500 ${window} egress 1\n`;
    const text = lines(call('eni-a', 'egress 1'), call('eni-e', 'ingress -')) + second;
    const traffic = attributeTexts([text], { fields: v5, addresses });
    expect(volumesOf(traffic)).toEqual(['kms interface-endpoint 1200 90']);
  });
});

describe('traffic that is given twice', () => {
  const header = `version account-id ${v3}`;
  const withAccount = (record: string) => `3 111122223333 ${record}`;
  const log = `${header}\n${lines([...atGateway('eni-g', '10.1.0.9', web), ...atClient('eni-a', web)].map(withAccount))}`;
  const sum = (profiles: Awaited<ReturnType<typeof load>>['profiles']) => volumesOf({ profiles });

  it('as a copy under another name and packed is read once, and named', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.log'), log);
    await writeFile(join(folder.path, 'a.log.gz'), gzipSync(log));
    await writeFile(join(folder.path, 'z.log'), log);
    const { profiles, findings } = await load([folder.path]);
    expect(sum(profiles)).toEqual(['internet nat-gateway 1200 5300']);
    const copies = findings.find(({ code }) => code === 'files-with-same-records');
    expect(copies?.message).toMatch(/a\.log\.gz.*copy of.*a\.log.*z\.log/);
  });

  it('by two flow logs counts from the one that tells more, and from the other for the time that it lacks', async () => {
    // A flow log of version 2 logs two windows of ten minutes, one of version 3 the second of them.
    await using folder = await temporaryFolder();
    const v2 =
      'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end';
    const plain = (record: string) =>
      `2 111122223333 ${record.replace(/^(\S+ \S+ \S+) \S+ \S+/, '$1')}`;
    const records = [...atGateway('eni-g', '10.1.0.9', web), ...atClient('eni-a', web)];
    const later = records.map((record) => record.replace(window, '1790000600 1790001200'));
    const name = (id: string) =>
      join(folder.path, `111122223333_vpcflowlogs_us-east-1_${id}_20261001T0000Z_ab.log`);
    await writeFile(name('fl-0a'), `${v2}\n${lines([...records, ...later].map(plain))}`);
    await writeFile(name('fl-0b'), `${header}\n${lines(later.map(withAccount))}`);
    for (const threads of [1, 2]) {
      const { profiles, findings, counts } = await load([folder.path], { threads });
      // Twice 1,200 and 5,300, each window once.
      expect(sum(profiles)).toEqual(['internet nat-gateway 2400 10600']);
      const several = findings.find(({ code }) => code === 'several-flow-logs');
      expect(several?.message).toMatch(/fl-0b.*fl-0a/);
      // The six records of the second window of the first flow log: 3 × 1,200 + 3 × 5,300 bytes.
      expect(counts?.setAside['other-flow-log']).toEqual({ records: 6, bytes: 19_500n });
    }
  });

  it('by two flow logs of CloudWatch Logs with the same fields is told by their log groups', async () => {
    // The same two records in each, but for the aggregation interval: 10 minutes in one, twice 5 in the other.
    await using folder = await temporaryFolder();
    const event = (text: string) => ({ id: '1', timestamp: 1, message: text });
    const message = (logGroup: string, records: readonly string[]) =>
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        logGroup,
        logStream: 'eni-a-all',
        logEvents: records.map(event),
      });
    const record = (bytes: number, start: number, end: number) =>
      `2 111122223333 eni-a 10.1.0.4 198.51.100.20 41000 443 6 3 ${bytes} ${start} ${end} ACCEPT OK`;
    const [start, middle, end] = [1_790_000_000, 1_790_000_300, 1_790_000_600];
    await writeFile(join(folder.path, 'a.json'), message('group-a', [record(900, start, end)]));
    const halves = [record(400, start, middle), record(500, middle, end)];
    await writeFile(join(folder.path, 'b.json'), message('group-b', halves));
    const { profiles, findings } = await load([folder.path]);
    expect(sum(profiles)).toEqual(['internet null 900 0']);
    expect(findings.find(({ code }) => code === 'several-flow-logs')?.message).toMatch(
      /group-a.*group-b/,
    );
  });

  it('by a flow log of version 2 and one of version 3 of other interfaces is held together: a flow log is of one VPC', async () => {
    // The client is only in the log of version 2, the NAT gateway in both; version 2 names no VPC.
    await using folder = await temporaryFolder();
    const v2 =
      'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end';
    const plain = (record: string) =>
      `2 111122223333 ${record.replace(/^(\S+ \S+ \S+) \S+ \S+/, '$1')}`;
    const inVpc = (record: string) => `${withAccount(record)} vpc-1`;
    const records = [...atGateway('eni-g', '10.1.0.9', web), ...atClient('eni-a', web)];
    const name = (id: string) =>
      join(folder.path, `111122223333_vpcflowlogs_us-east-1_${id}_20261001T0000Z_ab.log`);
    await writeFile(name('fl-0a'), `${v2}\n${lines(records.map(plain))}`);
    const gateway = atGateway('eni-g', '10.1.0.9', web).map(inVpc);
    await writeFile(name('fl-0b'), `${header} vpc-id\n${lines(gateway)}`);
    const { profiles } = await load([folder.path]);
    expect(sum(profiles)).toEqual(['internet nat-gateway 1200 5300']);
    expect(profiles.map(({ vpcId }) => vpcId)).toEqual(['vpc-1']);
  });

  it('on standard input and in a file is read once', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'z.log'), log);
    const { profiles, findings } = await load(
      [join(folder.path, 'z.log'), '-'],
      {},
      { stdin: streamOf(log) },
    );
    expect(sum(profiles)).toEqual(['internet nat-gateway 1200 5300']);
    expect(codesOf({ findings })).toContain('files-with-same-records');
  });

  it('by another flow log on standard input is refused, since that can not be read again', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.log'), log);
    const other = `${header} az-id\n${lines([...atClient('eni-a', web)].map((record) => `${withAccount(record)} use1-az1`))}`;
    const loading = load([folder.path, '-'], {}, { stdin: streamOf(other) });
    await expect(loading).rejects.toThrow(/standard input: holds traffic.*only once/);
  });
});

async function* streamOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
