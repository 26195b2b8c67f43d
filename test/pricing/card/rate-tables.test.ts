import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { amount } from '../../../src/base/decimal.js';
import { tieredCost } from '../../../src/cost/price/component.js';
import { allRates } from '../../../src/pricing/card/all-rates.js';
import { shippedRegions } from '../../../src/pricing/card/load-rate-card.js';
import type { RateCard } from '../../../src/pricing/card/rate-card.js';
import { familyNames, rateNames } from '../../../src/pricing/rates.js';
import { shippedCard } from '../../support/cards.js';

const tables = new URL('../../../scripts/rates/', import.meta.url).pathname;
const read = (name: string): readonly Record<string, string>[] =>
  parse(readFileSync(join(tables, `${name}.csv`), 'utf8'), { columns: true });

const names = readdirSync(tables)
  .map((file) => file.replace(/\.csv$/, ''))
  .filter((name) => name !== 'sources' && name !== 'instance-bandwidth');
const rows = names.flatMap(read);
const references = new Map(read('sources').map(({ source, reference }) => [source, reference]));
const cards = new Map(
  await Promise.all(
    (await shippedRegions()).map(
      async (region) => [region, await shippedCard(region, 'all')] as const,
    ),
  ),
);

/** Every price of a card as a row of a table has it; assumed ones stand in no table. */
function pricesOf(card: RateCard): readonly string[] {
  return allRates(card).flatMap(({ name, of, rate }) =>
    rate.assumed === undefined
      ? rate.tiers.map((tier) =>
          rowText({
            region: card.region,
            rate: name,
            of: of ?? '',
            begin: tier.beginRange,
            end: tier.endRange,
            price: tier.price,
            unit: rate.unit,
            sku: rate.sku ?? '',
            rate_code: tier.rateCode ?? '',
            reference: rate.reference,
            published: rate.publishedAt,
            verified: tier.verifiedAt ?? rate.verifiedAt ?? '',
          }),
        )
      : [],
  );
}

/** A row as text, its columns in one order. */
function rowText(row: Readonly<Record<string, string>>): string {
  const columns =
    'region rate of begin end price unit sku rate_code reference published verified'.split(' ');
  return columns.map((column) => row[column]).join('|');
}

const tabled = rows.map((row) =>
  rowText({ ...row, reference: references.get(row['source'] ?? '') ?? '' }),
);

describe('the tables of rates', () => {
  it('are what the shipped cards hold, each price once, with unit, SKU, rate code, source and dates', () => {
    const shipped = [...cards.values()].flatMap(pricesOf);
    expect(shipped.toSorted()).toEqual(tabled.toSorted());
    expect(rows.length).toBeGreaterThan(2800);
  });

  it('name rates that a card can hold, sources that are listed, and times that can be', () => {
    const known = new Set<string>([...rateNames, ...familyNames]);
    for (const row of rows) {
      expect(known).toContain(row['rate']);
      expect(references.has(row['source'] ?? '')).toBe(true);
      expect(references.has(row['verified_in'] ?? '')).toBe(true);
      expect(row['price']).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
      // What is seen later was published before.
      expect((row['published'] ?? '') <= (row['verified'] ?? '')).toBe(true);
      if (row['rate_code'] !== '') expect(row['rate_code']).toContain(`${row['sku']}.`);
    }
  });

  it('hold no rate of a Region that is not open, or that nothing was published of', () => {
    const regions = new Set(rows.map(({ region }) => region));
    for (const region of [
      'eusc-de-east-1',
      'cn-north-1',
      'cn-northwest-1',
      'me-west-1',
      'sa-west-1',
    ]) {
      expect(regions).not.toContain(region);
    }
  });

  it('say how fast each type of instance is that they have a price of', () => {
    const types = new Set(read('instance-bandwidth').map(({ type }) => type));
    const priced = rows.filter(({ rate }) => rate === 'instanceHour').map(({ of }) => of);
    expect(priced.filter((of) => !types.has(of))).toEqual([]);
  });
});

