import { amount, trimZeros } from '../../base/decimal.js';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { documentHead } from '../../base/json.js';
import type { Rate, RateCard, RateTier } from '../card/rate-card.js';
import type { Region } from '../card/regions.js';
import { rateKinds, rateNames } from '../rates.js';
import type { PriceDimension, PriceListProduct } from './price-list.js';
import { isWanted, type WantedProduct, wantedProducts } from './wanted-products.js';

/** What a rate card carries besides the prices. */
export interface CardOrigin {
  readonly region: Region;
  readonly source: 'api' | 'offer-file';
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  /** GB a month of internet egress free of charge; the price list does not carry it. */
  readonly freeEgressGb: string | undefined;
}

type Currency = RateCard['currency'];

/**
 * Makes a rate card of the products in the price list. A rate without a product is absent.
 *
 * @throws PathfareError naming the product that does not make a rate: two products for one rate, several
 *   terms, an unknown unit, a price that is not a number, two currencies
 */
export function buildRateCard(products: readonly PriceListProduct[], origin: CardOrigin): RateCard {
  const found = wantedProducts.flatMap((wanted) => {
    const product = onlyProduct(products, wanted, origin.region.name);
    return product === undefined ? [] : [{ wanted, product }];
  });
  const currency = onlyCurrency(
    found.map(({ product }) => product),
    origin.region.name,
  );
  const rates: Record<string, Rate> = {};
  for (const { wanted, product } of found) {
    rates[wanted.name] = rateOf(wanted, product, currency, origin);
  }
  return {
    ...documentHead('rate-card@1'),
    region: origin.region.name,
    location: origin.region.location,
    currency,
    publishedAt: found.map(({ product }) => product.publishedAt).sort(compareInstants)[0] ?? '',
    fetchedAt: origin.fetchedAt,
    source: origin.source,
    rates: Object.fromEntries(
      rateNames.flatMap((name) => (rates[name] === undefined ? [] : [[name, rates[name]]])),
    ),
  };
}

function onlyProduct(
  products: readonly PriceListProduct[],
  wanted: WantedProduct,
  region: string,
): PriceListProduct | undefined {
  const matches = products.filter((product) => isWanted(product, wanted, region));
  const skus = [...new Set(matches.map((product) => product.sku))].sort(compareText);
  if (skus.length > 1) {
    throw refused(
      `${region}: price list refused: ${wanted.name}: ${skus.length} products match, SKUs ${skus.map(quoteValue).join(', ')}`,
    );
  }
  const [first, ...others] = matches;
  for (const other of others) {
    const prices = [first, other].map((product) => pricesText(product?.terms ?? []));
    if (prices[0] === prices[1]) continue;
    throw refused(
      `${region}: price list refused: ${wanted.name}: SKU ${skus.map(quoteValue)[0]} stands in the list twice, at ${prices.join(' and at ')}`,
    );
  }
  return first;
}

function pricesText(terms: PriceListProduct['terms']): string {
  const prices = terms
    .flat()
    .flatMap(({ beginRange, pricePerUnit }) =>
      Object.entries(pricePerUnit).map(([currency, price]) => ({ beginRange, currency, price })),
    );
  return prices
    .map(({ beginRange, currency, price }) => `${price} ${currency} from ${beginRange}`)
    .map((text) => quoteValue(text).slice(1, -1))
    .sort(compareText)
    .join(', ');
}

/** The one currency in which every product is priced; USD where a product has it beside another. */
function onlyCurrency(products: readonly PriceListProduct[], region: string): Currency {
  const prices = products.flatMap((product) => product.terms.flat());
  const inAll = (code: Currency) =>
    prices.every((price) => Object.hasOwn(price.pricePerUnit, code));
  if (inAll('USD')) return 'USD';
  if (inAll('CNY')) return 'CNY';
  const codes = new Set(prices.flatMap((price) => Object.keys(price.pricePerUnit)));
  throw refused(
    `${region}: price list refused: the products are not all priced in USD, nor all in CNY, but in ${[...codes].sort(compareText).map(quoteValue).join(', ')}`,
  );
}

function rateOf(
  wanted: WantedProduct,
  product: PriceListProduct,
  currency: Currency,
  origin: CardOrigin,
): Rate {
  const where = `${origin.region.name}: price list refused: ${productName(wanted, product)}`;
  const [dimensions, ...others] = product.terms;
  if (dimensions === undefined || dimensions.length === 0 || others.length > 0) {
    throw refused(`${where}: ${product.terms.length} on-demand terms with prices, expected one`);
  }
  checkUnits(dimensions, wanted, where);
  const tiers = dimensions.map((dimension) => tierOf(dimension, currency, where));
  return {
    unit: wanted.unit,
    sku: product.sku,
    publishedAt: product.publishedAt,
    reference: product.reference,
    ...(rateKinds[wanted.name].hasFreeGb && origin.freeEgressGb !== undefined
      ? { freeGb: origin.freeEgressGb }
      : {}),
    tiers: tiers.sort((a, b) => amount(a.beginRange).comparedTo(b.beginRange)),
  };
}

/** Names a product in a message: the rate, the SKU and the usage type. */
function productName(wanted: WantedProduct, product: PriceListProduct): string {
  const usageType = product.attributes['usagetype'] ?? '';
  return `${wanted.name} (SKU ${quoteValue(product.sku)}, usage type ${quoteValue(usageType)})`;
}

// The transit gateway's products say "hour" and "GigaBytes" where the others say "Hrs" and "GB".
const unitNames: Readonly<Record<string, 'Hrs' | 'GB' | undefined>> = {
  hrs: 'Hrs',
  hour: 'Hrs',
  hours: 'Hrs',
  gb: 'GB',
  gigabytes: 'GB',
};

function checkUnits(
  dimensions: readonly PriceDimension[],
  wanted: WantedProduct,
  where: string,
): void {
  for (const { unit } of dimensions) {
    if (unitNames[unit.toLowerCase()] !== wanted.unit) {
      throw refused(`${where}: unit ${quoteValue(unit)}, expected ${wanted.unit}`);
    }
  }
}

function tierOf(dimension: PriceDimension, currency: Currency, where: string): RateTier {
  const price = dimension.pricePerUnit[currency] ?? '';
  return {
    beginRange: listedNumber(dimension.beginRange, 'beginRange', where),
    endRange:
      dimension.endRange === 'Inf' ? 'Inf' : listedNumber(dimension.endRange, 'endRange', where),
    price: listedNumber(price, 'price', where),
    rateCode: dimension.rateCode,
  };
}

function listedNumber(text: string, field: string, where: string): string {
  if (!/^\d{1,20}(\.\d{1,20})?$/.test(text)) {
    throw refused(`${where}: ${field} ${quoteValue(text)} is not a number of zero or more`);
  }
  return trimZeros(text);
}

/** A price list that makes no rate card. What was cached before stays as it is. */
function refused(message: string): PathfareError {
  return new PathfareError('price-list-invalid', message, {
    hint: "The rates you had are kept. Try the other source (`source: 'api'` or `source: 'offer-file'`), or report this as a defect.",
  });
}

function compareInstants(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
