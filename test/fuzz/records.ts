import { generatedFields } from '../traffic/generated-log.js';
import type { Random } from '../traffic/worlds/random.js';

/** Records of one flow log, with the sums that its generator knows. */
export interface Records {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines among the rows that no reader can take for a record. */
  readonly broken: readonly string[];
  readonly rejected: number;
  readonly bytes: bigint;
}

/** Fields without which a log is none, or its account says less. */
const needed = ['srcaddr', 'dstaddr', 'bytes', 'start', 'end', 'action', 'log-status'];

const remotes = ['52.216.1.1', '52.94.0.7', '203.0.113.5', '52.5.6.7'] as const;
const locals = ['10.0.1.5', '10.0.2.6', '192.168.7.8', '100.64.9.9'] as const;

/** `hasAll`: every field in AWS's order, for forms that hold an event's own names. */
export function recordsOf(random: Random, hasAll: boolean): Records {
  const fields = hasAll ? generatedFields : fieldsOf(random);
  const rows = Array.from({ length: random.whole(1, 40) }, () => rowOf(random));
  const isRejected = (row: Values) => row['action'] === 'REJECT';
  return {
    fields,
    rows: rows.map((row) => fields.map((field) => row[field] ?? '-')),
    broken: random.chance(30) ? brokenLines(random, fields.length) : [],
    rejected: rows.filter(isRejected).length,
    bytes: rows.reduce((sum, row) => sum + BigInt(row['bytes'] ?? '0'), 0n),
  };
}

type Values = Readonly<Record<string, string>>;

function fieldsOf(random: Random): readonly string[] {
  const kept = generatedFields.filter((field) => needed.includes(field) || random.chance(70));
  return random.chance(50) ? kept : random.shuffle(kept);
}

function rowOf(random: Random): Values {
  // The two ends of a record are of one version of IP.
  const is6 = random.chance(15);
  const [local, remote] = is6
    ? ['2600:1f14:abc::5', '2001:db8::5']
    : [random.pick(locals), random.pick(remotes)];
  const passesNat = !is6 && random.chance(20);
  const isOut = random.chance(50);
  const [src, dst] = isOut ? [local, remote] : [remote, local];
  const start = 1_790_000_000 + random.whole(0, 90_000);
  return {
    version: '5',
    'account-id': random.pick(['123456789012', '210987654321', 'unknown']),
    'interface-id': random.pick(['eni-c', 'eni-d', 'eni-g', '-']),
    srcaddr: passesNat && isOut ? '10.0.0.220' : src,
    dstaddr: passesNat && !isOut ? '10.0.0.220' : dst,
    srcport: String(random.whole(0, 65_535)),
    dstport: '443',
    protocol: random.pick(['6', '17', '1']),
    packets: String(random.whole(1, 900)),
    bytes: String(random.bytes()),
    start: String(start),
    end: String(start + random.whole(0, 600)),
    action: random.chance(15) ? 'REJECT' : 'ACCEPT',
    'log-status': 'OK',
    'vpc-id': random.pick(['vpc-1', 'vpc-2', '-']),
    'pkt-srcaddr': src,
    'pkt-dstaddr': dst,
    region: random.pick(['us-east-1', 'eu-west-1']),
    'az-id': random.pick(['use1-az1', 'use1-az2', '-']),
    'pkt-src-aws-service': random.pick(['S3', 'DYNAMODB', '-']),
    'pkt-dst-aws-service': random.pick(['S3', 'AMAZON', '-']),
    'flow-direction': isOut ? 'egress' : 'ingress',
    'traffic-path': random.pick(['1', '7', '8', '-']),
  };
}

/** Of another number of values than there are fields; of a name that is hostile to a terminal. */
function brokenLines(random: Random, fields: number): readonly string[] {
  const kinds = [
    'not a record',
    '\u001b[2J\u001b]0;owned\u0007 \u009b31m',
    Array.from({ length: fields + 1 }, () => '7').join(' '),
    'x'.repeat(70_000),
  ] as const;
  return Array.from({ length: random.whole(1, 3) }, () => random.pick(kinds));
}
