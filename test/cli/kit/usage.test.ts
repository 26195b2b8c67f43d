import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';

const s3 = ['estimate', '--region', 'us-east-1', '--service', 's3'];
const decimal =
  'Write a plain decimal such as --gb-out 1234.5: no sign, no exponent, no thousands separator, at most 15 digits before the point and 12 after it.';

/** Arguments, and the two lines that answer them. */
const cases: readonly (readonly [readonly string[], string, string])[] = [
  [['estimat'], 'no command is called "estimat"', 'Did you mean "pathfare estimate"?'],
  [['prices', 'shwo'], 'no command is called "shwo"', 'Did you mean "pathfare prices show"?'],
  [['--verson'], 'no flag is called --verson', 'Did you mean --version?'],
  [['compare', 'a.csv', '--regin', 'x'], 'no flag is called --regin', 'Did you mean --region?'],
  [['compare', 'a.csv', '--fromat=json'], 'no flag is called --fromat', 'Did you mean --format?'],
  [['estimate', '--servce', 's3'], 'no flag is called --servce', 'Did you mean --service?'],
  [['compare', 'a.csv', '-x'], 'no flag is called -x', '--help after the command shows its flags.'],
  [['compare'], 'no input is given', 'Name the files to read, or - for standard input.'],
  [
    ['explain', 'ecr'],
    '"ecr" is one argument too many',
    'Quote a value that holds spaces; --help after the command shows what it takes.',
  ],
  [
    ['estimate', '--gb-out', '1'],
    'not given: --service',
    'The command needs it; --help after it shows an example.',
  ],
  [
    [...s3, '--gb-out'],
    '--gb-out has no value',
    'Give one after it: --gb-out VALUE; --help after the command shows what it takes.',
  ],
  [
    ['estimate', '--service', 's3', '--gb-out', '--region', 'us-east-1'],
    '--gb-out has no value',
    'Give one after it: --gb-out VALUE; --help after the command shows what it takes.',
  ],
  [
    [...s3, '--gb-out', '1', '--region', 'eu-west-1'],
    '--region is given 2 times',
    'Give --region once.',
  ],
  [
    s3,
    'neither --gb-out nor --gb-in is given',
    'Give the GB a month in at least one direction, such as --gb-out 1000.',
  ],
  [
    ['estimate', '--service', 's3', '--gb-out', '1'],
    'no Region is given',
    'Give --region, such as --region us-east-1, or set AWS_REGION.',
  ],
  [[...s3, '--gb-out', '1,024'], '--gb-out: "1,024" is not a plain decimal number', decimal],
  [[...s3, '--gb-out', '1e3'], '--gb-out: "1e3" is not a plain decimal number', decimal],
  [
    [...s3, '--gb-out', '1', '--discount', '-5%'],
    '--discount: "-5%" is not a discount',
    'Write a percentage from 0% to 100%, such as 12% or nat-gateway=5%.',
  ],
  [[...s3, '--gb-out', '-5'], '--gb-out: "-5" is not a plain decimal number', decimal],
  [
    [...s3, '--gb-out', '9'.repeat(30)],
    `--gb-out: "${'9'.repeat(30)}" is not a plain decimal number`,
    decimal,
  ],
  [
    [...s3, '--gb-out', '1', '--azs', '0'],
    '--azs: "0" is not a whole number from 1 to 32',
    'Write only digits, such as --azs 3.',
  ],
  [
    [...s3, '--gb-out', '1', '--format', 'yaml'],
    '--format: "yaml" is not one of table, json, csv, markdown',
    'Give one of them.',
  ],
  [
    [...s3, '--gb-out', '1', '--format', 'tabel'],
    '--format: "tabel" is not one of table, json, csv, markdown',
    'Did you mean --format table?',
  ],
  [
    [...s3, '--gb-out', '1', '--require', 'privat'],
    '--require: "privat" is not one of private, on-premises, security-groups',
    'Did you mean --require private?',
  ],
  [
    [...s3, '--gb-out', '1', '--month', '2027-13'],
    '--month: "2027-13" is not a month',
    'Write year and month, such as --month 2027-02.',
  ],
  [
    [...s3, '--gb-out', '1', '--month', '2027-02', '--hours-per-month', '700'],
    '--month and --hours-per-month both say how long a month is',
    'Give one of them.',
  ],
  [
    ['breakeven', '--region', 'us-est-1'],
    '--region: "us-est-1" is not a Region of AWS',
    'Did you mean us-east-1 or us-west-1 or us-east-2? "pathfare prices list" names every Region.',
  ],
  [
    ['breakeven', '--region', 'cn-north-1'],
    'cn-north-1, China (Beijing), is a Region of AWS, but pathfare ships no rates for it',
    'Run "pathfare prices refresh --region cn-north-1", or give your own with --rates FILE.',
  ],
  [
    ['explain', '--service', '\u001b[31m'],
    '--service: "\\u{001b}[31m" does not name a service',
    'Give a short name such as s3, or a full one such as com.amazonaws.us-east-1.s3.',
  ],
];

describe('a command line that cannot be followed', () => {
  it.each(cases)('%j', async (args, message, hint) => {
    expect(await runCli(args)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `pathfare: ${message}\n  ${hint}\n`,
    });
  });
});

describe('no command', () => {
  it('names the commands', async () => {
    const run = await runCli([]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^pathfare: no command is given\n {2}Run "pathfare --help"\. Commands: estimate, compare, .+\.\n$/,
    );
  });
});

describe('help', () => {
  it.each([
    ['--help', 'help'],
    ['-h', '--help'],
  ])('%s and %s are the same, on stdout', async (one, other) => {
    const { stdout, stderr, exitCode } = await runCli([one]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('pathfare compare <input..>');
    expect((await runCli([other])).stdout).toBe(stdout);
  });

  it('of a command is asked for before or after its name', async () => {
    const { stdout, exitCode } = await runCli(['help', 'prices', 'show']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^pathfare prices show\n/);
    expect((await runCli(['prices', 'show', '-h'])).stdout).toBe(stdout);
  });

  it('keeps to 80 columns where the terminal does not say', async () => {
    const runs = await Promise.all(
      ['estimate', 'compare', 'breakeven', 'explain'].map((name) => runCli([name, '--help'])),
    );
    const long = runs
      .flatMap(({ stdout }) => stdout.split('\n'))
      .filter(({ length }) => length > 80);
    expect(long).toEqual([]);
  });

  it('tells the version', async () => {
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await runCli(['compare', '--version'])).stdout).toBe(
      (await runCli(['--version'])).stdout,
    );
  });
});