describe('a card', () => {
  // What no source gives, for the Regions where it lacks; every other rate is in every card.
  const nowhere = [
    'tunnelEndpointHour',
    'tunnelEndpointGb',
    'cloudWanAttachmentHour',
    'cloudWanGb',
    'resolverEndpointHour',
  ];
  const lacking: Readonly<Record<string, number>> = {
    regionalNatGatewayHour: 2,
    regionalNatGatewayGb: 2,
    internetEgressGb: 13,
    natGatewayProvisionedGbpsHour: 25,
    natGatewayProvisionedGb: 25,
    resourceEndpointHour: 15,
    resourceEndpointGb: 15,
    encryptionControlsVpcHour: 27,
    costExplorerRequest: 35,
    athenaTb: 1,
  };

  it.each(rateNames)('holds %s, or is known to lack it', (name) => {
    const without = [...cards.values()].filter(({ rates }) => rates[name] === undefined);
    const expected = nowhere.includes(name) ? cards.size : (lacking[name] ?? 0);
    expect(without.length).toBe(expected);
  });

  it('assumes a regional NAT gateway to cost what a zonal one does, where AWS says nothing, and nowhere else', () => {
    const assumed = [...cards.values()].flatMap((card) =>
      allRates(card)
        .filter(({ rate }) => rate.assumed !== undefined)
        .map(({ name, rate }) => ({ card, name, rate })),
    );
    // 34 Regions of the commercial partition less the 7 with a published rate, an hour and a GB each.
    expect(assumed).toHaveLength(2 * 27);
    for (const { card, name, rate } of assumed) {
      const zonal = name === 'regionalNatGatewayHour' ? 'natGatewayHour' : 'natGatewayGb';
      expect(rate.tiers[0]?.price).toBe(card.rates[zonal]?.tiers[0]?.price);
      expect([rate.sku, rate.tiers[0]?.rateCode]).toEqual([null, null]);
      const { low = '', high = '' } = rate.assumed ?? {};
      expect(amount(low).lte(rate.tiers[0]?.price ?? 'NaN')).toBe(true);
      expect(amount(high).gte(rate.tiers[0]?.price ?? 'NaN')).toBe(true);
    }
    // 0.045 to 0.062 are published; Sao Paulo's zonal rate is above both.
    expect(cards.get('sa-east-1')?.rates.regionalNatGatewayHour?.assumed).toMatchObject({
      low: '0.045',
      high: '0.093',
    });
  });
});

describe('sums at the bounds of tiers', () => {
  const costOf = (region: string, name: (typeof rateNames)[number], volume: string): string => {
    const rate = cards.get(region)?.rates[name];
    if (rate === undefined) throw new Error(`${region} has no ${name}`);
    return tieredCost(amount(volume), rate).toFixed();
  };

  it.each([
    // 10,240 × 0.5 = 5,120; one more GB at 0.25; 20,480 × 0.25 = 5,120; 20,480 × 0.1 = 2,048; then 0.05.
    ['us-east-1', 'vendedLogsGb', '10240', '5120'],
    ['us-east-1', 'vendedLogsGb', '10241', '5120.25'],
    ['us-east-1', 'vendedLogsGb', '30720', '10240'],
    ['us-east-1', 'vendedLogsGb', '30721', '10240.1'],
    ['us-east-1', 'vendedLogsGb', '51200', '12288'],
    ['us-east-1', 'vendedLogsGb', '51201', '12288.05'],
    // 10,240 × 0.25 = 2,560; 20,480 × 0.15 = 3,072; 20,480 × 0.075 = 1,536; then 0.05.
    ['us-east-1', 'vendedLogsToS3Gb', '10240', '2560'],
    ['us-east-1', 'vendedLogsToS3Gb', '30720', '5632'],
    ['us-east-1', 'vendedLogsToS3Gb', '51200', '7168'],
    ['us-east-1', 'vendedLogsToS3Gb', '51201', '7168.05'],
    // 51,200 × 0.023 = 1,177.6; 460,800 × 0.022 = 10,137.6; then 0.021.
    ['us-east-1', 's3StandardGbMonth', '51200', '1177.6'],
    ['us-east-1', 's3StandardGbMonth', '512000', '11315.2'],
    ['us-east-1', 's3StandardGbMonth', '512001', '11315.221'],
    // As interface endpoints: 1,048,576 × 0.01; 4,194,304 × 0.006 = 25,165.824; then 0.004.
    ['us-east-1', 'resourceEndpointGb', '1048576', '10485.76'],
    ['us-east-1', 'resourceEndpointGb', '5242880', '35651.584'],
    ['us-east-1', 'resourceEndpointGb', '5242881', '35651.588'],
    // 10,240 × 0.09 = 921.6; 40,960 × 0.085 = 3,481.6; 102,400 × 0.07 = 7,168; then 0.05.
    ['us-west-2', 'internetEgressGb', '10240', '921.6'],
    ['us-west-2', 'internetEgressGb', '51200', '4403.2'],
    ['us-west-2', 'internetEgressGb', '153600', '11571.2'],
    ['us-west-2', 'internetEgressGb', '153601', '11571.25'],
  ] as const)('%s, %s: %s cost %s', (region, name, volume, cost) => {
    expect(costOf(region, name, volume)).toBe(cost);
  });
});
