import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { identityKeys } from '../scanner/identities.js';
import { addressPattern } from '../scanner/layout.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';

/** On which side of an interface endpoint a group was logged, where its records do not say. */
export type EndpointSide =
  /** Where it is counted. */
  | 'counted'
  /** Where the same traffic may have been logged once more. */
  | 'other';

/**
 * A client's interface and the endpoint's own one log the same bytes between the same two addresses. With flow-direction a
 * record shows which it is; without it, the interfaces do: an endpoint's own interface talks to several clients, about one
 * service, and to no public address. Where none looks so, the interface that logged most of a client's bytes is the client's.
 */
export function endpointSides(
  groups: Iterable<RecordGroup>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): ReadonlyMap<RecordGroup, EndpointSide> {
  const undirected: RecordGroup[] = [];
  const traits = new Map<string, Traits>();
  for (const group of groups) {
    if (group.circumstance.status !== 'accepted') continue;
    const key = identityKeys(group.identity).networkInterface;
    if (interfaces.get(key)?.role !== 'workload') continue;
    const named = isNamed(group);
    if (named && group.circumstance.direction === null) undirected.push(group);
    const known = traits.get(key) ?? { labels: new Set(), clients: new Set(), isPublic: false };
    traits.set(key, known);
    if (named) {
      known.labels.add(group.label);
      known.clients.add(group.address);
    } else if (group.pattern !== addressPattern.internal) known.isPublic = true;
  }
  const sides = new Map<RecordGroup, EndpointSide>();
  const byClient = groupBy(
    undirected,
    ({ identity, address, label }) => `${identityKeys(identity).vpc}\n${address} ${label}`,
  );
  for (const same of byClient.values()) tellSides(same, traits, sides);
  return sides;
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
  const byInterface = groupBy(same, ({ identity }) => identityKeys(identity).networkInterface);
  if (byInterface.size < 2) return;
  const endpoints = [...byInterface.keys()].filter((key) => isEndpointLike(traits.get(key)));
  const counted = new Set(endpoints.length > 0 ? endpoints : [largestOf(byInterface)]);
  for (const [key, groups] of byInterface) {
    for (const group of groups) sides.set(group, counted.has(key) ? 'counted' : 'other');
  }
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
