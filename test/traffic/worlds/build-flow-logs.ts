import type { Network } from './build-network.js';
import { fieldSets } from './field-sets.js';
import type { Random } from './random.js';
import type { FieldSetName, FlowLog } from './world.js';

const letters = ['a', 'b', 'c'];

/** One to three flow logs: each VPC's own, and here and there a second and a third of the first VPC. */
export function flowLogsOf(
  random: Random,
  networks: readonly Network[],
  slots: number,
): readonly FlowLog[] {
  const repeats = Math.min(random.pick([0, 0, 0, 1, 1, 1, 2]), 3 - networks.length);
  const common = random.chance(60) ? setOf(random) : null;
  return networks
    .filter((_, index) => index === 0 || random.chance(85))
    .flatMap((network, index) =>
      Array.from({ length: index === 0 ? 1 + repeats : 1 }, () => network),
    )
    .map((network, index, all) => {
      const isRepeated = all.indexOf(network) !== index;
      const set = isRepeated ? setOf(random) : (common ?? setOf(random));
      return flowLogOf(random, { network, set, slots, index, isRepeated });
    });
}

function setOf(random: Random): FieldSetName {
  return random.pick([
    'v2',
    'v2',
    'v2',
    'v3',
    'v3-lean',
    'v5',
    'v5',
    'v5-lean',
    'v11',
    'v11',
    'packet-addresses',
  ]);
}

interface Place {
  readonly network: Network;
  readonly set: FieldSetName;
  readonly slots: number;
  readonly index: number;
  readonly isRepeated: boolean;
}

function flowLogOf(random: Random, { network, set, slots, index, isRepeated }: Place): FlowLog {
  const first = isRepeated && random.chance(60) ? random.whole(0, slots - 1) : 0;
  const end = random.chance(80) ? slots : random.whole(first + 1, slots);
  const { hosts, nats, others } = network;
  const all = [...hosts.map(({ item }) => item), ...nats, ...others].map(({ key }) => key);
  const isDefault = set === 'v2';
  return {
    id: `fl-0${(letters[index] ?? 'd').repeat(15)}${index + 1}`,
    vpc: network.vpc,
    fieldSet: set,
    fields: isDefault || random.chance(75) ? fieldSets[set] : random.shuffle(fieldSets[set]),
    aggregation: random.pick([60, 600]),
    slots: [first, end],
    interfaces: random.chance(65) ? null : all.filter(() => random.chance(75)),
    hasWholeTimes: random.chance(60),
    isRenamed: random.chance(30),
    filesBySlot: random.chance(20),
    split: random.chance(90) ? 1 : random.whole(2, 3),
    isGzip: random.chance(40),
  };
}
