import { byWhatTheyTell, tells } from './field-sets.js';
import { hasSide } from './log-files.js';
import { type Sighting, sightingsOf } from './sightings.js';
import {
  type Burst,
  type Conversation,
  covers,
  type FieldSetName,
  interfaceOf,
  slotOf,
  type World,
} from './world.js';

export const directions = ['out', 'in'] as const;
/** Out of the client's VPC, or back into it. */
export type Direction = (typeof directions)[number];

/** What flowed in one conversation, and what a reader may call it. */
export interface TrueBytes {
  readonly out: bigint;
  readonly in: bigint;
  /** The client's VPC, and over a transit gateway the hub's. */
  readonly vpcs: readonly string[];
  /** As `serviceKey` writes it. */
  readonly service: string;
  readonly paths: readonly string[];
}

/** Bytes out and back by service. */
export type BytesByService = ReadonlyMap<string, Readonly<Record<Direction, bigint>>>;

/** What is true of a world, and what its logs prove of it. */
export interface Truth {
  /** Each byte that left a VPC or came back, once. */
  readonly flowed: readonly TrueBytes[];
  /** The bytes that some record shows, each once. */
  readonly visible: BytesByService;
  /**
   * What of the visible bytes is certain to be no other's: the least that is true in every world with these records, as far as
   * clients, services and paths tell them apart. A reader that compares no single conversations can reach it.
   */
  readonly certain: BytesByService;
  /** Whether the fields of all flow logs tell the path. */
  readonly tellsPaths: boolean;
}

/** A service with its Region, where it is another one. */
export function serviceKey(service: string, otherRegion: string | null): string {
  return otherRegion === null ? service : `${service} ${otherRegion}`;
}

/** The truth of a world. */
export function truthOf(world: World): Truth {
  const evidence = new Evidence();
  const outgoing = world.conversations.filter(({ route }) => route.kind !== 'internal');
  for (const conversation of outgoing) addEvidence(world, conversation, evidence);
  return {
    flowed: outgoing.map((conversation) => trueBytes(world, conversation)),
    visible: evidence.visible(),
    certain: evidence.certain(),
    tellsPaths: world.flowLogs.every(({ fieldSet }) => tells.path(fieldSet)),
  };
}

function trueBytes(world: World, conversation: Conversation): TrueBytes {
  const { client, route, remote, bursts } = conversation;
  const sum = (bytes: (burst: Burst) => number) =>
    bursts.reduce((total, burst) => total + BigInt(bytes(burst)), 0n);
  const hub = route.kind === 'transit-gateway' ? [interfaceOf(world, route.device).vpc] : [];
  return {
    out: sum(({ out }) => out),
    in: sum(({ back }) => back),
    vpcs: [interfaceOf(world, client).vpc, ...hub],
    service: serviceKey(remote.service, remote.otherRegion),
    paths: pathsOf(world, conversation),
  };
}

/** The paths that may be claimed of a conversation, by what its records tell. */
function pathsOf(world: World, { client, route }: Conversation): readonly string[] {
  switch (route.kind) {
    case 'nat-instance':
      return isToldInstance(world, client, route.device)
        ? ['nat-instance']
        : ['nat-instance', 'nat-gateway'];
    case 'transit-gateway':
      return ['transit-gateway', 'nat-gateway'];
    case 'gateway-endpoint':
      // `traffic-path` 2 is either.
      return interfaceOf(world, client).isNitro
        ? ['gateway-endpoint']
        : ['gateway-endpoint', 'internet-gateway'];
    case 'egress-only-gateway':
      return ['egress-only-gateway', 'internet-gateway'];
    case 'nat-gateway':
    case 'internet-gateway':
    case 'interface-endpoint':
    case 'internal':
      return [route.kind];
    default:
      return route satisfies never;
  }
}

/** Whether the instance behind a NAT device is in every log of its clients, with its private side. */
function isToldInstance(world: World, client: string, device: string): boolean {
  const [ofClient, ofDevice] = [interfaceOf(world, client), interfaceOf(world, device)];
  const slots = Array.from({ length: world.slots }, (_, slot) => slot);
  return world.flowLogs.every(
    (flowLog) =>
      tells.instance(flowLog.fieldSet) &&
      slots.every((slot) => covers(flowLog, ofDevice, slot) || !covers(flowLog, ofClient, slot)),
  );
}

function addEvidence(world: World, conversation: Conversation, evidence: Evidence): void {
  const sightings = sightingsOf(world, conversation).filter((sighting) => hasSide(world, sighting));
  for (const burst of conversation.bursts) {
    for (const direction of directions) {
      const bytes = BigInt(direction === 'out' ? burst.out : burst.back);
      const roles = new Set(
        sightings
          .filter(({ isOut }) => isOut === (direction === 'out'))
          .flatMap((sighting) => roleOf(world, { conversation, sighting, burst })),
      );
      evidence.add(conversation, { direction, bytes, roles });
    }
  }
}

/** What a record is evidence of. */
type Role =
  /** A client's record by a path that passes no NAT device, told by the log. */
  | 'own-path'
  /** A client's record, by a NAT device or by a path that is not told. */
  | 'client'
  | 'private'
  | 'public'
  /** A client's record with an interface endpoint, and the endpoint's own. */
  | 'to-endpoint'
  | 'endpoint';

