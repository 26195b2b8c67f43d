import { type Conversation, interfaceOf, type NetworkInterface, type World } from './world.js';

/** A world in a few lines: what flows by which way, and what is logged of it. */
export function describeWorld(world: World): string {
  return [
    `world ${world.seed}, ${world.slots} x 10 minutes`,
    ...world.conversations.map((conversation) => showConversation(world, conversation)),
    ...world.flowLogs.map((flowLog) => {
      const { id, fieldSet, aggregation, vpc, slots, interfaces, isRenamed } = flowLog;
      const time = `slots ${slots[0]} to ${slots[1]}`;
      const logged = interfaces === null ? 'all interfaces' : interfaces.join(', ');
      const name = isRenamed ? ', files renamed' : '';
      return `  flow log ${id}: ${fieldSet}, ${aggregation} s, ${vpc}, ${time}, ${logged}${name}`;
    }),
    ...Array.from(world.sides, ([key, side]) => `  of ${key} only the ${side} side is logged`),
    ...(world.natInterfaces.length === 0
      ? []
      : [`  --nat-interface ${world.natInterfaces.join(' ')}`]),
    ...(world.noise.length === 0 ? [] : [`  records of ${world.noise.join(', ')}`]),
    ...(world.copies.length === 0 ? [] : [`  ${world.copies.length} files given twice`]),
  ].join('\n');
}

function showConversation(world: World, conversation: Conversation): string {
  const { client, remote, route, bursts } = conversation;
  const item = interfaceOf(world, client);
  const device = 'device' in route ? ` ${showDevice(interfaceOf(world, route.device))}` : '';
  const volumes = bursts.map(({ minute, out, back }) => `minute ${minute}: ${out}/${back}`);
  const service = `${remote.service}${remote.otherRegion === null ? '' : ` ${remote.otherRegion}`}`;
  const from = remote.address.includes(':') ? item.address6 : item.address;
  return `  ${item.key} (${from}, ${item.vpc}) to ${remote.address} (${service}) by ${route.kind}${device}: ${volumes.join(', ')}`;
}

function showDevice({ key, address, kind }: NetworkInterface): string {
  return `${key} (${address}${kind === 'regional-nat-gateway' ? ', regional' : ''})`;
}

/** A world's kinds of paths and fields in one line: failures of one kind have the same. */
export function kindOf(world: World): string {
  const kinds = new Set(world.conversations.map((conversation) => kindOfPath(world, conversation)));
  const logs = new Map<string, string[]>();
  for (const { vpc, fieldSet } of world.flowLogs)
    logs.set(vpc, [...(logs.get(vpc) ?? []), fieldSet]);
  const sets = Array.from(logs.values(), (ofVpc) => ofVpc.sort().join('+')).sort();
  return `${[...kinds].sort().join(' + ')}; ${sets.join(' / ')}`;
}

function kindOfPath(
  { interfaces, sides, natInterfaces }: World,
  { route, remote }: Conversation,
): string {
  const device = 'device' in route ? interfaceOf({ interfaces }, route.device) : null;
  const side = sides.get(device?.key ?? '');
  return [
    device?.kind ?? route.kind,
    route.kind === 'transit-gateway' ? ' over transit-gateway' : '',
    route.kind === 'interface-endpoint' && !route.isKnown ? ' (not in the map)' : '',
    side === undefined ? '' : ` (${side} side only)`,
    natInterfaces.includes(device?.key ?? '') ? ' (named)' : '',
    remote.address.includes(':') ? ' (IPv6)' : '',
  ].join('');
}
