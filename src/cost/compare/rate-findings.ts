import { listNames } from '../../base/text.js';
import type { RateUse } from '../../pricing/card/verified.js';
import { defaultPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { type Component, isRange } from '../price/component.js';
import type { ComparedRegion } from './compared-region.js';
import type { VpcComparison } from './comparison.js';
import { type CostFinding, costFinding, findingAbout } from './findings.js';

/** Rates that a card does not hold, and what its tiers leave open. */
export function rateFindings(
  regions: readonly ComparedRegion[],
  assumptions: Assumptions,
): readonly CostFinding[] {
  const missing = new Map<string, string[]>();
  for (const { vpcs, outcome } of regions) {
    const { comparison, missingRates: needed } = outcome;
    // No card can hold the rate of what is not offered.
    const isOffered = vpcs.every(({ natGatewaysSource }) => natGatewaysSource !== 'not-offered');
    const ofGateways = defaultPath.charge.gbRate(assumptions);
    const wanted = needed.filter((name) => isOffered || name !== ofGateways);
    for (const rateName of new Set([...ratesMissingFrom(comparison.vpcs), ...wanted])) {
      missing.set(rateName, [...(missing.get(rateName) ?? []), comparison.region]);
    }
  }
  const pooled = regions.filter(({ vpcs, outcome }) => {
    const accounts = new Set(vpcs.map(({ accountId }) => accountId));
    return accounts.size > 1 && usesUpperTier(outcome.comparison.vpcs);
  });
  return [
    ...[...missing].map(([rate, names]) =>
      costFinding('rate-missing', { rate, regions: listNames(names) }),
    ),
    ...findingAbout(
      pooled.map(({ outcome }) => outcome.comparison.region),
      (regions) => costFinding('tier-pool-organization', { regions }),
    ),
    ...regions.flatMap(assumedFindings),
  ];
}

/** Rates that AWS publishes nowhere for the Region: each with what it is taken as, why, and what it surely lies between. */
function assumedFindings({ card, outcome }: ComparedRegion): readonly CostFinding[] {
  const used = new Set(componentsOf(outcome.comparison.vpcs).map(({ rateName }) => rateName));
  return [...used].flatMap((name) => {
    const rate = card.rates[name];
    if (rate?.assumed === undefined) return [];
    const { reason, low, high } = rate.assumed;
    const price = rate.tiers[0]?.price ?? '';
    return [
      costFinding('rate-assumed', { rate: name, region: card.region, price, low, high, reason }),
    ];
  });
}

function ratesMissingFrom(vpcs: readonly VpcComparison[]): ReadonlySet<string> {
  const components = componentsOf(vpcs);
  return new Set(
    components
      .filter((component) => component.cost === null && !isRange(component))
      .map(({ rateName }) => rateName),
  );
}

/** The rates that the sums of Regions are made with: those of every gateway, and of every path that can carry a service. */
export function ratesUsed(regions: readonly ComparedRegion[]): readonly RateUse[] {
  return regions.flatMap(({ card, outcome }) =>
    rateUses(card.region, componentsOf(outcome.comparison.vpcs)),
  );
}

/** The rates, and the tiers of them, that components of a Region are priced with. */
export function rateUses(region: string, components: readonly Component[]): readonly RateUse[] {
  return components
    .filter(({ rate, quantity }) => rate !== null && quantity !== '0')
    .map(({ rateName, tier }) => ({ region, rateName, beginRange: tier?.beginRange }));
}

/** The components of all gateways, and of all paths that can carry a service. */
function componentsOf(vpcs: readonly VpcComparison[]): readonly Component[] {
  return vpcs.flatMap(({ natGateways, services }) => [
    ...natGateways.components,
    ...services.flatMap(({ paths }) =>
      Object.values(paths).flatMap((path) => (path.available ? path.components : [])),
    ),
  ]);
}

function usesUpperTier(vpcs: readonly VpcComparison[]): boolean {
  return vpcs.some(({ services }) =>
    services.some(({ plannedPath, paths }) => {
      const path = paths[pooledPath.name];
      if (plannedPath !== pooledPath.name || !path.available) return false;
      return path.components.some(({ tier }) => tier !== undefined && tier.beginRange !== '0');
    }),
  );
}
