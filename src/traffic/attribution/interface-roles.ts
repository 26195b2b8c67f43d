import { identityKeys, interfaceName, type LogIdentity } from '../scanner/identities.js';
import { addressPattern, limit } from '../scanner/layout.js';
import type { SharedFlows } from './mirrors.js';
import type { RecordGroup } from './record-groups.js';
import { type Relay, relaysOf } from './relays.js';

/** What an interface is in the VPC, as far as counting each byte once goes. */
export type InterfaceRole = 'workload' | NatRole | 'endpoint' | 'transit';

/** A NAT gateway, zonal or regional, or an instance that does its work. */
export type NatRole = 'nat' | 'regional-nat' | 'nat-instance';

/** Whether an interface translates addresses, so that what passes it is logged twice there. */
export function isNat(role: InterfaceRole): role is NatRole {
  return role === 'nat' || role === 'regional-nat' || role === 'nat-instance';
}

/** A network interface, or a regional NAT gateway, by its records. */
export interface LoggedInterface {
  readonly key: string;
  readonly vpc: string;
  /** Its own name, for messages. */
  readonly name: string;
  readonly role: InterfaceRole;
  /** The side of a NAT gateway that is counted: what is billed is the private one. */
  readonly side: 'private' | 'public';
  /** A NAT gateway known only by the addresses of its private side: a transit gateway's attachment looks the same. */
  readonly isUnproven: boolean;
  /** Known only by records that mirror those of clients, in a log without packet addresses. */
  readonly isMirror: boolean;
  /** Known only by the flows of others that it logs, in a log of packet addresses only. */
  readonly isRelay: boolean;
  /** Of a NAT gateway in a log of packet addresses only: its own address; null where it is not known, or none is logged. */
  readonly ownAddress: number | null;
}

interface Evidence {
  readonly identity: LogIdentity;
  type: string | null;
  /** Whether any record of it, of whichever flow log, names an instance. */
  isInstance: boolean;
  privateSide: boolean;
  publicSide: boolean;
}

/** What an identity adds to the evidence of its interface, once for all of its groups. */
interface SeenIdentity {
  readonly identity: LogIdentity;
  readonly evidence: Evidence;
  readonly role: InterfaceRole;
}

function seenIdentity(identity: LogIdentity, seen: Map<string, Evidence>): SeenIdentity {
  const key = identityKeys(identity).networkInterface;
  const evidence = seen.get(key) ?? {
    identity,
    type: null,
    isInstance: false,
    privateSide: false,
    publicSide: false,
  };
  seen.set(key, evidence);
  evidence.type ??= identity.interfaceType;
  evidence.isInstance ||= identity.instanceId !== null;
  const role = isRegionalNat(identity, evidence.type) ? 'regional-nat' : 'workload';
  return { identity, evidence, role };
}

/** Finds out what each interface is. `natNames`: interfaces (`eni-…`) and gateways (`nat-…`) that the user names as NAT. */
export function interfacesOf(
  groups: readonly RecordGroup[],
  natNames: ReadonlySet<string>,
  { mirrors, sameFlows }: SharedFlows = { mirrors: new Set(), sameFlows: [] },
): ReadonlyMap<string, LoggedInterface> {
  const seen = new Map<string, Evidence>();
  let last: SeenIdentity | undefined;
  for (const group of groups) {
    if (last?.identity !== group.identity) last = seenIdentity(group.identity, seen);
    const { evidence, role } = last;
    const side = sideOf(group, { role, ownAddress: null });
    evidence.privateSide ||= side === 'private';
    evidence.publicSide ||= side === 'public';
  }
  const isMirror = ({ identity }: Evidence) =>
    !natNames.has(nameOf(identity)) && mirrors.has(interfaceName(identity));
  const described = (key: string, evidence: Evidence, relay?: Relay) =>
    describe(key, evidence, {
      isNamed: natNames.has(nameOf(evidence.identity)),
      isMirror: isMirror(evidence),
      relay,
    });
  const relays = relaysOf(groups, sameFlows, (key) => {
    const evidence = seen.get(key);
    return evidence !== undefined && isNat(described(key, evidence).role);
  });
  return new Map(
    Array.from(seen, ([key, evidence]) => [key, described(key, evidence, relays.get(key))]),
  );
}

