import { amount, trimZeros } from '../../base/decimal.js';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { documentHead } from '../../base/json.js';
import { checkRate } from '../card/document.js';
import type { Rate, RateCard, RateFamilies, RateTier } from '../card/rate-card.js';
import type { Region } from '../card/regions.js';
import { type RateKind, type RateUnit } from '../rate-kind.js';
import { familyNames, rateFamilies, rateNames } from '../rates.js';
import type { PriceDimension, PriceListProduct } from './price-list.js';
import { isWanted, memberOf, type WantedProduct, wantedProducts } from './wanted-products.js';

/** What a rate card carries besides the prices. */
export interface CardOrigin {
  readonly region: Region;
  readonly source: 'api' | 'offer-file';
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  /** GB a month of internet egress free of charge; the price list does not carry it. */
  readonly freeEgressGb: string | undefined;
  /** The card before, whose SKUs name the products that nothing else tells. */
  readonly replaced: RateCard | undefined;
}

type Currency = RateCard['currency'];

/**
 * Makes a rate card of the products in the price list. A rate without a product is absent, and so is a further rate
 * whose product makes none: no estimate waits for it.
 *
 * @throws PathfareError naming the product that does not make a rate: two products for one rate, several
 *   terms, an unknown unit, a price that is not a number, two currencies
 */
export function buildRateCard(products: readonly PriceListProduct[], origin: CardOrigin): RateCard {
  const found = wantedProducts.flatMap((wanted) => {
    if (wanted.kind.further) return [];
    const product = onlyProduct(products, wanted, origin);
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
  for (const wanted of wantedProducts) {
    const rate = wanted.kind.further ? furtherRate(products, wanted, currency, origin) : undefined;
    if (rate !== undefined) rates[wanted.name] = rate;
  }
  const families = familiesOf(products, currency, origin);
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
    ...(Object.keys(families).length === 0 ? {} : { families }),
  };
}

function furtherRate(
  products: readonly PriceListProduct[],
  wanted: WantedProduct,
  currency: Currency,
  origin: CardOrigin,
): Rate | undefined {
  return unlessRefused(() => {
    const product = onlyProduct(products, wanted, origin);
    if (product === undefined) return undefined;
    const rate = rateOf(wanted, product, currency, origin);
    checkRate(wanted.name, wanted.kind, rate, origin.region.name, '');
    return rate;
  });
}

function unlessRefused<T>(make: () => T | undefined): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof PathfareError) return undefined;
    throw error;
  }
}

function familiesOf(
  products: readonly PriceListProduct[],
  currency: Currency,
  origin: CardOrigin,
): RateFamilies {
  return Object.fromEntries(
    familyNames.flatMap((name) => {
      const members = groupBy(products, (product) => memberOf(product, name, origin.region.name));
      const rates = [...members]
        .sort(([a], [b]) => compareText(a ?? '', b ?? ''))
        .flatMap(([of, ones]) => {
          if (of === undefined) return [];
          const wanted = { name, kind: rateFamilies[name] };
          const rate = unlessRefused(() => familyRate(wanted, ones, currency, origin));
          return rate === undefined ? [] : [[of, rate] as const];
        });
      return rates.length === 0 ? [] : [[name, Object.fromEntries(rates)] as const];
    }),
  );
}

function familyRate(
  wanted: NamedKind,
  products: readonly PriceListProduct[],
  currency: Currency,
  origin: CardOrigin,
): Rate | undefined {
  const product = soleProduct(products, wanted.name, origin.region.name);
  if (product === undefined) return undefined;
  const rate = rateOf(wanted, product, currency, origin);
  checkRate(wanted.name, wanted.kind, rate, origin.region.name, '');
  return rate;
}

function onlyProduct(
  products: readonly PriceListProduct[],
  wanted: WantedProduct,
  { region, replaced }: CardOrigin,
): PriceListProduct | undefined {
  const matches = products.filter((product) => isWanted(product, wanted, region.name, replaced));
  return soleProduct(matches, wanted.name, region.name);
}

/** The product that all of them are: one that stands in the list twice says the same both times. */
function soleProduct(
  matches: readonly PriceListProduct[],
  name: string,
  region: string,
): PriceListProduct | undefined {
  const skus = [...new Set(matches.map((product) => product.sku))].sort(compareText);
  if (skus.length > 1) {
    throw refused(
      `${region}: price list refused: ${name}: ${skus.length} products match, SKUs ${skus.map(quoteValue).join(', ')}`,
    );
  }
  const [first, ...others] = matches;
  for (const other of others) {
    const prices = [first, other].map((product) => pricesText(product?.terms ?? []));
    if (prices[0] === prices[1]) continue;
    throw refused(
      `${region}: price list refused: ${name}: SKU ${skus.map(quoteValue)[0]} stands in the list twice, at ${prices.join(' and at ')}`,
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

/** A rate, or a family of them, by name. */
interface NamedKind {
  readonly name: string;
  readonly kind: RateKind;
}

function rateOf(
  wanted: NamedKind,
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
    unit: wanted.kind.unit,
    sku: product.sku,
    publishedAt: product.publishedAt,
    reference: product.reference,
    verifiedAt: origin.fetchedAt,
    ...(wanted.kind.hasFreeGb && origin.freeEgressGb !== undefined
      ? { freeGb: origin.freeEgressGb }
      : {}),
    tiers: tiers.sort((a, b) => amount(a.beginRange).comparedTo(b.beginRange)),
  };
}

/** Names a product in a message: the rate, the SKU and the usage type. */
function productName(wanted: NamedKind, product: PriceListProduct): string {
  const usageType = product.attributes['usagetype'] ?? '';
  return `${wanted.name} (SKU ${quoteValue(product.sku)}, usage type ${quoteValue(usageType)})`;
}

// The transit gateway's products say "hour" and "GigaBytes" where the others say "Hrs" and "GB".
const unitNames: ReadonlyMap<string, RateUnit> = new Map(
  Object.entries({
    hrs: 'Hrs',
    hour: 'Hrs',
    hours: 'Hrs',
    gb: 'GB',
    gigabytes: 'GB',
    'gb-mo': 'GB-Mo',
    'gbps-hrs': 'Gbps-hrs',
    tb: 'TB',
    terabytes: 'TB',
    requests: 'Requests',
    metrics: 'Metrics',
  }),
);

function checkUnits(
  dimensions: readonly PriceDimension[],
  { kind }: NamedKind,
  where: string,
): void {
  for (const { unit } of dimensions) {
    if (unitNames.get(unit.toLowerCase()) !== kind.unit) {
      throw refused(`${where}: unit ${quoteValue(unit)}, expected ${kind.unit}`);
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
