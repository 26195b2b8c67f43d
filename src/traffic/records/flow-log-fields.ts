import { quoteValue, UsageError } from '../../base/errors.js';

/**
 * The fields of a version-2 record in AWS's default order: what a line without field names holds
 * (VPC user guide, flow-log-records).
 */
export const defaultFlowLogFields = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
] as const;

/** Every field of versions 2 to 11, by AWS's name in a text log. AWS adds more: other names are not an error. */
export const flowLogFields = [
  ...defaultFlowLogFields,
  // version 3
  'vpc-id',
  'subnet-id',
  'instance-id',
  'tcp-flags',
  'type',
  'pkt-srcaddr',
  'pkt-dstaddr',
  // version 4
  'region',
  'az-id',
  'sublocation-type',
  'sublocation-id',
  // version 5
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'flow-direction',
  'traffic-path',
  // version 7
  'ecs-cluster-arn',
  'ecs-cluster-name',
  'ecs-container-instance-arn',
  'ecs-container-instance-id',
  'ecs-container-id',
  'ecs-second-container-id',
  'ecs-service-name',
  'ecs-task-definition-arn',
  'ecs-task-arn',
  'ecs-task-id',
  // versions 8 to 10
  'reject-reason',
  'resource-id',
  'encryption-status',
  // version 11
  'instance-tag',
  'instance-tag-2',
  'interface-tag',
  'interface-tag-2',
  'asg-tag',
  'asg-tag-2',
  'interface-type',
  'next-hop-interface-id',
  'next-hop-subnet-id',
  'next-hop-az-id',
  'next-hop-vpc-id',
  'next-hop-interface-type',
] as const;

/** The name of a field that pathfare knows. */
export type FlowLogField = (typeof flowLogFields)[number];

/**
 * Names that AWS's own guides give to columns, beside the field's name in hyphens, underscores or camel
 * case: CloudWatch Logs Insights' discovered fields, the first table of the Athena guide, and the
 * partition columns of a Hive-style S3 prefix.
 */
const otherNames: ReadonlyMap<string, FlowLogField> = new Map(
  Object.entries({
    starttime: 'start',
    endtime: 'end',
    account: 'account-id',
    awsaccountid: 'account-id',
    awsregion: 'region',
    sourceaddress: 'srcaddr',
    destinationaddress: 'dstaddr',
    sourceport: 'srcport',
    destinationport: 'dstport',
    numpackets: 'packets',
    numbytes: 'bytes',
  }),
);

const fieldsByKey: ReadonlyMap<string, FlowLogField> = new Map<string, FlowLogField>([
  ...otherNames,
  ...flowLogFields.map((field) => [fieldKey(field), field] as const),
]);

/** Hyphens, underscores, camel case and `${…}` differ in nothing but letters' case and marks. */
function fieldKey(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The sums that a query may make without changing what a record says: of counts, and of the time covered. */
const summed: ReadonlyMap<string, readonly FlowLogField[]> = new Map(
  Object.entries({
    sum: ['bytes', 'packets'],
    min: ['start'],
    max: ['end'],
  }),
);

/**
 * The field that a column's name stands for, in whatever style the source writes it (`pkt-dstaddr`,
 * `pkt_dstaddr`, `pktDstAddr`, `${pkt-dstaddr}`, and a query's `sum(bytes)`); undefined for a name that is none.
 */
export function flowLogFieldOf(name: string): FlowLogField | undefined {
  const call = /^\s*(sum|min|max)\s*\(([^()]*)\)\s*$/i.exec(name);
  const field = fieldsByKey.get(fieldKey(call?.[2] ?? name));
  if (call === null || field === undefined) return field;
  return summed.get((call[1] ?? '').toLowerCase())?.includes(field) ? field : undefined;
}

/**
 * Reads the list of fields of `--fields`: names split by spaces or commas, or AWS's format string as it
 * stands in the flow log's settings (`${version} ${account-id} …`). A field that pathfare doesn't know
 * keeps its own name, and its values are passed over.
 *
 * @throws UsageError if the list is empty, repeats a field, or names no field that pathfare knows
 */
export function parseFieldList(text: string, flag: string): readonly string[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const fields = names.map((name) => flowLogFieldOf(name) ?? bareName(name));
  const hint =
    'Copy the log format from the flow log in the VPC console: ${version} ${account-id} …';
  if (!names.some((name) => flowLogFieldOf(name) !== undefined)) {
    throw new UsageError(
      'invalid-fields',
      `${flag}: ${quoteValue(text)} names no field of a flow log`,
      { hint },
    );
  }
  const repeated = fields.find((field, index) => fields.indexOf(field) !== index);
  if (repeated !== undefined) {
    throw new UsageError(
      'invalid-fields',
      `${flag}: the field ${quoteValue(repeated)} stands there twice`,
      { hint },
    );
  }
  return fields;
}

function bareName(name: string): string {
  return name.replaceAll(/[${}]/g, '');
}

/** Whether a text is a line that names fields, as at the head of a log file in S3. */
export function namesFields(text: string): boolean {
  const names = text.trim().split(/\s+/);
  const known = names.filter((name) => flowLogFieldOf(name) !== undefined);
  return known.length >= 2 && known.length * 2 > names.length;
}

/**
 * What a transit gateway's flow log is: one conversation is logged at two attachments, and a record shows no way out of a
 * VPC (Transit Gateway guide, "Transit Gateway Flow Logs").
 */
export const transitGatewayLog =
  "this is a transit gateway's flow log, which logs a conversation at two attachments and shows no way out of a VPC";

/** Whether a field is one of a transit gateway's flow log, in any style of writing. */
export function isTransitGatewayField(name: string): boolean {
  return /^tgw[-_]/i.test(name) || /^tgw[A-Z]/.test(name);
}
