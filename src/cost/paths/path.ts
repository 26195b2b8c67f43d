import type { Amount } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateName } from '../../pricing/rates.js';
import type { Assumptions, Requirement } from '../price/assumptions.js';
import type { ChargeKind, Component } from '../price/component.js';
import type { PathSteps, StepQuestion } from './steps.js';

/** What a path is asked to carry: a month's traffic of one service of a VPC. */
export interface CarriedTraffic {
  readonly service: string;
  /** The service's own Region where it is another than the VPC's. */
  readonly serviceRegion: string | null;
  readonly gbOut: Amount;
  readonly gbIn: Amount;
  readonly gb: Amount;
  /** GB that reach a NAT gateway from another zone. */
  readonly crossAzGb: Amount;
}

/** Whether a path can carry a service of a VPC in `region`. */
export interface GapQuestion extends Pick<CarriedTraffic, 'service' | 'serviceRegion'> {
  readonly region: string;
  readonly natType: Assumptions['natType'];
  /** Whether the input says that the path carries the service today. */
  readonly isCurrent: boolean;
}

/** A VPC's zones and gateways, as far as they are charged. */
export interface GatewayCount {
  readonly azs: number;
  readonly natGateways: number;
}

/** A path without any charge of its own. */
export interface FreeCharge {
  readonly kind: 'free';
}

/** A path whose GB cost the same whatever else it carries. */
export interface FixedCharge {
  readonly kind: 'fixed';
  /** The part of the bill that its data processing is. */
  readonly processing: ChargeKind;
  /** The rate of a GB. */
  readonly gbRate: (assumptions: Assumptions) => RateName;
  /** What one service's traffic is charged. */
  readonly components: (
    traffic: CarriedTraffic,
    card: RateCard,
    assumptions: Assumptions,
  ) => readonly Component[];
  /** Why no such gateway can stand in a Region; null where one can. */
  readonly notOffered: (question: Pick<GapQuestion, 'natType' | 'region'>) => string | null;
  /** What a VPC's gateways are charged for being there: shared by all that uses them, so never charged to a service. */
  readonly gatewayHours: (
    vpc: GatewayCount,
    card: RateCard,
    assumptions: Assumptions,
  ) => readonly Component[];
}

/** A path of endpoints that are charged by the hour, and whose GB share one tier schedule over a Region. */
export interface PooledCharge {
  readonly kind: 'pooled';
  /** The part of the bill that its data processing is. */
  readonly processing: ChargeKind;
  readonly hourRate: RateName;
  readonly gbRate: RateName;
  /** The hours of endpoints in a VPC's zones. */
  readonly endpointHours: (
    endpoints: readonly string[],
    azs: number,
    card: RateCard,
    assumptions: Assumptions,
  ) => readonly Component[];
  /** What each member of a pool is charged for its GB. */
  readonly components: (
    pool: readonly Pick<CarriedTraffic, 'gb'>[],
    card: RateCard,
  ) => readonly (readonly Component[])[];
}

/** A path whose charge is not known: it lies between nothing and what its components would cost. */
export interface RangeCharge {
  readonly kind: 'range';
  /** The part of the bill that its data processing would be. */
  readonly processing: ChargeKind;
  /** What one service's traffic is charged at most: components without a cost, each with the most that it can be. */
  readonly components: FixedCharge['components'];
}

/** How a path is charged. */
export type PathCharge = FreeCharge | FixedCharge | PooledCharge | RangeCharge;

/** The properties that paths are set side by side by. */
export const traitNames = [
  'Stands in the VPC as',
  'Serves',
  'Traffic goes',
  'Protocols',
  'Access controlled by',
  'Reachable from',
  'Name resolution',
  'Bandwidth',
  'Billed',
] as const;

/** A property that paths are set side by side by. */
export type TraitName = (typeof traitNames)[number];

/** A change of the plan, as far as what it brings with it depends on it. */
export interface PathChange {
  /** Whether the new path carries a part of the services already. */
  readonly stands: boolean;
  /** Whether the plan leaves the VPC its gateways. */
  readonly gatewaysStay: boolean;
}

interface PathFacts<Name extends string> {
  /** As inputs and results write it. CSV columns are named after it. */
  readonly name: Name;
  /** In a sentence: `NAT gateway`. */
  readonly label: string;
  /** In a cell of a narrow table: `NAT`. */
  readonly short: string;
  /** Its place where paths are described side by side, and in charts. */
  readonly place: number;
  /** Its color in charts, on a light and on a dark page. */
  readonly color: { readonly light: string; readonly dark: string };
  /** Whether traffic is taken to go this way where the input names no path, or one that cannot carry the service. */
  readonly isDefault: boolean;
  /** Which type of VPC endpoint it is, as the Amazon EC2 API has it (CreateVpcEndpoint, `VpcEndpointType`). */
  readonly endpointType: 'Gateway' | 'Interface' | null;
  readonly charge: PathCharge;
  /** Why it cannot carry a service; null where it can. */
  readonly gap: (question: GapQuestion) => string | null;
  /** Why it does not meet a requirement; null where it does. */
  readonly unmet: Readonly<Record<Requirement, string | null>>;
  /** What moving traffic to it brings with it that a saving does not show. */
  readonly caveatsTo: (change: PathChange) => readonly string[];
  /** What moving traffic away from it brings with it. */
  readonly caveatsFrom: (change: PathChange) => readonly string[];
  /** How traffic is moved to it. */
  readonly steps: (question: StepQuestion) => PathSteps;
}

/** A path that is set beside the others: a column of its own, and the plan may move traffic to it. */
export interface ComparedPathKind<Name extends string = string> extends PathFacts<Name> {
  readonly compared: true;
  /** Its place among the columns. */
  readonly column: number;
  readonly traits: Readonly<Record<TraitName, string>>;
}

/** The findings of paths that are only shown. */
export type KeptCode = 'internet-gateway-kept' | 'nat-instance-kept' | 'unknown-path-kept';

/** A path that is shown only where traffic takes it today: the plan moves traffic off it, never to it. */
export interface ShownPathKind<Name extends string = string> extends PathFacts<Name> {
  readonly compared: false;
  /** The finding that its traffic is left there, and what it says; the services follow. */
  readonly kept: { readonly code: KeptCode; readonly text: string };
}

/** All that is asked of a network path. */
export type PathKind<Name extends string = string> = ComparedPathKind<Name> | ShownPathKind<Name>;
