import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cachedCardFile,
  cachedRegions,
  loadRateCard,
  readCachedCard,
  writeCachedCard,
} from '../../../src/pricing/card/load-rate-card.js';
import { fetchedCard, shippedCard } from '../../support/cards.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const now = () => new Date('2026-10-01T12:00:00Z');

async function cacheWith(text: string, folder: string): Promise<string> {
  const file = cachedCardFile(folder, 'eu-west-1');
  await mkdir(join(folder, 'rates'), { recursive: true });
  await writeFile(file, text);
  return file;
}

describe('the cache', () => {
  it('gives back the card that was written, and names its Regions', async () => {
    await using folder = await temporaryFolder();
    const card = await fetchedCard('eu-west-1', '2026-09-25T17:45:21Z');
    const file = await writeCachedCard(folder.path, card);
    expect(file).toBe(join(folder.path, 'rates', 'eu-west-1.json'));
    expect(await readCachedCard(folder.path, 'eu-west-1')).toEqual({ card, findings: [] });
    expect(await cachedRegions(folder.path)).toEqual(['eu-west-1']);
  });

  it('is empty where there is no folder', async () => {
    expect(await readCachedCard('/nonexistent/cache', 'eu-west-1')).toEqual({
      card: undefined,
      findings: [],
    });
    expect(await cachedRegions('/nonexistent/cache')).toEqual([]);
  });

  it('counts over the shipped card where it was published later or on the same day', async () => {
    await using folder = await temporaryFolder();
    const { publishedAt } = await shippedCard('eu-west-1');
    for (const [date, source] of [
      ['2026-09-25T17:45:21Z', 'api'],
      [publishedAt, 'api'],
      ['2025-01-01T00:00:00Z', 'shipped'],
    ] as const) {
      await writeCachedCard(folder.path, await fetchedCard('eu-west-1', date));
      const { card } = await loadRateCard('eu-west-1', { cacheDir: folder.path, now });
      expect(card.source).toBe(source);
    }
  });

  it.each([
    ['an empty file', ''],
    ['half a file', '{"schema":"pathfare/rate-card@1","region":'],
    ['another thing', '[]'],
    ['a hostile field', '{"schema":"\\u001b[31m"}'],
  ])('sets %s aside with a warning, and the shipped card is used', async (_, text) => {
    await using folder = await temporaryFolder();
    const file = await cacheWith(text, folder.path);
    const { card, findings } = await loadRateCard('eu-west-1', { cacheDir: folder.path, now });
    expect(card.source).toBe('shipped');
    expect(findings[0]).toMatchObject({ code: 'cache-file-damaged', severity: 'warning' });
    expect(findings[0]?.message).toContain(`was set aside as ${file}.damaged`);
    expect(findings[0]?.message).not.toContain('\u001b');
    expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json.damaged']);
    expect(await readFile(`${file}.damaged`, 'utf8')).toBe(text);
    const again = await loadRateCard('eu-west-1', { cacheDir: folder.path, now });
    expect(again.findings).toEqual([]);
  });

  it('sets the card of another Region, a gap between tiers and private rates aside', async () => {
    const card = await fetchedCard('eu-west-1', '2026-09-25T17:45:21Z');
    const gap = JSON.stringify(card).replace('"beginRange":"1048576"', '"beginRange":"1048577"');
    for (const [text, reason] of [
      [JSON.stringify({ ...card, region: 'us-east-1' }), 'the card is of "us-east-1"'],
      [gap, 'tier 2 begins at 1048577, expected 1048576'],
      [JSON.stringify({ ...card, source: 'yours' }), 'private rates have no place in the cache'],
    ] as const) {
      await using folder = await temporaryFolder();
      await cacheWith(text, folder.path);
      const { findings } = await readCachedCard(folder.path, 'eu-west-1');
      expect(findings[0]?.message).toContain(reason);
    }
  });

  it('says so where a file can not be read, and uses the shipped card', async () => {
    await using folder = await temporaryFolder();
    await mkdir(cachedCardFile(folder.path, 'eu-west-1'), { recursive: true });
    const { card, findings } = await loadRateCard('eu-west-1', { cacheDir: folder.path, now });
    expect(card.source).toBe('shipped');
    expect(findings[0]).toMatchObject({ code: 'cache-file-unreadable' });
    expect(findings[0]?.message).toContain('eu-west-1.json: is a folder');
  });

  it('never takes private rates', async () => {
    await using folder = await temporaryFolder();
    const card = { ...(await shippedCard('eu-west-1')), source: 'yours' as const };
    await expect(writeCachedCard(folder.path, card)).rejects.toThrow('private rates');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('names the folder that can not be written to', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a-file');
    await writeFile(file, '');
    await chmod(file, 0o444);
    const card = await fetchedCard('eu-west-1', '2026-09-25T17:45:21Z');
    await expect(writeCachedCard(file, card)).rejects.toMatchObject({
      message: expect.stringContaining(
        `${file}/rates/eu-west-1.json: cannot be written: a part of its folder is a file`,
      ),
      hint: expect.stringContaining('`cacheDir`'),
    });
  });

  it('holds one writer’s card whole when several write and read at once', async () => {
    await using folder = await temporaryFolder();
    const dates = Array.from(
      { length: 20 },
      (_, day) => `2026-08-${String(day + 1).padStart(2, '0')}T00:00:00Z`,
    );
    const read: unknown[] = [];
    await Promise.all(
      dates.map(async (date) => {
        await writeCachedCard(folder.path, await fetchedCard('eu-west-1', date));
        read.push(await readCachedCard(folder.path, 'eu-west-1'));
      }),
    );
    expect(read).toHaveLength(20);
    for (const one of read) {
      expect(one).toMatchObject({ card: { region: 'eu-west-1' }, findings: [] });
    }
    expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json']);
  });
});

describe('the date of rates', () => {
  it.each([
    ['2027-01-26T17:54:56Z', []],
    ['2025-10-28T00:00:00Z', []],
    ['2025-10-27T17:54:54Z', ['rates-dated-ahead']],
  ])('at %s, with rates of 2025-10-28T17:54:55Z, gives %j', async (clock, codes) => {
    const loaded = await loadRateCard('eu-west-1', { now: () => new Date(clock) });
    expect(loaded.findings.map((finding) => finding.code)).toEqual(codes);
  });
});
