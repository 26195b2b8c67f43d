import { type Amount, amount, quotientDown, sum, zero } from '../../base/amount.js';
import type { Demand, RegionDemands } from '../demand/demand.js';
import { type Component, priceParts, unpriced } from '../price/component.js';
import { allocateTiers } from '../price/tiers.js';

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

/** Each demand's part of the free GB. Shares are rounded down to twelve decimals; the largest sender takes the rest. */
function freeShares(regions: readonly RegionDemands[]): ReadonlyMap<Demand, Amount> {
  const entitled = regions
    .filter(({ card }) => card.rates.internetEgressGb?.freeGb !== undefined)
    .flatMap(senders);
  const total = sum(entitled.map(({ gbOut }) => gbOut));
  const free = freeGbOf(regions);
  if (total.lte(free)) return new Map(entitled.map((demand) => [demand, demand.gbOut]));
  const shares = new Map(
    entitled.map((demand) => [demand, quotientDown(demand.gbOut.times(free), total)]),
  );
  const [first, ...others] = entitled;
  if (first === undefined) return shares;
  const largest = others.reduce((most, each) => (each.gbOut.gt(most.gbOut) ? each : most), first);
  const rest = free.minus(sum(shares.values()));
  return shares.set(largest, (shares.get(largest) ?? zero).plus(rest));
}
