import { isPrintable, isRegionShaped } from '../../base/service-name.js';
import type { FlowLogField } from '../records/flow-log-fields.js';
import type { CircumstanceField, FieldPlan, FieldSpan, IdentityField } from './field-plan.js';

/** What is true of all lines of a file: its fields, and what its name tells. */
export interface FileContext {
  readonly plan: FieldPlan;
  /** The flow log that it is of: `fl-…` or the log group, else its form and its fields, which one flow log shares. */
  readonly flowLog: string;
  /** The account and the Region in the file's place in S3, for logs without these fields. */
  readonly accountId: string | null;
  readonly region: string | null;
}

/** Who logged records: an interface of a VPC, and what the log tells of it. `null`: it does not tell. */
export interface LogIdentity {
  /** The flow log that the records are of: its id, or what stands for it (`FileContext`). */
  readonly flowLog: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly vpcId: string | null;
  readonly interfaceId: string | null;
  /** Whether its log has the field interface-id, and the record none. */
  readonly isOfNoInterface: boolean;
  readonly azId: string | null;
  readonly resourceId: string | null;
  /** The instance that the interface is attached to; null for the interfaces of AWS's own services, a NAT gateway's among them. */
  readonly instanceId: string | null;
  readonly interfaceType: string | null;
  readonly nextHopAzId: string | null;
  readonly nextHopInterfaceType: string | null;
  /** How much the fields of its flow log tell: of two flow logs of one interface, the one that tells more counts. */
  readonly tells: number;
  /** Whether its log has packet addresses, without which a NAT gateway can't be seen. */
  readonly hasPacketAddresses: boolean;
  /** Whether its log has the interface's own addresses, beside the packet's or without them. */
  readonly hasOwnAddresses: boolean;
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

/** Reads the identities of a file, of the values of a line's identity fields with a space after each. */
export function identityReader({
  plan,
  flowLog,
  ...place
}: FileContext): (text: string) => LogIdentity {
  const hasInterface = plan.fields.includes('interface-id');
  const tells = tellingOf(plan);
  const hasPacketAddresses = plan.at['pkt-srcaddr'] >= 0 && plan.at['pkt-dstaddr'] >= 0;
  const hasOwnAddresses = plan.at.srcaddr >= 0 && plan.at.dstaddr >= 0;
  return (text) => {
    const values = valuesOf(plan, plan.identitySpans, text);
    const get = (field: IdentityField) => values.get(field) ?? null;
    const account = get('account-id');
    const interfaceId = get('interface-id');
    return {
      flowLog,
      // AWS writes `unknown` where it can't tell the account.
      accountId: account === null || account === 'unknown' ? place.accountId : account,
      region: get('region') ?? place.region,
      vpcId: get('vpc-id'),
      interfaceId,
      isOfNoInterface: hasInterface && interfaceId === null,
      azId: get('az-id'),
      resourceId: get('resource-id'),
      instanceId: get('instance-id'),
      interfaceType: get('interface-type'),
      nextHopAzId: get('next-hop-az-id'),
      nextHopInterfaceType: get('next-hop-interface-type'),
      tells,
      hasPacketAddresses,
      hasOwnAddresses,
    };
  };
}

/** The fields that tell by which path bytes went, the most telling first. */
const tellingFields = [
  'start',
  'pkt-srcaddr',
  'traffic-path',
  'next-hop-interface-type',
  'flow-direction',
  'interface-id',
  'vpc-id',
  'interface-type',
  'instance-id',
  'az-id',
  'pkt-dst-aws-service',
  'region',
  'action',
] as const satisfies readonly FlowLogField[];
type TellingField = (typeof tellingFields)[number];

/** A number that is larger the more the fields of a plan tell: a bit each, so that one field outweighs all after it. */
function tellingOf({ fields }: FieldPlan): number {
  return tellingFields.reduce((sum, field) => sum * 2 + (fields.includes(field) ? 1 : 0), 0);
}

/** The fields of these that an identity's flow log does not have. */
export function lackingFields<Field extends TellingField>(
  { tells }: LogIdentity,
  fields: readonly Field[],
): readonly Field[] {
  return fields.filter((field) => {
    const bit = tellingFields.length - 1 - tellingFields.indexOf(field);
    return Math.floor(tells / 2 ** bit) % 2 === 0;
  });
}

/** The circumstance that the values of a line's circumstance fields name, a space after each. */
export function circumstanceOf({ plan }: FileContext, text: string): Circumstance {
  const values = valuesOf(plan, plan.circumstanceSpans, text);
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

/** The values of spans by the names of their fields, as AWS writes them: `-` is none and left out. */
function valuesOf(plan: FieldPlan, spans: readonly FieldSpan[], text: string): Values {
  const texts = text.split(' ');
  const values = new Map<FlowLogField, string>();
  let at = 0;
  for (const { first, end } of spans) {
    for (let index = first; index < end; index++) {
      const field = plan.fields[index];
      const value = texts[at] ?? '';
      if (field !== undefined && value !== '-' && value !== '') values.set(field, value);
      at++;
    }
  }
  return values;
}

/** What tells one context from another: a file may have a header before each line. */
export function keyOfContext({ plan, flowLog, accountId, region }: FileContext): string {
  return JSON.stringify([plan.header, flowLog, accountId, region]);
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

let last: { readonly identity: LogIdentity; readonly keys: IdentityKeys } | undefined;

/** The keys of an identity, made once. */
export function identityKeys(identity: LogIdentity): IdentityKeys {
  // Groups come identity by identity, and to look this up takes longer than what is done with it.
  if (last?.identity === identity) return last.keys;
  const keys = keysOf(identity);
  last = { identity, keys };
  return keys;
}

function keysOf(identity: LogIdentity): IdentityKeys {
  const known = keysByIdentity.get(identity);
  if (known !== undefined) return known;
  const { accountId, region, vpcId } = identity;
  // The interfaces of a shared VPC are of several accounts, and use the same NAT gateway.
  const account = vpcId === null ? (accountId ?? '') : '';
  const vpc = `${account} ${region ?? ''} ${vpcId ?? ''}`;
  const keys = { vpc, networkInterface: `${vpc} ${interfaceName(identity)}` };
  keysByIdentity.set(identity, keys);
  return keys;
}

/** The id of the network interface, or of the regional NAT gateway, that an identity is; empty where its log names none. */
export function interfaceName({
  interfaceId,
  resourceId,
}: Pick<LogIdentity, 'interfaceId' | 'resourceId'>): string {
  return interfaceId ?? resourceId ?? '';
}

/** The key of what one flow log says of one interface; where it names none, of a VPC. */
export function sightKey(identity: LogIdentity): string {
  const name = interfaceName(identity);
  const what = name === '' ? `in ${identity.vpcId ?? ''}` : name;
  return `${identity.flowLog}\n${what}`;
}

const longestName = 255;
const soundness = new WeakMap<LogIdentity, boolean>();

/**
 * Whether the names of an identity can be AWS's: what a summary CSV would refuse to hold, a terminal act on, or no rate be found for
 * is not counted under such a name.
 */
export function isSoundlyNamed(identity: LogIdentity): boolean {
  const known = soundness.get(identity);
  if (known !== undefined) return known;
  const { accountId, region, vpcId, azId } = identity;
  const ids = [vpcId, azId, interfaceName(identity)].filter((id) => id !== null && id !== '');
  const isSound =
    (accountId === null || /^\d{12}$/.test(accountId)) &&
    (region === null || isRegionShaped(region)) &&
    ids.every((id) => id !== null && isPrintable(id, longestName));
  soundness.set(identity, isSound);
  return isSound;
}
