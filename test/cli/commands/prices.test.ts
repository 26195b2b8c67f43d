import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeCachedCard } from '../../../src/pricing/card/load-rate-card.js';
import { irelandRows, withRow } from '../../support/aws-products.js';
import { fetchedCard, shippedCard } from '../../support/cards.js';
import { faultsOf } from '../../support/documents.js';
import { killWhileWriting } from '../../support/endless-writer.js';
import { startPriceListServer } from '../../support/price-list-server.js';
import { runProgram } from '../../support/program.js';
import { planted, sdkEnvironment, useSdkEnvironment } from '../../support/refreshing.js';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

// AWS's SDK reads the variables of the process: they lead to no account and no network unless a test names a server.
beforeEach(() => useSdkEnvironment('http://127.0.0.1:9', Object.keys(planted)));
afterEach(() => vi.unstubAllEnvs());

const changedNat = withRow(irelandRows, 'DTH8595YVPFXV226', { prices: '0.0540000000' });

describe('prices refresh', () => {
  it('fetches through the API, and every later command uses what was fetched', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({ rows: changedNat });
    const env = {
      ...sdkEnvironment(prices.url),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: '',
      PATHFARE_CACHE_DIR: folder.path,
    };
    // A process of its own: what AWS's SDK itself writes would be seen.
    const refreshed = await runProgram(['prices', 'refresh', '--region', 'eu-west-1'], { env });
    expect(refreshed).toMatchObject({
      exitCode: 0,
      stdout:
        'Region     Result     Published   Prices changed  Rates kept\n' +
        'eu-west-1  refreshed  2026-09-25               1          26\n',
      // Not a word of which Node the SDK will drop.
      stderr: '',
    });
    const shown = await runCli(['prices', 'show', '--region', 'eu-west-1', '--format', 'json'], {
      env,
    });
    expect(JSON.parse(shown.stdout)).toMatchObject({
      source: 'api',
      rates: { natGatewayGb: { tiers: [{ price: '0.054' }] } },
    });
    const args = [
      '--region',
      'eu-west-1',
      '--service',
      'sqs',
      '--gb-out',
      '1000',
      '--format',
      'json',
    ];
    const estimate = await runCli(['estimate', ...args], { env });
    expect(JSON.parse(estimate.stdout).regions[0].rateCard.source).toBe('api');
    // 1,000 GB × 0.054 = 54
    expect(JSON.parse(estimate.stdout).regions[0].vpcs[0].services[0].currentMonthlyCost).toBe(
      '54',
    );
  });

  it('reads the public list without credentials', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const ran = await runCli([...args, '--cache-dir', folder.path, '--format', 'json']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(faultsOf(JSON.parse(ran.stdout))).toEqual([]);
    expect(JSON.parse(ran.stdout)).toEqual({
      $schema: 'urn:pathfare:refresh@1',
      schema: 'pathfare/refresh@1',
      regions: [
        {
          region: 'eu-west-1',
          refreshed: true,
          source: 'offer-file',
          publishedAt: '2026-09-25T17:45:21Z',
          changes: 0,
          kept: expect.arrayContaining(['athenaTb', 'encryptionControlsVpcHour']),
          failure: null,
        },
      ],
    });
  });

  it('keeps what came through, tells what did not, and exits 1', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const regions = 'us-east-1,eu-west-1';
    const args = ['prices', 'refresh', '--region', regions, '--cache-dir', folder.path];
    useSdkEnvironment(prices.url);
    const ran = await runCli(args);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toBe(
      'Region     Result                  Published   Prices changed  Rates kept\n' +
        'us-east-1  failed, old rates kept  2025-10-28               -           -\n' +
        'eu-west-1  refreshed               2026-09-25               0          26\n',
    );
    expect(ran.stderr).toContain('us-east-1: price list refused: no product for natGatewayHour');
    expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json']);
  });

  it('refreshes every Region with --all, a few requests at once', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({ everyRegion: true });
    const args = ['prices', 'refresh', '--all', '--cache-dir', folder.path, '--format', 'csv'];
    useSdkEnvironment(prices.url);
    const ran = await runCli(args);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = ran.stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('region,refreshed,source,published_at,changes,kept,failure');
    expect(lines).toHaveLength(37);
    expect(lines.filter((line) => !line.includes(',true,api,2026-09-25T17:45:21Z,'))).toHaveLength(
      1,
    );
    expect(await readdir(join(folder.path, 'rates'))).toHaveLength(36);
    // Three Regions at once, three lists each.
    expect(prices.atOnce()).toBeLessThanOrEqual(9);
  });

  it('shows its progress on a terminal, and leaves no trace of it', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const args = [
      'prices',
      'refresh',
      '--region',
      'eu-west-1,us-east-1',
      '--offer-base-url',
      prices.url,
    ];
    const ran = await runCli([...args, '--cache-dir', folder.path], { terminals: { stderr: 80 } });
    expect(ran.exitCode).toBe(1);
    const line = '\r\u001b[2K';
    const [first, second] = ran.stderr.split(line).filter((text) => text !== '');
    expect([first, second]).toEqual([
      expect.stringMatching(/^(eu-west-1|us-east-1): 1 of 2$/),
      expect.stringMatching(/^(eu-west-1|us-east-1): 2 of 2$/),
    ]);
    expect(ran.stderr).toContain(`2 of 2${line}pathfare: us-east-1: Offer file `);
    expect(ran.stdout).toContain('eu-west-1  refreshed');
  });

  it('shows on a terminal how much of a large file has come', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({ otherProducts: 10_000 });
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const ran = await runCli([...args, '--cache-dir', folder.path], { terminals: { stderr: 80 } });
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toContain('eu-west-1: AmazonEC2, 4 MB');
  });

  it('stops at Ctrl-C, saying that the old rates stay', async () => {
    await using folder = await temporaryFolder();
    const interrupt = new AbortController();
    await using prices = await startPriceListServer({
      trouble: () => {
        interrupt.abort();
        return 'hang';
      },
    });
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const { signal } = interrupt;
    const ran = await runCli([...args, '--cache-dir', folder.path], { signal });
    expect(ran.exitCode).toBe(130);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain('interrupted: the rates that were not refreshed yet stay');
  });

  it('tells of a damaged cache file even where AWS fails', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'rates'));
    await writeFile(join(folder.path, 'rates', 'eu-west-1.json'), '');
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--cache-dir', folder.path];
    const ran = await runCli(args);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('are damaged and were not used');
    expect(ran.stderr).toContain('no AWS credentials were found');
  });

  it('calls the API with the profile that --profile names, whatever the environment holds', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const file = join(folder.path, 'credentials');
    const lines = ['aws_access_key_id = AKIAOFTHEPROFILE0000', 'aws_secret_access_key = secret'];
    await writeFile(file, ['[audit]', ...lines, ''].join('\n'));
    const env = { ...sdkEnvironment(prices.url), AWS_SHARED_CREDENTIALS_FILE: file };
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--profile', 'audit'];
    const ran = await runProgram([...args, '--cache-dir', folder.path], { env });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    for (const { authorization } of prices.requests) {
      expect(authorization).toContain('AKIAOFTHEPROFILE0000');
    }
  });

  it('says what to do without credentials', async () => {
    const ran = await runCli([
      'prices',
      'refresh',
      '--region',
      'eu-west-1',
      '--cache-dir',
      '/nonexistent',
    ]);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('no AWS credentials were found');
    expect(ran.stderr).toContain('--source offer-file');
  });

  it.each([
    [['--offline'], '--offline: rates are fetched from the network'],
    [['--all'], '--all and --region both say what is refreshed'],
    [['--source', 'apis'], '--source: "apis" is not one of api, offer-file'],
    [['--timeout', '0'], '--timeout: "0" is not a whole number from 1 to 3600'],
    [
      ['--source', 'api', '--offer-base-url', 'https://mirror.example'],
      '--offer-base-url: --source api does not use it',
    ],
    [['--offer-base-url', 'mirror'], '--offer-base-url: "mirror" is not an http or https URL'],
    [['--offer-base-url', 'https://me:x@mirror.example'], 'the URL has a user, a password'],
    [
      ['--source', 'offer-file', '--profile', 'x'],
      '--profile: --source offer-file does not use it',
    ],
    [['--region', 'us-east-1'], '--region is given 2 times'],
  ])('refuses %j', async (flags, message) => {
    const ran = await runCli(['prices', 'refresh', '--region', 'eu-west-1', ...flags]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });

  it('shows no credential, account or ARN anywhere, whatever AWS answers', async () => {
    await using folder = await temporaryFolder();
    let shown = '';
    for (const trouble of ['denied', 'expired', 'unknown-key', undefined] as const) {
      await using prices = await startPriceListServer({ trouble: () => trouble });
      const args = ['prices', 'refresh', '--region', 'eu-west-1', '--cache-dir', folder.path];
      useSdkEnvironment(prices.url);
      const ran = await runCli(args);
      expect(ran.exitCode).toBe(trouble === undefined ? 0 : 1);
      expect(prices.requests[0]?.authorization).toContain(planted.AWS_ACCESS_KEY_ID);
      shown += ran.stdout + ran.stderr;
    }
    for (const file of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) shown += await readFile(join(file.parentPath, file.name), 'utf8');
    }
    expect(shown).toContain('"natGatewayHour"');
    expect(shown).toContain('may not read the price list');
    expect(shown).not.toMatch(/planted|arn:aws|\b\d{12}\b/i);
  });

  it('streams an offer file larger than the memory it has', async () => {
    await using folder = await temporaryFolder();
    // 40,000 other products, each with its terms, are 25 MB; the heap may hold 22 MB.
    await using prices = await startPriceListServer({ otherProducts: 40_000 });
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const ran = await runProgram([...args, '--cache-dir', folder.path], {
      env: { NODE_OPTIONS: '--max-old-space-size=22' },
    });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain('refreshed');
  });
});

