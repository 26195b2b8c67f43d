import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { generatedFields, generatedRows, textOf } from '../generated-log.js';
import { load } from '../load-options.js';
import { naiveNatCount } from '../naive-count.js';

const rows = generatedRows(300);
const text = textOf(rows);

const underscored = generatedFields.map((field) => field.replaceAll('-', '_'));

/** The same records in every form that AWS writes. */
const forms: Readonly<Record<string, () => string | Uint8Array>> = {
  'text with a header': () => text,
  'text with a header that returns in the middle': () =>
    textOf(rows.slice(0, 900)) + textOf(rows.slice(900)),
  'text with Windows line ends and no last one': () => text.trimEnd().replaceAll('\n', '\r\n'),
  'gzip text': () => gzipSync(text),
  'gzip text of two members': () =>
    Buffer.concat([gzipSync(textOf(rows.slice(0, 700))), gzipSync(textOf(rows.slice(700)))]),
  'gzip within gzip': () => gzipSync(gzipSync(text)),
  'joined files whose fields stand in another order': () => {
    const order = generatedFields.map((_, index) => generatedFields.length - 1 - index);
    const turn = (values: readonly string[]) => order.map((index) => values[index] ?? '');
    return textOf(rows.slice(0, 1000)) + textOf(rows.slice(1000).map(turn), turn(generatedFields));
  },
  'a CloudWatch Logs export': () =>
    rows.map((row) => `2026-09-21T14:13:20.000Z ${row.join(' ')}`).join('\n'),
  'a CloudWatch Logs subscription': () =>
    gzipSync(
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: '123456789012',
        logGroup: 'flow',
        logStream: 'eni',
        logEvents: rows.map((row, id) => ({ id, timestamp: 1, message: row.join(' ') })),
      }),
    ),
  'Firehose JSON lines': () =>
    rows
      .map((row) =>
        JSON.stringify(Object.fromEntries(generatedFields.map((field, i) => [field, row[i]]))),
      )
      .join('\n'),
  'an Athena result': () =>
    [underscored, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'),
  'Insights with @message': () =>
    ['@timestamp,@message', ...rows.map((row) => `2026-09-21 14:13:20.000,${row.join(' ')}`)].join(
      '\n',
    ),
  Parquet: () =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: underscored.map((name, column) => ({
          name,
          data: rows.map((row) =>
            ['bytes', 'start', 'end'].includes(name) && row[column] !== '-'
              ? BigInt(row[column] ?? '0')
              : (row[column] ?? '-'),
          ),
          type: ['bytes', 'start', 'end'].includes(name) ? ('INT64' as const) : ('STRING' as const),
        })),
        rowGroupSize: 500,
      }),
    ),
};

