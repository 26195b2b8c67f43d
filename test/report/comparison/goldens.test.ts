import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { amount, sum, toDecimalString } from '../../../src/base/decimal.js';
import { compare } from '../../../src/cost/compare/compare.js';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import type { RateName } from '../../../src/pricing/rates.js';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { type DrawOptions } from '../../../src/report/comparison/parts.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';
import { shippedCard, without } from '../../cost/cards.js';
import { goldenJson, longestGolden } from '../../support/golden-json.js';

/**
 * A folder of test/cases with an `input.csv` is a case: its formats are drawn from the shipped rates and stand beside
 * it as `expected.*`. `assumptions.json` changes what is assumed, `missing-rates.json` names rates that the cards
 * are to lack. "vitest -u" draws them anew.
 */
const folder = join(import.meta.dirname, '../../cases');
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'input.csv')));

const screen: DrawOptions = { width: 80, color: false, explain: false };
const explained: DrawOptions = { ...screen, explain: true };

async function comparisonOf(name: string) {
  const file = join(folder, name, 'input.csv');
  const given = join(folder, name, 'assumptions.json');
  const assumptions = existsSync(given) ? JSON.parse(readFileSync(given, 'utf8')) : {};
  const { profiles, findings } = await readSummaryCsv(createReadStream(file), 'input.csv', {
    region: null,
    paths: networkPathNames,
  });
  const regions = [...new Set(profiles.map(({ region }) => region))];
  const missing = join(folder, name, 'missing-rates.json');
  const names: readonly RateName[] = existsSync(missing)
    ? JSON.parse(readFileSync(missing, 'utf8'))
    : [];
  const rateCards = regions.map((region) => without(shippedCard(region), ...names));
  return compare({ profiles, findings, rateCards, assumptions });
}

const total = (costs: readonly string[]): string => toDecimalString(sum(costs.map(amount)));
const tooWide = (text: string) => text.split('\n').filter((line) => line.length > screen.width);

describe.each(cases)('%s', (name) => {
  it('has the formats that stand beside it', async () => {
    const comparison = await comparisonOf(name);
    const formats = {
      'expected.txt': comparisonFormats.table(comparison, screen),
      'expected-explain.txt': comparisonFormats.table(comparison, explained),
      'expected.json': goldenJson(JSON.parse(comparisonFormats.json(comparison))),
      'expected.csv': comparisonFormats.csv(comparison),
      'expected.md': comparisonFormats.markdown(comparison, explained),
    };
    for (const [file, text] of Object.entries(formats)) {
      await expect(text).toMatchFileSnapshot(join(folder, name, file));
    }
  });

  it('has JSON that is the comparison itself, two spaces a level', async () => {
    const comparison = await comparisonOf(name);
    const text = comparisonFormats.json(comparison);
    const document: typeof comparison = JSON.parse(text);
    expect(document).toEqual(comparison);
    expect(text).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('adds up: services and NAT gateways to the Region, Regions to the totals', async () => {
    const { regions, totals } = await comparisonOf(name);
    const plans = regions.map(({ plan }) => plan.currentMonthlyCost);
    expect(total(plans)).toBe(totals.currentMonthlyCost);
    for (const { vpcs, plan } of regions) {
      const rows = vpcs.flatMap(({ natGateways, services }) => [
        natGateways.monthlyCost,
        ...services.map(({ currentMonthlyCost }) => currentMonthlyCost),
      ]);
      expect(total(rows)).toBe(plan.currentMonthlyCost);
    }
  });

  it('is drawn within 80 columns', async () => {
    const comparison = await comparisonOf(name);
    expect(tooWide(comparisonFormats.table(comparison, screen))).toEqual([]);
    expect(tooWide(comparisonFormats.table(comparison, explained))).toEqual([]);
  });

  it('is the same bytes each time', async () => {
    const [once, again] = [await comparisonOf(name), await comparisonOf(name)];
    for (const draw of [comparisonFormats.json, comparisonFormats.csv]) {
      expect(draw(again)).toBe(draw(once));
    }
    expect(comparisonFormats.markdown(again, screen)).toBe(
      comparisonFormats.markdown(once, screen),
    );
  });
});

it(`no golden file is longer than ${longestGolden} lines`, () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const long = files.filter(
    ({ parentPath, name }) =>
      readFileSync(join(parentPath, name), 'utf8').split('\n').length > longestGolden + 1,
  );
  expect(long.map(({ name }) => name)).toEqual([]);
  expect(files.length).toBeGreaterThan(50);
});

it('there are cases', () => {
  expect(cases.length).toBeGreaterThan(5);
});