describe('a refresh that is killed', () => {
  async function expectWhole(cacheDir: string, prices: readonly string[]): Promise<void> {
    const args = [
      'prices',
      'show',
      '--region',
      'eu-west-1',
      '--format',
      'json',
      '--cache-dir',
      cacheDir,
    ];
    const shown = await runCli(args);
    expect(shown.exitCode).toBe(0);
    expect(shown.stderr).not.toContain('damaged');
    expect(prices).toContain(JSON.parse(shown.stdout).rates.natGatewayGb.tiers[0].price);
  }

  it('leaves the old card whole, whatever the request at which it ends', async () => {
    await using folder = await temporaryFolder();
    await writeCachedCard(folder.path, await fetchedCard('eu-west-1', '2026-09-01T00:00:00Z'));
    const cached = join(folder.path, 'rates', 'eu-west-1.json');
    const before = await readFile(cached, 'utf8');
    const seen: unknown[] = [];
    await using prices = await startPriceListServer({
      rows: changedNat,
      trouble: () => {
        // What is on the disk at a request is what a process that is killed there leaves.
        seen.push([readdirSync(join(folder.path, 'rates')), readFileSync(cached, 'utf8')]);
        return undefined;
      },
    });
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const ran = await runCli([...args, '--cache-dir', folder.path]);
    expect(ran.exitCode).toBe(0);
    expect(seen).toEqual(Array.from({ length: 18 }, () => [['eu-west-1.json'], before]));
    expect(await readFile(cached, 'utf8')).not.toBe(before);
  });

  it('ends at once, and leaves no other file', async () => {
    await using folder = await temporaryFolder();
    await writeCachedCard(folder.path, await fetchedCard('eu-west-1', '2026-09-01T00:00:00Z'));
    let kill = () => {};
    await using prices = await startPriceListServer({
      rows: changedNat,
      trouble: (_, before) => {
        if (before !== 3) return undefined;
        kill();
        return 'hang-in-body';
      },
    });
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const ran = await runProgram([...args, '--cache-dir', folder.path], {
      meanwhile: (child) => {
        kill = () => child.kill('SIGKILL');
      },
    });
    expect(ran.signal).toBe('SIGKILL');
    expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json']);
    await expectWhole(folder.path, ['0.048']);
  });

  it.each([2, 7, 23])('at change %i of the cache folder leaves a whole card', async (change) => {
    await using folder = await temporaryFolder();
    await writeCachedCard(folder.path, await fetchedCard('eu-west-1', '2026-09-01T00:00:00Z'));
    expect(await killWhileWriting(folder.path, change)).toBe('SIGKILL');
    await expectWhole(folder.path, ['0.048']);
  });
});

