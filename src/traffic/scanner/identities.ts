import type { FlowLogField } from '../records/flow-log-fields.js';
import {
  type CircumstanceField,
  type FieldPlan,
  type FieldSpan,
  type IdentityField,
  spanValues,
} from './field-plan.js';
import type { Circumstance, FileContext, LogIdentity, RecordStatus } from './packed-sums.js';

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
