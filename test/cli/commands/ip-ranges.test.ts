import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refreshRanges } from '../../../src/cli/commands/ip-ranges-refresh.js';
import { cacheFolder } from '../../../src/cli/flags/refresh-flags.js';
import { formatCidr } from '../../../src/traffic/addresses/cidr.js';
import { loadIpRanges } from '../../../src/traffic/addresses/ranges-file.js';
import { root, runCli } from '../../support/run-cli.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pathfare-'));
});
afterEach(() => rm(folder, { recursive: true }));

const env = () => ({ PATHFARE_CACHE_DIR: join(folder, 'cache') });

/** Runs `pathfare ip-ranges …` with a cache of its own. */
const ipRanges = (...args: readonly string[]) => runCli(['ip-ranges', ...args], { env: env() });

/** The shipped list in AWS's own shape, with another date. */
const awsList = (createDate: string): string =>
  listOfAws.replace('"createDate":""', `"createDate":"${createDate}"`);

const listOfAws = await shippedList();
async function shippedList(): Promise<string> {
  const { ranges } = await loadIpRanges(null);
  const entries = (family: 4 | 6, key: string) =>
    ranges.ranges
      .filter((range) => range.cidr.family === family)
      .map(({ cidr, service, region }) => ({ [key]: formatCidr(cidr), service, region }));
  const prefixes = entries(4, 'ip_prefix');
  return JSON.stringify({
    syncToken: '1',
    createDate: '',
    prefixes,
    ipv6_prefixes: entries(6, 'ipv6_prefix'),
  });
}

describe('ip-ranges show', () => {
  it('describes the shipped list without a refreshed one', async () => {
    const { exitCode, stdout } = await ipRanges('show');
    const lines = stdout.split('\n');
    expect(exitCode).toBe(0);
    expect(lines[0]).toBe("AWS's address ranges of 2026-08-22-15-17-05 (shipped): 16828 prefixes");
    // 441 IPv4 and 513 IPv6 prefixes.
    expect(lines.some((line) => /^S3 +954$/.test(line.trim()))).toBe(true);
  });

  it('tells addresses apart, in every format', async () => {
    const addresses = ['100.20.0.1', '10.0.0.1', '203.0.113.5'];
    const csv = await ipRanges('show', ...addresses, '--format', 'csv');
    expect(csv.stdout).toBe(
      'address,service,region\n100.20.0.1,aws-other,us-west-2\n10.0.0.1,private,\n203.0.113.5,internet,\n',
    );
    const json = JSON.parse((await ipRanges('show', ...addresses, '--format', 'json')).stdout);
    expect(json.addresses[0]).toEqual({
      address: '100.20.0.1',
      service: 'aws-other',
      region: 'us-west-2',
    });
    for (const format of ['table', 'markdown']) {
      const { stdout } = await ipRanges('show', ...addresses, '--format', format);
      expect(
        stdout.split('\n').filter((line) => line.replaceAll('\\', '').includes('203.0.113.5')),
      ).toHaveLength(1);
    }
  });

  it('refuses what is not an address', async () => {
    const { exitCode, stdout, stderr } = await ipRanges('show', 's3');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('ip-ranges show: "s3" is not an IPv4 or IPv6 address');
  });
});

