import { amount } from '../../base/decimal.js';
import { plural } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, price } from '../price/component.js';
import type { CarriedTraffic, GapQuestion, GatewayCount, PathKind } from './path.js';
import { removeEndpoints } from './steps.js';

/**
 * A NAT gateway: what private subnets reach at public addresses (VPC guide, "NAT gateways"). It is the default: a
 * private subnet has no other way to an address that no endpoint serves.
 */
export const natGateway = {
  name: 'nat-gateway',
  label: 'NAT gateway',
  short: 'NAT',
  compared: true,
  column: 1,
  place: 1,
  color: { light: '#c8501e', dark: '#ee7f4b' },
  isDefault: true,
  endpointType: null,
  charge: {
    kind: 'fixed',
    processing: 'nat-data-processing',
    gbRate: ({ natType }) => (natType === 'regional' ? 'regionalNatGatewayGb' : 'natGatewayGb'),
    components,
    gatewayHours,
    notOffered,
  },
  gap: notOffered,
  unmet: {
    private: 'a NAT gateway reaches the service at its public address',
    'on-premises': null,
    'security-groups': 'a NAT gateway has no security group',
  },
  traits: {
    'Stands in the VPC as':
      'a gateway in a public subnet, with a public IPv4 address; a route in the route table leads to it',
    Serves: 'anything with a public IPv4 address',
    'Traffic goes':
      "to the service's public address, through the internet gateway; within AWS's network for AWS services",
    Protocols: 'TCP, UDP and ICMP, begun from inside; IPv4, and IPv6 to IPv4 by NAT64',
    'Access controlled by': 'network ACLs; no security group, no policy of its own',
    'Reachable from': 'subnets whose route table leads to it; through a transit gateway, too',
    'Name resolution': "the service's public name, as anywhere",
    Bandwidth:
      '5 Gbps, scaling to 100 Gbps; 55,000 connections at a time to one destination and address',
    Billed:
      'each hour, each public IPv4 address by the hour, each GB in both directions; a GB from another zone as transfer, too, probably at both ends',
  },
  caveatsTo: () => [
    'The traffic leaves over a public address again: check that no policy asks for the endpoint (aws:SourceVpce).',
  ],
  caveatsFrom: ({ gatewaysStay }) =>
    gatewaysStay ? ['The NAT gateway and its hours stay for what is left on it.'] : [],
  steps: removeEndpoints,
} as const satisfies PathKind;

/** NAT gateway guide, "Regional NAT gateways": not in GovCloud, not in China. */
function notOffered({ natType, region }: Pick<GapQuestion, 'natType' | 'region'>): string | null {
  return natType === 'regional' && /^(us-gov|cn)-/.test(region)
    ? 'regional NAT gateways are not offered in AWS GovCloud (US) and in China'
    : null;
}

/**
 * What a NAT gateway charges for a service's bytes: each GB processed in either direction (Amazon VPC pricing, "NAT
 * gateway pricing"), and the regional transfer of what comes from another zone (EC2 pricing, "Data transfer").
 */
function components(
  traffic: CarriedTraffic,
  card: RateCard,
  assumptions: Assumptions,
): readonly Component[] {
  const rateName = natGateway.charge.gbRate(assumptions);
  const processing = { name: 'data-processing', rateName, quantity: traffic.gb } as const;
  if (traffic.crossAzGb.isZero()) return price(processing, card);
  const crossAz = {
    name: 'cross-az-transfer',
    rateName: 'regionalTransferGb',
    quantity: traffic.crossAzGb.times(assumptions.crossAzEnds),
    ...(assumptions.crossAzEnds === 2 ? { quantityAtOneEnd: traffic.crossAzGb } : {}),
    detail:
      assumptions.crossAzEnds === 2
        ? 'GB from another zone, probably metered at both ends'
        : 'GB from another zone, at one end',
  } as const;
  return [...price(processing, card), ...price(crossAz, card)];
}

/**
 * What a VPC's NAT gateways cost for being there: an hourly charge each (each zone of a regional one), and the hours
 * of their public IPv4 addresses (Amazon VPC pricing).
 */
function gatewayHours(
  { azs, natGateways }: GatewayCount,
  card: RateCard,
  assumptions: Assumptions,
): readonly Component[] {
  if (natGateways === 0) return [];
  const regional = assumptions.natType === 'regional';
  const billed = amount(natGateways).times(regional ? azs : 1);
  const gateways = plural(natGateways, regional ? 'regional NAT gateway' : 'NAT gateway');
  const factors = regional ? `${gateways} × ${plural(azs, 'zone')}` : gateways;
  const hours = billed.times(assumptions.hoursPerMonth);
  const standing = price(
    {
      name: 'nat-gateway-hours',
      rateName: regional ? 'regionalNatGatewayHour' : 'natGatewayHour',
      quantity: hours,
      detail: `${factors} × ${assumptions.hoursPerMonth} hours`,
    },
    card,
  );
  if (assumptions.publicIpv4PerNatGateway === 0) return standing;
  const addresses = price(
    {
      name: 'public-ipv4-hours',
      rateName: 'publicIpv4Hour',
      quantity: hours.times(assumptions.publicIpv4PerNatGateway),
      detail: `${plural(billed.times(assumptions.publicIpv4PerNatGateway).toNumber(), 'address', 'addresses')} × ${assumptions.hoursPerMonth} hours`,
    },
    card,
  );
  return [...standing, ...addresses];
}