describe('two refreshes at once', () => {
  it('both succeed, and leave one whole card', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const args = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    const both = await Promise.all([1, 2].map(() => runCli([...args, '--cache-dir', folder.path])));
    expect(both.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(await readdir(join(folder.path, 'rates'))).toEqual(['eu-west-1.json']);
  });
});

describe('prices list', () => {
  it('shows every Region at a glance, in 80 columns, and names those without rates', async () => {
    const { exitCode, stdout } = await runCli(['prices', 'list', '--cache-dir', '/nonexistent']);
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => / shipped {2}2025-1[01]-\d\d$/.test(line))).toHaveLength(36);
    expect(lines).toContain(
      'us-east-1         0.045    0.045     0.01      0.01    0.09  shipped  2025-11-04',
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain(
      'No published rate is shipped for cn-north-1, cn-northwest-1, eusc-de-east-1',
    );
  });

  it('names the Regions whose prices are in another currency', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'rates'));
    const card = await fetchedCard('us-east-1', '2026-01-01T00:00:00Z');
    await writeFile(
      join(folder.path, 'rates', 'cn-north-1.json'),
      JSON.stringify({ ...card, region: 'cn-north-1', currency: 'CNY' }),
    );
    const { stdout } = await runCli(['prices', 'list', '--cache-dir', folder.path]);
    expect(stdout).toContain('Prices in USD (cn-north-1 in CNY): NAT gateway');
  });

  it('sets a damaged cache file aside with a warning on stderr', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'rates'));
    await writeFile(join(folder.path, 'rates', 'eu-west-1.json'), '{"schema":');
    const ran = await runCli(['prices', 'list', '--format', 'csv', '--cache-dir', folder.path]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toContain('pathfare: warning: Cached rates are damaged and were not used: ');
    expect(ran.stdout.split('\n')[0]).toBe(
      'region,currency,source,card_published_at,fetched_at,rate,of,unit,begin_range,end_range,price,free_gb,sku,rate_code,published_at,reference,verified_at,verified_in,assumed,low,high',
    );
  });
});

