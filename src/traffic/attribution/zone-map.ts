import { identityKeys, type LogIdentity } from '../scanner/identities.js';
import { addressPattern, limit } from '../scanner/layout.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';

/** In which Availability Zone a VPC's private addresses are, learned from the records of their own interfaces. */
export interface ZoneMap {
  /** The az-id of an address of a VPC; undefined where no record of its own tells it, or several disagree. */
  readonly zoneOf: (vpc: string, address: number) => string | undefined;
  /** The interface of an address of a VPC, by the same rule. */
  readonly interfaceOf: (vpc: string, address: number) => string | undefined;
}

/** Learns the zones of addresses from the workloads' own interfaces. */
export function learnZones(
  groups: Iterable<RecordGroup>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): ZoneMap {
  const vpcs = new Map<string, { readonly zones: Claims; readonly names: Claims }>();
  let last: { readonly identity: LogIdentity; readonly address: number } | undefined;
  for (const { identity, address, pattern } of groups) {
    if (address === 0 || address === limit.unkeptAddress) continue;
    // An interface endpoint's own interface logs its clients' addresses.
    if (pattern === addressPattern.namedOut || pattern === addressPattern.namedIn) continue;
    // What an interface says of an address it says once; groups come identity by identity.
    if (last?.identity === identity && last.address === address) continue;
    last = { identity, address };
    if (interfaces.get(identityKeys(identity).networkInterface)?.role !== 'workload') continue;
    const vpc = identityKeys(identity).vpc;
    const known = vpcs.get(vpc) ?? { zones: new Map(), names: new Map() };
    vpcs.set(vpc, known);
    learn(known.zones, address, identity.azId);
    learn(known.names, address, identity.interfaceId);
  }
  return {
    zoneOf: (vpc, address) => vpcs.get(vpc)?.zones.get(address) ?? undefined,
    interfaceOf: (vpc, address) => vpcs.get(vpc)?.names.get(address) ?? undefined,
  };
}

/** By address; null: claimed by several. */
type Claims = Map<number, string | null>;

/** An address that two zones claim (a load balancer's client, a moved address) is of none. */
function learn(known: Claims, address: number, value: string | null): void {
  if (value === null) return;
  const before = known.get(address);
  if (before === undefined) known.set(address, value);
  else if (before !== value) known.set(address, null);
}

/** Whether the bytes of a group crossed zones on their way to or from a NAT gateway; null where the log can't tell. */
export function crossesZone(
  { identity, address }: RecordGroup,
  role: LoggedInterface['role'],
  zones: ZoneMap,
): boolean | null {
  const { azId, nextHopAzId } = identity;
  if (role === 'workload') {
    return azId === null || nextHopAzId === null ? null : azId !== nextHopAzId;
  }
  const clientZone = address === 0 ? undefined : zones.zoneOf(identityKeys(identity).vpc, address);
  return clientZone === undefined || azId === null ? null : clientZone !== azId;
}
