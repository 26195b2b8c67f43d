import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { identityKeys } from '../scanner/identities.js';
import { addressPattern } from '../scanner/layout.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';

/** On which side of an interface endpoint a group was logged, where not all records of the same traffic say. */
export type EndpointSide =
  /** Where it is counted. */
  | 'counted'
  /** Where the same traffic may have been logged once more. */
  | 'other';

/**
 * A client's interface and the endpoint's own one log the same bytes between the same two addresses. With flow-direction a
 * record shows which it is, and which the other is that another flow log knows without it. Without any, the interfaces do: an
 * endpoint's own interface talks to several clients, about one service, and to no public address. Where none looks so, the
 * interface that logged most of a client's bytes is the client's.
 */
export function endpointSides(
  groups: Iterable<RecordGroup>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): ReadonlyMap<RecordGroup, EndpointSide> {
  const toEndpoints: RecordGroup[] = [];
  const traits = new Map<string, Traits>();
  for (const group of groups) {
    if (group.circumstance.status !== 'accepted') continue;
    const key = identityKeys(group.identity).networkInterface;
    if (interfaces.get(key)?.role !== 'workload') continue;
    const named = isNamed(group);
    if (named) toEndpoints.push(group);
    const known = traits.get(key) ?? { labels: new Set(), clients: new Set(), isPublic: false };
    traits.set(key, known);
    if (named) {
      known.labels.add(group.label);
      known.clients.add(group.address);
    } else if (group.pattern !== addressPattern.internal) known.isPublic = true;
  }
  const sides = new Map<RecordGroup, EndpointSide>();
  const byClient = groupBy(
    toEndpoints,
    ({ identity, address, label }) => `${identityKeys(identity).vpc}\n${address} ${label}`,
  );
  for (const same of byClient.values()) tellSides(same, traits, sides);
  return sides;
}

/** Whether a record between a workload and an interface endpoint's address stands in the log of the endpoint's own interface. */
export function isAtEndpoint({ pattern, circumstance: { direction } }: RecordGroup): boolean {
  if (pattern === addressPattern.namedOut) return direction === 'ingress';
  return pattern === addressPattern.namedIn && direction === 'egress';
}

interface Traits {
  readonly labels: Set<number>;
  readonly clients: Set<number>;
  isPublic: boolean;
}

function isNamed({ pattern }: RecordGroup): boolean {
  return pattern === addressPattern.namedOut || pattern === addressPattern.namedIn;
}

function tellSides(
  same: readonly RecordGroup[],
  traits: ReadonlyMap<string, Traits>,
  sides: Map<RecordGroup, EndpointSide>,
): void {
  if (same.every(isDirected)) return;
  const byInterface = groupBy(same, ({ identity }) => identityKeys(identity).networkInterface);
  if (byInterface.size < 2) return;
  const counted = endpointsAmong(byInterface, traits);
  for (const [key, groups] of byInterface) {
    for (const group of groups) sides.set(group, counted.has(key) ? 'counted' : 'other');
  }
}

/** Which of the interfaces that logged a client's traffic with a service are the endpoint's. */
function endpointsAmong(
  byInterface: ReadonlyMap<string, readonly RecordGroup[]>,
  traits: ReadonlyMap<string, Traits>,
): ReadonlySet<string> {
  const keys = [...byInterface.keys()];
  const groupsOf = (key: string) => byInterface.get(key) ?? [];
  const bytesOf = (key: string) => groupsOf(key).reduce((sum, { bytes }) => sum + bytes, 0n);
  const told = keys.filter((key) => groupsOf(key).some(isAtEndpoint));
  const clients = keys.filter((key) => !told.includes(key) && groupsOf(key).some(isDirected));
  if (clients.length > 0) return new Set(keys.filter((key) => !clients.includes(key)));
  const likely = keys.filter((key) => isEndpointLike(traits.get(key)));
  const endpoints = new Set([...told, ...likely]);
  if (endpoints.size === 0) return new Set([largestOf(byInterface)]);
  // A service has an endpoint's interface in each zone, and one that a single client uses looks like a client's. Of what is left
  // the client's own is the one that has other traffic, or carries what all the others carry.
  const left = new Map([...byInterface].filter(([key]) => !endpoints.has(key)));
  const client = largestOf(left);
  const others = keys.filter((key) => key !== client).reduce((sum, key) => sum + bytesOf(key), 0n);
  const isClient = hasOtherTraffic(traits.get(client)) || bytesOf(client) >= others;
  return new Set(keys.filter((key) => key !== client || !isClient));
}

function isDirected({ circumstance }: RecordGroup): boolean {
  return circumstance.direction !== null;
}

function hasOtherTraffic(traits: Traits | undefined): boolean {
  return traits !== undefined && (traits.isPublic || traits.labels.size > 1);
}

function isEndpointLike(traits: Traits | undefined): boolean {
  if (traits === undefined || traits.isPublic) return false;
  return traits.labels.size === 1 && traits.clients.size > 1;
}

function largestOf(byInterface: ReadonlyMap<string, readonly RecordGroup[]>): string {
  const sums = Array.from(byInterface, ([key, groups]) => ({
    key,
    bytes: groups.reduce((sum, { bytes }) => sum + bytes, 0n),
  })).sort((a, b) =>
    a.bytes === b.bytes ? compareText(a.key, b.key) : a.bytes > b.bytes ? -1 : 1,
  );
  return sums[0]?.key ?? '';
}
