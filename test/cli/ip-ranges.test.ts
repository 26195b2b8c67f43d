import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/cli/cache-folder.js';
import { type IpRangesOptions, run } from '../../src/cli/ip-ranges.js';
import { formatCidr } from '../../src/traffic/cidr.js';
import { loadIpRanges } from '../../src/traffic/ip-ranges-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pathfare-'));
});
afterEach(() => rm(folder, { recursive: true }));

const noFetch = async () => {
  throw new Error('the network was used');
};

async function output(
  options: IpRangesOptions,
  fetch: Parameters<typeof run>[2] = noFetch,
): Promise<string> {
  let text = '';
  const write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  const stdout = { write, once: () => undefined };
  const signal = new AbortController().signal;
  await run(options, { stdout, env: { PATHFARE_CACHE_DIR: join(folder, 'cache') }, signal }, fetch);
  return text;
}

/** The shipped list in AWS's own shape, with another date. */
async function awsList(createDate: string): Promise<string> {
  const { ranges } = await loadIpRanges(null);
  const entries = (family: 4 | 6, key: string) =>
    ranges.ranges
      .filter((range) => range.cidr.family === family)
      .map(({ cidr, service, region }) => ({ [key]: formatCidr(cidr), service, region }));
  const prefixes = entries(4, 'ip_prefix');
  return JSON.stringify({
    syncToken: '1',
    createDate,
    prefixes,
    ipv6_prefixes: entries(6, 'ipv6_prefix'),
  });
}

describe('ip-ranges', () => {
  it('shows the shipped list without a refreshed one', async () => {
    const lines = (await output({ action: 'show' })).split('\n');
    expect(lines[0]).toBe("AWS's address ranges of 2026-08-22-15-17-05 (shipped): 16828 prefixes");
    // 441 IPv4 and 513 IPv6 prefixes.
    expect(lines.some((line) => /^ {2}S3 +954$/.test(line))).toBe(true);
  });

  it('tells addresses apart', async () => {
    expect(
      await output({ action: 'show', addresses: ['100.20.0.1', '10.0.0.1', '203.0.113.5'] }),
    ).toBe('100.20.0.1   aws-other us-west-2\n10.0.0.1     private\n203.0.113.5  internet\n');
  });

  it('refuses what is not an address', async () => {
    await expect(output({ action: 'show', addresses: ['s3'] })).rejects.toMatchObject({
      message: 'ip-ranges show: "s3" is not an IPv4 or IPv6 address',
      exitCode: 2,
    });
  });

  it('refreshes from a file without the network, and uses the copy from then on', async () => {
    const from = join(folder, 'aws.json');
    await writeFile(from, await awsList('2026-10-01-00-00-00'));
    const shown = JSON.parse(await output({ action: 'refresh', from, format: 'json' }));
    expect(shown).toMatchObject({
      source: 'refreshed',
      createDate: '2026-10-01-00-00-00',
      prefixes: 16_828,
    });
    expect(await readdir(join(folder, 'cache'))).toEqual(['ip-ranges.json']);
    expect((await loadIpRanges(join(folder, 'cache'))).source).toBe('refreshed');
    expect(await output({ action: 'show' })).toContain('of 2026-10-01-00-00-00 (refreshed)');
  });

  it('refreshes from AWS when no file is given', async () => {
    const text = await awsList('2026-10-01-00-00-00');
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return { ok: true, status: 200, text: async () => text };
    };
    await output({ action: 'refresh' }, fetch);
    expect(asked).toEqual(['https://ip-ranges.amazonaws.com/ip-ranges.json']);
  });

  it('leaves the present list when the fresh one is refused', async () => {
    const from = join(folder, 'aws.json');
    await writeFile(from, await awsList('2026-10-01-00-00-00'));
    await output({ action: 'refresh', from });
    const before = await readFile(join(folder, 'cache', 'ip-ranges.json'), 'utf8');
    await writeFile(from, await awsList('2026-09-01-00-00-00'));
    await expect(output({ action: 'refresh', from })).rejects.toThrow(
      'was published 2026-09-01-00-00-00',
    );
    expect(await readFile(join(folder, 'cache', 'ip-ranges.json'), 'utf8')).toBe(before);
    await output({ action: 'refresh', from, accept: true });
    expect(await output({ action: 'show' })).toContain('of 2026-09-01-00-00-00 (refreshed)');
  });

  it('names the file that is not there or is not a list', async () => {
    const from = join(folder, 'none.json');
    await expect(output({ action: 'refresh', from })).rejects.toThrow(
      `--from ${from}: can't be read`,
    );
    await writeFile(from, '{"prefixes":[]}');
    await expect(output({ action: 'refresh', from })).rejects.toThrow(`${from}: syncToken: `);
  });
});

describe('the cache folder', () => {
  it.each([
    ['/flag', { PATHFARE_CACHE_DIR: '/env', XDG_CACHE_HOME: '/xdg', HOME: '/home/a' }, '/flag'],
    [undefined, { PATHFARE_CACHE_DIR: '/env', XDG_CACHE_HOME: '/xdg', HOME: '/home/a' }, '/env'],
    [
      undefined,
      { PATHFARE_CACHE_DIR: '', XDG_CACHE_HOME: '/xdg', HOME: '/home/a' },
      '/xdg/pathfare',
    ],
    [undefined, { XDG_CACHE_HOME: 'relative', HOME: '/home/a' }, '/home/a/.cache/pathfare'],
    [undefined, { HOME: '/home/a' }, '/home/a/.cache/pathfare'],
  ])('is the flag, the variable, or the XDG folder (%#)', (flag, env, folder) => {
    expect(cacheFolder(flag, env)).toBe(folder);
  });
});
