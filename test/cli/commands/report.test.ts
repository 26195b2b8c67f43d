import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, runCli } from '../../support/run-cli.js';

const example = 'examples/production-vpc.csv';
const dated = ['--date', '2026-11-23'];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pathfare-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `report` on the example. */
const report = (...args: readonly string[]) => runCli(['report', example, ...dated, ...args]);

/** Writes a file of the test's own and gives its name. */
function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

interface Json {
  readonly comparison: unknown;
  readonly budgets: readonly {
    readonly id: string;
    readonly state: string;
    readonly used: string;
  }[];
  readonly forecast: {
    readonly method: { readonly kind: string };
    readonly months: readonly {
      readonly month: string;
      readonly low: string | null;
      readonly currentMonthlyCost: string | null;
      readonly plannedMonthlyCost: string | null;
    }[];
    readonly crossings: readonly {
      readonly month: string;
      readonly services?: readonly string[];
    }[];
  };
  readonly groups: readonly { readonly id: string }[];
  readonly sinceBaseline: { readonly change: string; readonly date: string } | null;
  readonly findings: readonly { readonly code: string }[];
}

/** The report of inputs as JSON. */
async function json(args: readonly string[], expectedCode = 0): Promise<Json> {
  const run = await runCli(['report', ...args, ...dated, '--format', 'json']);
  expect([run.exitCode, run.stderr.startsWith('pathfare: a defect')]).toEqual([
    expectedCode,
    false,
  ]);
  return JSON.parse(run.stdout);
}

