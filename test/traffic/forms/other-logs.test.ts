import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { load } from '../load-options.js';

/** The fields of a transit gateway's flow log that matter here, in AWS's order (Transit Gateway guide, "Flow log records"). */
const tgwFields =
  'version resource-type account-id tgw-id tgw-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status';
const tgwRecord =
  '6 TransitGateway 111122223333 tgw-0a tgw-attach-0b 10.9.0.5 52.216.0.9 40000 443 6 9 5000 1790000000 1790000060 OK';

/** Text of a log of another kind, and what the failure must call it. */
const others: readonly (readonly [string, string, RegExp])[] = [
  [
    'a transit gateway log with its header',
    `${tgwFields}\n${tgwRecord}\n`,
    /transit gateway's flow log/,
  ],
  ['a transit gateway log without it', `${tgwRecord}\n`, /transit gateway's flow log/],
  [
    'a core network log',
    `${tgwRecord.replace('TransitGateway', 'CoreNetworkAttachment')}\n`,
    /transit gateway's/,
  ],
  [
    'a transit gateway log as JSON objects',
    `${JSON.stringify({ 'resource-type': 'TransitGateway', 'tgw-id': 'tgw-0a', bytes: '5', srcaddr: '10.0.0.1' })}\n`,
    /transit gateway's/,
  ],
  [
    'transit gateway records in log events',
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      logEvents: [{ timestamp: 1, message: tgwRecord }],
    }),
    /transit gateway's/,
  ],
  [
    'CloudTrail',
    JSON.stringify({
      Records: [
        {
          eventVersion: '1.11',
          awsRegion: 'eu-west-1',
          eventSource: 's3.amazonaws.com',
          eventName: 'GetObject',
        },
      ],
    }),
    /AWS CloudTrail/,
  ],
  [
    'WAF',
    JSON.stringify({ webaclId: 'arn', httpRequest: { clientIp: '198.51.100.3' } }),
    /AWS WAF/,
  ],
  [
    'a load balancer',
    'https 2026-10-01T00:00:00.123456Z app/front/50dc 198.51.100.9:2817 10.0.1.5:80 0.0 0.0 0.0 200 200 34 366 "GET / HTTP/1.1"\n',
    /load balancer/,
  ],
  [
    'Resolver',
    JSON.stringify({ query_name: 's3.amazonaws.com.', query_type: 'A' }),
    /Route 53 Resolver/,
  ],
  [
    'Azure',
    JSON.stringify({
      records: [
        { properties: { flows: [{ rule: 'r', flows: [{ flowTuples: ['1,10.0.0.4'] }] }] } },
      ],
    }),
    /Azure/,
  ],
  [
    'Google',
    JSON.stringify({ jsonPayload: { connection: { src_ip: '10.0.0.4' }, bytes_sent: '5' } }),
    /Google Cloud/,
  ],
];

describe('a log of another kind', () => {
  it.each(others)('%s is named as what it is, and nothing is counted', async (_, text, name) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.log');
    await writeFile(file, text);
    await expect(load([file])).rejects.toMatchObject({
      message: expect.stringMatching(name),
      exitCode: 1,
    });
    await writeFile(`${file}.gz`, gzipSync(text));
    await expect(load([`${file}.gz`])).rejects.toThrow(name);
  });

  it("a transit gateway's Parquet is named, once and with what to do", async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.parquet');
    const column = (name: string, value: string) => ({
      name,
      data: [value],
      type: 'STRING' as const,
    });
    const columnData = [
      column('tgw_id', 'tgw-0a'),
      column('srcaddr', '10.0.0.1'),
      column('dstaddr', '52.216.0.9'),
      { name: 'bytes', data: [5n], type: 'INT64' as const },
    ];
    await writeFile(file, new Uint8Array(parquetWriteBuffer({ columnData })));
    const message = await load([file]).then(String, ({ message: text }) => String(text));
    expect(message).toMatch(/transit gateway's flow log.*Give the flow logs of the VPCs/);
    expect(message.split(file)).toHaveLength(2);
  });

  it('beside a flow log is a warning that names it', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'a'));
    await writeFile(join(folder.path, 'a/trail.json'), others[5]?.[1] ?? '');
    const log = 'interface-id srcaddr dstaddr bytes\neni-a 10.0.0.1 203.0.113.5 7\n';
    await writeFile(join(folder.path, 'a/flow.log'), log);
    const { profiles, findings } = await load([folder.path]);
    expect(profiles).toHaveLength(1);
    expect(findings.find(({ code }) => code === 'file-not-read')?.message).toMatch(
      /trail\.json.*CloudTrail/,
    );
  });
});

describe('inputs of which nothing can be read', () => {
  const header = 'version account-id interface-id srcaddr dstaddr bytes action log-status\n';

  it.each([
    [
      'records that are all broken',
      `${header}2 1 eni-a 10.0.0.1 203.0.113.5 1e9 ACCEPT OK\n`,
      /x\.log:2 .*bytes/,
    ],
    ['a header only', header, /no flow-log record/],
    ['nothing', '', /empty/],
  ])('%s are a failure', async (_, text, message) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'x.log'), text);
    await expect(load([join(folder.path, 'x.log')])).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 1,
    });
  });

  it('are each named with what they seem to be', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.log'), 'no log\n');
    await writeFile(join(folder.path, 'b.log'), `${tgwRecord}\n`);
    await writeFile(
      join(folder.path, 'c.log'),
      `${header}2 1 eni-a 10.0.0.1 nowhere 5 ACCEPT OK\n`,
    );
    await expect(load([folder.path])).rejects.toThrow(
      /a\.log: .*; .*b\.log: .*transit gateway.*; .*c\.log:2 /,
    );
  });

  it.each([
    ['NODATA', '2 1 eni-a - - - - NODATA'],
    ['rejected', '2 1 eni-a 10.0.0.1 203.0.113.5 40 REJECT OK'],
  ])('are not those whose records are %s: these are read', async (_, record) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'x.log'), `${header}${record}\n`);
    const { counts, profiles } = await load([folder.path]);
    expect(counts?.read).toBe(1);
    expect(profiles).toEqual([]);
  });
});
