import { versions } from './field-sets.js';
import type { Sighting } from './sightings.js';
import {
  accountId,
  type FieldSetName,
  type InterfaceKind,
  type NetworkInterface,
  region,
  worldStart,
} from './world.js';

/** In epoch seconds. */
interface Time {
  readonly start: number;
  readonly end: number;
}

/** What a record says beside what its interface saw. */
export interface Logged extends Time {
  readonly sighting: Sighting;
  readonly protocol: number;
  /** AWS's name of the server's range; `-`: none. */
  readonly remoteService: string;
  readonly bytes: number;
  readonly packets: number;
  readonly action: 'ACCEPT' | 'REJECT';
}

/** A record without a flow. */
export interface Unlogged extends Time {
  readonly at: NetworkInterface;
  readonly status: 'NODATA' | 'SKIPDATA';
}

/** AWS's values of `interface-type`, and of `next-hop-interface-type` where it has one. */
const interfaceTypes: Readonly<Record<InterfaceKind, string>> = {
  workload: 'interface',
  'nat-instance': 'interface',
  'nat-gateway': 'nat_gateway',
  'regional-nat-gateway': 'regional_nat_gateway',
  'interface-endpoint': 'vpc_endpoint',
  'transit-gateway': 'transit_gateway',
};

type Value<Of> = (record: Of) => string;

const isRegional = ({ kind }: NetworkInterface) => kind === 'regional-nat-gateway';

/** Who logged a record, and when. A regional NAT gateway has no interface. */
const commonValues: Readonly<Record<string, Value<{ at: NetworkInterface } & Time>>> = {
  'account-id': () => accountId,
  region: () => region,
  'interface-id': ({ at }) => (isRegional(at) ? '-' : at.key),
  'resource-id': ({ at }) => (isRegional(at) ? at.key : '-'),
  'vpc-id': ({ at }) => at.vpc,
  'subnet-id': ({ at }) => at.subnet,
  'instance-id': ({ at }) => at.instanceId,
  'az-id': ({ at }) => at.azId,
  'interface-type': ({ at }) => interfaceTypes[at.kind],
  start: ({ start }) => String(start),
  end: ({ end }) => String(end),
};

const flowValues: Readonly<Record<string, Value<Logged>>> = {
  srcaddr: ({ sighting }) => sighting.src,
  dstaddr: ({ sighting }) => sighting.dst,
  'pkt-srcaddr': ({ sighting }) => sighting.pktSrc,
  'pkt-dstaddr': ({ sighting }) => sighting.pktDst,
  srcport: ({ sighting }) => String(sighting.srcPort),
  dstport: ({ sighting }) => String(sighting.dstPort),
  protocol: ({ protocol }) => String(protocol),
  packets: ({ packets }) => String(packets),
  bytes: ({ bytes }) => String(bytes),
  action: ({ action }) => action,
  'log-status': () => 'OK',
  'tcp-flags': ({ protocol }) => (protocol === 6 ? '3' : '0'),
  type: ({ sighting }) => (sighting.src.includes(':') ? 'IPv6' : 'IPv4'),
  'pkt-src-aws-service': ({ sighting, remoteService }) => (sighting.isOut ? '-' : remoteService),
  'pkt-dst-aws-service': ({ sighting, remoteService }) => (sighting.isOut ? remoteService : '-'),
  'flow-direction': ({ sighting }) => sighting.direction,
  'traffic-path': ({ sighting }) => sighting.trafficPath,
  'next-hop-interface-id': ofHop((hop) => (isRegional(hop) ? '-' : hop.key)),
  'next-hop-subnet-id': ofHop(({ subnet }) => subnet),
  'next-hop-az-id': ofHop(({ azId }) => azId),
  'next-hop-vpc-id': ofHop(({ vpc }) => vpc),
  'next-hop-interface-type': ofHop(({ kind }) => interfaceTypes[kind]),
};

function ofHop(value: Value<NetworkInterface>): Value<Logged> {
  return ({ sighting: { nextHop } }) => (nextHop === null ? '-' : value(nextHop));
}

/** The line of a record: the values of a flow log's fields, `-` where there is none. */
export function lineOf(
  record: Logged | Unlogged,
  fields: readonly string[],
  set: FieldSetName,
): string {
  return fields.map((field) => valueOf(record, field, set)).join(' ');
}

function valueOf(record: Logged | Unlogged, field: string, set: FieldSetName): string {
  if (field === 'version') return String(versions[set]);
  const common = commonValues[field];
  if (common !== undefined) {
    const at = 'sighting' in record ? record.sighting.at : record.at;
    return common({ at, start: record.start, end: record.end });
  }
  if ('sighting' in record) return flowValues[field]?.(record) ?? '-';
  return field === 'log-status' ? record.status : '-';
}

/** The epoch second at which a minute of the world begins. */
export function minuteStart(minute: number): number {
  return worldStart + minute * 60;
}
