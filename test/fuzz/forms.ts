import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { tarOf, zipOf } from '../support/archives.js';
import { generatedFields } from '../traffic/generated-log.js';
import type { Random } from '../traffic/worlds/random.js';
import { xzOf, zstandardOf } from './packed.js';
import type { Records } from './records.js';

/** A way in which people have the records of a flow log. */
export interface Form {
  readonly ending: string;
  /** Whether broken lines can stand in it. */
  readonly hasLines?: true;
  /** Whether it has to have all fields, in AWS's order. */
  readonly hasAll?: true;
  readonly write: (records: Records, random: Random) => Uint8Array;
}

/** The text of records, broken lines between them. */
export function textOf({ fields, rows, broken }: Records, random: Random): string {
  const lines = random.shuffle([...rows.map((row) => row.join(' ')), ...broken]);
  const end = random.chance(20) ? '\r\n' : '\n';
  return `${[fields.join(' '), ...lines].join(end)}${random.chance(80) ? end : ''}`;
}

const text = (records: Records, random: Random) => Buffer.from(textOf(records, random));
const messagesOf = ({ rows }: Records) => rows.map((row) => row.join(' '));
const objectsOf = ({ fields, rows }: Records) =>
  rows.map((row) => Object.fromEntries(fields.map((field, at) => [field, row[at]])));
const json = (value: unknown, random: Random) =>
  Buffer.from(JSON.stringify(value, null, random.chance(50) ? 2 : 0));
export const forms: Readonly<Record<string, Form>> = {
  text: { ending: 'log', hasLines: true, write: text },
  gzip: { ending: 'log.gz', hasLines: true, write: (...all) => gzipSync(text(...all)) },
  'gzip in gzip': {
    ending: 'gz',
    hasLines: true,
    write: (...all) => gzipSync(gzipSync(text(...all))),
  },
  zstandard: { ending: 'zst', hasLines: true, write: (...all) => zstandardOf(text(...all)) },
  xz: { ending: 'xz', hasLines: true, write: (...all) => xzOf(text(...all)) },
  tar: {
    ending: 'tar',
    hasLines: true,
    write: (...all) => tarOf([{ name: 'a/b.log', data: text(...all) }]),
  },
  zip: {
    ending: 'zip',
    hasLines: true,
    write: (...all) => zipOf([{ name: 'b.log', data: text(...all) }]),
  },
  'JSON lines': {
    ending: 'json',
    write: (records) =>
      Buffer.from(
        objectsOf(records)
          .map((o) => JSON.stringify(o))
          .join('\n'),
      ),
  },
  'a list of objects': {
    ending: 'json',
    write: (records, random) => json(objectsOf(records), random),
  },
  'filter-log-events': {
    ending: 'json',
    hasAll: true,
    write: (records, random) =>
      json({ events: messagesOf(records).map((message) => ({ message, timestamp: 1 })) }, random),
  },
  'messages by --query': {
    ending: 'json',
    hasAll: true,
    write: (records, random) => json(messagesOf(records), random),
  },
  CSV: {
    ending: 'csv',
    write: ({ fields, rows }) => {
      const names = fields.map((field) => field.replaceAll('-', '_'));
      const lines = [names, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(','));
      return Buffer.from(lines.join('\n'));
    },
  },
  Parquet: { ending: 'parquet', write: parquetOf },
  OCSF: {
    ending: 'json',
    hasAll: true,
    write: ({ rows }) => Buffer.from(rows.map((row) => JSON.stringify(eventOf(row))).join('\n')),
  },
};

const numeric = ['bytes', 'start', 'end'];

function parquetOf({ fields, rows }: Records, random: Random): Uint8Array {
  const columnData = fields.map((field, at) => {
    const isNumber = numeric.includes(field);
    return {
      name: field.replaceAll('-', '_'),
      data: rows.map((row) => (isNumber ? BigInt(row[at] ?? '0') : (row[at] ?? '-'))),
      type: isNumber ? ('INT64' as const) : ('STRING' as const),
    };
  });
  const codec = random.chance(50) ? ('SNAPPY' as const) : ('UNCOMPRESSED' as const);
  const rowGroupSize = random.whole(1, 50);
  return new Uint8Array(parquetWriteBuffer({ columnData, codec, rowGroupSize }));
}

/** The OCSF event of a record, as Security Lake writes it. */
function eventOf(row: readonly string[]) {
  const of = (name: string) => row[generatedFields.indexOf(name)] ?? '-';
  const isOut = of('flow-direction') === 'egress';
  const own = { interface_uid: of('interface-id'), vpc_uid: of('vpc-id') };
  const end = (side: string, isOwn: boolean) => ({
    ip: of(`pkt-${side}addr`),
    intermediate_ips: of(`pkt-${side}addr`) === of(`${side}addr`) ? null : [of(`${side}addr`)],
    svc_name: of(`pkt-${side}-aws-service`),
    ...(isOwn ? own : { interface_uid: null, vpc_uid: null }),
  });
  return {
    class_uid: 4001,
    metadata: { product: { name: 'Amazon VPC', feature: { name: 'Flowlogs' } } },
    cloud: { account: { uid: of('account-id') }, region: of('region'), zone: of('az-id') },
    src_endpoint: end('src', isOut),
    dst_endpoint: end('dst', !isOut),
    connection_info: { direction: isOut ? 'Outbound' : 'Inbound', boundary_id: 0 },
    traffic: { bytes: Number(of('bytes')) },
    action: of('action') === 'ACCEPT' ? 'Allowed' : 'Denied',
    status_code: of('log-status'),
    start_time: Number(of('start')) * 1000,
    end_time: Number(of('end')) * 1000,
  };
}
