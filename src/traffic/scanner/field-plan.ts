import { type FlowLogField, flowLogFieldOf } from '../records/flow-log-fields.js';
import { limit } from './layout.js';

/** The fields that say who logged a record. Each distinct set of their values is one identity. */
const identityFields = [
  'account-id',
  'region',
  'vpc-id',
  'interface-id',
  'az-id',
  'resource-id',
  'instance-id',
  'interface-type',
  'next-hop-az-id',
  'next-hop-interface-type',
] as const satisfies readonly FlowLogField[];

/** The fields that say in which circumstances bytes flowed. */
const circumstanceFields = [
  'action',
  'log-status',
  'flow-direction',
  'traffic-path',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
] as const satisfies readonly FlowLogField[];

/** A field of which identities are told apart. */
export type IdentityField = (typeof identityFields)[number];
/** A field of which circumstances are told apart. */
export type CircumstanceField = (typeof circumstanceFields)[number];

export const addressFields = ['srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr'] as const;
const numberFields = ['bytes', 'start', 'end'] as const;
/** What tells flows apart beside their addresses. Read only in logs that lack packet addresses or the interface's own. */
export const flowFields = ['srcport', 'dstport', 'protocol', 'packets'] as const;

/** Every field that the traffic room reads; the others of a record are passed over. */
export const fieldsRead: readonly FlowLogField[] = [
  ...identityFields,
  ...circumstanceFields,
  ...addressFields,
  ...numberFields,
  ...flowFields,
];

/** Neighbouring fields taken as one text: [first, end). */
export interface FieldSpan {
  readonly first: number;
  readonly end: number;
}

/** Where the fields that are read stand in a line; -1 where the log does not have the field. */
export interface FieldPlan {
  /** The header, for telling one plan from another. */
  readonly header: string;
  readonly fields: readonly (FlowLogField | undefined)[];
  readonly identitySpans: readonly FieldSpan[];
  readonly circumstanceSpans: readonly FieldSpan[];
  readonly at: Readonly<
    Record<(typeof addressFields | typeof numberFields | typeof flowFields)[number], number>
  >;
}

/**
 * Plans the reading of lines with these fields, in this order, by AWS's names in any style. Gives a
 * sentence's end instead where a log of such fields can't be counted: "has no field bytes".
 */
export function planFields(names: readonly string[]): FieldPlan | string {
  const named = names.map(flowLogFieldOf);
  // A name may stand twice; the first counts.
  const fields = named.map((field, index) => (named.indexOf(field) === index ? field : undefined));
  const place = (field: FlowLogField) => fields.indexOf(field);
  const at = {
    bytes: place('bytes'),
    start: place('end') < 0 ? -1 : place('start'),
    end: place('start') < 0 ? -1 : place('end'),
    srcaddr: place('srcaddr'),
    dstaddr: place('dstaddr'),
    'pkt-srcaddr': place('pkt-srcaddr'),
    'pkt-dstaddr': place('pkt-dstaddr'),
    srcport: place('srcport'),
    dstport: place('dstport'),
    protocol: place('protocol'),
    packets: place('packets'),
  };
  const problem = problemOf(names.length, at);
  if (problem !== undefined) return problem;
  return {
    header: names.join(' '),
    fields,
    identitySpans: spansOf(fields, identityFields),
    circumstanceSpans: spansOf(fields, circumstanceFields),
    at,
  };
}

function problemOf(count: number, at: FieldPlan['at']): string | undefined {
  if (count > limit.fields)
    return `has ${count} fields, more than the ${limit.fields} that are read`;
  if (at.bytes < 0) return 'has no field bytes';
  if (at.srcaddr < 0 && at['pkt-srcaddr'] < 0) return 'has no field srcaddr';
  if (at.dstaddr < 0 && at['pkt-dstaddr'] < 0) return 'has no field dstaddr';
  return undefined;
}

/** The wanted fields in as few spans of neighbors as they lie in. */
function spansOf(
  fields: readonly (FlowLogField | undefined)[],
  wanted: readonly FlowLogField[],
): readonly FieldSpan[] {
  const spans: FieldSpan[] = [];
  for (const [index, field] of fields.entries()) {
    if (field === undefined || !wanted.includes(field)) continue;
    const last = spans.at(-1);
    if (last?.end === index) spans[spans.length - 1] = { first: last.first, end: index + 1 };
    else spans.push({ first: index, end: index + 1 });
  }
  return spans;
}