describe('ip-ranges refresh', () => {
  it('takes a file without the network, and the copy is used from then on', async () => {
    const from = join(folder, 'aws.json');
    await writeFile(from, awsList('2026-10-01-00-00-00'));
    const { exitCode, stdout } = await ipRanges('refresh', '--from', from, '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      source: 'refreshed',
      createDate: '2026-10-01-00-00-00',
    });
    expect(await readdir(join(folder, 'cache'))).toEqual(['address-table.bin', 'ip-ranges.json']);
    expect((await loadIpRanges(join(folder, 'cache'))).source).toBe('refreshed');
    expect((await ipRanges('show')).stdout).toContain('of 2026-10-01-00-00-00 (refreshed)');
  });

  it("fetches AWS's list when no file is given", async () => {
    const text = awsList('2026-10-01-00-00-00');
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return { ok: true, status: 200, text: async () => text };
    };
    const stderr = { write: () => true, once: () => {} };
    const effects = { env: env(), signal: new AbortController().signal, stderr };
    const { file } = await refreshRanges({}, effects, fetch);
    expect(asked).toEqual(['https://ip-ranges.amazonaws.com/ip-ranges.json']);
    expect(file).toBe(join(folder, 'cache', 'ip-ranges.json'));
  });

  it('leaves the present list when the fresh one is refused', async () => {
    const from = join(folder, 'aws.json');
    await writeFile(from, awsList('2026-10-01-00-00-00'));
    await ipRanges('refresh', '--from', from);
    const before = await readFile(join(folder, 'cache', 'ip-ranges.json'), 'utf8');
    await writeFile(from, awsList('2026-09-01-00-00-00'));
    const refused = await ipRanges('refresh', '--from', from);
    expect([refused.exitCode, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('was published 2026-09-01-00-00-00');
    expect(await readFile(join(folder, 'cache', 'ip-ranges.json'), 'utf8')).toBe(before);
    expect((await ipRanges('refresh', '--from', from, '--accept')).exitCode).toBe(0);
    expect((await ipRanges('show')).stdout).toContain('of 2026-09-01-00-00-00 (refreshed)');
  });

  it.each([
    ['a folder that takes no file', () => '/proc/nope', 'there is no such folder'],
    ['a file', () => join(folder, 'file'), 'a part of its folder is a file'],
  ])('says so where the cache folder can be made no more than %s', async (_, place, why) => {
    const from = join(folder, 'aws.json');
    await writeFile(from, awsList('2026-10-01-00-00-00'));
    await writeFile(join(folder, 'file'), '');
    const cache = join(place(), 'cache');
    const run = await runCli(['ip-ranges', 'refresh', '--from', from, '--cache-dir', cache]);
    expect([run.exitCode, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain(`${cache}/ip-ranges.json: cannot be written: ${why}\n`);
    expect(run.stderr).toContain('--cache-dir');
  });

  it('names the file that is not there or is not a list, and the flag that forbids the network', async () => {
    const from = join(folder, 'none.json');
    expect((await ipRanges('refresh', '--from', from)).stderr).toContain(
      `--from ${from}: no such file`,
    );
    await writeFile(from, '{"prefixes":[]}');
    expect((await ipRanges('refresh', '--from', from)).stderr).toContain(`${from}: syncToken: `);
    const offline = await ipRanges('refresh', '--offline');
    expect(offline.exitCode).toBe(2);
    expect(offline.stderr).toContain('--offline: the list is fetched from the network');
  });
});

describe('a refreshed list that cannot be used', () => {
  const damages: readonly (readonly [string, () => Promise<string>])[] = [
    ['is damaged', async () => damagedCache('{"schema":"pathfare/ip-ranges@1"')],
    ['is of another kind', async () => damagedCache('[]')],
    ['holds a prefix that is none', async () => damagedCache(await shippedText('3.2/99'))],
    ['is a folder', async () => (await mkdir(join(folder, 'ip-ranges.json')), folder)],
    ['stands below a file', async () => join(await damagedCache('x'), 'ip-ranges.json')],
  ];

  async function damagedCache(text: string): Promise<string> {
    await writeFile(join(folder, 'ip-ranges.json'), text);
    return folder;
  }

  async function shippedText(prefix: string): Promise<string> {
    const text = await readFile(join(root, 'pricing-cache/ip-ranges.json'), 'utf8');
    return text.replace(/"S3": \{\s+"[\w-]+": "[\d./]+/, (start) =>
      start.replace(/[\d./]+$/, prefix),
    );
  }

  it.each(damages)('%s: the shipped one is, with a finding', async (_, damage) => {
    const cache = await damage();
    const log = 'examples/flow-log.log';
    const run = await runCli(['summarize', log, '--cache-dir', cache]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toBe((await runCli(['summarize', log])).stdout);
    const told = 'pathfare: warning: Refreshed address ranges were not used, but those that ship';
    expect(run.stderr).toContain(told);
    const shown = await runCli(['ip-ranges', 'show', '52.216.0.1', '--cache-dir', cache]);
    expect([shown.exitCode, shown.stderr.slice(0, told.length)]).toEqual([0, told]);
    expect((await runCli(['ip-ranges', 'show', '--cache-dir', cache])).stdout).toContain(
      '(shipped)',
    );
  });

  it('is replaced by a refresh', async () => {
    const cache = await damagedCache('{');
    const from = join(folder, 'aws.json');
    await writeFile(from, awsList('2026-10-01-00-00-00'));
    const run = await runCli(['ip-ranges', 'refresh', '--from', from, '--cache-dir', cache]);
    expect([run.exitCode, run.stdout.includes('(refreshed)')]).toEqual([0, true]);
    expect((await runCli(['ip-ranges', 'show', '--cache-dir', cache])).stderr).toBe('');
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