describe('every form of one log', () => {
  it.each(Object.keys(forms))('has the same totals, by an independent count: %s', async (form) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'log');
    await writeFile(file, forms[form]?.() ?? '');
    const traffic = await load([file], { fields: generatedFields });
    const lines = rows.map((row) => row.join(' '));
    const sums = new Map(
      traffic.profiles.map(({ service, sent, received }) => [
        service,
        [sent, received].map((volume) => ('bytes' in volume ? volume.bytes : volume.gb)),
      ]),
    );
    expect(sums).toEqual(naiveNatCount(lines, generatedFields));
    expect(traffic.profiles.map(({ path }) => path)).toEqual(Array.from(sums, () => 'nat-gateway'));
    expect(traffic.counts).toMatchObject({ read: 2100, counted: { records: 600 } });
    expect(traffic.counts?.setAside.unreadable).toBeUndefined();
    expect(traffic.profiles[0]).toMatchObject({
      accountId: '123456789012',
      vpcId: 'vpc-1',
      azId: 'use1-az1',
      period: { start: 1_790_000_000, end: 1_790_000_000 + 299 * 61 + 59 },
    });
  });

  it('adds up in one call: a folder, a glob, a file and standard input, a summary among them', async () => {
    await using folder = await temporaryFolder();
    const { path } = folder;
    await mkdir(join(path, 'logs/deep'), { recursive: true });
    const part = (index: number) => rows.slice(index * 420, (index + 1) * 420);
    await writeFile(join(path, 'logs/a.log'), textOf(part(0)));
    await writeFile(join(path, 'logs/deep/b.log.gz'), gzipSync(textOf(part(1))));
    await writeFile(join(path, 'c.log'), textOf(part(2)));
    await writeFile(join(path, 'd.log'), textOf(part(3)));
    await writeFile(
      join(path, 'sum.csv'),
      'service,region,bytes_out,bytes_in\nkms,eu-west-1,5,6\n',
    );
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(textOf(part(4)));
    }
    const inputs = ['logs', '[c]*.log', 'd.log', 'sum.csv'].map((name) => join(path, name));
    const all = await load([...inputs, '-'], {}, { stdin: stdin() });
    await writeFile(join(path, 'whole.log'), text);
    const whole = await load([join(path, 'whole.log')]);
    expect(all.profiles.filter(({ service }) => service !== 'kms')).toEqual(whole.profiles);
    expect(all.profiles.filter(({ service }) => service === 'kms')).toMatchObject([
      { region: 'eu-west-1', sent: { bytes: 5n }, received: { bytes: 6n } },
    ]);
    expect(all.counts).toEqual(whole.counts);
  });

  it('takes account and Region from where the file lies in S3', async () => {
    const header = 'interface-id srcaddr dstaddr bytes\n';
    const record = 'eni-a 10.0.0.1 203.0.113.5 7\n';
    await using folder = await temporaryFolder();
    const plain = 'AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/10/01';
    const hive =
      'aws-account-id=444455556666/aws-service=vpcflowlogs/aws-region=us-west-2/year=2026';
    for (const place of [plain, hive]) {
      await mkdir(join(folder.path, place), { recursive: true });
      await writeFile(join(folder.path, place, 'x.log'), header + record);
    }
    const named = '777788889999_vpcflowlogs_ap-south-1_fl-1_20261001T0000Z_ab.log';
    await writeFile(join(folder.path, named), header + record);
    const { profiles } = await load([folder.path]);
    expect(profiles.map(({ accountId, region }) => [accountId, region])).toEqual([
      ['111122223333', 'eu-west-1'],
      ['444455556666', 'us-west-2'],
      ['777788889999', 'ap-south-1'],
    ]);
  });

  it('needs a Region from somewhere', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'v2.log');
    await writeFile(file, 'srcaddr dstaddr bytes\n10.0.0.1 203.0.113.5 7\n');
    await expect(
      load([file], { defaults: { region: null, paths: networkPathNames } }),
    ).rejects.toThrow(/names no Region/);
  });

  it('tells the largest talkers exactly while there are few', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'log');
    await writeFile(file, text);
    const { talkers } = await load([file], { top: 2 });
    const bytesOf = (wanted: (row: readonly string[]) => boolean) =>
      rows
        .filter((row) => row[2] === 'eni-g' && wanted(row))
        .reduce((sum, row) => sum + BigInt(row[9] ?? 0), 0n);
    const remote = (address: string) =>
      bytesOf(
        (row) =>
          (row[16] === address && row[4] === '10.0.0.220') ||
          (row[15] === address && row[3] === '10.0.0.220'),
      );
    expect(talkers?.remoteError).toBe(0n);
    expect(talkers?.remotes).toEqual([
      { address: '52.5.6.7', interfaceId: null, service: 'aws-other', bytes: remote('52.5.6.7') },
      {
        address: '203.0.113.5',
        interfaceId: null,
        service: 'internet',
        bytes: remote('203.0.113.5'),
      },
    ]);
    expect(talkers?.clients).toHaveLength(2);
    expect(talkers?.clients[0]?.interfaceId).toBe('eni-c');
  });
});
