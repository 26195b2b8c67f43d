import { type Amount, amount, sum, zero } from '../../base/decimal.js';
import { shareOut } from '../../base/share-out.js';
import type { Demand, RegionDemands } from '../demand/demand.js';
import { allocateTiers, type Component, priceParts, unpriced } from '../price/component.js';

/** Whether what a demand sends out of the VPC is billed as transfer out to the internet (EC2 pricing, "Data Transfer"). */
export function isInternet({ service }: Pick<Demand, 'service'>): boolean {
  return service === 'internet';
}

/**
 * What transfer out to the internet costs each demand, on whatever path it takes: the bytes that leave, less their
 * share of the free GB, through the tiers of their Region. AWS gives the free GB once over all Regions; they are shared
 * in proportion to what each demand sends, before the tiers. A Region whose card has no rate is unpriced, not free.
 */
export function internetEgress(
  regions: readonly RegionDemands[],
): ReadonlyMap<Demand, readonly Component[]> {
  const free = freeShares(regions);
  const components = new Map<Demand, readonly Component[]>();
  for (const region of regions) {
    const demands = senders(region);
    const rate = region.card.rates.internetEgressGb;
    if (rate === undefined) {
      for (const demand of demands) components.set(demand, [unpriced(chargeOf(demand, zero))]);
      continue;
    }
    const billed = demands.map((demand) => demand.gbOut.minus(free.get(demand) ?? zero));
    for (const [index, parts] of allocateTiers(billed, rate).entries()) {
      const demand = demands[index];
      if (demand === undefined) continue;
      components.set(demand, priceParts(chargeOf(demand, free.get(demand) ?? zero), rate, parts));
    }
  }
  return components;
}

function senders({ vpcs }: RegionDemands): readonly Demand[] {
  return vpcs.flatMap(({ demands }) =>
    demands.filter((demand) => isInternet(demand) && demand.gbOut.gt(0)),
  );
}

function chargeOf(demand: Demand, free: Amount) {
  const detail = free.isZero()
    ? 'GB out to the internet'
    : `${demand.gbOut.toDecimalPlaces(2).toFixed()} GB out to the internet, ${free.toDecimalPlaces(2).toFixed()} of them free`;
  return {
    name: 'internet-egress',
    rateName: 'internetEgressGb',
    quantity: demand.gbOut.minus(free),
    detail,
  } as const;
}

/** The GB a month that are free over all Regions; zero where no card speaks of any. */
export function freeGbOf(regions: readonly RegionDemands[]): Amount {
  return regions.reduce((most, { card }) => {
    const free = amount(card.rates.internetEgressGb?.freeGb ?? '0');
    return free.gt(most) ? free : most;
  }, zero);
}

/** Each demand's part of the free GB; where it sends less than they are, all that it sends. */
function freeShares(regions: readonly RegionDemands[]): ReadonlyMap<Demand, Amount> {
  const entitled = regions
    .filter(({ card }) => card.rates.internetEgressGb?.freeGb !== undefined)
    .flatMap(senders);
  const sent = entitled.map(({ gbOut }) => gbOut);
  const free = freeGbOf(regions);
  const shares = sum(sent).lte(free) ? sent : shareOut(free, sent);
  return new Map(entitled.map((demand, index) => [demand, shares[index] ?? zero]));
}
