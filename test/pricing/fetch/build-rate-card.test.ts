import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireRegion } from '../../../src/pricing/card/regions.js';
import { buildRateCard } from '../../../src/pricing/fetch/build-rate-card.js';
import { dimensionsOf, type PriceListProduct } from '../../../src/pricing/fetch/price-list.js';
import { ireland, irelandRows, printed } from '../../support/aws-products.js';

const origin = {
  region: requireRegion('eu-west-1', '--region'),
  source: 'api',
  fetchedAt: '2026-10-01T12:00:00.000Z',
  freeEgressGb: '100',
  replaced: undefined,
} as const;

const products: readonly PriceListProduct[] = irelandRows.map((row) => {
  const { product, onDemand } = printed(row, ireland);
  return {
    sku: product.sku,
    serviceCode: row.serviceCode,
    productFamily: row.family ?? null,
    attributes: product.attributes,
    terms: dimensionsOf(onDemand),
    publishedAt: ireland.publishedAt,
    reference: 'test',
  };
});
const card = buildRateCard(products, origin);

describe('a rate card made of products', () => {
  it('does not depend on the order of products or of their price dimensions', () => {
    const shuffled = (items: readonly PriceListProduct[]) =>
      fc.shuffledSubarray([...items], { minLength: items.length });
    const terms = fc.func(fc.integer());
    fc.assert(
      fc.property(shuffled(products), terms, (order, rank) => {
        const mixed = order.map((product) => ({
          ...product,
          terms: product.terms.map((dimensions) =>
            dimensions.toSorted((a, b) => rank(a.rateCode) - rank(b.rateCode)),
          ),
        }));
        expect(buildRateCard(mixed, origin)).toEqual(card);
      }),
    );
  });

  it('is as old as the oldest of its lists', () => {
    const mixed = products.map((product) =>
      product.serviceCode === 'AmazonVPC'
        ? { ...product, publishedAt: '2026-09-17T19:05:28Z' }
        : product,
    );
    expect(buildRateCard(mixed, origin)).toMatchObject({
      publishedAt: '2026-09-17T19:05:28Z',
      rates: {
        natGatewayGb: { publishedAt: '2026-09-25T17:45:21Z' },
        publicIpv4Hour: { publishedAt: '2026-09-17T19:05:28Z' },
      },
    });
  });

  it('takes usage types with and without a billing code before them', () => {
    const bare = products.map((product) => ({
      ...product,
      attributes: {
        ...product.attributes,
        usagetype: (product.attributes['usagetype'] ?? '').replace(/^EU-/, ''),
      },
    }));
    expect(buildRateCard(bare, origin)).toEqual(card);
  });

  it('holds no rate whose product is not there', () => {
    expect(buildRateCard([], origin).rates).toEqual({});
  });
});