describe('prices show', () => {
  it('shows every rate with SKU, source and date', async () => {
    const { exitCode, stdout } = await runCli([
      'prices',
      'show',
      '--region',
      'us-east-1',
      '--cache-dir',
      '/nonexistent',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^us-east-1, US East \(N\. Virginia\)\nUSD, shipped; published 2025-10-28, verified 2025-11-04 \(\d+ days ago\)\n/,
    );
    expect(stdout).toMatch(
      /\nInterface endpoint, GB {3,}1,048,576 - 5,242,880 {2,}\$0\.006 {2}DQYYEZBCWSW5XS2R\n/,
    );
    expect(stdout).toContain(
      '  2025-11-04  https://aws.amazon.com/privatelink/pricing/; verified 2026-08-21 in AWS Price List API of 2026-08-21, as a public tool validated it\n    Interface endpoint hour\n',
    );
  });

  it('prints a rate card file that --rates takes', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'mine.json');
    const show = ['prices', 'show', '--region', 'us-east-1', '--cache-dir', folder.path];
    await runCli([...show, '--format', 'json', '--output', file]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(await shippedCard('us-east-1', 'all'));
    const mine = await runCli([...show, '--rates', file, '--format', 'json']);
    expect(JSON.parse(mine.stdout)).toMatchObject({
      source: 'yours',
      rates: { natGatewayGb: { reference: 'yours' } },
    });
    expect(mine.stderr).toContain('Your own rates are used for us-east-1: natGatewayHour');
  });

  it('takes discounts, one flag after another', async () => {
    const show = ['prices', 'show', '--region', 'us-east-1', '--cache-dir', '/nonexistent'];
    const flags = ['--discount', '10%', '--discount', 'nat-gateway=5%', '--format', 'json'];
    const { rates } = JSON.parse((await runCli([...show, ...flags])).stdout);
    expect(rates.natGatewayGb.tiers[0].price).toBe('0.04275');
    expect(rates.publicIpv4Hour.tiers[0].price).toBe('0.0045');
  });

  it('offers the nearest names for a Region that AWS does not have', async () => {
    const ran = await runCli(['prices', 'show', '--region', 'us-est-1']);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/"us-est-1" is not a Region of AWS\n {2}Did you mean us-east-1 or /);
  });
});

