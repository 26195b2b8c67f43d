import { isTransitGatewayField, transitGatewayLog } from '../records/flow-log-fields.js';
import type { Head, InputForm } from './form.js';

/** Nothing, or nothing but blank lines. */
export const empty: InputForm = {
  kind: 'empty',
  detect: ({ line }) => line === '',
  read: { kind: 'nothing' },
};

export const utf16: InputForm = {
  kind: 'utf-16',
  detect: isUtf16,
  read: { kind: 'unread', reason: 'this file is UTF-16; save it as UTF-8' },
};

/** A byte order mark, or Latin text with a zero in every other byte. */
function isUtf16({ bytes }: Head): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0 && c === 0 && b !== 0 && d !== 0) || (a !== 0 && c !== 0 && b === 0 && d === 0);
}

/** Archives that may hold a flow log, packed in a way that is not read. */
const archives = [
  ['an ORC file', [0x4f, 0x72, 0x63]],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01]],
] as const;

/** Documents and pictures, which hold no flow log. */
const documents = [
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
] as const;

/** Files that are known by their first bytes, and are no flow log of a form that is read. */
export const otherFiles: readonly InputForm[] = [
  ...archives.map(
    ([name, detect]): InputForm => ({
      kind: 'archive',
      detect,
      read: { kind: 'unread', reason: `this is ${name}, and no flow log of a form that is read` },
    }),
  ),
  ...documents.map(
    ([name, detect]): InputForm => ({
      kind: 'document',
      detect,
      read: { kind: 'unread', reason: `this is ${name}, and no flow log`, isOther: true },
    }),
  ),
];

/** Any other file that is no text. It may be a flow log that is damaged or encrypted. */
export const binary: InputForm = {
  kind: 'binary',
  detect: ({ bytes }) => bytes.includes(0),
  read: {
    kind: 'unread',
    reason: 'this is a binary file, and no flow log of a form that is read',
  },
};

/** The `resource-type` of a record that is no VPC's (the field before the account of a transit gateway's record). */
const resourceTypes = /(?:^|[\s"])(?:TransitGateway|CoreNetwork\w*)(?:[\s"]|$)/;

/** Whether a record's text is one of a transit gateway's flow log. */
function isTransitGatewayRecord(text: string): boolean {
  return resourceTypes.test(text.slice(0, 200)) && /tgw-|core-network-/.test(text);
}

const transitGateway: InputForm = {
  kind: 'transit-gateway-log',
  detect: ({ line, text }) =>
    isStructured(line)
      ? /"tgw[-_]?[a-z_-]+"\s*:/i.test(text) || isTransitGatewayRecord(text.replaceAll('\\"', '"'))
      : line.split(/[\s,]+/).some((value) => isTransitGatewayField(value.replaceAll('"', ''))) ||
        isTransitGatewayRecord(line),
  read: {
    kind: 'unread',
    reason: `${transitGatewayLog}; give the flow logs of the VPCs`,
    isOther: true,
  },
};

function isStructured(line: string): boolean {
  return line.startsWith('{') || line.startsWith('[');
}

/** Every one of these keys stands in a JSON text. */
const keys =
  (...names: readonly string[]) =>
  ({ line, text }: Head): boolean =>
    isStructured(line) && names.every((name) => text.includes(`"${name}"`));

/** A line that begins as the pattern says. */
const begins =
  (pattern: RegExp) =>
  ({ line }: Head): boolean =>
    pattern.test(line);

/** Logs that people take for flow logs, by what shows them. A log of several signs may stand here twice. */
const known: readonly (readonly [string, (head: Head) => boolean])[] = [
  ["Route 53 Resolver's query log, which shows no traffic", keys('query_name', 'query_type')],
  ['AWS CloudTrail, which logs API calls', keys('eventSource', 'eventName', 'awsRegion')],
  ["AWS WAF's log, which logs web requests", keys('webaclId', 'httpRequest')],
  ["AWS Network Firewall's log", keys('firewall_name', 'event_timestamp')],
  ["Azure's flow log of a network security group or virtual network", keys('flowTuples')],
  ["Azure's flow log of a network security group", keys('properties', 'flows', 'rule')],
  ["Google Cloud's VPC flow log", keys('jsonPayload', 'connection', 'src_ip')],
  [
    'an access log of a load balancer',
    begins(/^(https?|h2|grpcs|wss?|tls) \d{4}-\d\d-\d\dT\S+ (app|net)\//),
  ],
  ["an access log of a load balancer's TLS listener", begins(/^tls \d\.\d \d{4}-\d\d-\d\dT/)],
  ['an access log of Amazon CloudFront', begins(/^#Version: \d/)],
  ['an access log of Amazon S3', begins(/^[0-9a-f]{64} \S+ \[\d\d\/\w{3}\/\d{4}:/)],
];

/** Logs of other kinds, told by what they are. */
export const otherLogs: readonly InputForm[] = [
  transitGateway,
  ...known.map(
    ([name, detect]): InputForm => ({
      kind: 'other-log',
      detect,
      read: { kind: 'unread', reason: `this is ${name}, and no flow log of a VPC`, isOther: true },
    }),
  ),
];

/** What pathfare itself writes, beside summaries, by what begins it. */
const written: readonly (readonly [string, (head: Head) => boolean])[] = [
  [
    'a document',
    ({ text }) => /^\s*\{\s*"(?:\$schema|schema)"\s*:\s*"(?:urn:)?pathfare[:/]/.test(text),
  ],
  [
    'a report',
    ({ line, text }) => /^<!doctype html>/i.test(line) && text.includes('<title>VPC egress cost'),
  ],
  ['a report', begins(/^# VPC egress cost/)],
  ['a comparison', begins(/^You pay {2,}\S/)],
  ['a comparison', begins(/^region,account_id,.*,current_monthly_cost,/)],
  ['a report', begins(/^bill,region,account_id,/)],
  ['a report', begins(/^.*\bx_NetworkPath\b/)],
];

/**
 * Results of earlier runs, which lie among the inputs where `--output` named a file in their folder. They hold no traffic
 * that the inputs don't hold.
 */
export const ownOutputs: readonly InputForm[] = written.map(
  ([name, detect]): InputForm => ({
    kind: 'own-output',
    detect,
    read: {
      kind: 'unread',
      reason: `this is ${name} that pathfare wrote, and no traffic; give the flow logs or the summary CSV that it was made from`,
      isOther: true,
    },
  }),
);
