import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { generatedRows, textOf } from '../generated-log.js';
import { load } from '../load-options.js';

const rows = generatedRows(3000);
const packed = gzipSync(textOf(rows));
const summary = 'service,region,bytes_out,bytes_in\nkms,eu-west-1,5,6\n';

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

/** What comes of these bytes on standard input. */
const throughStdin = (bytes: Uint8Array | string) =>
  load(['-'], {}, { stdin: pieces(Buffer.from(bytes)) });

/** What comes of these bytes through a pipe that is named as an input, as a shell does with `<(…)`. */
async function throughPipe(bytes: Uint8Array | string) {
  await using folder = await temporaryFolder();
  const pipe = join(folder.path, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const [traffic] = await Promise.all([load([pipe]), writeFile(pipe, bytes)]);
  return traffic;
}

const ways = [
  ['standard input', throughStdin],
  ...(process.platform === 'win32' ? [] : [['a pipe', throughPipe] as const]),
] as const;

describe.each(ways)('an input that comes once: %s', (_, through) => {
  it.each([
    ['a flow log', textOf(rows)],
    ['a gzip flow log', packed],
    ['gzip within gzip', gzipSync(packed)],
  ])('%s is read whole', async (_form, bytes) => {
    const { counts } = await through(bytes);
    expect(counts?.read).toBe(rows.length);
  });

  it.each([
    ['a summary CSV', summary],
    ['a gzip summary CSV', gzipSync(summary)],
  ])('%s is read whole', async (_form, bytes) => {
    const { profiles, counts } = await through(bytes);
    expect(profiles).toMatchObject([
      { service: 'kms', sent: { bytes: 5n }, received: { bytes: 6n } },
    ]);
    expect(counts).toBeNull();
  });

  it('gzip that is cut off: what comes before the cut counts', async () => {
    const traffic = await through(packed.subarray(0, -20));
    expect(traffic.counts?.read).toBeGreaterThan(rows.length * 0.9);
    expect(traffic.findings.filter(({ code }) => code === 'file-not-read')).toHaveLength(1);
  });
});
