import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { OpenGunzipSteps } from '../../../src/traffic/forms/form.js';
import { gunzipSteps } from '../../../src/traffic/forms/gzip.js';
import { scanFile } from '../../../src/traffic/scan/file.js';
import { groupWord, talkerWord } from '../../../src/traffic/scanner/layout.js';
import { Scanner } from '../../../src/traffic/scanner/scanner.js';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { testAddresses } from '../flow-log-text.js';
import { generatedRows, textOf } from '../generated-log.js';

const text = textOf(generatedRows(6000));
const packed = gzipSync(text);

/** What comes of a gzip file, and how often it was inflated by steps. */
async function scanned(bytes: Uint8Array, gunzip: OpenGunzipSteps) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'log.gz');
  await writeFile(file, bytes);
  const scanner = new Scanner({ addresses: testAddresses, interval: 3600, talkers: true });
  let bySteps = 0;
  const outcome = await scanFile(
    { source: fileSource(file, bytes.length) },
    {
      scanner,
      settings: { fields: null },
      progress: () => {},
      gunzipSteps: () => {
        const steps = gunzip();
        if (steps !== undefined) bySteps++;
        return steps;
      },
    },
  );
  const { slots = [], ...talkers } = scanner.takeTalkers() ?? {};
  const { groups, ...sums } = scanner.take();
  const found = {
    outcome,
    sums,
    groups: inOrder(groups, groupWord.count),
    talkers,
    remotes: inOrder(slots, talkerWord.count),
  };
  const result = JSON.stringify(found, (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  return { result: result.replaceAll(folder.path, ''), bySteps };
}

/** Slots of a table in an order of their own: where a scanner puts each is a secret of its. */
function inOrder(words: ArrayLike<number>, size: number): readonly string[] {
  const slots = Array.from({ length: words.length / size }, (_, index) =>
    Array.from({ length: size }, (_word, at) => words[index * size + at]).join(' '),
  );
  return slots.toSorted();
}

describe('a gzip flow log', () => {
  it.each([
    ['whole', packed],
    ['of two members', Buffer.concat([packed, packed])],
    ['with a line that is no record', gzipSync(`${text}no record\n`)],
    ['cut off', packed.subarray(0, packed.length >> 1)],
    ['of another form', gzipSync('')],
  ])('%s: has the same sums as a stream as by steps', async (_, bytes) => {
    const steps = await scanned(bytes, gunzipSteps);
    const stream = await scanned(bytes, () => undefined);
    expect([steps.bySteps, stream.bySteps]).toEqual([1, 0]);
    expect(stream.result).toBe(steps.result);
  });

  it('has all its records as a stream', async () => {
    const { result } = await scanned(packed, () => undefined);
    expect(JSON.parse(result)).toMatchObject({
      outcome: { kind: 'scanned', counts: { records: 42_000, lines: 42_001, samples: [] } },
    });
  });
});
