import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runCli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const vpc = 'examples/small-vpc.csv';
const s3 = ['estimate', '--region', 'us-east-1', '--service', 's3', '--gb-out', '1'];
const card = join(root, 'pricing-cache/rates/us-east-1.json');

/** Each flag that names a file to read, in a command that takes it. */
const flags: readonly (readonly [string, readonly string[]])[] = [
  ['--rates', s3],
  ['--against', ['prices', 'diff']],
  ['--service-map', ['compare', 'examples/flow-log.log']],
  ['--from', ['ip-ranges', 'refresh']],
  ['--names', ['report', vpc]],
  ['--budget', ['report', vpc]],
  ['--baseline', ['report', vpc]],
];

describe('a file that a flag names', () => {
  it.each(flags)('%s is said not to be there in one way', async (flag, command) => {
    const run = await runCli([...command, flag, '/nope']);
    expect([run.exitCode, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toMatch(new RegExp(`^pathfare: ${flag} /nope: no such file\n {2}\\S.+\n$`));
  });

  it.each(flags)('%s is said to be a folder in one way', async (flag, command) => {
    const run = await runCli([...command, flag, 'examples']);
    expect([run.exitCode, run.stderr.split('\n')[0]]).toEqual([
      1,
      `pathfare: ${flag} examples: is a folder`,
    ]);
  });

  it('shows no control character of its name', async () => {
    const run = await runCli(['report', vpc, '--names', '/\u001b[31m\n']);
    expect(run.stderr.split('\n')[0]).toBe(
      'pathfare: --names /\\u{001b}[31m\\u{000a}: no such file',
    );
  });
});

describe('a byte order mark', () => {
  it('is passed over in every file that is read', async () => {
    await using folder = await temporaryFolder();
    const marked = async (name: string, text: string) => {
      const file = join(folder.path, name);
      await writeFile(file, `\uFEFF${text}`);
      return file;
    };
    const report = await runCli(['report', vpc, '--format', 'json']);
    const example = ['report', await marked('vpc.csv', await readFile(join(root, vpc), 'utf8'))];
    const log = await readFile(join(root, 'examples/flow-log.log'), 'utf8');
    const commands: readonly (readonly string[])[] = [
      [...example, '--baseline', await marked('report.json', report.stdout)],
      [...example, '--names', await marked('names.csv', 'id,name\nvpc-1,Shop\n')],
      [...example, '--budget', await marked('budget.csv', 'scope,id,monthly\ntotal,,9999\n')],
      [...example, '--budget', await marked('budget.yaml', 'monthly: 9999\n')],
      [...s3, '--rates', await marked('rates.json', '{"rates":{}}')],
      ['prices', 'diff', '--against', await marked('card.json', await readFile(card, 'utf8'))],
      ['compare', await marked('log.log', log), '--service-map', await marked('map.csv', map)],
    ];
    for (const command of commands) {
      const run = await runCli(command);
      expect([command, run.exitCode, run.stderr.includes('pathfare: --')]).toEqual([
        command,
        0,
        false,
      ]);
    }
  });

  it('is passed over in the cache and the AWS config', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'rates'));
    await writeFile(
      join(folder.path, 'rates/us-east-1.json'),
      `\uFEFF${await readFile(card, 'utf8')}`,
    );
    const ranges = join(root, 'pricing-cache/ip-ranges.json');
    await writeFile(join(folder.path, 'ip-ranges.json'), `\uFEFF${await readFile(ranges, 'utf8')}`);
    const config = join(folder.path, 'config');
    await writeFile(config, '\uFEFF[default]\nregion = us-east-1\n');
    const cache = ['--cache-dir', folder.path];
    const diff = await runCli(['prices', 'diff', ...cache]);
    expect([diff.exitCode, diff.stderr]).toEqual([0, '']);
    const shown = await runCli(['ip-ranges', 'show', ...cache]);
    expect([shown.exitCode, shown.stdout]).toEqual([0, expect.stringContaining('(refreshed)')]);
    const table = await runCli(['breakeven'], { env: { AWS_CONFIG_FILE: config } });
    expect([table.exitCode, table.stdout]).toEqual([0, expect.stringContaining('us-east-1')]);
  });
});

const map = 'cidr,service\n10.20.0.0/16,billing-db\n';

describe('the cache', () => {
  it.each([
    ['prices', 'refresh', '--region', 'us-east-1', '--offer-base-url', 'http://127.0.0.1:9'],
    ['ip-ranges', 'refresh', '--from', '/nope'],
  ])('that is a file is named: %s %s', async (...args) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'cache');
    await copyFile(card, file);
    const run = await runCli([...args, '--cache-dir', file]);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('a part of its folder is a file');
    expect(run.stderr).not.toMatch(/\bE[A-Z]{4,}\b/);
  });
});
