import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/cost/compare/compare.js';
import { defaultAssumptions } from '../../../src/cost/price/assumptions.js';
import { loadRateCard } from '../../../src/pricing/card/load-rate-card.js';
import { parseDiscounts, parseOwnRates } from '../../../src/pricing/card/own-rates.js';
import {
  type ComparisonFormat,
  comparisonFormats,
} from '../../../src/report/comparison/formats.js';
import { traffic } from '../../cost/traffic.js';

const tiers = [{ beginRange: '0', endRange: 'Inf', price: '0.005' }];
const own = parseOwnRates({ rates: { interfaceEndpointGb: { unit: 'GB', tiers } } }, 'mine.json');

async function negotiated() {
  const { card, findings } = await loadRateCard('us-east-1', {
    ownRates: [own],
    discounts: parseDiscounts(['nat-gateway=50%']),
  });
  const profiles = [traffic({ service: 'sqs', sent: { gb: '1000' } })];
  return compare({ profiles, rateCards: [card], assumptions: defaultAssumptions, findings });
}

const drawn = async (format: ComparisonFormat) =>
  comparisonFormats[format](await negotiated(), { width: 120, color: false, explain: true });

describe('negotiated rates', () => {
  it.each(['table', 'markdown'] as const)('show as yours in %s', async (format) => {
    const text = await drawn(format);
    // 1,000 GB × 0.005 = 5; 1,000 GB × 0.045 × 50 % = 22.5
    expect(text).toMatch(/1,000 GB × \$0\.005 = \$5\.00\s+\(?your own rate/);
    expect(text).toMatch(
      /1,000 GB × \$0\.0225 = \$22\.50\s+\(?SKU 59S5R83GFPUAGVR5.*, your 50% off/,
    );
    expect(text).toContain('Rates of us-east-1: yours');
  });

  it('carry their evidence in JSON, which published ones need not', async () => {
    const { paths } = (await negotiated()).regions[0]?.vpcs[0]?.services[0] ?? {};
    expect(paths?.['interface-endpoint']).toMatchObject({
      components: [
        expect.not.objectContaining({ evidence: expect.anything() }),
        { sku: null, rateCode: null, evidence: 'yours' },
      ],
    });
    expect(paths?.['nat-gateway']).toMatchObject({
      components: [{ evidence: 'yours: 50% off https://aws.amazon.com/vpc/pricing/' }],
    });
  });

  it('name their source in every row of CSV but the total', async () => {
    const [header = '', ...rows] = (await drawn('csv')).trimEnd().split('\n');
    expect(header).toMatch(/,rate_source,high_monthly_cost,low_monthly_cost,assumed$/);
    expect(rows.map((row) => row.split(',').at(-4))).toEqual(['yours', 'yours', '']);
  });
});
