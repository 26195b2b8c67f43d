import { compare } from '../../src/cost/compare/compare.js';
import type {
  AvailablePath,
  Comparison,
  ServiceComparison,
} from '../../src/cost/compare/comparison.js';
import type { NetworkPath } from '../../src/cost/paths/index.js';
import type { Assumptions } from '../../src/cost/price/assumptions.js';
import type { RateCard } from '../../src/pricing/card/rate-card.js';
import type { TrafficProfile } from '../../src/traffic/profile/profile.js';
import { shippedCard } from './cards.js';

/** Traffic of a month through the NAT gateways of one VPC in us-east-1, but for what is given. */
export function traffic(given: Partial<TrafficProfile> = {}): TrafficProfile {
  return {
    accountId: null,
    region: 'us-east-1',
    vpcId: 'vpc-1',
    azId: null,
    service: 'sqs',
    serviceRegion: null,
    path: 'nat-gateway',
    sent: { gb: '0' },
    received: { gb: '0' },
    crossAzBytes: null,
    period: null,
    ...given,
  };
}

/** Compares with the shipped rates of the traffic's Regions. */
export function compareShipped(
  profiles: readonly TrafficProfile[],
  assumptions: Partial<Assumptions> = {},
): Comparison {
  const regions = [...new Set(profiles.map(({ region }) => region))];
  return compare({ profiles, rateCards: regions.map(shippedCard), assumptions });
}

/** Compares traffic of us-east-1 with a card of its own. */
export function compareWith(
  card: RateCard,
  profiles: readonly TrafficProfile[],
  assumptions: Partial<Assumptions> = {},
): Comparison {
  return compare({ profiles, rateCards: [card], assumptions });
}

/** The services of a comparison, over all Regions and VPCs. */
export function servicesOf(comparison: Comparison): readonly ServiceComparison[] {
  return comparison.regions.flatMap(({ vpcs }) => vpcs.flatMap(({ services }) => services));
}

/** The first service of the name. */
export function serviceOf(comparison: Comparison, name: string): ServiceComparison {
  const service = servicesOf(comparison).find((each) => each.service === name);
  if (service === undefined) throw new Error(`no ${name} in the comparison`);
  return service;
}

/** A path that must be available. */
export function available(service: ServiceComparison, path: NetworkPath): AvailablePath {
  const cost = service.paths[path];
  if (cost?.available !== true) throw new Error(`${path} is not available to ${service.service}`);
  return cost;
}

/** Why a path is not available; null where it is. */
export function reasonAgainst(service: ServiceComparison, path: NetworkPath): string | null {
  const cost = service.paths[path];
  return cost === undefined || cost.available ? null : cost.reason;
}

/** The sum of a path's components as lines: name, quantity, rate and cost. */
export function sums({ components }: Pick<AvailablePath, 'components'>): readonly string[] {
  return components.map(
    ({ name, quantity, unit, rate, cost }) => `${name}: ${quantity} ${unit} × ${rate} = ${cost}`,
  );
}