describe('prices diff', () => {
  it('exits 0 where nothing changed, 3 where something did, 1 where there is nothing to compare', async () => {
    await using folder = await temporaryFolder();
    const diff = ['prices', 'diff', '--cache-dir', folder.path];
    const none = await runCli(diff);
    expect(none).toMatchObject({ exitCode: 1, stdout: '' });
    expect(none.stderr).toContain('prices refresh --all');
    const card = await fetchedCard('eu-west-1', '2026-09-25T17:45:21Z');
    await writeCachedCard(folder.path, card);
    expect(await runCli(diff)).toMatchObject({
      exitCode: 0,
      stdout:
        'No price differs in 1 Region.\n\neu-west-1: shipped of 2025-10-28 against api of 2026-09-25.\n',
    });
    await using prices = await startPriceListServer({ rows: changedNat });
    const refresh = ['prices', 'refresh', '--region', 'eu-west-1', '--offer-base-url', prices.url];
    await runCli([...refresh, '--cache-dir', folder.path]);
    // 0.048 → 0.054 is +12.5 %
    expect(await runCli(diff)).toMatchObject({
      exitCode: 3,
      stdout:
        '1 price differs, in 1 of 1 Region.\n\n' +
        'Region     Rate             GB a month  Before   After  Change\n' +
        'eu-west-1  NAT gateway, GB              $0.048  $0.054  +12.5%\n\n' +
        'eu-west-1: shipped of 2025-10-28 against offer-file of 2026-09-25.\n',
    });
    const json = await runCli([...diff, '--format', 'json']);
    expect(JSON.parse(json.stdout).regions[0].changes).toEqual([
      {
        region: 'eu-west-1',
        rate: 'natGatewayGb',
        unit: 'GB',
        tier: { beginRange: '0', endRange: 'Inf' },
        before: '0.048',
        after: '0.054',
        percent: '12.5',
      },
    ]);
    const csv = await runCli([...diff, '--format', 'csv']);
    expect(csv.stdout.split('\n')[1]).toBe('eu-west-1,USD,natGatewayGb,,GB,0,Inf,0.048,0.054,12.5');
    expect((await runCli([...diff, '--region', 'us-east-1'])).exitCode).toBe(1);
  });

  it('compares the rates in use with a saved card', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'saved.json');
    const card = await shippedCard('us-east-1');
    await writeFile(file, JSON.stringify(card).replace('"price":"0.01"', '"price":"0.02"'));
    const diff = [
      'prices',
      'diff',
      '--against',
      file,
      '--cache-dir',
      folder.path,
      '--format',
      'markdown',
    ];
    const ran = await runCli(diff);
    expect(ran.exitCode).toBe(3);
    // 0.02 → 0.01 is −50 %
    expect(ran.stdout).toContain(
      '| us-east-1 | Interface endpoint, hour |  | \\$0.02 | \\$0.01 | \\-50% |',
    );
    const other = await runCli([...diff, '--region', 'eu-west-1']);
    expect(other).toMatchObject({ exitCode: 2, stdout: '' });
    expect(other.stderr).toContain('is a rate card of us-east-1, not of eu-west-1');
    await writeFile(file, '{}');
    expect((await runCli(diff)).stderr).toContain(`--against ${file}: schema: missing`);
  });
});

