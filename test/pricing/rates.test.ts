import { describe, expect, it } from 'vitest';
import { type RateKind } from '../../src/pricing/rate-kind.js';
import { rateKinds, rateNames } from '../../src/pricing/rates.js';

describe('the table of rates', () => {
  it('has a label and a product of its own in each row, and a unit that the name ends in', () => {
    const rows = rateNames.map((name) => rateKinds[name]);
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    const products = rows.flatMap(({ product }) =>
      product === null ? [] : [JSON.stringify(product)],
    );
    expect(new Set(products).size).toBe(products.length);
    const endings = [
      ['GbpsHour', 'Gbps-hrs'],
      ['Hour', 'Hrs'],
      ['GbMonth', 'GB-Mo'],
      ['Gb', 'GB'],
      ['Tb', 'TB'],
      ['Request', 'Requests'],
      ['Metric', 'Metrics'],
    ] as const;
    for (const name of rateNames) {
      const [, unit] = endings.find(([ending]) => name.endsWith(ending)) ?? [];
      expect([name, rateKinds[name].unit]).toEqual([name, unit]);
    }
  });

  it('does not compile with a row that has no label, or no product', () => {
    const { label: _, ...withoutLabel } = rateKinds.natGatewayGb;
    const { product: __, ...withoutProduct } = rateKinds.natGatewayGb;
    // @ts-expect-error a rate must have a label
    const unlabeled: RateKind = withoutLabel;
    // @ts-expect-error a rate must say which product holds it
    const unknown: RateKind = withoutProduct;
    expect([unlabeled, unknown]).toHaveLength(2);
  });
});
