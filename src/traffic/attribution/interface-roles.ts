import { identityKeys, type LogIdentity } from '../scanner/identities.js';
import { addressPattern } from '../scanner/layout.js';
import type { RecordGroup } from './record-groups.js';

/** What an interface is in the VPC, as far as counting each byte once goes. */
export type InterfaceRole = 'workload' | 'nat' | 'regional-nat' | 'endpoint' | 'transit';

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
}

interface Evidence {
  readonly identity: LogIdentity;
  type: string | null;
  privateSide: boolean;
  publicSide: boolean;
}

/** Finds out what each interface is. `natNames`: interfaces (`eni-…`) and gateways (`nat-…`) that the user names as NAT. */
export function interfacesOf(
  groups: Iterable<RecordGroup>,
  natNames: ReadonlySet<string>,
): ReadonlyMap<string, LoggedInterface> {
  const seen = new Map<string, Evidence>();
  for (const group of groups) {
    const key = identityKeys(group.identity).networkInterface;
    const { identity } = group;
    const evidence = seen.get(key) ?? {
      identity,
      type: null,
      privateSide: false,
      publicSide: false,
    };
    seen.set(key, evidence);
    evidence.type ??= identity.interfaceType;
    const side = sideOf(group, isRegionalNat(identity, evidence.type));
    evidence.privateSide ||= side === 'private';
    evidence.publicSide ||= side === 'public';
  }
  return new Map(
    Array.from(seen, ([key, evidence]) => [key, describe(key, evidence, natNames)] as const),
  );
}

/** A regional NAT gateway's records have no interface, but the gateway's own name. */
function isRegionalNat({ interfaceId, resourceId }: LogIdentity, type: string | null): boolean {
  if (type === 'regional_nat_gateway') return true;
  return interfaceId === null && resourceId?.startsWith('nat-') === true;
}

function describe(
  key: string,
  { identity, type, privateSide, publicSide }: Evidence,
  natNames: ReadonlySet<string>,
): LoggedInterface {
  const name = identity.interfaceId ?? identity.resourceId ?? 'an unnamed interface';
  const isNamed = natNames.has(name);
  const role = roleOf({ isNamed, isRegional: isRegionalNat(identity, type), type, privateSide });
  return {
    key,
    vpc: identityKeys(identity).vpc,
    name,
    role,
    side: privateSide ? 'private' : 'public',
    isUnproven: role === 'nat' && !isNamed && type === null && !publicSide,
  };
}

function roleOf(evidence: {
  readonly isNamed: boolean;
  readonly isRegional: boolean;
  readonly type: string | null;
  readonly privateSide: boolean;
}): InterfaceRole {
  if (evidence.isRegional) return 'regional-nat';
  if (evidence.isNamed || evidence.type === 'nat_gateway') return 'nat';
  if (evidence.type === 'vpc_endpoint') return 'endpoint';
  if (evidence.type === 'transit_gateway') return 'transit';
  return evidence.type === null && evidence.privateSide ? 'nat' : 'workload';
}

/**
 * The side of a NAT gateway that a group is of, if its interface is one. A regional gateway logs the final destination as
 * dstaddr, so that its two sides differ by the flow's direction alone: in on the private side, out on the public one.
 */
export function sideOf(
  { pattern, circumstance: { direction }, address }: RecordGroup,
  isRegional: boolean,
): 'private' | 'public' | undefined {
  if (pattern === addressPattern.natPrivateOut || pattern === addressPattern.natPrivateIn)
    return 'private';
  const isOut = pattern === addressPattern.publicOut;
  if (!isOut && pattern !== addressPattern.publicIn) return undefined;
  if (!isRegional || address === 0) return 'public';
  return direction === (isOut ? 'egress' : 'ingress') ? 'public' : 'private';
}
