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

const messages = rows.map((row) => row.join(' '));
const events = messages.map((message, id) => ({
  logStreamName: 'eni-c-all',
  timestamp: 1_790_000_000_000,
  message,
  ingestionTime: 1_790_000_000_001,
  eventId: String(id),
}));
const jsonLines = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
const pretty = (value: unknown) => `${JSON.stringify(value, null, 4)}\n`;
const csvOf = (values: readonly (readonly string[])[]) =>
  values.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
const data = (text: string) => gzipSync(text).toString('base64');
const subscription = JSON.stringify({
  messageType: 'DATA_MESSAGE',
  logGroup: 'flow',
  logStream: 'eni-c-all',
  logEvents: events,
});
const objects = rows.map((row) =>
  Object.fromEntries(generatedFields.map((field, i) => [field, row[i]])),
);

/** The OCSF event of a record. */
function ocsfEvent(row: readonly string[]) {
  const of = (name: string) => row[generatedFields.indexOf(name)] ?? '-';
  const isOut = of('flow-direction') === 'egress';
  const own = { interface_uid: of('interface-id'), vpc_uid: of('vpc-id') };
  const end = (side: string, isOwn: boolean) => ({
    ip: of(`pkt-${side}addr`),
    intermediate_ips: of(`pkt-${side}addr`) === of(`${side}addr`) ? null : [of(`${side}addr`)],
    svc_name: of(`pkt-${side}-aws-service`),
    ...(isOwn ? own : { interface_uid: null, vpc_uid: null }),
  });
  const path = of('traffic-path');
  return {
    class_uid: 4001,
    metadata: { product: { name: 'Amazon VPC', feature: { name: 'Flowlogs' } } },
    cloud: { account: { uid: of('account-id') }, region: of('region'), zone: of('az-id') },
    src_endpoint: end('src', isOut),
    dst_endpoint: end('dst', !isOut),
    connection_info: {
      direction: isOut ? 'Outbound' : 'Inbound',
      boundary_id: path === '-' ? 0 : Number(path) + 3,
    },
    traffic: { bytes: Number(of('bytes')) },
    action: of('action') === 'ACCEPT' ? 'Allowed' : 'Denied',
    status_code: of('log-status'),
    start_time: Number(of('start')) * 1000,
    end_time: Number(of('end')) * 1000,
  };
}

/** The same records as AWS's commands, its consoles and shippers of logs write them. */
const wrapped: Readonly<Record<string, () => string | Uint8Array>> = {
  'filter-log-events': () => pretty({ events, searchedLogStreams: [] }),
  'filter-log-events in one line': () => JSON.stringify({ events, nextToken: 'x' }),
  'get-log-events': () => pretty({ events, nextForwardToken: 'f/1', nextBackwardToken: 'b/1' }),
  'pages of filter-log-events, one behind the other': () =>
    pretty({ events: events.slice(0, 900) }) + pretty({ events: events.slice(900) }),
  'events by --query': () => pretty(events),
  'messages by --query': () => pretty(messages),
  'messages by --query in one line': () => JSON.stringify(messages),
  'times and messages by --query': () => pretty(events.map((e) => [e.timestamp, e.message])),
  'filter-log-events --output text': () =>
    events
      .map((e) => ['EVENTS', e.eventId, e.ingestionTime, e.logStreamName, e.message, e.timestamp])
      .map((values) => `${values.join('\t')}\n`)
      .join('') + 'SEARCHEDLOGSTREAMS\tTrue\teni-c-all\n',
  'get-log-events --output text': () =>
    `b/31415/s\tf/27182/s\n${events.map((e) => `EVENTS\t${e.ingestionTime}\t${e.message}\t${e.timestamp}\n`).join('')}`,
  'messages by --query as text': () => `${messages.join('\t')}\n`,
  'logs tail': () =>
    messages.map((m) => `2026-09-21T14:13:20.000000+00:00 eni-c-all ${m}\n`).join(''),
  'logs tail --format short': () => messages.map((m) => `2026-09-21T14:13:20 ${m}\n`).join(''),
  'get-query-results with @message': () =>
    pretty({
      results: messages.map((value) => [
        { field: '@timestamp', value: '2026-09-21 14:13:20.000' },
        { field: '@message', value },
        { field: '@ptr', value: 'Cn' },
      ]),
      statistics: { recordsMatched: 2100 },
      status: 'Complete',
    }),
  'get-query-results with fields': () =>
    pretty({
      results: rows.map((row) => row.map((value, i) => ({ field: generatedFields[i], value }))),
    }),
  "the Insights console's JSON": () =>
    pretty(messages.map((text) => ({ '@timestamp': '2026-09-21 14:13:20.000', '@message': text }))),
  'an array of records': () => pretty(objects),
  'an array of records in lines': () =>
    `[\n${objects.map((o) => JSON.stringify(o)).join(',\n')}\n]`,
  "the CloudWatch console's CSV": () =>
    csvOf([['timestamp', 'message'], ...messages.map((text) => ['1790000000000', text])]),
  'CSV of Splunk': () => csvOf([['_raw', 'host'], ...messages.map((text) => [text, 'aws'])]),
  'JSON of Splunk': () => jsonLines(messages.map((_raw) => ({ result: { _raw, host: 'aws' } }))),
  'JSON with line': () => jsonLines(messages.map((line) => ({ line, timestamp: '1', labels: {} }))),
  'JSON with log': () => jsonLines(messages.map((log) => ({ log, stream: 'stdout' }))),
  'JSON of Logstash': () =>
    jsonLines(messages.map((message) => ({ '@version': '1', message, type: 'vpc' }))),
  'JSON with event.original': () =>
    jsonLines(messages.map((original) => ({ event: { original }, region: 'x' }))),
  'a search of Elasticsearch': () =>
    pretty({ took: 1, hits: { hits: messages.map((message) => ({ _source: { message } })) } }),
  'CSV of Kibana': () =>
    csvOf([['@timestamp', '_source.message'], ...messages.map((text) => ['x', text])]),
  'the event of a Lambda function': () => pretty({ awslogs: { data: data(subscription) } }),
  "Kinesis' event": () =>
    JSON.stringify({ Records: [{ kinesis: { data: data(subscription) }, eventID: '1' }] }),
  'kinesis get-records': () =>
    pretty({ Records: [{ SequenceNumber: '1', Data: data(subscription), PartitionKey: 'p' }] }),
  "Athena's get-query-results": () =>
    pretty({
      ResultSet: {
        Rows: [underscored, ...rows].map((row) => ({
          Data: row.map((VarCharValue) => ({ VarCharValue })),
        })),
        ResultSetMetadata: { ColumnInfo: underscored.map((Name) => ({ Name, Type: 'varchar' })) },
      },
    }),
  'OCSF in lines': () => jsonLines(rows.map(ocsfEvent)),
  'OCSF in an array': () => pretty(rows.map(ocsfEvent)),
  'OCSF in Parquet': () => {
    const list = rows.map(ocsfEvent);
    const column = (name: keyof ReturnType<typeof ocsfEvent>) => ({
      name,
      data: list.map((value) => value[name]),
    });
    return new Uint8Array(parquetWriteBuffer(ocsfTable(column)));
  },
};

