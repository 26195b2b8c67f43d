import type { RateName } from '../card/rate-card.js';
import type { PriceListProduct } from './price-list.js';

/** The price lists, by AWS's service code, that together hold the rates of a card. */
export const serviceCodes = ['AmazonEC2', 'AmazonVPC', 'AWSDataTransfer'] as const;

/** The service code of a price list that a rate is read from. */
export type ServiceCode = (typeof serviceCodes)[number];

/** How to tell the one product that holds a rate from its neighbours in the price list. */
export interface WantedProduct {
  readonly name: RateName;
  readonly serviceCode: ServiceCode;
  /**
   * The end of the usage type. What stands before it, if anything, is the Region's billing code and a
   * hyphen; it can't be built from the Region's name (us-east-1 has it for some products alone).
   */
  readonly usageType: string;
  readonly unit: 'Hrs' | 'GB';
  /** Attributes that must have this value where the product carries them at all. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly productFamily?: string;
}

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

/** Every rate of a card and the product that holds it, in the order of a rate card. */
export const wantedProducts: readonly WantedProduct[] = [
  { name: 'natGatewayHour', ...natGateway, usageType: 'NatGateway-Hours', unit: 'Hrs' },
  { name: 'natGatewayGb', ...natGateway, usageType: 'NatGateway-Bytes', unit: 'GB' },
  {
    name: 'regionalNatGatewayHour',
    ...natGateway,
    usageType: 'RegionalNatGateway-Hours',
    unit: 'Hrs',
  },
  {
    name: 'regionalNatGatewayGb',
    ...natGateway,
    usageType: 'RegionalNatGateway-Bytes',
    unit: 'GB',
  },
  { name: 'interfaceEndpointHour', ...endpoint, usageType: 'VpcEndpoint-Hours', unit: 'Hrs' },
  { name: 'interfaceEndpointGb', ...endpoint, usageType: 'VpcEndpoint-Bytes', unit: 'GB' },
  {
    name: 'publicIpv4Hour',
    serviceCode: 'AmazonVPC',
    usageType: 'PublicIPv4:InUseAddress',
    unit: 'Hrs',
    attributes: { group: 'VPCPublicIPv4Address' },
  },
  {
    name: 'transitGatewayAttachmentHour',
    ...transitGateway,
    usageType: 'TransitGateway-Hours',
    unit: 'Hrs',
  },
  { name: 'transitGatewayGb', ...transitGateway, usageType: 'TransitGateway-Bytes', unit: 'GB' },
  {
    name: 'regionalTransferGb',
    serviceCode: 'AWSDataTransfer',
    usageType: 'DataTransfer-Regional-Bytes',
    unit: 'GB',
  },
  {
    name: 'internetEgressGb',
    serviceCode: 'AWSDataTransfer',
    usageType: 'DataTransfer-Out-Bytes',
    unit: 'GB',
    attributes: { toLocation: 'External', transferType: 'AWS Outbound' },
  },
];

/** Whether a product is the one that holds the wanted rate for this Region. */
export function isWanted(
  product: Pick<PriceListProduct, 'serviceCode' | 'productFamily' | 'attributes'>,
  wanted: WantedProduct,
  region: string,
): boolean {
  return (
    product.serviceCode === wanted.serviceCode &&
    endsAtHyphen(product.attributes['usagetype'] ?? '', wanted.usageType) &&
    (wanted.productFamily ?? product.productFamily) === product.productFamily &&
    inRegion(product.attributes, region) &&
    Object.entries(wanted.attributes ?? {}).every(
      ([name, value]) => (product.attributes[name] ?? value) === value,
    )
  );
}

/** Whether a product holds any rate of a card; all else in the price list is passed over. */
export function isWantedAtAll(
  product: Pick<PriceListProduct, 'serviceCode' | 'productFamily' | 'attributes'>,
  region: string,
): boolean {
  return wantedProducts.some((wanted) => isWanted(product, wanted, region));
}

/** "EU-NatGateway-Bytes" and "NatGateway-Bytes" end so; "EU-RegionalNatGateway-Bytes" does not. */
function endsAtHyphen(usageType: string, ending: string): boolean {
  return usageType === ending || usageType.endsWith(`-${ending}`);
}

/** A Local Zone's product carries its parent's usage type with another location type. */
function inRegion(attributes: Readonly<Record<string, string>>, region: string): boolean {
  const code = attributes['fromRegionCode'] ?? attributes['regionCode'] ?? region;
  const type = attributes['fromLocationType'] ?? attributes['locationType'] ?? 'AWS Region';
  return code === region && type === 'AWS Region';
}
