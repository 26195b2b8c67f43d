import { families, furtherRates } from './further-rates.js';
import { address, natGateway, plain, type RateFamily, type RateKind } from './rate-kind.js';

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
    product: { ...address, usageType: 'PublicIPv4:InUseAddress' },
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
  ...furtherRates,
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

/** Every family of rates that a card can hold, in its order. */
export const familyNames = namesOf(families);

/** The name of a family of rates in a rate card. */
export type FamilyName = (typeof familyNames)[number];

/** All that is asked of each family of rates, by its name. */
export const rateFamilies: Readonly<Record<FamilyName, RateFamily>> = families;