const column_text = (name: string) =>
  ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8' }) as const;

/** The columns of Security Lake: structs, with a list in two of them. */
function ocsfTable(
  column: (name: keyof ReturnType<typeof ocsfEvent>) => { name: string; data: unknown[] },
): Parameters<typeof parquetWriteBuffer>[0] {
  const optional = <T extends object>(element: T) =>
    ({ ...element, repetition_type: 'OPTIONAL' }) as const;
  const struct = (name: string, children: number) => optional({ name, num_children: children });
  const endpoint = (name: string) => [
    struct(name, 5),
    optional(column_text('ip')),
    { ...optional({ name: 'intermediate_ips', num_children: 1 }), converted_type: 'LIST' as const },
    { name: 'list', num_children: 1, repetition_type: 'REPEATED' as const },
    optional(column_text('element')),
    optional(column_text('svc_name')),
    optional(column_text('interface_uid')),
    optional(column_text('vpc_uid')),
  ];
  const names = [
    'class_uid',
    'metadata',
    'cloud',
    'src_endpoint',
    'dst_endpoint',
    'connection_info',
    'traffic',
    'action',
    'status_code',
    'start_time',
    'end_time',
  ] as const;
  const whole = (name: string) => optional({ name, type: 'INT32' as const });
  return {
    columnData: names.map((name) => column(name)),
    schema: [
      { name: 'root', num_children: names.length },
      whole('class_uid'),
      struct('metadata', 1),
      struct('product', 2),
      optional(column_text('name')),
      struct('feature', 1),
      optional(column_text('name')),
      struct('cloud', 3),
      struct('account', 1),
      optional(column_text('uid')),
      optional(column_text('region')),
      optional(column_text('zone')),
      ...endpoint('src_endpoint'),
      ...endpoint('dst_endpoint'),
      struct('connection_info', 2),
      optional(column_text('direction')),
      whole('boundary_id'),
      struct('traffic', 1),
      whole('bytes'),
      optional(column_text('action')),
      optional(column_text('status_code')),
      optional({ name: 'start_time', type: 'DOUBLE' as const }),
      optional({ name: 'end_time', type: 'DOUBLE' as const }),
    ],
  };
}

describe('every form of one log', () => {
  it.each(Object.keys({ ...forms, ...wrapped }))(
    'has the same totals, by an independent count: %s',
    async (form) => {
      await using folder = await temporaryFolder();
      const file = join(folder.path, 'log');
      await writeFile(file, { ...forms, ...wrapped }[form]?.() ?? '');
      const traffic = await load([file], { fields: generatedFields });
      const lines = rows.map((row) => row.join(' '));
      const sums = new Map(
        traffic.profiles.map(({ service, sent, received }) => [
          service,
          [sent, received].map((volume) => ('bytes' in volume ? volume.bytes : volume.gb)),
        ]),
      );
      expect(sums).toEqual(naiveNatCount(lines, generatedFields));
      expect(traffic.profiles.map(({ path }) => path)).toEqual(
        Array.from(sums, () => 'nat-gateway'),
      );
      expect(traffic.counts).toMatchObject({ read: 2100, counted: { records: 600 } });
      expect(traffic.counts?.setAside.unreadable).toBeUndefined();
      expect(traffic.profiles[0]).toMatchObject({
        accountId: '123456789012',
        vpcId: 'vpc-1',
        azId: 'use1-az1',
        period: { start: 1_790_000_000, end: 1_790_000_000 + 299 * 61 + 59 },
      });
    },
  );

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
