import type { DecimalString } from '../../base/decimal.js';
import type { Finding } from '../../base/finding.js';
import type { DocumentHead } from '../../base/json.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { UnreadTraffic } from '../../traffic/profile/unread.js';
import type { ComparedPath, NetworkPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import type { AssumedCost, AssumedTotals, Component, OneEndTotals } from '../price/component.js';

/** A path that can carry the service: its components and their sum. */
export interface AvailablePath {
  readonly available: true;
  readonly components: readonly Component[];
  /** The sum of the components, a month; a lower bound where `complete` is false. */
  readonly monthlyCost: DecimalString;
  readonly complete: boolean;
  /** What the sum is where zone crossings are metered at one end only: two are probable. Absent where none is counted. */
  readonly costAtOneEnd?: DecimalString;
  /** Where a rate is assumed: the sum at the least and the most that it may be. */
  readonly assumed?: AssumedCost;
}

/** A path that cannot carry the service, and why. */
export interface UnavailablePath {
  readonly available: false;
  readonly reason: string;
}

/** What a network path is to a service. */
export type PathCost = AvailablePath | UnavailablePath;

/** What each path is to a service: those compared always, another where it is the current one. */
export type PathCosts = Readonly<Record<ComparedPath, PathCost>> & {
  readonly [Path in Exclude<NetworkPath, ComparedPath>]?: PathCost;
};

/** One service of a VPC on one current path: its traffic of a month, and each path's cost. */
export interface ServiceComparison {
  readonly service: string;
  /** The service's Region where it is another than the VPC's. */
  readonly serviceRegion: string | null;
  readonly gbOut: DecimalString;
  readonly gbIn: DecimalString;
  readonly gb: DecimalString;
  readonly currentPath: NetworkPath;
  /** What the current path costs a month, with PrivateLink's tiers pooled over today's interface endpoints. */
  readonly currentMonthlyCost: DecimalString;
  /** False where the current path has an unpriced part, or is not known: its cost is a lower bound. */
  readonly currentComplete: boolean;
  /**
   * What the current path costs a month at most, by NAT, where the path is not known: `currentMonthlyCost` is the low case
   * then. Null where a rate is missing.
   */
  readonly highMonthlyCost?: DecimalString | null;
  /** The paths that are compared, and the current one where that is only shown. */
  readonly paths: PathCosts;
  /** The path that surely costs least; null where an unpriced one could cost less, or none is available. */
  readonly cheapest: NetworkPath | null;
  /** The path that the plan takes. */
  readonly plannedPath: NetworkPath;
  /**
   * What the plan does to it, a month: today's cost less the planned one, negative where it costs more, such as the member
   * of a set that carries the set's hours. Null where one of the two is not known.
   */
  readonly monthlySaving: DecimalString | null;
  /** GB a month above which the interface endpoints of the service cost less than NAT; null where NAT always wins. */
  readonly breakEvenGb: DecimalString | null;
}

/** A VPC's NAT gateways: their hours and addresses, shared by all that uses them. */
export interface NatGateways {
  readonly count: number;
  readonly components: readonly Component[];
  readonly monthlyCost: DecimalString;
  readonly complete: boolean;
  readonly assumed?: AssumedCost;
  /** Their cost where the plan takes them away; null where they stay. */
  readonly monthlySaving: DecimalString | null;
}

/** A VPC: its zones, NAT gateways and services. */
export interface VpcComparison {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly azs: number;
  readonly natGateways: NatGateways;
  readonly services: readonly ServiceComparison[];
}

/** One choice of the plan. */
export interface PlanChoice {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly service: string;
  readonly serviceRegion: string | null;
  /** The set of endpoints that the service is opened with, such as `ecr`; null where it needs no other. */
  readonly endpointSet: string | null;
  readonly currentPath: NetworkPath;
  readonly path: NetworkPath;
  /** What the choice by itself saves a month, with the pool of tiers as it is before and after the plan. */
  readonly monthlySaving: DecimalString;
  /** False where today's path has an unpriced part: the saving is a lower bound. */
  readonly complete: boolean;
  /** Present where the saving rests on an assumed rate. */
  readonly assumed?: true;
}

/** The combination of paths that costs least over a whole Region. */
export interface Plan {
  readonly choices: readonly PlanChoice[];
  /** NAT gateways that nothing would be left to carry, were the plan free to take them away. */
  readonly removableNatGateways: number;
  /** What their removal saves a month beyond the best plan that keeps them; part of the saving with `--nat may-go`. */
  readonly natRemovalSaving: DecimalString;
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
  readonly monthlySaving: DecimalString;
}

/** A Region: its VPCs and its plan, since interface endpoints of a Region share one tier schedule. */
export interface RegionComparison {
  readonly region: string;
  readonly rateCard: Pick<RateCard, 'publishedAt' | 'fetchedAt' | 'source' | 'currency'>;
  readonly vpcs: readonly VpcComparison[];
  readonly plan: Plan;
}

/** Sums over all Regions. */
export interface Totals {
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
  readonly monthlySaving: DecimalString;
  readonly annualSaving: DecimalString;
  /** Whether the saving is exact: what is not known is the same with the plan. */
  readonly savingKnown: boolean;
  /** What both sums are where zone crossings are metered at one end only: two are probable. Absent where none is counted. */
  readonly ifCrossedAtOneEnd?: OneEndTotals;
  /** Where a rate is assumed: both sums at the least and the most that it may be. */
  readonly assumed?: AssumedTotals;
  /**
   * What the traffic whose path is not known adds a month if it passes NAT gateways; it is in none of the sums. Absent where
   * there is none, null where a rate is missing. Hours of gateways that are not counted come on top.
   */
  readonly ifUnknownPassesNat?: DecimalString | null;
}

/** The answer of `compare` and `estimate`; as JSON it is the document `pathfare/comparison@1`. */
export interface Comparison extends DocumentHead<'comparison@1'> {
  /** False where a component has no rate, a path is not known or too much was not read: totals are lower bounds then. */
  readonly complete: boolean;
  readonly currency: RateCard['currency'];
  readonly assumptions: Assumptions;
  readonly regions: readonly RegionComparison[];
  readonly totals: Totals;
  /** How much of the flow logs could not be read; absent where no input is one. */
  readonly unread?: UnreadTraffic;
  readonly findings: readonly Finding[];
}
