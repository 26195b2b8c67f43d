import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runCli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** What would set a terminal's title, color what follows and turn its direction. */
const evil = '\u001b]0;title\u0007\u001b[31m\u009b1m\u202e';
/** Whether a text holds what a terminal acts on, line ends and the table's own colors aside. */
const acts = (text: string): boolean => /[\p{Cc}\p{Cf}]/u.test(text.replaceAll(plain, ''));
const escape = '\u001b';
const plain = new RegExp(`\n|${escape}\\[(?:1|22|32|39)m`, 'g');

const header = 'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end';
const row = '111122223333,us-east-1,vpc-1,use1-az1,s3,nat-gateway,1000,2000,2026-10-01,2026-10-02';

/** A record of version 5's fields, through a NAT gateway to a public address. */
const fields = 'account-id region vpc-id az-id interface-id srcaddr dstaddr bytes start end action';
const record = (account: string, region: string, vpc: string, bytes: number) =>
  `${account} ${region} ${vpc} use1-az1 eni-0a 10.0.0.1 203.0.113.5 ${bytes} 1790812800 1790816400 ACCEPT`;

describe('text of others on a terminal', () => {
  it('does not act, whatever the format', async () => {
    await using folder = await temporaryFolder();
    // A file's name stands in findings of every format.
    const place = join(folder.path, evil);
    await mkdir(place);
    await writeFile(join(place, 'a.csv'), `${header},${evil}\n${row},1\n`);
    for (const format of ['table', 'json', 'csv', 'markdown']) {
      const args = ['compare', place, '--format', format];
      const shown = await runCli(args, { terminals: { stdout: 100, stderr: 100 } });
      expect([format, shown.exitCode, acts(shown.stdout), acts(shown.stderr)]).toEqual([
        format,
        0,
        false,
        false,
      ]);
    }
  });

  it('is raw in a file and a pipe, where it is data', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, '\u202e.csv');
    await writeFile(file, `${header},other\n${row},1\n`);
    const { stdout } = await runCli(['compare', file, '--format', 'json']);
    expect(JSON.stringify(JSON.parse(stdout).findings)).toContain(`${file}: columns`);
  });

  it.each([
    ['an input that is not there', (name: string) => ['compare', name]],
    ['a pattern', (name: string) => ['compare', `${name}*`]],
    ['a file of names', (name: string) => ['report', 'examples/small-vpc.csv', '--names', name]],
    ['a budget', (name: string) => ['report', 'examples/small-vpc.csv', '--budget', name]],
    ['a baseline', (name: string) => ['report', 'examples/small-vpc.csv', '--baseline', name]],
    ['rates', (name: string) => ['compare', 'examples/small-vpc.csv', '--rates', name]],
    ['a list of ranges', (name: string) => ['ip-ranges', 'refresh', '--from', name]],
    ['a card', (name: string) => ['prices', 'diff', '--against', name]],
  ])('does not act in the name of %s', async (_, argsOf) => {
    const run = await runCli(argsOf(`/${evil}`));
    expect([run.exitCode, run.stdout, acts(run.stderr)]).toEqual([1, '', false]);
    expect(run.stderr).toContain('\\u{001b}]0;title');
  });

  it('does not act where a file is quoted', async () => {
    await using folder = await temporaryFolder();
    const files: readonly (readonly [string, string, readonly string[]])[] = [
      ['a.yaml', `%YAML ${evil}\n---\na: b\n`, ['--budget']],
      ['b.yaml', `${evil}: 1\n`, ['--budget']],
      [
        'c.json',
        `{"schema":"${evil.replaceAll('\u001b', '\\u001b').replaceAll('\u0007', '')}"}`,
        ['--baseline'],
      ],
      ['d.csv', `id,name\n"${evil}"x,a\n`, ['--names']],
    ];
    for (const [name, text, flags] of files) {
      const file = join(folder.path, name);
      await writeFile(file, text);
      const run = await runCli(['report', 'examples/small-vpc.csv', ...flags, file]);
      expect([name, run.exitCode, acts(run.stderr)]).toEqual([name, 1, false]);
    }
  });
});

describe('a name that can be none', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['an escape in a VPC', '111122223333', 'us-east-1', `vpc-${evil}`],
    ['a long VPC', '111122223333', 'us-east-1', `vpc-${'a'.repeat(300)}`],
    ['an escape in an account', `1111222233${evil}`, 'us-east-1', 'vpc-1'],
    ['a Region that is none', '111122223333', 'us-\u001beast-1', 'vpc-1'],
  ];

  it.each(cases)('is set aside with a finding: %s', async (_, account, region, vpc) => {
    await using folder = await temporaryFolder();
    const log = join(folder.path, 'a.log');
    const sound = record('111122223333', 'us-east-1', 'vpc-1', 5000);
    await writeFile(log, `${fields}\n${sound}\n${record(account, region, vpc, 700)}\n`);
    const out = join(folder.path, 'out.csv');
    const run = await runCli(['summarize', log, '-o', out]);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain(
      'pathfare: 2 records read, 1 counted (5,000 bytes), set aside: 1 with an account, a Region or an id that can be none (700 bytes).\n',
    );
    expect(run.stderr).toContain('pathfare: warning: Not counted: 1 record whose account, Region,');
    const summary = await readFile(out, 'utf8');
    expect(acts(summary)).toBe(false);
    // What is written is read again.
    expect((await runCli(['compare', out, '--unknown-path', 'nat-gateway'])).exitCode).toBe(0);
  });
});

it('goes to stderr and to a terminal through one writer', () => {
  const writers = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      /std(?:out|err)\.write\(/.test(readFileSync(join(root, 'src', file), 'utf8')),
    );
  // The program's own version, and that stdout failed; the help; the line of progress, which has no text of others.
  expect(writers.toSorted()).toEqual(['bin/pathfare.ts', 'cli/kit/output.ts', 'cli/main.ts']);
});

it('looks nothing up in a plain object by a text of others', () => {
  const tables = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(root, 'src', file), 'utf8');
      return [...text.matchAll(/const \w+: (?:Readonly<)?Record<string, /g)].map(() => file);
    });
  // Rates by the names that are wanted of a price list.
  expect(tables).toEqual(['pricing/fetch/build-rate-card.ts']);
});