describe('report', () => {
  it('is Markdown on stdout unless told, the same bytes each time', async () => {
    const run = await report();
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^# VPC egress cost report\n/);
    expect(await report()).toEqual(run);
  });

  it('writes several formats at once, by their endings', async () => {
    const files = ['a.md', 'a.html', 'a.csv', 'a.focus.csv', 'a.json'].map((name) =>
      join(folder, name),
    );
    const run = await report(...files.flatMap((file) => ['--output', file]));
    expect(run).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const starts = files.map((file) => readFileSync(file, 'utf8').slice(0, 15));
    expect(starts).toEqual([
      '# VPC egress co',
      '<!doctype html>',
      'bill,region,acc',
      'BilledCost,Bill',
      '{\n  "$schema": ',
    ]);
  });

  it.each([
    [[example], []],
    [['examples/small-vpc.csv'], ['--azs', '1', '--nat', 'may-go']],
    [['examples/flow-log.log'], []],
    [
      [example, 'examples/small-vpc.csv'],
      ['--require', 'private', '--cross-az-share', '0.3'],
    ],
  ])('agrees with compare on %j %j', async (inputs, flags) => {
    const compared = await runCli(['compare', ...inputs, ...flags, '--format', 'json']);
    const { totals, complete }: { totals: object; complete: boolean } = JSON.parse(compared.stdout);
    expect((await json([...inputs, ...flags])).comparison).toEqual({ ...totals, complete });
  });

  it('leaves nothing behind where it fails', async () => {
    const before = readdirSync(folder);
    const run = await runCli(['report', join(folder, 'none.csv'), '-o', join(folder, 'b.md')]);
    expect(run.exitCode).toBe(1);
    expect(readdirSync(folder)).toEqual(before);
  });

  it.each([
    [['--format', 'pdf'], '--format: "pdf" is not one of markdown, html, csv, json, focus'],
    [['--output', 'x.txt'], '--output "x.txt": its ending names no format'],
    [['--format', 'json', '--format', 'csv'], 'only one format can go to stdout'],
    [['--growth', 'lots'], '--growth: "lots" is not a growth'],
    [['--growth=-200%'], 'not a growth'],
    [['--fail-on', 'savings>1'], '--fail-on: "savings>1" is not a condition'],
    [['--months', '1000'], '--months: "1000" is not a whole number from 0 to 120'],
    [['--date', '2026-02-30'], '--date: "2026-02-30" is not a day'],
    [['--group-by', 'color'], '--group-by: "color" is not one of region, account, vpc, team'],
    [['--budget', '1.2.3'], '--budget: "1.2.3" is not an amount'],
  ])('refuses %j', async (flags, message) => {
    const run = await runCli(['report', example, ...flags]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('budgets', () => {
  it('end with exit code 4 over an amount', async () => {
    expect((await report('--budget', '5000')).exitCode).toBe(0);
    const over = await report('--budget', '4000');
    expect([over.exitCode, over.stderr]).toEqual([
      4,
      'pathfare: over budget: the whole bill costs $4,620.54 a month, and its limit is $4,000.00\n',
    ]);
    expect(over.stdout).toContain(
      '| Whole bill | $4,000.00 | $4,620.54 | 115.5 % | **over budget** | within budget |',
    );
  });

  it('stand in a YAML or a CSV file, by team and VPC', async () => {
    const names = write('names.csv', 'id,name,team\nvpc-0a1b2c3d4e5f67890,web,platform\n');
    const yaml = write(
      'budgets.yaml',
      'monthly: 10000\nwarn: 40%\nteams:\n  platform: { monthly: 4000, fail: 120% }\nvpcs:\n  vpc-0a1b2c3d4e5f67890: 4000.50\n',
    );
    const csv = write(
      'budgets.csv',
      'scope,id,monthly,warn,fail\ntotal,,10000,40%,\nteam,platform,4000,40%,120%\nvpc,vpc-0a1b2c3d4e5f67890,4000.50,40%,\n',
    );
    const expected = [
      { id: '', state: 'warn', used: '0.4621' },
      { id: 'platform', state: 'warn', used: '1.1551' },
      { id: 'vpc-0a1b2c3d4e5f67890', state: 'over', used: '1.155' },
    ];
    for (const file of [yaml, csv]) {
      const { budgets } = await json([example, '--names', names, '--budget', file], 4);
      expect(budgets).toMatchObject(expected);
    }
  });

  it.each([
    ['a.yaml', 'monthly: 1,200\n', ':1: "1,200" is not an amount'],
    ['b.yaml', 'monthly: 5\nteam:\n  a: 1\n', ':2: "team" is not known'],
    ['c.yaml', 'teams:\n  a: { warn: 80% }\n', ':2: "a" has no monthly amount'],
    ['d.yaml', 'warn: high\n', ':1: "high" is not a threshold'],
    ['e.yaml', '- 5\n', ':1: holds no budgets'],
    ['twice.yaml', 'teams:\n  a: 1\n  b: 1\n  a: 2\n', ':4: "a" stands twice'],
    ['object.yaml', 'constructor:\n  a: 100\n', ':1: "constructor" is not known'],
    ['proto.yaml', '__proto__:\n  a: 100\n', ':1: "__proto__" is not known'],
    ['escape.yaml', 'teams:\n  "a\\e[31m": 1\n', ':2: "a\\u{001b}[31m" is too long or holds'],
    ['long.yaml', `teams:\n  ${'a'.repeat(300)}: 1\n`, ':2: "aaaa'],
    ['indent.yaml', `monthly: 5\n${'- '.repeat(100_000)}a\n`, ':2: is nested too deeply'],
    ['open.yaml', `monthly: ${'[{'.repeat(100_000)}\n`, ':1: is nested too deeply'],
    ['f.csv', 'scope,id,monthly\ngroup,a,5\n', ':2: scope "group" is none'],
    ['g.csv', 'scope,monthly\ntotal,5\n', ':1: the header has no column id'],
  ])('name file and line of a mistake in %s', async (name, text, message) => {
    const file = write(name, text);
    const run = await report('--budget', file);
    expect([run.exitCode, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain(`${file}${message}`);
  });

  it('are as many as there are teams', async () => {
    const teams = Array.from({ length: 20_000 }, (_, index) => `  team-${index}: 100\n`);
    const file = write('many.yaml', `teams:\n${teams.join('')}`);
    const { exitCode, stderr } = await report('--budget', file);
    // All are read; the example has none of these teams.
    expect(exitCode).toBe(2);
    expect(stderr).toContain('(and 19999 more)');
  });

  it('decide by a condition, too', async () => {
    expect((await report('--fail-on', 'saving>100')).exitCode).toBe(4);
    expect((await report('--fail-on', 'saving<100')).exitCode).toBe(0);
    expect((await report('--fail-on', 'planned > 1058.77')).exitCode).toBe(4);
    const { exitCode, stderr } = await report('--growth', '10%', '--fail-on', 'forecast>10000');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(
      /^pathfare: --fail-on forecast>10000 is met: forecast is \$1\d,\d{3}\.\d\d a month\n$/,
    );
  });

  it('count a lower bound that is over a budget, and end incomplete else', async () => {
    const file = write(
      'cape.csv',
      'service,region,vpc_id,path,gb_out,gb_in\ninternet,ap-east-2,vpc-1,nat-gateway,1000,0\n',
    );
    expect((await runCli(['report', file])).exitCode).toBe(3);
    expect((await runCli(['report', file, '--budget', '1'])).exitCode).toBe(4);
    const { exitCode, stdout } = await runCli(['report', file, '--budget', '1000000']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/\| You pay \| ≥ \$[\d,.]+ \| ≥ \$[\d,.]+ \|/);
    expect(stdout).toContain('| not known: the bill is a lower bound |');
    expect(stdout).toContain('| Transfer out to the internet | not known | not known | $0.00 |');
    // What is not priced is the same on both sides.
    expect(stdout).toContain('| **Potential saving** | **$0.00** | **$0.00** |');
    expect((await runCli(['report', file, '--fail-on', 'saving<1'])).exitCode).toBe(4);
    expect((await runCli(['report', file, '--fail-on', 'cost<100000'])).exitCode).toBe(3);
  });
});

describe('names and groups', () => {
  it('cut the bill by team', async () => {
    const names = write('teams.csv', 'id,name,team\n111122223333,prod,"a, b"\n');
    expect((await json([example, '--names', names, '--group-by', 'team'])).groups).toMatchObject([
      { id: 'a, b' },
    ]);
  });

  it.each([
    ['twice.csv', 'id,name\na,b\na,c\n', ':3: id "a" stands twice'],
    ['escape.csv', 'id,name\nvpc-1,a\u001b[31m\n', ':2: "a\\u{001b}[31m" is too long or holds'],
    ['direction.csv', 'id,name\nvpc-\u202e1,a\n', ':2: "vpc-\\u{202e}1" is too long or holds'],
    ['long.csv', `id,name,team\nvpc-1,a,${'b'.repeat(2 ** 20)}\n`, ':2: "bbbb'],
    ['short.csv', 'id,name\na\n', ':2: this row has 1 column, and the header has 2'],
    ['none.csv', 'name,team\na,b\n', ':1: the header has no column id: "name,team"'],
  ])('name file and line of a mistake in %s', async (name, text, message) => {
    const file = write(name, text);
    const run = await report('--names', file);
    expect([run.exitCode, run.stderr.includes(`${file}${message}`)]).toEqual([1, true]);
  });
});

describe('the forecast', () => {
  it('names the break-even that growth passes, and its month', async () => {
    const file = write(
      'logs.csv',
      'service,region,vpc_id,az_id,path,gb_out,gb_in\nlogs,us-east-1,vpc-1,a,nat-gateway,150,0\n',
    );
    // One zone, in February: 672 × 0.01 / (0.045 - 0.01) = 192 GB; 150 × 1.1^3 = 199.65. January: 212.57, and 181.5.
    const args = [file, '--growth', '2%', '--growth', 'logs=10%', '--months', '6'];
    const { forecast } = await json(args);
    expect(forecast.crossings).toMatchObject([{ month: '2027-02', services: ['logs'] }]);
    expect(forecast.months.map(({ month }) => month)).toEqual([
      '2026-12',
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-04',
      '2027-05',
    ]);
    const { stdout } = await runCli(['report', ...args, ...dated]);
    expect(stdout).toContain('- logs in vpc-1 passes its break-even of 192 GB in February 2027.');
    expect(stdout).toContain(
      '- Proposed for February 2027: logs in vpc-1, NAT gateway → interface endpoint.',
    );
  });

  it('takes names of JavaScript for names of services', async () => {
    const file = write(
      'names-of-javascript.csv',
      'service,region,vpc_id,path,gb_out,gb_in\nconstructor,us-east-1,__proto__,nat-gateway,1000,0\n',
    );
    const names = write('proto.csv', 'id,name,team\n__proto__,toString,constructor\n');
    const args = [file, '--growth', '3%', '--names', names, '--group-by', 'team'];
    expect((await json(args)).groups).toMatchObject([{ id: 'constructor' }]);
    expect((await runCli(['report', ...args, '-o', join(folder, 'proto.html')])).exitCode).toBe(0);
  });

  /** Daily rows of s3 from October 2026 on, of so many bytes a day. */
  const daily = (count: number, bytesOf: (at: number) => number) => {
    const day = (at: number) => new Date(Date.UTC(2026, 9, 1 + at)).toISOString().slice(0, 10);
    const rows = Array.from(
      { length: count },
      (_, at) => `s3,us-east-1,vpc-1,nat-gateway,${bytesOf(at)},0,${day(at)},${day(at + 1)}\n`,
    );
    return `service,region,vpc_id,path,bytes_out,bytes_in,start,end\n${rows.join('')}`;
  };
  const steady = (at: number) => 1_000_000_000_000 + at * 2_000_000_000 + (at % 3) * 9_000_000_000;

  it('has an interval from fourteen daily sums on', async () => {
    const { forecast } = await json([write('14.csv', daily(14, steady))]);
    expect(forecast.method.kind).toBe('forecast');
    expect(forecast.months[0]?.low).not.toBeNull();
    expect((await json([write('13.csv', daily(13, steady))])).forecast.method.kind).toBe('flat');
    const grown = await json([write('14.csv', daily(14, steady)), '--growth', '1%']);
    expect(grown.forecast.method.kind).toBe('growth');
    expect(grown.findings.map(({ code }) => code)).toContain('forecast-not-used');
  });

  it('tells a day that it does not project, a new level, and how it would have done', async () => {
    const spiked = write(
      'spiked.csv',
      daily(61, (at) => steady(at) * (at === 30 ? 4 : 1)),
    );
    const report = (await runCli(['report', spiked, ...dated])).stdout;
    expect(report).toContain('whole bill: 1 day of 4 × the usual, 2026-10-31: not projected');
    expect(report).toMatch(
      /On the days that are past, \d+ of \d+ forecasts of 28 days held the truth/,
    );
    const stepped = write(
      'stepped.csv',
      daily(60, (at) => steady(at) * (at < 30 ? 1 : 1.5)),
    );
    const after = (await runCli(['report', stepped, ...dated])).stdout;
    expect(after).toContain('the forecast goes on from there: the whole bill: from 2026-10-31 on');
  });

  it('says "unknown" in every format where the interval is wider than the amount', async () => {
    const file = write(
      'wild.csv',
      daily(14, (at) => (at % 5 === 0 ? 90_000 : 10) * 1e9),
    );
    const { forecast, findings } = await json([file]);
    expect(forecast.months.at(-1)).toMatchObject({
      currentMonthlyCost: null,
      unknown: 'the 80 % interval is wider than the amount itself',
    });
    expect(findings.map(({ code }) => code)).not.toContain('forecast-flat');
    const markdown = (await runCli(['report', file, ...dated])).stdout;
    expect(markdown).toMatch(/\| November 2027 +\| +unknown \|/);
    const html = (await runCli(['report', file, ...dated, '--format', 'html'])).stdout;
    expect(html).toMatch(/November 2027<\/th>\n?<td[^>]*>unknown<\/td>/);
    for (const condition of ['forecast>1', 'forecast<1']) {
      const run = await runCli(['report', file, ...dated, '--fail-on', condition]);
      expect([run.exitCode, run.stderr]).toEqual([
        3,
        `pathfare: --fail-on ${condition} is not known: the forecast of the last month is unknown\n`,
      ]);
    }
  });

  // Two zones: 2 gateways × 0.05. December: 744 × 0.10 + 1,100 × 0.045 = 123.90; January: 74.40 + 54.45 = 128.85.
  it('tells in which month a budget is passed', async () => {
    const file = write(
      'sqs.csv',
      'service,region,vpc_id,path,gb_out,gb_in\ninternet,us-east-1,vpc-1,nat-gateway,0,1000\n',
    );
    const args = [file, ...dated, '--growth', '10%', '--budget', '125'];
    const { stdout } = await runCli(['report', ...args]);
    expect(stdout).toMatch(/\| Whole bill .*\| January 2027 +\|/);
    const short = await runCli(['report', ...args, '--months', '1']);
    expect(short.stdout).toMatch(/\| Whole bill .*\| not within 1 month +\|/);
  });

  it('is what compare gives of the month, to the cent', async () => {
    const file = write('month.csv', daily(31, steady));
    const [, , february] = (await json([file, '--growth', '0%'])).forecast.months;
    const run = await runCli(['compare', file, '--month', '2027-02', '--format', 'json']);
    const { totals } = JSON.parse(run.stdout);
    expect([february?.currentMonthlyCost, february?.plannedMonthlyCost]).toEqual([
      totals.currentMonthlyCost,
      totals.plannedMonthlyCost,
    ]);
  });
});

/** What is said of a report that was written, changed and taken for the baseline. */
async function refusal(
  change: (document: ReturnType<typeof JSON.parse>) => void,
): Promise<readonly unknown[]> {
  const document = JSON.parse((await report('--format', 'json')).stdout);
  change(document);
  const file = write('changed.json', JSON.stringify(document));
  const run = await report('--baseline', file);
  return [run.exitCode, run.stdout, run.stderr];
}

const refused = (message: string) => [1, '', expect.stringContaining(message)];

describe('a baseline', () => {
  it('explains what changed', async () => {
    const file = join(folder, 'before.json');
    expect((await report('--output', file)).exitCode).toBe(0);
    expect((await json([example, '--baseline', file])).sinceBaseline).toMatchObject({
      change: '0',
      date: '2026-11-23',
    });
    const { stdout } = await runCli([
      'report',
      example,
      'examples/small-vpc.csv',
      '--baseline',
      file,
    ]);
    expect(stdout).toContain('| Other rates | $0.00 |\n| Other paths and assumptions | $0.00 |');
  });

  it.each([
    ['a.json', '{', 'is not JSON'],
    ['b.json', '{}', 'schema: '],
    ['c.json', '{"schema":"pathfare/comparison@1"}', 'schema: '],
  ])('is a report: %s', async (name, text, message) => {
    const file = write(name, text);
    const run = await report('--baseline', file);
    expect([run.exitCode, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain(`--baseline ${file}: ${message}`);
  });

  it.each([
    ['natGateways', -1, 'inputs.assumptions.natGateways: '],
    ['natGateways', 10_001, 'expected a number from 0 to 10000, found "10001"'],
    ['azs', 0.5, 'inputs.assumptions.azs: '],
    ['azs', 1e308, 'inputs.assumptions.azs: expected a number from 1 to 32, found "1e+308"'],
    ['crossAzShare', '1.5', 'expected a share from 0 to 1, found "1.5"'],
    ['hoursPerMonth', '0', 'expected more than 0, found "0"'],
  ])('holds assumptions in their ranges: %s of %s', async (name, value, message) => {
    const change = await refusal(({ inputs }) => {
      inputs.assumptions[name] = value;
    });
    expect(change).toEqual(refused(message));
  });

  it.each([
    ['9999-99-99', 'date: expected a day of the calendar, found "9999-99-99"'],
    ['2026-02-30', 'date: expected a day of the calendar, found "2026-02-30"'],
    ['2099-01-01', 'date: expected a day up to 2026-11-23, found "2099-01-01"'],
  ])('is of a day: %s', async (date, message) => {
    const change = await refusal((document) => Object.assign(document, { date }));
    expect(change).toEqual(refused(message));
  });

  it('names each Region once, and Regions of AWS only', async () => {
    expect(await refusal(({ inputs }) => inputs.regions.push(inputs.regions[0]))).toEqual(
      refused('expected each Region once, found "us-east-1"'),
    );
    const elsewhere = await refusal(({ inputs }) => {
      inputs.regions[0].card.region = 'eu-nowhere-1';
    });
    expect(elsewhere).toEqual(refused('expected a Region of AWS, found "eu-nowhere-1"'));
  });

  it('holds zones that can be, and no more from other zones than in all', async () => {
    const zones = await refusal(({ inputs }) => {
      inputs.regions[0].vpcs[0].zonesSeen = 33;
    });
    expect(zones).toEqual(refused('zonesSeen: expected a number from 0 to 32, found "33"'));
    const crossing = await refusal(({ inputs }) => {
      inputs.regions[0].vpcs[0].demands[0].crossAzGb = '1000000000';
    });
    expect(crossing).toEqual(
      refused('crossAzGb: expected at most gbOut and gbIn together, found "1000000000"'),
    );
  });
});

describe('the example report', () => {
  // "npm run docs" does not write it: run this test with --update.
  it('is what the command makes', async () => {
    const run = await report('--growth', '4%', '--budget', '5000');
    await expect(run.stdout).toMatchFileSnapshot(join(root, 'examples/report.md'));
  });
});
