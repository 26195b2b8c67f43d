import { compareText } from '../../base/finding.js';
import { type AddressTable, lookup4 } from '../addresses/table.js';
import { wideNumber } from '../scanner/group-table.js';
import { identityKeys } from '../scanner/identities.js';
import { addressPattern, limit, talkerSide, talkerWord } from '../scanner/layout.js';
import type { PackedTalkers } from '../scanner/packed-sums.js';
import type { AttributedTraffic } from './attribute.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';

/** A party to the traffic that is counted, with its bytes in both directions. */
export interface Talker {
  /** Its IPv4 address. */
  readonly address: string;
  /** Of a client: its interface, where the log has its records; of a remote address: null. */
  readonly interfaceId: string | null;
  /** Of a remote address: its service, only by the address; of a client: null. */
  readonly service: string | null;
  readonly bytes: bigint;
}

/** The largest talkers of a log, over all its VPCs. */
export interface TopTalkers {
  /** Remote addresses; IPv6 is not among them. */
  readonly remotes: readonly Talker[];
  /** What the bytes of a remote address may be too low by; 0: they are exact. */
  readonly remoteError: bigint;
  /** Clients behind NAT gateways; where no gateway logs, workloads. Exact. */
  readonly clients: readonly Talker[];
}

/** Remote addresses kept while files are added up: above it the smallest give way. */
const mostRemotes = 65_536;
const sides = { private: talkerSide.privateSide, public: talkerSide.publicSide } as const;

/** Adds up the remote addresses of one source after another; the order is a part of the answer where the bound is not 0. */
export class RemoteSums {
  #sums = new Map<string, bigint>();
  #error = 0n;

  clear(): void {
    this.#sums.clear();
    this.#error = 0n;
  }

  add({ slots, error, interfaces }: PackedTalkers): void {
    this.#error += error;
    for (let at = 0; at < slots.length; at += talkerWord.count) {
      const own = interfaces[slots[at + talkerWord.eni] ?? 0] ?? '';
      const key = `${slots[at + talkerWord.remote]} ${slots[at + talkerWord.side]} ${own}`;
      const bytes = wideNumber(
        slots[at + talkerWord.bytesLow] ?? 0,
        slots[at + talkerWord.bytesHigh] ?? 0,
        slots[at + talkerWord.carry] ?? 0,
      );
      this.#sums.set(key, (this.#sums.get(key) ?? 0n) + bytes);
    }
    if (this.#sums.size > mostRemotes) this.#prune();
  }

  /** Takes the weight of the entry that is one too many off all; those left with none go (Misra and Gries). */
  #prune(): void {
    const weights = [...this.#sums.values()].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
    const weight = weights[mostRemotes / 2] ?? 0n;
    this.#error += weight;
    const kept = [...this.#sums].filter(([, bytes]) => bytes > weight);
    this.#sums = new Map(kept.map(([key, bytes]) => [key, bytes - weight]));
  }

  /** The bytes by remote address, at the interfaces where traffic is counted. */
  byAddress(traffic: Pick<AttributedTraffic, 'interfaces'>): ReadonlyMap<number, bigint> {
    const isCounted = countedSides(traffic.interfaces);
    const sums = new Map<number, bigint>();
    for (const [key, bytes] of this.#sums) {
      const [address = '', side = '', ...own] = key.split(' ');
      if (!isCounted(own.join(' '), Number(side))) continue;
      sums.set(Number(address), (sums.get(Number(address)) ?? 0n) + bytes);
    }
    return sums;
  }

  get error(): bigint {
    return this.#error;
  }
}

/** Whether an interface's records of one side are those that are counted. */
function countedSides(interfaces: ReadonlyMap<string, LoggedInterface>) {
  const withNat = new Set<string>();
  // A scan knows one log only: its keys lack what another log tells of the same interface.
  const byName = new Map<string, LoggedInterface>();
  for (const item of interfaces.values()) {
    if (isNat(item.role)) withNat.add(item.vpc);
    byName.set(item.name, item);
  }
  return (key: string, side: number): boolean => {
    const own = interfaces.get(key) ?? byName.get(key.slice(key.lastIndexOf(' ') + 1));
    if (own === undefined) return false;
    if (own.role === 'regional-nat') return true;
    if (own.role === 'nat') return side === sides[own.side];
    return own.role === 'workload' && !withNat.has(own.vpc);
  };
}

const isNat = (role: LoggedInterface['role']): boolean => role === 'nat' || role === 'regional-nat';

/** The largest talkers. `count`: how many of each. */
export function topTalkers(
  count: number,
  from: {
    readonly traffic: AttributedTraffic;
    readonly groups: Iterable<RecordGroup>;
    readonly remotes: RemoteSums;
    readonly addresses: AddressTable;
  },
): TopTalkers {
  const { traffic, groups, remotes, addresses } = from;
  return {
    remotes: largest(
      Array.from(remotes.byAddress(traffic), ([address, bytes]) => ({
        address: dotted(address),
        interfaceId: null,
        service: serviceAt(addresses, address),
        bytes,
      })),
      count,
    ),
    remoteError: remotes.error,
    clients: largest(clientsOf(groups, traffic), count),
  };
}

function clientsOf(groups: Iterable<RecordGroup>, traffic: AttributedTraffic): readonly Talker[] {
  const isCounted = countedSides(traffic.interfaces);
  const sums = new Map<string, Talker>();
  for (const { identity, address, pattern, circumstance, bytes } of groups) {
    const isPrivateSide =
      pattern === addressPattern.natPrivateOut || pattern === addressPattern.natPrivateIn;
    const isPublicSide =
      pattern === addressPattern.publicOut || pattern === addressPattern.publicIn;
    if (
      address <= limit.unkeptAddress ||
      circumstance.status !== 'accepted' ||
      !(isPrivateSide || isPublicSide)
    ) {
      continue;
    }
    const own = traffic.interfaces.get(identityKeys(identity).networkInterface);
    if (own === undefined) continue;
    // On a gateway's public side the address is the gateway's own.
    const seesClient = isPrivateSide || own.role !== 'nat';
    if (!seesClient || !isCounted(own.key, isPrivateSide ? sides.private : sides.public)) continue;
    const key = `${own.vpc} ${address}`;
    const interfaceId = traffic.zones.interfaceOf(own.vpc, address) ?? null;
    const before = sums.get(key)?.bytes ?? 0n;
    sums.set(key, { address: dotted(address), interfaceId, service: null, bytes: before + bytes });
  }
  return [...sums.values()];
}

function largest(talkers: readonly Talker[], count: number): readonly Talker[] {
  const order = (a: Talker, b: Talker): number =>
    a.bytes === b.bytes ? compareText(a.address, b.address) : a.bytes > b.bytes ? -1 : 1;
  return talkers.toSorted(order).slice(0, count);
}

function serviceAt(addresses: AddressTable, address: number): string {
  const label = addresses.labels[lookup4(addresses, address)];
  return label?.kind === 'service' ? label.service : 'internet';
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
