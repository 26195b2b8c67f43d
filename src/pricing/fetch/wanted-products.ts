import type { RateCard } from '../card/rate-card.js';
import { type RateKind, type RateProduct } from '../rate-kind.js';
import {
  type FamilyName,
  familyNames,
  type RateName,
  rateFamilies,
  rateKinds,
  rateNames,
} from '../rates.js';
import type { PriceListProduct } from './price-list.js';

/** A rate and the product that holds it. */
export interface WantedProduct {
  readonly name: RateName;
  readonly kind: RateKind;
}

/** Every rate of a card and the product that holds it, in the order of a rate card. */
export const wantedProducts: readonly WantedProduct[] = rateNames.map((name) => ({
  name,
  kind: rateKinds[name],
}));

type Described = Pick<PriceListProduct, 'serviceCode' | 'productFamily' | 'attributes'> &
  Partial<Pick<PriceListProduct, 'sku'>>;

/**
 * Whether a product is the one that holds the wanted rate for this Region.
 *
 * @param replaced the card before, whose SKU names a product that nothing else tells
 */
export function isWanted(
  product: Described,
  { name, kind }: WantedProduct,
  region: string,
  replaced: RateCard | undefined,
): boolean {
  if (kind.product !== null) return fits(product, kind.product, region);
  const sku = replaced?.rates[name]?.sku;
  return typeof sku === 'string' && product.sku === sku;
}

/** Which rate of a family a product holds for this Region: the value of the family's attribute; undefined where it holds none. */
export function memberOf(
  { attributes, ...product }: Described,
  name: FamilyName,
  region: string,
): string | undefined {
  const { of, belongs, product: wanted } = rateFamilies[name];
  const member = attributes[of];
  if (member === undefined || wanted === null || !belongs(member) || member === region)
    return undefined;
  // The usage type of an instance ends in its type: `EU-BoxUsage:t4g.nano`.
  const usageType = (attributes['usagetype'] ?? '').replace(/:.*$/, '');
  const plain = { ...product, attributes: { ...attributes, usagetype: usageType } };
  return fits(plain, wanted, region) ? member : undefined;
}

/** Whether a product holds any rate of a card; all else in the price list is passed over. */
export function isWantedAtAll(
  product: Described,
  region: string,
  replaced: RateCard | undefined,
): boolean {
  return (
    wantedProducts.some((wanted) => isWanted(product, wanted, region, replaced)) ||
    familyNames.some((name) => memberOf(product, name, region) !== undefined)
  );
}

function fits(product: Described, wanted: RateProduct, region: string): boolean {
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
