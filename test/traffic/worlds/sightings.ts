import { type Conversation, interfaceOf, type NetworkInterface, type World } from './world.js';

/** From where an interface sees a conversation. */
export type Vantage =
  | 'client'
  /** A NAT device's two sides. */
  | 'private'
  | 'public'
  /** The interface of an interface endpoint. */
  | 'endpoint'
  /** The transit gateway's attachment in the client's VPC, and in the VPC with the NAT gateway. */
  | 'attachment'
  | 'hub-attachment'
  /** The other workload of a conversation within the VPC. */
  | 'server';

/** One direction of a conversation as one interface sees it: a record, but for time and volume. */
export interface Sighting {
  readonly at: NetworkInterface;
  readonly vantage: Vantage;
  /** Whether the bytes are the client's, on their way out. */
  readonly isOut: boolean;
  readonly src: string;
  readonly dst: string;
  readonly pktSrc: string;
  readonly pktDst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly direction: 'ingress' | 'egress';
  readonly trafficPath: string;
  /** The interface that a packet on its way out of this one is sent to, where version 11 names it. */
  readonly nextHop: NetworkInterface | null;
}

/** How a packet's addresses look at one interface. */
interface Ends {
  readonly src: string;
  readonly dst: string;
  readonly pktSrc?: string;
  readonly pktDst?: string;
}

interface Out extends Ends {
  readonly at: NetworkInterface;
  readonly vantage: Vantage;
  readonly direction: 'ingress' | 'egress';
  /** `traffic-path` of the way out. Only records of egress have one. */
  readonly path?: string;
  readonly nextHop?: NetworkInterface;
  /** A NAT device's own port on its public side. */
  readonly clientPort?: number;
}

/** The records of both directions at one interface: the way back has the ends exchanged. */
function bothWays(
  out: Out,
  { clientPort, remotePort }: Conversation,
): readonly [Sighting, Sighting] {
  const { at, vantage, src, dst, pktSrc = src, pktDst = dst, direction, path = '1' } = out;
  const isEgress = direction === 'egress';
  const [near, far] = [out.clientPort ?? clientPort, remotePort];
  return [
    {
      at,
      vantage,
      isOut: true,
      src,
      dst,
      pktSrc,
      pktDst,
      direction,
      srcPort: near,
      dstPort: far,
      trafficPath: isEgress ? path : '-',
      nextHop: isEgress ? (out.nextHop ?? null) : null,
    },
    {
      at,
      vantage,
      isOut: false,
      src: dst,
      dst: src,
      pktSrc: pktDst,
      pktDst: pktSrc,
      srcPort: far,
      dstPort: near,
      direction: isEgress ? 'ingress' : 'egress',
      // What an interface passes on to a client goes to another resource of the VPC.
      trafficPath: isEgress ? '-' : '1',
      nextHop: null,
    },
  ];
}

/** Every record that AWS could write of a conversation, at each interface that it passes. */
export function sightingsOf(world: World, conversation: Conversation): readonly Sighting[] {
  return outwardSightings(world, conversation).flatMap((out) => bothWays(out, conversation));
}

function outwardSightings(world: World, conversation: Conversation): readonly Out[] {
  const client = interfaceOf(world, conversation.client);
  const { route, remote } = conversation;
  const isOf6 = remote.address.includes(':');
  const ends = { src: isOf6 ? client.address6 : client.address, dst: remote.address };
  const atClient = { at: client, vantage: 'client', direction: 'egress', ...ends } as const;
  switch (route.kind) {
    case 'nat-gateway':
    case 'nat-instance': {
      const device = interfaceOf(world, route.device);
      const nextHop = route.kind === 'nat-gateway' ? { nextHop: device } : {};
      return [{ ...atClient, ...nextHop }, ...atNat(device, ends, conversation)];
    }
    case 'gateway-endpoint':
      return [{ ...atClient, path: client.isNitro ? '7' : '2' }];
    case 'internet-gateway':
    case 'egress-only-gateway':
      return [{ ...atClient, path: client.isNitro ? '8' : '2' }];
    case 'interface-endpoint': {
      const endpoint = interfaceOf(world, route.device);
      const atEndpoint = { at: endpoint, vantage: 'endpoint', direction: 'ingress' } as const;
      return [
        { ...atClient, nextHop: endpoint },
        { ...atEndpoint, ...ends },
      ];
    }
    case 'transit-gateway': {
      const [attachment, hub, device] = [route.attachment, route.hubAttachment, route.device].map(
        (key) => interfaceOf(world, key),
      );
      if (attachment === undefined || hub === undefined || device === undefined) return [];
      return [
        { ...atClient, nextHop: attachment },
        ...atTransitGateway(attachment, hub, { ends, nat: device }),
        ...atNat(device, ends, conversation),
      ];
    }
    case 'internal': {
      const server = world.interfaces.find(({ address }) => address === remote.address);
      const atServer = { vantage: 'server', direction: 'ingress', ...ends } as const;
      return server === undefined ? [atClient] : [atClient, { at: server, ...atServer }];
    }
    default:
      return route satisfies never;
  }
}

/**
 * The two sides of a NAT device. On the private side its own address stands for the server, but that a regional NAT gateway
 * logs the final destination; on the public side its own address stands for the client.
 */
function atNat(
  device: NetworkInterface,
  { src, dst }: Ends,
  { clientPort }: Conversation,
): readonly Out[] {
  const isRegional = device.kind === 'regional-nat-gateway';
  const own = device.address;
  return [
    {
      at: device,
      vantage: 'private',
      direction: 'ingress',
      src,
      dst: isRegional ? dst : own,
      pktSrc: src,
      pktDst: dst,
    },
    {
      at: device,
      vantage: 'public',
      direction: 'egress',
      src: own,
      dst,
      path: '8',
      clientPort: clientPort - 30_000,
    },
  ];
}

/** Where the client's packets enter a transit gateway, and where they leave it for the NAT gateway. */
function atTransitGateway(
  attachment: NetworkInterface,
  hub: NetworkInterface,
  { ends: { src, dst }, nat }: { readonly ends: Ends; readonly nat: NetworkInterface },
): readonly Out[] {
  return [
    {
      at: attachment,
      vantage: 'attachment',
      direction: 'ingress',
      src,
      dst: attachment.address,
      pktSrc: src,
      pktDst: dst,
    },
    {
      at: hub,
      vantage: 'hub-attachment',
      direction: 'egress',
      src: hub.address,
      dst,
      pktSrc: src,
      pktDst: dst,
      nextHop: nat,
    },
  ];
}
