import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { identityKeys } from '../scanner/identities.js';
import { addressPattern, rangeByte } from '../scanner/layout.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup, RecordGroups } from './record-groups.js';

/** On which side of an interface endpoint a group was logged, where not all records of the same traffic say. */
export type EndpointSide =
  /** Where it is counted. */
  | 'counted'
  /** Where the same traffic may have been logged once more. */
  | 'other';

/**
 * A client's interface and the endpoint's own one log the same bytes between the same two addresses. With flow-direction a
 * record shows which it is, and which the other is that another flow log knows without it. Without any, the addresses do: an
 * endpoint's own interface has traffic with one named address only, its own, and of two that have it with the same one only one
 * is the client's. Which of these, the rest of their traffic shows: that of an endpoint's is with several clients, about one service,
 * and with no public address.
 */
export function endpointSides(
  { groups, named }: Pick<RecordGroups, 'groups' | 'named'>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): ReadonlyMap<RecordGroup, EndpointSide> {
  // Most logs name no endpoint: then nothing needs to be known of their interfaces.
  if (!groups.some(isNamed)) return new Map();
  const toEndpoints: RecordGroup[] = [];
  const traits = new Map<string, Traits>();
  for (const group of groups) {
    if (group.circumstance.status !== 'accepted') continue;
    const key = identityKeys(group.identity).networkInterface;
    if (interfaces.get(key)?.role !== 'workload') continue;
    const known = traits.get(key) ?? newTraits(named.get(key) ?? rangeByte.severalNamed);
    traits.set(key, known);
    if (isNamed(group)) {
      toEndpoints.push(group);
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
  /** The only named address; `rangeByte.severalNamed`: more than one. */
  readonly named: number;
  readonly labels: Set<number>;
  readonly clients: Set<number>;
  isPublic: boolean;
}

function newTraits(named: number): Traits {
  return { named, labels: new Set(), clients: new Set(), isPublic: false };
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
  const told = keys.filter((key) => groupsOf(key).some(isAtEndpoint));
  const clients = keys.filter((key) => !told.includes(key) && groupsOf(key).some(isDirected));
  if (clients.length > 0) return new Set(keys.filter((key) => !clients.includes(key)));
  const namedOf = (key: string) => traits.get(key)?.named ?? rangeByte.severalNamed;
  const ofOne = keys.filter((key) => namedOf(key) !== rangeByte.severalNamed);
  const ofSeveral = keys.filter((key) => namedOf(key) === rangeByte.severalNamed);
  // Several of these: an endpoint's address that another one has been given in the meantime, or an address that two clients had.
  const left = told.length + ofOne.length > 0 ? [] : ofSeveral;
  const candidates = [...groupBy(ofOne, namedOf).values(), left].map(
    (some) => new Map([...byInterface].filter(([key]) => some.includes(key))),
  );
  return new Set([
    ...told,
    ...candidates.flatMap((some) => endpointsOfOne(some, { told, traits })),
  ]);
}

/** Of the interfaces that have traffic with one and the same endpoint address, those that are the endpoint's. */
function endpointsOfOne(
  byInterface: ReadonlyMap<string, readonly RecordGroup[]>,
  {
    told,
    traits,
  }: { readonly told: readonly string[]; readonly traits: ReadonlyMap<string, Traits> },
): readonly string[] {
  const keys = [...byInterface.keys()];
  if (keys.length < 2) return keys;
  const isSure = (key: string) => told.includes(key) || isEndpointLike(traits.get(key));
  if (keys.some(isSure)) return keys.filter(isSure);
  const others = keys.filter((key) => !hasOtherTraffic(traits.get(key)));
  return others.length === 1 ? others : [largestOf(byInterface)];
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
