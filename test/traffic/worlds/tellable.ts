import { tells } from './field-sets.js';
import { hasSide } from './log-files.js';
import { sightingsOf } from './sightings.js';
import {
  covers,
  type FlowLog,
  type NetworkInterface,
  type Route,
  slotOf,
  type World,
} from './world.js';

/**
 * Changes a world so that its logs hold enough to count each byte once, if not to tell its path:
 * - An interface of a NAT device that shows itself neither by its type, nor by its private side, nor by records that
 *   mirror a client's, is named (`--nat-interface`).
 * - With packet addresses only, a NAT device's two sides look alike but for the clients: these must be in the same log.
 * - A transit gateway's interface looks like a NAT gateway's private side, and its traffic is logged in two VPCs: without
 *   version 11, its interfaces are not in the log, and one of the two VPCs is not.
 * - Two flow logs of one VPC with the same fields are told apart by their names in S3; of version 2, of two VPCs as well.
 * - A flow log of version 2 names no VPC: it shares an interface that has records with another log of the VPC, or stands alone.
 */
export function makeTellable(world: World): World {
  return namedDevices(placeable(oneSideOfTransit(withNames(world))));
}

function withNames(world: World): World {
  const { flowLogs } = world;
  const isAlone = ({ id, vpc, fields }: FlowLog) =>
    !flowLogs.some(
      (other) =>
        other.id !== id &&
        (other.vpc === vpc || !fields.includes('vpc-id')) &&
        other.fields.join(' ') === fields.join(' '),
    );
  return {
    ...world,
    flowLogs: flowLogs.map((flowLog) => ({
      ...flowLog,
      isRenamed: flowLog.isRenamed && isAlone(flowLog),
    })),
  };
}

/** Without the logs of version 2 that no interface ties to another log of their VPC. */
function placeable(world: World): World {
  const names = new Map(world.flowLogs.map((flowLog) => [flowLog.id, loggedKeys(world, flowLog)]));
  const isTied = ({ id, vpc, fields }: FlowLog) =>
    fields.includes('vpc-id') ||
    world.flowLogs.every((other) => other.vpc !== vpc || other.id === id) ||
    world.flowLogs.some(
      (other) =>
        other.vpc === vpc &&
        other.fields.includes('vpc-id') &&
        [...(names.get(id) ?? [])].some((key) => names.get(other.id)?.has(key)),
    );
  const tied = world.flowLogs.filter(isTied);
  return { ...world, flowLogs: tied.length > 0 ? tied : world.flowLogs.slice(0, 1) };
}

/** The interfaces that have a record of traffic in a flow log, and a name there. */
function loggedKeys(world: World, flowLog: FlowLog): ReadonlySet<string> {
  return new Set(
    world.conversations.flatMap((conversation) =>
      sightingsOf(world, conversation)
        .filter((sighting) => hasSide(world, sighting))
        .filter(({ at }) => at.kind !== 'regional-nat-gateway')
        .filter(({ at, isOut }) =>
          conversation.bursts.some(
            ({ minute, out, back }) =>
              (isOut ? out : back) > 0 && covers(flowLog, at, slotOf(minute)),
          ),
        )
        .map(({ at }) => at.key),
    ),
  );
}

function oneSideOfTransit(world: World): World {
  const attachments = world.interfaces.filter(({ kind }) => kind === 'transit-gateway');
  const [spoke] = attachments;
  const isTold = world.flowLogs.every(({ fieldSet }) => tells.interfaceType(fieldSet));
  if (spoke === undefined || isTold) return world;
  const keys = attachments.map(({ key }) => key);
  const isSpoke = world.seed % 2 === 0;
  const kept = world.flowLogs.filter(({ vpc }) => (vpc === spoke.vpc) === isSpoke);
  const flowLogs = kept.length === 0 ? world.flowLogs.slice(0, 1) : kept;
  return { ...world, flowLogs: flowLogs.map((flowLog) => without(world, flowLog, keys)) };
}

