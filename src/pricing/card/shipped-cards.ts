import { readdir } from 'node:fs/promises';
import { compareText } from '../../base/finding.js';
import { readJson } from '../../base/node/files.js';
import { packageFile } from '../../base/package-files.js';
import { parseRateCard } from './document.js';
import type { RateCard } from './rate-card.js';

const folder = packageFile('pricing-cache/rates/');

/** The Regions that pathfare ships rates for, sorted by name. */
export async function shippedRegions(): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort(compareText);
}

/**
 * The rate card that pathfare ships for a Region, or undefined where it ships none. Nothing is fetched.
 *
 * @throws PathfareError where the installed file is damaged
 */
export async function loadShippedRateCard(region: string): Promise<RateCard | undefined> {
  const regionsWithRates = await shippedRegions();
  if (!regionsWithRates.includes(region)) return undefined;
  const file = `pricing-cache/rates/${region}.json`;
  const origin = { name: file, hint: 'Install pathfare again.' };
  return parseRateCard(await readJson(new URL(`${region}.json`, folder), origin), file);
}
