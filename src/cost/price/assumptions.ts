import type { DecimalString } from '../../base/decimal.js';

/** What an endpoint or gateway must offer: see `requirements.ts`. */
export const requirementNames = ['private', 'on-premises', 'security-groups'] as const;

/** A property that every AWS service's path must have. */
export type Requirement = (typeof requirementNames)[number];

/** All that a comparison takes as given beside traffic and rates. Stands in the result, so that it can be run again. */
export interface Assumptions {
  /** Hours of a month; 730 is the AWS Pricing Calculator's convention. */
  readonly hoursPerMonth: DecimalString;
  /** Bytes of a GB; the price list's tiers (1 PB = 1,048,576 GB) show that AWS means 2^30. */
  readonly bytesPerGb: DecimalString;
  /** Availability Zones of each VPC; null: those seen in its rows, else 2. */
  readonly azs: number | null;
  /** NAT gateways of each VPC; null: one a zone (one in all, if regional). */
  readonly natGateways: number | null;
  /** Whether NAT gateways are zonal, or regional ones, which bill an hour for each zone. */
  readonly natType: 'zonal' | 'regional';
  /** Public IPv4 addresses of each NAT gateway (of each zone of a regional one). */
  readonly publicIpv4PerNatGateway: number;
  /** Whether the plan may take NAT gateways away where it leaves them nothing to carry. */
  readonly nat: 'keep' | 'may-go';
  /** The share (0 to 1) of NAT traffic that reaches its gateway from another zone, where the input doesn't measure it. */
  readonly crossAzShare: DecimalString;
  /** How many ends of a zone crossing are metered: bills make two probable; AWS's pages leave open whether the gateway's own is. */
  readonly crossAzEnds: 1 | 2;
  readonly require: readonly Requirement[];
}

/** The assumptions that hold where no other are given. */
export const defaultAssumptions: Assumptions = {
  hoursPerMonth: '730',
  bytesPerGb: (1n << 30n).toString(),
  azs: null,
  natGateways: null,
  natType: 'zonal',
  publicIpv4PerNatGateway: 1,
  nat: 'keep',
  crossAzShare: '0',
  crossAzEnds: 2,
  require: [],
};

/** The counts that make sense of a VPC; what is outside is a slip or hostile, be it from a flag or from a document. */
export const countRanges = {
  azs: { least: 1, most: 32 },
  natGateways: { least: 0, most: 10_000 },
  publicIpv4PerNatGateway: { least: 0, most: 1000 },
} as const;

/** Zones of a VPC of which nothing is known. */
export const assumedAzs = 2;
