import type { Amount } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateName } from '../../pricing/rates.js';
import type { VpcDemand } from '../demand/demand.js';
import type { AssumedTotals, Component, OneEndTotals } from '../price/component.js';
import type { RegionComparison, ServiceComparison } from './comparison.js';
import type { PricedDemand } from './priced-demand.js';

/** A Region compared: the result, and the sums that the totals need. */
export interface RegionOutcome {
  readonly comparison: RegionComparison;
  /** The VPCs of the comparison, in its order, with what each of their charges is made of. */
  readonly priced: readonly PricedVpc[];
  readonly current: Amount;
  readonly planned: Amount;
  /** Where a rate is assumed: both sums at the least and the most that it may be. */
  readonly assumed?: AssumedTotals;
  /** Where zone crossings are taken as metered at two ends: both sums with one. */
  readonly ifCrossedAtOneEnd?: OneEndTotals;
  readonly complete: boolean;
  /** Whether the saving is exact: what is not known is the same with the plan. */
  readonly savingKnown: boolean;
  /** The most that traffic on paths that are not known costs today; undefined where there is none, null where a rate is missing. */
  readonly most: Amount | null | undefined;
  /** Rates that what is paid, or would be, needs and the card does not hold; NAT-gateway hours apart. */
  readonly missingRates: readonly RateName[];
}

/** A Region as the findings see it: its rates, its demands and its outcome. */
export interface ComparedRegion {
  readonly card: RateCard;
  readonly vpcs: readonly VpcDemand[];
  readonly outcome: RegionOutcome;
}

/** A VPC with its charges, as it stands and as planned. */
export interface PricedVpc {
  readonly demand: VpcDemand;
  readonly natComponents: readonly Component[];
  /** Whether the plan leaves the VPC its NAT gateways. */
  readonly natStays: boolean;
  readonly services: readonly PricedService[];
}

/** A service's comparison with its exact current and planned cost. */
export interface PricedService {
  readonly comparison: ServiceComparison;
  readonly currentCost: Amount;
  readonly plannedCost: Amount;
  /** False where either cost is a lower bound: a rate is missing, or the path is not known. */
  readonly complete: boolean;
  /** The rates that both costs need and the card does not hold, be the paths available (to `--require`) or not. */
  readonly missingRates: readonly RateName[];
  readonly priced: PricedDemand;
  /** What the current path is billed for, in today's pool of interface endpoints. */
  readonly currentComponents: readonly Component[];
  /** What the plan's path is billed for, in the plan's pool. */
  readonly plannedComponents: readonly Component[];
}
