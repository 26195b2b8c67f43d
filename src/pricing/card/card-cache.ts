import { link, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { formatJson, parseJson } from '../../base/json.js';
import { failureReason } from '../../base/node/failure-reason.js';
import { readText, readTextIfThere, writeWhole } from '../../base/node/files.js';
import { parseRateCard } from './document.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import type { RateCard } from './rate-card.js';
import { findRegion } from './regions.js';

/** A cached rate card, or none, and what there is to say about the file. */
export interface CachedCard {
  readonly card: RateCard | undefined;
  readonly findings: readonly PricingFinding[];
}

/** The file of a Region's refreshed rate card in the user's cache folder. */
export function cachedCardFile(cacheDir: string, region: string): string {
  return join(cacheDir, 'rates', `${region}.json`);
}

/** The Regions that the cache holds a file of, sorted by name. */
export async function cachedRegions(cacheDir: string): Promise<readonly string[]> {
  const files = await readdir(join(cacheDir, 'rates')).catch(() => []);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((region) => findRegion(region)?.name === region)
    .sort(compareText);
}

/**
 * Reads the refreshed rate card of a Region. A damaged file is set aside (renamed) with a finding, and a
 * folder that can't be read is a finding too: neither stops an estimate, since there are other rates.
 */
export async function readCachedCard(cacheDir: string, region: string): Promise<CachedCard> {
  const file = cachedCardFile(cacheDir, region);
  let text: string | undefined;
  try {
    text = await readTextIfThere(file, originOf(file));
    if (text === undefined) return none();
    return { card: parseCachedCard(text, file, region), findings: [] };
  } catch (error) {
    const reason = failureReason(error);
    if (text === undefined) return none(pricingFinding('cache-file-unreadable', { reason }));
    const movedTo = await setAside(file, text);
    return none(pricingFinding('cache-file-damaged', { reason, movedTo }));
  }
}

const originOf = (file: string) => ({
  name: file,
  hint: 'Name a folder you may write to with --cache-dir or PATHFARE_CACHE_DIR.',
});

function none(...findings: readonly PricingFinding[]): CachedCard {
  return { card: undefined, findings };
}

function parseCachedCard(text: string, file: string, region: string): RateCard {
  const card = parseRateCard(parseJson(text, originOf(file)), file);
  if (card.region !== region) {
    throw new PathfareError(`${file}: the card is of ${quoteValue(card.region)}`);
  }
  if (card.source === 'yours') {
    throw new PathfareError(`${file}: private rates have no place in the cache`);
  }
  return card;
}

/**
 * Moves a damaged file out of the way. Another process may have just replaced it with a good one: what was
 * moved is then put back, unless there is a newer file already.
 */
async function setAside(file: string, damaged: string): Promise<string | undefined> {
  const aside = `${file}.damaged`;
  try {
    await rename(file, aside);
    const moved = await readText(aside, originOf(aside));
    if (moved !== damaged) await link(aside, file).catch(() => undefined);
    return aside;
  } catch {
    return undefined;
  }
}

/**
 * Writes a rate card into the cache, whole.
 *
 * @throws PathfareError where the folder can't be written to, and for private rates
 */
export async function writeCachedCard(cacheDir: string, card: RateCard): Promise<string> {
  if (card.source === 'yours') {
    throw new PathfareError(`${card.region}: private rates are never written to the cache`);
  }
  const file = cachedCardFile(cacheDir, card.region);
  await writeWhole(file, formatJson(card), originOf(file));
  return file;
}
