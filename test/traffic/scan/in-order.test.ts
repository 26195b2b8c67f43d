import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InOrder } from '../../../src/traffic/scan/in-order.js';
import { scanSources } from '../../../src/traffic/scan/pool.js';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { testAddresses } from '../flow-log-text.js';

describe('what jobs find', () => {
  it('is handed on in the order of the jobs, whichever ends first', () => {
    const handed: string[] = [];
    const order = new InOrder<string>((found) => handed.push(found));
    for (const job of [2, 0, 3]) {
      order.put(job, `job ${job}`);
      order.end(job);
    }
    expect(handed).toEqual(['job 0']);
    // A job that found nothing holds nothing up.
    order.end(1);
    expect(handed).toEqual(['job 0', 'job 2', 'job 3']);
  });

  it('waits for another job only so far that 64 are kept', () => {
    const order = new InOrder<string>(() => {});
    const gone: number[] = [];
    for (let job = 1; job <= 64; job++) {
      order.put(job, '');
      order.end(job);
      order.whenNear(job, () => gone.push(job));
    }
    // Job 0 is still at work: a thread that has ended job 64 gets no other.
    expect(gone).toEqual(Array.from({ length: 63 }, (_, index) => index + 1));
    order.end(0);
    expect(gone.at(-1)).toBe(64);
    order.whenNear(65, () => gone.push(65));
    expect(gone.at(-1)).toBe(65);
  });
});

describe('a scan of many files', () => {
  it('keeps the sums of each thread, and hands the remote addresses of each file on by its own interfaces', async () => {
    await using folder = await temporaryFolder();
    const header = 'interface-id srcaddr dstaddr bytes\n';
    const sources = await Promise.all(
      Array.from({ length: 40 }, async (_, number) => {
        const file = join(folder.path, `${String(number).padStart(2, '0')}.log`);
        const text = `${header}eni-${number} 10.0.0.5 203.0.113.${number} 7\n`;
        await writeFile(file, text);
        return fileSource(file, text.length);
      }),
    );
    const handed: string[] = [];
    const { scans } = await scanSources({
      sources,
      options: Promise.resolve({ addresses: testAddresses, interval: 0, talkers: true }),
      settings: { fields: null },
      talkers: {
        add: ({ interfaces, slots }) => handed.push(`${interfaces.join()} ${slots[1]}`),
        clear: () => handed.push('clear'),
      },
      threads: 1,
      progress: () => {},
      signal: new AbortController().signal,
    });
    expect(scans).toHaveLength(1);
    // The account, the Region and the VPC are not told: three names without letters before the interface's.
    expect(handed).toEqual([
      'clear',
      ...Array.from({ length: 40 }, (_, number) => `   eni-${number} 0`),
    ]);
  });
});
