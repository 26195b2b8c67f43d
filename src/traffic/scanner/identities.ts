import type { FlowLogField } from '../records/flow-log-fields.js';
import type { CircumstanceField, FieldPlan, FieldSpan, IdentityField } from './field-plan.js';

/** What is true of all lines of a file: its fields, and what its name tells. */
export interface FileContext {
  readonly plan: FieldPlan;
  /** The account and the Region in the file's place in S3, for logs without these fields. */
  readonly accountId: string | null;
  readonly region: string | null;
}

/** Who logged records: an interface of a VPC, and what the log tells of it. `null`: it does not tell. */
export interface LogIdentity {
  readonly accountId: string | null;
  readonly region: string | null;
  readonly vpcId: string | null;
  readonly interfaceId: string | null;
  readonly azId: string | null;
  readonly resourceId: string | null;
  readonly interfaceType: string | null;
  readonly nextHopAzId: string | null;
  readonly nextHopInterfaceType: string | null;
  /** Whether its log has packet addresses, without which a NAT gateway can't be seen. */
  readonly hasPacketAddresses: boolean;
}

/** Whether a record is of accepted traffic, or why it is none. */
export type RecordStatus = 'accepted' | 'no-data' | 'skip-data' | 'rejected' | 'unknown-status';

/** In which circumstances bytes flowed, as the log tells. */
export interface Circumstance {
  readonly status: RecordStatus;
  /** The flow's direction as its interface sees it. */
  readonly direction: 'ingress' | 'egress' | null;
  readonly trafficPath: string | null;
  readonly srcService: string | null;
  readonly dstService: string | null;
}

type Values = ReadonlyMap<FlowLogField, string>;

/** The identity that the texts of a line's identity spans name. */
export function identityOf(context: FileContext, texts: readonly string[]): LogIdentity {
  const { plan } = context;
  const values = valuesOf(plan, plan.identitySpans, texts);
  const get = (field: IdentityField) => values.get(field) ?? null;
  const account = get('account-id');
  return {
    // AWS writes `unknown` where it can't tell the account.
    accountId: account === null || account === 'unknown' ? context.accountId : account,
    region: get('region') ?? context.region,
    vpcId: get('vpc-id'),
    interfaceId: get('interface-id'),
    azId: get('az-id'),
    resourceId: get('resource-id'),
    interfaceType: get('interface-type'),
    nextHopAzId: get('next-hop-az-id'),
    nextHopInterfaceType: get('next-hop-interface-type'),
    hasPacketAddresses: plan.at['pkt-srcaddr'] >= 0 && plan.at['pkt-dstaddr'] >= 0,
  };
}

/** The circumstance that the texts of a line's circumstance spans name. */
export function circumstanceOf(context: FileContext, texts: readonly string[]): Circumstance {
  const { plan } = context;
  const values = valuesOf(plan, plan.circumstanceSpans, texts);
  const get = (field: CircumstanceField) => values.get(field) ?? null;
  const direction = get('flow-direction');
  return {
    status: recordStatus(get('action'), get('log-status'), plan.fields.includes('action')),
    direction: direction === 'ingress' || direction === 'egress' ? direction : null,
    trafficPath: get('traffic-path'),
    srcService: get('pkt-src-aws-service'),
    dstService: get('pkt-dst-aws-service'),
  };
}

/** A log without the two fields holds accepted traffic as far as it tells. */
function recordStatus(
  action: string | null,
  status: string | null,
  hasAction: boolean,
): RecordStatus {
  if (status === 'NODATA') return 'no-data';
  if (status === 'SKIPDATA') return 'skip-data';
  if (action === 'REJECT') return 'rejected';
  if (status !== null && status !== 'OK') return 'unknown-status';
  return hasAction && action !== 'ACCEPT' ? 'unknown-status' : 'accepted';
}

function valuesOf(plan: FieldPlan, spans: readonly FieldSpan[], texts: readonly string[]): Values {
  return new Map(spans.flatMap((span, index) => spanValues(plan, span, texts[index] ?? '')));
}

/** The named values of a span's text, as AWS writes them: `-` is none and left out. */
function spanValues(
  plan: FieldPlan,
  span: FieldSpan,
  text: string,
): readonly (readonly [FlowLogField, string])[] {
  const values = text.split(' ');
  return values.flatMap((value, index) => {
    const field = plan.fields[span.first + index];
    return field === undefined || value === '-' || value === '' ? [] : [[field, value] as const];
  });
}

/** The keys of an identity, for what is added up by VPC or by interface. */
interface IdentityKeys {
  /** Of the VPC that the identity belongs to. */
  readonly vpc: string;
  /** Of the network interface, or regional NAT gateway, that the identity is. */
  readonly networkInterface: string;
}

/** Keys by identity: thousands of groups share one, and to join its names each time took most of the attribution. */
const keysByIdentity = new WeakMap<LogIdentity, IdentityKeys>();

/** The keys of an identity, made once. */
export function identityKeys(identity: LogIdentity): IdentityKeys {
  const known = keysByIdentity.get(identity);
  if (known !== undefined) return known;
  const { accountId, region, vpcId, interfaceId, resourceId } = identity;
  const vpc = `${accountId ?? ''} ${region ?? ''} ${vpcId ?? ''}`;
  const keys = { vpc, networkInterface: `${vpc} ${interfaceId ?? resourceId ?? ''}` };
  keysByIdentity.set(identity, keys);
  return keys;
}
