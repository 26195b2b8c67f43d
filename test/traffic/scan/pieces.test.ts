import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupMerger } from '../../../src/traffic/attribution/record-groups.js';
import { scanFile } from '../../../src/traffic/scan/file.js';
import { Scanner } from '../../../src/traffic/scanner/scanner.js';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { testAddresses } from '../flow-log-text.js';
import { generatedRows, textOf } from '../generated-log.js';

/** The records, lines and sums of a file read in pieces that begin at these places. */
async function scanPieces(file: string, starts: readonly number[], size: number) {
  const scanner = new Scanner({ addresses: testAddresses, interval: 0, talkers: false });
  const tools = { scanner, settings: { fields: null }, progress: () => {} };
  let records = 0;
  let lines = 0;
  for (const [index, start] of starts.entries()) {
    const piece = { start, end: starts[index + 1] ?? size };
    const outcome = await scanFile({ source: fileSource(file, size), piece }, tools);
    if (outcome.kind !== 'scanned') throw new Error(outcome.kind);
    records += outcome.counts.records;
    lines += outcome.counts.lines;
  }
  const merger = new GroupMerger();
  merger.add(scanner.take());
  const groups = merger
    .result()
    .groups.map((group) => JSON.stringify({ ...group, bytes: `${group.bytes}` }));
  return { records, lines, groups: groups.toSorted() };
}

describe('a plain file in pieces', () => {
  it('has the sums of the whole, wherever it is cut', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'log');
    const text = `${textOf(generatedRows(6))}a line that is no record\n\n${textOf(generatedRows(3)).trimEnd()}`;
    await writeFile(file, text);
    const whole = await scanPieces(file, [0], text.length);
    expect([whole.records, whole.lines]).toEqual([64, 67]);
    const starts = fc
      .array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 6 })
      .map((cuts) => [0, ...new Set(cuts)].toSorted((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(starts, async (cuts) => {
        expect(await scanPieces(file, cuts, text.length)).toEqual(whole);
      }),
      { examples: [[[0, 1]], [[0, text.indexOf('\n')]], [[0, text.indexOf('\n') + 1]]] },
    );
  });

  it('has the records of the whole where the memory of the scanner grows meanwhile', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'log');
    const count = 60_000;
    // Each record has a client of its own, so that the groups outgrow their table.
    const lines = Array.from({ length: count }, (_, index) => {
      const client = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
      return `eni-a vpc-1 ${client} 203.0.113.5 7 ACCEPT`;
    });
    const text = `interface-id vpc-id srcaddr dstaddr bytes action\n${lines.join('\n')}\n`;
    await writeFile(file, text);
    const { records } = await scanPieces(file, [0, text.length >> 1], text.length);
    expect(records).toBe(count);
  });
});
