import type { NetworkPath } from '../../traffic/profile/profile.js';

/** The paths that pathfare sets side by side. */
export type ComparedPath = Exclude<NetworkPath, 'internet-gateway'>;

/** One property of the three kinds of path, in a sentence each. */
export interface PathTrait {
  readonly name: string;
  readonly values: Readonly<Record<ComparedPath, string>>;
}

/**
 * What the three kinds of path are, side by side. Sources: VPC user guide, "NAT gateways"; AWS PrivateLink guide,
 * "Interface endpoints" and "Gateway endpoints"; their pricing pages.
 */
export const pathTraits: readonly PathTrait[] = [
  {
    name: 'Stands in the VPC as',
    values: {
      'nat-gateway':
        'a gateway in a public subnet, with a public IPv4 address; a route in the route table leads to it',
      'interface-endpoint': 'a network interface with a private address in a subnet of each zone',
      'gateway-endpoint': 'a prefix list and a target in the route tables; no network interface',
    },
  },
  {
    name: 'Serves',
    values: {
      'nat-gateway': 'anything with a public IPv4 address',
      'interface-endpoint': 'one service of AWS, a partner or your own, each with its own endpoint',
      'gateway-endpoint': "S3, DynamoDB and S3 Express One Zone, in the VPC's own Region",
    },
  },
  {
    name: 'Traffic goes',
    values: {
      'nat-gateway':
        "to the service's public address, through the internet gateway; within AWS's network for AWS services",
      'interface-endpoint': 'to a private address in the VPC, over PrivateLink',
      'gateway-endpoint': "to the service's public address, by a route that stays in AWS's network",
    },
  },
  {
    name: 'Protocols',
    values: {
      'nat-gateway': 'TCP, UDP and ICMP, begun from inside; IPv4, and IPv6 to IPv4 by NAT64',
      'interface-endpoint':
        'TCP (UDP where the service takes it); IPv4, IPv6 or both where the service offers it',
      'gateway-endpoint': 'TCP to the service; IPv4, and IPv6 where the service offers it',
    },
  },
  {
    name: 'Access controlled by',
    values: {
      'nat-gateway': 'network ACLs; no security group, no policy of its own',
      'interface-endpoint':
        'security groups, an endpoint policy where the service supports it, network ACLs',
      'gateway-endpoint':
        'an endpoint policy; security groups of the clients (by prefix list), not of its own',
    },
  },
  {
    name: 'Reachable from',
    values: {
      'nat-gateway': 'subnets whose route table leads to it; through a transit gateway, too',
      'interface-endpoint':
        'the VPC, peered VPCs, and on-premises over VPN, Direct Connect or a transit gateway',
      'gateway-endpoint':
        'subnets of its own VPC whose route tables hold it; not from on-premises or other VPCs',
    },
  },
  {
    name: 'Name resolution',
    values: {
      'nat-gateway': "the service's public name, as anywhere",
      'interface-endpoint':
        "private DNS makes the service's own name answer with private addresses",
      'gateway-endpoint': "the service's public name, as anywhere",
    },
  },
  {
    name: 'Bandwidth',
    values: {
      'nat-gateway':
        '5 Gbps, scaling to 100 Gbps; 55,000 connections at a time to one destination and address',
      'interface-endpoint': '10 Gbps in each zone, scaling to 100 Gbps',
      'gateway-endpoint': 'no limit of its own',
    },
  },
  {
    name: 'Billed',
    values: {
      'nat-gateway': 'each hour, each public IPv4 address by the hour, each GB in both directions',
      'interface-endpoint':
        'each hour in each zone, each GB in both directions in tiers over the Region',
      'gateway-endpoint': 'no charge',
    },
  },
];
