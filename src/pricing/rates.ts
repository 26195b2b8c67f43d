/** The price lists, by AWS's service code, that together hold the rates of a card. */
export const serviceCodes = ['AmazonEC2', 'AmazonVPC', 'AWSDataTransfer'] as const;

/** The service code of a price list that a rate is read from. */
export type ServiceCode = (typeof serviceCodes)[number];

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
  readonly unit: 'Hrs' | 'GB';
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
  readonly product: RateProduct;
}

const plain = { tiers: 'none', hasFreeGb: false, required: 'everywhere' } as const;
const natGateway = { serviceCode: 'AmazonEC2', productFamily: 'NAT Gateway' } as const;
const endpoint = {
  serviceCode: 'AmazonVPC',
  productFamily: 'VpcEndpoint',
  attributes: { operation: 'VpcEndpoint' },
} as const;
const transitGateway = {
  serviceCode: 'AmazonVPC',
  // An attachment of a VPN, of Direct Connect or of a peering has the same usage type.
  attributes: { operation: 'TransitGatewayVPC' },
} as const;

/** Every rate that a card can hold, a row each, in the order of a rate card. */
const rates = {
  natGatewayHour: {
    ...plain,
    unit: 'Hrs',
    label: 'NAT gateway, hour',
    discount: 'nat-gateway',
    product: { ...natGateway, usageType: 'NatGateway-Hours' },
  },
  natGatewayGb: {
    ...plain,
    unit: 'GB',
    label: 'NAT gateway, GB',
    discount: 'nat-gateway',
    product: { ...natGateway, usageType: 'NatGateway-Bytes' },
  },
  regionalNatGatewayHour: {
    ...plain,
    unit: 'Hrs',
    label: 'Regional NAT gateway, hour',
    discount: 'nat-gateway',
    required: 'nowhere',
    product: { ...natGateway, usageType: 'RegionalNatGateway-Hours' },
  },
  regionalNatGatewayGb: {
    ...plain,
    unit: 'GB',
    label: 'Regional NAT gateway, GB',
    discount: 'nat-gateway',
    required: 'nowhere',
    product: { ...natGateway, usageType: 'RegionalNatGateway-Bytes' },
  },
  interfaceEndpointHour: {
    ...plain,
    unit: 'Hrs',
    label: 'Interface endpoint, hour',
    discount: 'interface-endpoint',
    product: { ...endpoint, usageType: 'VpcEndpoint-Hours' },
  },
  interfaceEndpointGb: {
    ...plain,
    unit: 'GB',
    label: 'Interface endpoint, GB',
    discount: 'interface-endpoint',
    tiers: 'falling',
    product: { ...endpoint, usageType: 'VpcEndpoint-Bytes' },
  },
  publicIpv4Hour: {
    ...plain,
    unit: 'Hrs',
    label: 'Public IPv4 address, hour',
    discount: 'public-ipv4',
    required: 'outside-china',
    product: {
      serviceCode: 'AmazonVPC',
      usageType: 'PublicIPv4:InUseAddress',
      attributes: { group: 'VPCPublicIPv4Address' },
    },
  },
  transitGatewayAttachmentHour: {
    ...plain,
    unit: 'Hrs',
    label: 'Transit gateway, hour',
    discount: 'transit-gateway',
    product: { ...transitGateway, usageType: 'TransitGateway-Hours' },
  },
  transitGatewayGb: {
    ...plain,
    unit: 'GB',
    label: 'Transit gateway, GB',
    discount: 'transit-gateway',
    product: { ...transitGateway, usageType: 'TransitGateway-Bytes' },
  },
  regionalTransferGb: {
    ...plain,
    unit: 'GB',
    label: 'Between zones, GB',
    discount: 'regional-transfer',
    product: { serviceCode: 'AWSDataTransfer', usageType: 'DataTransfer-Regional-Bytes' },
  },
  internetEgressGb: {
    ...plain,
    unit: 'GB',
    label: 'To the internet, GB',
    discount: 'internet-egress',
    tiers: 'any',
    hasFreeGb: true,
    product: {
      serviceCode: 'AWSDataTransfer',
      usageType: 'DataTransfer-Out-Bytes',
      attributes: { toLocation: 'External', transferType: 'AWS Outbound' },
    },
  },
} as const satisfies Readonly<Record<string, RateKind>>;

function namesOf<Name extends string>(kinds: Readonly<Record<Name, RateKind>>): readonly Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(kinds, name);
  return Object.keys(kinds).filter(isName);
}

/** Every rate a card can hold, in its order. */
export const rateNames = namesOf(rates);

/** The name of a rate in a rate card. */
export type RateName = (typeof rateNames)[number];

/** All that is asked of each rate, by its name. */
export const rateKinds: Readonly<Record<RateName, RateKind>> = rates;