describe('an estimate', () => {
  const estimate = ['estimate', '--region', 'eu-west-1', '--service', 'sqs', '--gb-out', '1000'];

  it('calls AWS only with --refresh', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer({ rows: changedNat });
    const env = { ...sdkEnvironment(prices.url), PATHFARE_CACHE_DIR: folder.path };
    const json = [...estimate, '--format', 'json'];
    useSdkEnvironment(prices.url);
    const before = await runCli(json, { env });
    const offline = await runCli([...json, '--offline'], { env });
    expect(offline.stdout).toBe(before.stdout);
    expect(prices.requests).toEqual([]);
    const after = await runCli([...json, '--refresh'], { env });
    expect(JSON.parse(before.stdout).regions[0].rateCard.source).toBe('shipped');
    expect(JSON.parse(after.stdout).regions[0].rateCard.source).toBe('api');
    expect(prices.requests.length).toBeGreaterThan(0);
  });

  it('fails with --refresh where AWS does, and refuses flags that nothing uses', async () => {
    await using folder = await temporaryFolder();
    const cache = ['--cache-dir', folder.path];
    const failed = await runCli([...estimate, ...cache, '--refresh']);
    expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
    expect(failed.stderr).toContain('no AWS credentials were found');
    const offline = await runCli([...estimate, ...cache, '--refresh', '--offline']);
    expect(offline).toMatchObject({ exitCode: 2, stdout: '' });
    const unused = await runCli([...estimate, ...cache, '--profile', 'x']);
    expect(unused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unused.stderr).toContain('--profile: no rates are fetched');
  });

  it('never writes negotiated rates into the cache', async () => {
    await using folder = await temporaryFolder();
    await using prices = await startPriceListServer();
    const file = join(folder.path, 'mine.json');
    const tiers = [{ beginRange: '0', endRange: 'Inf', price: '0.0123' }];
    await writeFile(file, JSON.stringify({ rates: { natGatewayGb: { unit: 'GB', tiers } } }));
    const cacheDir = join(folder.path, 'cache');
    const flags = [
      '--rates',
      file,
      '--discount',
      '7%',
      '--refresh',
      '--offer-base-url',
      prices.url,
    ];
    const ran = await runCli([...estimate, ...flags, '--cache-dir', cacheDir, '--format', 'json']);
    // 1,000 GB × 0.0123 = 12.3
    expect(JSON.parse(ran.stdout).regions[0].vpcs[0].services[0].currentMonthlyCost).toBe('12.3');
    const cached = await readFile(join(cacheDir, 'rates', 'eu-west-1.json'), 'utf8');
    expect(cached).toContain('"source": "offer-file"');
    expect(cached).not.toMatch(/0\.0123|yours/);
  });
});

describe('rates in CNY', () => {
  it('make an estimate of their own, and are never added to USD', async () => {
    await using folder = await temporaryFolder();
    const tiers = (price: string) => [{ beginRange: '0', endRange: 'Inf', price }];
    const rates = join(folder.path, 'cn.json');
    const natGatewayGb = { unit: 'GB', tiers: tiers('0.427') };
    const natGatewayHour = { unit: 'Hrs', tiers: tiers('0.427') };
    const card = { region: 'cn-north-1', currency: 'CNY', publishedAt: '2026-01-01T00:00:00Z' };
    await writeFile(rates, JSON.stringify({ ...card, rates: { natGatewayHour, natGatewayGb } }));
    const china = join(folder.path, 'china.csv');
    await writeFile(china, 'region,service,path,gb_out\ncn-north-1,sqs,nat-gateway,1000\n');
    const both = join(folder.path, 'both.csv');
    await writeFile(
      both,
      'region,service,path,gb_out\ncn-north-1,sqs,nat-gateway,1000\nus-east-1,sqs,nat-gateway,1000\n',
    );
    const flags = ['--rates', rates, '--cache-dir', folder.path, '--format', 'json'];
    const alone = await runCli(['compare', china, ...flags]);
    // Not every rate is known, so the sums are lower bounds: exit code 3.
    expect(alone.exitCode).toBe(3);
    expect(JSON.parse(alone.stdout)).toMatchObject({ currency: 'CNY', complete: false });
    // 1,000 GB × 0.427 = 427
    expect(JSON.parse(alone.stdout).regions[0].vpcs[0].services[0].currentMonthlyCost).toBe('427');
    const mixed = await runCli(['compare', both, ...flags]);
    expect(mixed).toMatchObject({ exitCode: 1, stdout: '' });
    expect(mixed.stderr).toMatch(/CNY.*USD|USD.*CNY/);
  });
});
