import { quoteValue } from '../../base/errors.js';
import { parseTimestamp } from '../../base/timestamps.js';
import { type FlowLogField, flowLogFieldOf } from './flow-log-fields.js';
import { asObject, type JsonObject } from './json-values.js';
import { absent } from './record-batch.js';
import type { RecordValues } from './record-texts.js';

/** OCSF's class of network activity. */
const networkActivity = 4001;

/** The fields that an event tells, in the order of its values. */
const ocsfFields = [
  'account-id',
  'region',
  'az-id',
  'vpc-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
  'flow-direction',
  'traffic-path',
  'resource-id',
  'interface-type',
  'next-hop-az-id',
  'next-hop-interface-type',
] as const satisfies readonly FlowLogField[];

/** The attributes of an event that are read: the columns of Security Lake's Parquet. */
export const ocsfAttributes = [
  'class_uid',
  'metadata',
  'cloud',
  'src_endpoint',
  'dst_endpoint',
  'connection_info',
  'traffic',
  'action',
  'action_id',
  'disposition',
  'status_code',
  'time',
  'start_time',
  'start_time_dt',
  'end_time',
  'end_time_dt',
  'unmapped',
] as const;

/** Whether an object is an event of OCSF, of whatever class. */
export function isOcsf(value: JsonObject): boolean {
  return value['class_uid'] !== undefined && value['metadata'] !== undefined;
}

/**
 * The record in an event as Amazon Security Lake and CloudWatch Logs make it of a flow log, or why there is none. What stands where is
 * OCSF's own mapping of Amazon VPC flow logs, versions 1.1.0 and 1.5.0 (ocsf/examples, mappings/markdown/AWS).
 */
export function ocsfRecord(event: JsonObject): RecordValues | string {
  const is = (path: string) => textAt(event, path);
  if (Number(event['class_uid']) !== networkActivity)
    return `is an OCSF event of class ${quoteValue(is('class_uid'))}: a flow log's are of class ${networkActivity}`;
  const product = is('metadata.product.name');
  if (product !== absent && !/vpc/i.test(product))
    return `is an OCSF event of ${quoteValue(product)}, not of Amazon VPC`;
  const unmapped = unmappedOf(event['unmapped']);
  const known: Readonly<Partial<Record<FlowLogField, string>>> = {
    'account-id': first(is('cloud.account.uid'), is('cloud.account_uid')),
    region: is('cloud.region'),
    'az-id': is('cloud.zone'),
    'vpc-id': first(is('src_endpoint.vpc_uid'), is('dst_endpoint.vpc_uid')),
    'interface-id': first(is('src_endpoint.interface_uid'), is('dst_endpoint.interface_uid')),
    ...addressesOf('src', event),
    ...addressesOf('dst', event),
    bytes: is('traffic.bytes'),
    start: first(
      secondsOf(event['start_time']),
      secondsOf(event['start_time_dt']),
      secondsOf(event['time']),
    ),
    end: first(secondsOf(event['end_time']), secondsOf(event['end_time_dt'])),
    action: actionOf(event),
    'log-status': is('status_code'),
    'flow-direction': directionOf(event),
    'traffic-path': pathOf(is('connection_info.boundary_id')),
  };
  const values = ocsfFields.map((field) =>
    first(unmapped.get(field) ?? absent, known[field] ?? absent),
  );
  return { fields: ocsfFields, values };
}

/** An endpoint's address is the packet's; where it differs from the record's own, this is the intermediate one. */
function addressesOf(
  side: 'src' | 'dst',
  event: JsonObject,
): Partial<Record<FlowLogField, string>> {
  const endpoint = asObject(event[`${side}_endpoint`]) ?? {};
  const between: unknown = endpoint['intermediate_ips'];
  const address = textOf(endpoint['ip']);
  const own = Array.isArray(between) ? textOf(between[0]) : absent;
  return {
    [`${side}addr`]: first(own, address),
    [`pkt-${side}addr`]: address,
    [`pkt-${side}-aws-service`]: textOf(endpoint['svc_name']),
  };
}

const actions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Allowed: 'ACCEPT',
    Denied: 'REJECT',
    Blocked: 'REJECT',
    '1': 'ACCEPT',
    '2': 'REJECT',
  }),
);

function actionOf(event: JsonObject): string {
  const said = [event['action'], event['disposition'], event['action_id']].map(textOf);
  return (
    said.map((text) => actions.get(text) ?? absent).find((action) => action !== absent) ?? absent
  );
}

const directions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Inbound: 'ingress',
    Outbound: 'egress',
    '1': 'ingress',
    '2': 'egress',
  }),
);

function directionOf(event: JsonObject): string {
  const said = ['direction', 'direction_id'].map((name) =>
    textAt(event, `connection_info.${name}`),
  );
  return (
    said.map((text) => directions.get(text) ?? absent).find((text) => text !== absent) ?? absent
  );
}

/** OCSF's boundaries 4 (same VPC) to 11 (internet gateway) are the eight values of traffic-path, in order. */
function pathOf(boundary: string): string {
  const path = Number(boundary) - 3;
  return path >= 1 && path <= 8 ? String(path) : absent;
}

/** Fields that OCSF has no place for: an object, a list of pairs, or of objects with key and value (a map in Parquet). */
function unmappedOf(unmapped: unknown): ReadonlyMap<string, string> {
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(unmapped)
    ? unmapped.map((pair: unknown) => {
        const object = asObject(pair);
        if (object !== undefined) return [object['key'], object['value']];
        return Array.isArray(pair) ? [pair[0], pair[1]] : [null, null];
      })
    : Object.entries(asObject(unmapped) ?? {});
  return new Map(
    pairs.flatMap(([key, value]) => {
      const field = typeof key === 'string' ? flowLogFieldOf(key) : undefined;
      return field === undefined ? [] : [[field, textOf(value)]];
    }),
  );
}

/** A time in epoch seconds: OCSF's are milliseconds, or a text. */
function secondsOf(time: unknown): string {
  if (time instanceof Date) return String(Math.floor(time.getTime() / 1000));
  const seconds = parseTimestamp(textOf(time));
  return seconds === null ? absent : String(Math.floor(seconds));
}

function textAt(event: JsonObject, path: string): string {
  let value: unknown = event;
  for (const name of path.split('.')) value = asObject(value)?.[name];
  return textOf(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return absent;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : '(not exact)';
  return typeof value === 'string' || typeof value === 'bigint' ? String(value) : absent;
}

function first(...texts: readonly string[]): string {
  return texts.find((text) => text !== absent) ?? absent;
}
