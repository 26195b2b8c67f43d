import { amount } from '../../base/decimal.js';
import { plural } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { Assumptions } from '../demand/assumptions.js';
import type { Demand } from '../demand/demand.js';
import { crossesRegions, endpointsOf, knowledgeOf } from '../facts/services.js';
import { type Component, priceCharge, priceParts, unpriced } from '../price/component.js';
import { allocateTiers } from '../price/tiers.js';

/** Why no interface endpoint of the Region can carry the service; null where one can, or does (a partner's own, say). */
export function interfaceEndpointGap(demand: Demand): string | null {
  const { service, serviceRegion, currentPath } = demand;
  if (currentPath === 'interface-endpoint') return null;
  if (service === 'internet') return 'internet traffic has no endpoint';
  if (knowledgeOf(service) === 'no-endpoint')
    return 'the service behind these addresses is not known';
  if (endpointsOf(service).length === 0) return `AWS lists no interface endpoint for ${service}`;
  if (serviceRegion !== null && !crossesRegions(service)) {
    return `the traffic goes to ${serviceRegion}, and ${service} has no cross-Region interface endpoint`;
  }
  return null;
}

/** Endpoint hours: each endpoint, in each zone, each hour that it is provisioned (AWS PrivateLink pricing). */
export function endpointHours(
  endpoints: readonly string[],
  azs: number,
  card: RateCard,
  assumptions: Assumptions,
): readonly Component[] {
  if (endpoints.length === 0) return [];
  const charge = {
    name: 'endpoint-hours',
    rateName: 'interfaceEndpointHour',
    quantity: amount(endpoints.length).times(azs).times(assumptions.hoursPerMonth),
    detail: `${plural(endpoints.length, 'endpoint')} (${endpoints.join(', ')}) × ${plural(azs, 'zone')} × ${assumptions.hoursPerMonth} hours`,
  } as const;
  return priceCharge(charge, card);
}

/**
 * What PrivateLink charges for the bytes of a pool of demands, in either direction, each its part of the tiers that
 * run over all interface endpoints of a Region (AWS PrivateLink pricing).
 */
export function pooledProcessing(
  pool: readonly Pick<Demand, 'gb'>[],
  card: RateCard,
): readonly (readonly Component[])[] {
  const charge = { name: 'data-processing', rateName: 'interfaceEndpointGb' } as const;
  const rate = card.rates.interfaceEndpointGb;
  if (rate === undefined) return pool.map(({ gb }) => [unpriced({ ...charge, quantity: gb })]);
  const shares = allocateTiers(
    pool.map(({ gb }) => gb),
    rate,
  );
  return shares.map((parts) => priceParts(charge, rate, parts));
}
