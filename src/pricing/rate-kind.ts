/** The price lists, by AWS's service code, that together hold the rates of a card. */
export const serviceCodes = [
  'AmazonEC2',
  'AmazonVPC',
  'AWSDataTransfer',
  'AWSNetworkFirewall',
  'AWSCloudWAN',
  'AmazonRoute53',
  'AmazonS3',
  'AmazonCloudWatch',
  'AmazonAthena',
] as const;

/** The service code of a price list that a rate is read from. */
export type ServiceCode = (typeof serviceCodes)[number];

/** What a price is for, as AWS's price lists write it. */
export const rateUnits = ['Hrs', 'GB', 'GB-Mo', 'Gbps-hrs', 'TB', 'Requests', 'Metrics'] as const;

/** What a price is for. */
export type RateUnit = (typeof rateUnits)[number];

/** How to tell the one product that holds a rate from its neighbors in the price list. */
export interface RateProduct {
  readonly serviceCode: ServiceCode;
  /**
   * The end of the usage type. What stands before it, if anything, is the Region's billing code and a
   * hyphen; it can't be built from the Region's name (us-east-1 has it for some products only).
   */
  readonly usageType: string;
  /** Attributes that must have this value where the product carries them at all. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly productFamily?: string;
}

/** All that is asked of a rate. */
export interface RateKind {
  readonly unit: RateUnit;
  /** What a table calls it. */
  readonly label: string;
  /** What `--discount` calls it. Private pricing is agreed for a service, not for its hours or its GB only. */
  readonly discount: string;
  /**
   * How AWS prices it by volume: at one price from the first unit on, for every service by itself; in tiers; or in
   * tiers whose prices never rise, which the plan rests on.
   */
  readonly tiers: 'none' | 'any' | 'falling';
  /** Whether some GB a month are free over all Regions. The price list does not carry how many. */
  readonly hasFreeGb: boolean;
  /**
   * Whether a price list without it is refused. Regional NAT gateways are in the lists of some Regions only. Whether
   * China's lists hold public IPv4 addresses could not be seen, so a card of China stands without them.
   */
  readonly required: 'everywhere' | 'outside-china' | 'nowhere';
  /** Whether it ships in a file of its Region's further rates, which an estimate does not load. */
  readonly further: boolean;
  /** Whether AWS lists it at a price of 0. */
  readonly mayBeZero: boolean;
  /** Null where a price list names it in a way that is not known: it is found by the SKU of the card before. */
  readonly product: RateProduct | null;
}

/** All that is asked of a family of rates. */
export interface RateFamily extends RateKind {
  /** The attribute of a product that tells it from the others of the family. */
  readonly of: string;
  /** What a table calls one of them. */
  readonly memberLabel: (of: string) => string;
  /** Whether a value of the attribute is one that a card keeps. */
  readonly belongs: (of: string) => boolean;
}

/** What most rates are: of one price, in the list of every Region, and used by an estimate. */
export const plain = {
  tiers: 'none',
  hasFreeGb: false,
  required: 'everywhere',
  further: false,
  mayBeZero: false,
} as const;

/** The products of NAT gateways. */
export const natGateway = { serviceCode: 'AmazonEC2', productFamily: 'NAT Gateway' } as const;

/** The products of public IPv4 addresses. */
export const address = {
  serviceCode: 'AmazonVPC',
  attributes: { group: 'VPCPublicIPv4Address' },
} as const;
