import { isTransitGatewayField, transitGatewayLog } from '../records/flow-log-fields.js';
import type { Head, InputForm } from './form.js';

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
