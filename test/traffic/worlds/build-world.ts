import { flowLogsOf } from './build-flow-logs.js';
import { type Host, type Network, NetworkBuilder, type Transit } from './build-network.js';
import { type Random, randomOf } from './random.js';
import { makeTellable } from './tellable.js';
import {
  type Burst,
  type Conversation,
  type NetworkInterface,
  type Noise,
  type Sides,
  slotMinutes,
  type World,
} from './world.js';

/** Which worlds are made. */
export interface WorldOptions {
  /** Also those in which the fields leave open what is counted twice: see `makeTellable`. */
  readonly hard?: boolean;
}

/** The world of a seed. */
export function worldOf(seed: number, { hard = false }: WorldOptions = {}): World {
  const random = randomOf(seed);
  const slots = random.whole(1, 3);
  const networks = networksOf(random);
  const interfaces = networks.flatMap(({ hosts, nats, others }) => [
    ...hosts.map(({ item }) => item),
    ...nats,
    ...others,
  ]);
  const hosts = networks.flatMap((network) => network.hosts);
  const world: World = {
    seed,
    slots,
    interfaces,
    conversations: hosts
      .flatMap((host) => conversationsOf(random, host, slots))
      .map((conversation, index) => ({ ...conversation, clientPort: 40_000 + index })),
    flowLogs: flowLogsOf(random, networks, slots),
    sides: sidesOf(random, networks),
    noise: noiseOf(random),
    copies: random.chance(25)
      ? Array.from({ length: random.whole(1, 2) }, () => ({
          of: random.whole(0, 9),
          isGzip: random.chance(50),
        }))
      : [],
    natInterfaces: random.chance(10) ? zonalNats(interfaces) : [],
  };
  return hard ? world : makeTellable(world);
}

function networksOf(random: Random): readonly Network[] {
  const kind = random.whole(1, 100);
  const first = new NetworkBuilder(random, 1);
  if (kind <= 65) return [first.network(null)];
  if (kind <= 82) return [first.network(null), new NetworkBuilder(random, 2).network(null)];
  return hubAndSpoke(random, first);
}

/** A spoke whose way to the internet is the NAT gateway of a hub, over a transit gateway. */
function hubAndSpoke(random: Random, spoke: NetworkBuilder): readonly Network[] {
  const hub = new NetworkBuilder(random, 2);
  const attachment = spoke.interface('transit-gateway');
  const hubAttachment = hub.interface('transit-gateway');
  const nat = hub.nat(random.pick(['nat-gateway', 'nat-gateway', 'regional-nat-gateway']));
  const transit: Transit = {
    kind: 'transit-gateway',
    attachment: attachment.key,
    hubAttachment: hubAttachment.key,
    device: nat.key,
  };
  const spokeNetwork = spoke.network(transit);
  return [
    { ...spokeNetwork, others: [...spokeNetwork.others, attachment] },
    { vpc: hub.vpc, hosts: [], nats: [nat], others: [hubAttachment] },
  ];
}

function conversationsOf(
  random: Random,
  { item, ways }: Host,
  slots: number,
): readonly Conversation[] {
  const [first, ...others] = ways;
  if (first === undefined) return [];
  return Array.from({ length: random.whole(1, 4) }, (): Conversation => {
    const { remote, route } = random.pick([first, ...others]);
    return {
      client: item.key,
      remote,
      route,
      protocol: random.chance(85) ? 6 : 17,
      clientPort: 0,
      remotePort: 443,
      bursts: burstsOf(random, slots),
    };
  });
}

function burstsOf(random: Random, slots: number): readonly Burst[] {
  const hasAnswer = random.chance(85);
  const minutes = new Set(
    Array.from({ length: random.whole(1, 4) }, () => random.whole(0, slots * slotMinutes - 1)),
  );
  return [...minutes]
    .sort((a, b) => a - b)
    .map((minute) => ({ minute, out: random.bytes(), back: hasAnswer ? random.bytes() : 0 }));
}

function sidesOf(random: Random, networks: readonly Network[]): ReadonlyMap<string, Sides> {
  const nats = networks.flatMap((network) => network.nats);
  const choices: readonly [Sides, ...Sides[]] = ['both', 'both', 'both', 'private', 'public'];
  return new Map(
    nats
      .map(({ key }) => [key, random.pick(choices)] as const)
      .filter(([, sides]) => sides !== 'both'),
  );
}

function noiseOf(random: Random): readonly Noise[] {
  return (['no-data', 'skip-data', 'rejected'] as const).filter((kind) =>
    random.chance(kind === 'skip-data' ? 10 : 40),
  );
}

/** `--nat-interface` with every zonal NAT gateway. */
function zonalNats(interfaces: readonly NetworkInterface[]): readonly string[] {
  return interfaces.filter(({ kind }) => kind === 'nat-gateway').map(({ key }) => key);
}
