import { identityKeys, interfaceName } from '../scanner/identities.js';
import { addressPattern, limit } from '../scanner/layout.js';
import type { SameFlows } from './mirrors.js';
import type { RecordGroup } from './record-groups.js';

/**
 * A NAT gateway, or an instance that does its work, in a log that has the packet's addresses only: it logs each packet twice
 * with a public address, once with the client's and once with its own.
 */
export interface Relay {
  /** Its own address in such a log; null where its records show its clients' only. */
  readonly ownAddress: number | null;
  readonly hasClients: boolean;
}

/** What an interface logged of traffic with public addresses. */
interface PublicTraffic {
  readonly vpc: string;
  readonly name: string;
  /** By its private address. */
  readonly bytes: Map<number, bigint>;
  /** The same, of logs of packet addresses only. */
  readonly packets: Map<number, bigint>;
  /** With its other traffic, as with an interface endpoint. */
  all: bigint;
}

/**
 * The interfaces that are known to be NAT (`isNat`) or that log the flows of others, with their own addresses, by key. Only
 * logs of packet addresses only need this; the others show the two sides by the addresses of each record.
 */
export function relaysOf(
  groups: readonly RecordGroup[],
  sameFlows: readonly SameFlows[],
  isNat: (key: string) => boolean,
): ReadonlyMap<string, Relay> {
  if (groups.every(({ identity }) => identity.hasOwnAddresses)) return new Map();
  const traffic = publicTraffic(groups);
  const byName = new Map(Array.from(traffic, ([key, { name }]) => [name, key]));
  const relays = new Set([...traffic.keys()].filter(isNat));
  for (const pair of sameFlows) {
    const [a, b] = pair.map((name) => byName.get(name));
    if (a === undefined || b === undefined || relays.has(a) || relays.has(b)) continue;
    const [first, second] = [traffic.get(a), traffic.get(b)];
    if (first === undefined || second === undefined) continue;
    // What is in such a log for a part of the time only is the client: another log told more of it.
    const isFirst =
      second.packets.size === 0 || (first.packets.size > 0 && passesOn(first, second));
    relays.add(isFirst ? a : b);
  }
  const clients = new Set<string>();
  for (const [key, { vpc, bytes }] of traffic) {
    if (!relays.has(key)) for (const address of bytes.keys()) clients.add(`${vpc} ${address}`);
  }
  return new Map(
    [...relays].flatMap((key): readonly (readonly [string, Relay])[] => {
      const item = traffic.get(key);
      return item === undefined || item.packets.size === 0 ? [] : [[key, relayOf(item, clients)]];
    }),
  );
}

function publicTraffic(groups: readonly RecordGroup[]): ReadonlyMap<string, PublicTraffic> {
  const traffic = new Map<string, PublicTraffic>();
  for (const { identity, circumstance, pattern, address, bytes } of groups) {
    const isPublic = pattern === addressPattern.publicOut || pattern === addressPattern.publicIn;
    const name = interfaceName(identity);
    if (circumstance.status !== 'accepted' || name === '') continue;
    const { networkInterface: key, vpc } = identityKeys(identity);
    const item = traffic.get(key) ?? newTraffic(vpc, name);
    traffic.set(key, item);
    item.all += bytes;
    if (!isPublic || address <= limit.unkeptAddress) continue;
    item.bytes.set(address, (item.bytes.get(address) ?? 0n) + bytes);
    if (!identity.hasOwnAddresses)
      item.packets.set(address, (item.packets.get(address) ?? 0n) + bytes);
  }
  return traffic;
}

function newTraffic(vpc: string, name: string): PublicTraffic {
  return { vpc, name, bytes: new Map(), packets: new Map(), all: 0n };
}

/**
 * Whether, of two interfaces with the same flows, the first one passes on what the other sends. It has no more of their common
 * addresses' bytes than that one, which may send others past it; and it has addresses of its own, or of other clients. Else it
 * has no traffic but that.
 */
function passesOn(a: PublicTraffic, b: PublicTraffic): boolean {
  const [first, second] = [a.bytes, b.bytes];
  let [ofFirst, ofSecond] = [0n, 0n];
  for (const [address, bytes] of first) {
    const other = second.get(address);
    if (other === undefined) continue;
    ofFirst += bytes;
    ofSecond += other;
  }
  if (ofFirst !== ofSecond) return ofFirst < ofSecond;
  if (first.size !== second.size) return first.size > second.size;
  return a.all === b.all ? a.name > b.name : a.all < b.all;
}

/** Two sums of bytes that differ by no more are taken for the same: a window may be cut at the edge of a log. */
const tolerance = 20n;

/** The own address is one that no client has, and carries what all others carry together. */
function relayOf({ vpc, packets }: PublicTraffic, clients: ReadonlySet<string>): Relay {
  const total = [...packets.values()].reduce((sum, bytes) => sum + bytes, 0n);
  const [largest] = [...packets]
    .filter(([address]) => !clients.has(`${vpc} ${address}`))
    .sort(([a, x], [b, y]) => (x === y ? a - b : x > y ? -1 : 1));
  if (largest === undefined) return { ownAddress: null, hasClients: true };
  const [address, bytes] = largest;
  const others = total - bytes;
  const difference = bytes > others ? bytes - others : others - bytes;
  const isOwn = packets.size === 1 || difference * tolerance <= total;
  return isOwn
    ? { ownAddress: address, hasClients: packets.size > 1 }
    : { ownAddress: null, hasClients: true };
}