interface Seen {
  readonly conversation: Conversation;
  readonly sighting: Sighting;
  readonly burst: Burst;
}

/** What the records of a sighting are evidence of, by the flow log that tells most. */
function roleOf(world: World, { conversation, sighting, burst }: Seen): readonly Role[] {
  const slot = slotOf(burst.minute);
  const sets = world.flowLogs
    .filter((flowLog) => covers(flowLog, sighting.at, slot))
    .map(({ fieldSet }) => fieldSet)
    .sort((a, b) => byWhatTheyTell.indexOf(b) - byWhatTheyTell.indexOf(a));
  const [set] = sets;
  if (set === undefined || !shows(set, conversation, sighting)) return [];
  const { kind } = conversation.route;
  switch (sighting.vantage) {
    case 'client':
      if (kind === 'interface-endpoint') return ['to-endpoint'];
      if (kind === 'transit-gateway' && tellsTransit(world)) return [];
      return [tells.path(set) && isOwnPath(kind) ? 'own-path' : 'client'];
    case 'private':
    case 'public':
    case 'endpoint':
      return [sighting.vantage];
    case 'attachment':
    case 'hub-attachment':
    case 'server':
      return [];
    default:
      return sighting.vantage satisfies never;
  }
}

/** Whether a next hop tells that the bytes go to another VPC, and are counted there. */
function tellsTransit({ flowLogs }: World): boolean {
  return flowLogs.some(({ fieldSet }) => tells.interfaceType(fieldSet));
}

function isOwnPath(kind: Conversation['route']['kind']): boolean {
  return (
    kind === 'gateway-endpoint' || kind === 'internet-gateway' || kind === 'egress-only-gateway'
  );
}

/** Whether a record names the server outside: its addresses do, or version 11 names an endpoint's interface. */
function shows(set: FieldSetName, { route, remote }: Conversation, sighting: Sighting): boolean {
  const { src, dst, pktSrc, pktDst, isOut, vantage } = sighting;
  if (route.kind === 'interface-endpoint') {
    const isHop = vantage === 'endpoint' || isOut;
    return route.isKnown || (tells.interfaceType(set) && isHop);
  }
  const ends = tells.packetAddresses(set) ? [pktSrc, pktDst] : [src, dst];
  if (!ends.includes(remote.address)) return false;
  return tells.direction(set) || ends.some((address) => address.startsWith('10.'));
}

interface Part {
  readonly direction: Direction;
  readonly bytes: bigint;
  readonly roles: ReadonlySet<Role>;
}

/** Sums of one service and direction by what shows them. */
interface Sums {
  visible: bigint;
  ownPath: bigint;
  /** By client: what its own interface shows, and what NAT devices show of it. */
  readonly clients: Map<string, { own: bigint; atNat: bigint }>;
  publicOnly: bigint;
  toEndpoints: bigint;
  atEndpoints: bigint;
}

class Evidence {
  readonly #sums = new Map<string, Record<Direction, Sums>>();

  add({ client, remote }: Conversation, { direction, bytes, roles }: Part): void {
    if (roles.size === 0) return;
    const key = serviceKey(remote.service, remote.otherRegion);
    const both = this.#sums.get(key) ?? { out: noSums(), in: noSums() };
    this.#sums.set(key, both);
    const sums = both[direction];
    const ofClient = sums.clients.get(client) ?? { own: 0n, atNat: 0n };
    sums.clients.set(client, ofClient);
    sums.visible += bytes;
    if (roles.has('own-path')) sums.ownPath += bytes;
    if (roles.has('client')) ofClient.own += bytes;
    if (roles.has('private')) ofClient.atNat += bytes;
    else if (roles.has('public')) sums.publicOnly += bytes;
    if (roles.has('to-endpoint')) sums.toEndpoints += bytes;
    if (roles.has('endpoint')) sums.atEndpoints += bytes;
  }

  visible(): BytesByService {
    return this.#each(({ visible }) => visible);
  }

  certain(): BytesByService {
    return this.#each(leastOf);
  }

  #each(bytes: (sums: Sums) => bigint): BytesByService {
    return new Map(
      Array.from(this.#sums, ([key, { out, in: back }]) => [
        key,
        { out: bytes(out), in: bytes(back) },
      ]),
    );
  }
}

function noSums(): Sums {
  return {
    visible: 0n,
    ownPath: 0n,
    clients: new Map(),
    publicOnly: 0n,
    toEndpoints: 0n,
    atEndpoints: 0n,
  };
}

/**
 * The least that sums can stand for: a client's own records and a NAT device's of it may be of the same bytes, but no more of
 * them than the smaller sum; and so with the public side, which does not tell the client.
 */
function leastOf({ ownPath, clients, publicOnly, toEndpoints, atEndpoints }: Sums): bigint {
  let atNat = publicOnly;
  let byClient = 0n;
  for (const client of clients.values()) {
    atNat += client.atNat;
    byClient += larger(client.own, client.atNat);
  }
  return ownPath + larger(atNat, byClient) + larger(toEndpoints, atEndpoints);
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
