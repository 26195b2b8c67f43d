import { type RateName, type RateProduct, rateKinds, rateNames } from '../rates.js';
import type { PriceListProduct } from './price-list.js';

/** A rate and the product that holds it. */
export interface WantedProduct extends RateProduct {
  readonly name: RateName;
  readonly unit: 'Hrs' | 'GB';
}

/** Every rate of a card and the product that holds it, in the order of a rate card. */
export const wantedProducts: readonly WantedProduct[] = rateNames.map((name) => {
  const { unit, product } = rateKinds[name];
  return { name, unit, ...product };
});

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
