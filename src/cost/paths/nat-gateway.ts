import { amount } from '../../base/decimal.js';
import { plural } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { Assumptions } from '../demand/assumptions.js';
import type { Demand, VpcDemand } from '../demand/demand.js';
import { type Component, priceCharge } from '../price/component.js';

/**
 * What a NAT gateway charges for a service's bytes: each GB processed in either direction (Amazon VPC pricing, "NAT
 * gateway pricing"), and the regional transfer of what comes from another zone (EC2 pricing, "Data transfer").
 */
export function natTrafficComponents(
  demand: Demand,
  card: RateCard,
  assumptions: Assumptions,
): readonly Component[] {
  const rateName = assumptions.natType === 'regional' ? 'regionalNatGatewayGb' : 'natGatewayGb';
  const processing = { name: 'data-processing', rateName, quantity: demand.gb } as const;
  if (demand.crossAzGb.isZero()) return priceCharge(processing, card);
  const crossing = {
    name: 'cross-az-transfer',
    rateName: 'regionalTransferGb',
    quantity: demand.crossAzGb.times(assumptions.crossAzEnds),
    detail:
      assumptions.crossAzEnds === 2 ? 'GB from another zone, at both ends' : 'GB from another zone',
  } as const;
  return [...priceCharge(processing, card), ...priceCharge(crossing, card)];
}

/**
 * What a VPC's NAT gateways cost for being there: an hourly charge each (each zone of a regional one), and the hours
 * of their public IPv4 addresses (Amazon VPC pricing). Shared by all that uses them, so never charged to a service.
 */
export function natGatewayHours(
  vpc: Pick<VpcDemand, 'azs' | 'natGateways'>,
  card: RateCard,
  assumptions: Assumptions,
): readonly Component[] {
  if (vpc.natGateways === 0) return [];
  const regional = assumptions.natType === 'regional';
  const billed = amount(vpc.natGateways).times(regional ? vpc.azs : 1);
  const gateways = plural(vpc.natGateways, regional ? 'regional NAT gateway' : 'NAT gateway');
  const factors = regional ? `${gateways} × ${plural(vpc.azs, 'zone')}` : gateways;
  const hours = billed.times(assumptions.hoursPerMonth);
  const gatewayHours = priceCharge(
    {
      name: 'nat-gateway-hours',
      rateName: regional ? 'regionalNatGatewayHour' : 'natGatewayHour',
      quantity: hours,
      detail: `${factors} × ${assumptions.hoursPerMonth} hours`,
    },
    card,
  );
  if (assumptions.publicIpv4PerNatGateway === 0) return gatewayHours;
  const addresses = priceCharge(
    {
      name: 'public-ipv4-hours',
      rateName: 'publicIpv4Hour',
      quantity: hours.times(assumptions.publicIpv4PerNatGateway),
      detail: `${plural(billed.times(assumptions.publicIpv4PerNatGateway).toNumber(), 'address', 'addresses')} × ${assumptions.hoursPerMonth} hours`,
    },
    card,
  );
  return [...gatewayHours, ...addresses];
}