function without({ interfaces }: World, flowLog: FlowLog, keys: readonly string[]): FlowLog {
  const logged =
    flowLog.interfaces ?? interfaces.filter(({ vpc }) => vpc === flowLog.vpc).map(({ key }) => key);
  return { ...flowLog, interfaces: logged.filter((key) => !keys.includes(key)) };
}

function namedDevices(world: World): World {
  const devices = world.interfaces.filter(
    ({ kind }) => kind === 'nat-gateway' || kind === 'nat-instance',
  );
  const instances = devices.filter(({ kind }) => kind === 'nat-instance').map(({ key }) => key);
  // A NAT instance without its private side is a host in a public subnet.
  const sides = new Map(
    [...world.sides].filter(([key, side]) => side !== 'public' || !instances.includes(key)),
  );
  const flowLogs = world.flowLogs.map((flowLog) => {
    if (flowLog.fieldSet !== 'packet-addresses') return flowLog;
    const hidden = devices.filter((device) => !seesAllClients(world, flowLog, device));
    return hidden.length === 0
      ? flowLog
      : without(
          world,
          flowLog,
          hidden.map(({ key }) => key),
        );
  });
  const changed = { ...world, sides, flowLogs };
  const named = devices
    .filter((device) => isLogged(changed, device) && !showsItself(changed, device))
    .map(({ key }) => key);
  return { ...changed, natInterfaces: [...new Set([...world.natInterfaces, ...named])] };
}

function isLogged({ flowLogs, slots }: World, device: NetworkInterface): boolean {
  return flowLogs.some((flowLog) =>
    Array.from({ length: slots }, (_, slot) => slot).some((slot) => covers(flowLog, device, slot)),
  );
}

/** Whether every flow log that has a NAT device shows it to be one. */
function showsItself(world: World, device: NetworkInterface): boolean {
  const side = world.sides.get(device.key) ?? 'both';
  return world.flowLogs
    .filter((flowLog) => isLogged({ ...world, flowLogs: [flowLog] }, device))
    .every((flowLog) => {
      if (tells.interfaceType(flowLog.fieldSet) && device.kind === 'nat-gateway') return true;
      if (side === 'public') return false;
      if (tells.bothAddresses(flowLog.fieldSet)) return true;
      const clients = clientsBy(world, device);
      if (clients.length === 0 || seesAllClients(world, flowLog, device)) return true;
      // Of many flows only a sample is compared: that of one client may not be in it.
      return isSampledWhole(clients) && clients.some((client) => sees(flowLog, client, device));
    });
}

/** A client of a NAT device, and the slots in which it used it. */
interface Client {
  readonly item: NetworkInterface;
  readonly slots: readonly number[];
  readonly flows: number;
}

function seesAllClients(world: World, flowLog: FlowLog, device: NetworkInterface): boolean {
  return clientsBy(world, device).every(({ item, slots }) =>
    slots.every((slot) => !covers(flowLog, device, slot) || covers(flowLog, item, slot)),
  );
}

/** Sixteen records are compared of each interface, of both directions. */
function isSampledWhole(clients: readonly Client[]): boolean {
  return clients.reduce((sum, { flows }) => sum + flows, 0) <= 8;
}

function sees(flowLog: FlowLog, { item, slots }: Client, device: NetworkInterface): boolean {
  return slots.some((slot) => covers(flowLog, item, slot) && covers(flowLog, device, slot));
}

function clientsBy(world: World, { key }: NetworkInterface): readonly Client[] {
  return world.conversations
    .filter(({ route }) => deviceOf(route) === key)
    .flatMap(({ client, bursts }) => {
      const item = world.interfaces.find((other) => other.key === client);
      const slots = [...new Set(bursts.map(({ minute }) => slotOf(minute)))];
      return item === undefined ? [] : [{ item, slots, flows: bursts.length }];
    });
}

function deviceOf(route: Route): string | null {
  return 'device' in route ? route.device : null;
}