/** A regional NAT gateway's records have no interface, but the gateway's own name. */
function isRegionalNat(
  { interfaceId, resourceId, isOfNoInterface }: LogIdentity,
  type: string | null,
): boolean {
  if (type === 'regional_nat_gateway') return true;
  if (resourceId !== null) return interfaceId === null && resourceId.startsWith('nat-');
  // Without the field resource-id (version 9), only that its interface-id is `-` shows it.
  return isOfNoInterface;
}

/** What is known of an interface from outside of its own records. */
interface Told {
  /** The user names it. */
  readonly isNamed: boolean;
  readonly isMirror: boolean;
  readonly relay: Relay | undefined;
}

function describe(
  key: string,
  { identity, type, isInstance, ...sides }: Evidence,
  { isNamed, isMirror, relay }: Told,
): LoggedInterface {
  const name = nameOf(identity);
  const isRegional = isRegionalNat(identity, type);
  const privateSide = sides.privateSide || relay?.hasClients === true;
  const publicSide = relay === undefined ? sides.publicSide : relay.ownAddress !== null;
  const isTaken = isNamed || isMirror;
  const role = roleOf({ isNamed: isTaken, isRegional, isInstance, type, privateSide });
  return {
    key,
    vpc: identityKeys(identity).vpc,
    name,
    role,
    side: privateSide ? 'private' : 'public',
    isUnproven: role === 'nat' && !isTaken && type === null && !publicSide,
    isMirror: isMirror && !privateSide,
    isRelay: relay !== undefined && isNat(role) && !isTaken && !sides.privateSide && type === null,
    ownAddress: relay?.ownAddress ?? null,
  };
}

function nameOf(identity: LogIdentity): string {
  return interfaceName(identity) || 'an unnamed interface';
}

/**
 * A NAT gateway's interface has no `instance-id` and, in version 11, the type nat_gateway; an instance that translates
 * addresses shows the same addresses with an instance, or with the type of an ordinary interface.
 */
function roleOf(evidence: {
  readonly isNamed: boolean;
  readonly isRegional: boolean;
  readonly isInstance: boolean;
  readonly type: string | null;
  readonly privateSide: boolean;
}): InterfaceRole {
  const { isNamed, isRegional, isInstance, type, privateSide } = evidence;
  if (isRegional) return 'regional-nat';
  if (type === 'nat_gateway') return 'nat';
  const isInstances = isInstance || type === 'interface';
  if (isNamed) return isInstances ? 'nat-instance' : 'nat';
  if (type === 'vpc_endpoint') return 'endpoint';
  if (type === 'transit_gateway') return 'transit';
  const translates = privateSide && (type === null || type === 'interface');
  if (!translates) return 'workload';
  return isInstances ? 'nat-instance' : 'nat';
}

/**
 * The side of a NAT gateway that a group is of, if its interface is one. A regional gateway logs the final destination as
 * dstaddr, so that its two sides differ only by the flow's direction: in on the private side, out on the public one. In a log
 * of packet addresses only, a zonal one's own address shows the public side.
 */
export function sideOf(
  { pattern, circumstance: { direction }, address, identity }: RecordGroup,
  { role, ownAddress }: Pick<LoggedInterface, 'role' | 'ownAddress'>,
): 'private' | 'public' | undefined {
  if (pattern === addressPattern.natPrivateOut || pattern === addressPattern.natPrivateIn)
    return 'private';
  const isOut = pattern === addressPattern.publicOut;
  if (!isOut && pattern !== addressPattern.publicIn) return undefined;
  if (role === 'regional-nat') {
    if (address === 0) return 'public';
    return direction === (isOut ? 'egress' : 'ingress') ? 'public' : 'private';
  }
  if (identity.hasOwnAddresses || !isNat(role)) return 'public';
  // Too many clients to keep: the two sides are not told apart.
  if (address === limit.unkeptAddress) return undefined;
  return address === ownAddress ? 'public' : 'private';
}
