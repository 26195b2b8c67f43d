import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';

const file = 'examples/production-vpc.csv';
const folder = mkdtempSync(join(tmpdir(), 'pathfare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);

function write(name: string, text: string): string {
  writeFileSync(path(name), text);
  return path(name);
}

describe('a growth', () => {
  it('asks for its percent sign: 4 could be 4 % as well as 400 %', async () => {
    const run = await runCli(['report', file, '--growth', '4']);
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      'pathfare: --growth: "4" has no percent sign\n  Write --growth 4% for 4 percent a month.\n',
    ]);
    expect((await runCli(['report', file, '--growth', 'logs=0.04'])).exitCode).toBe(2);
  });
});

describe('a name that occurs nowhere in the traffic', () => {
  const scopes = [
    ['vpcs', 'vpc-0a1b2c3d4e5f6789', 'The vpc "vpc-0a1b2c3d4e5f6789"'],
    ['accounts', '999999999999', 'The account "999999999999"'],
    ['regions', 'us-east-2', 'The region "us-east-2"'],
    ['teams', 'platform', 'The team "platform"'],
  ] as const;

  it.each(scopes)('never passes a budget of %s', async (scope, id, named) => {
    const budget = write(`${scope}.yaml`, `monthly: 100000\n${scope}:\n  ${id}: 5\n`);
    const run = await runCli(['report', file, '--budget', budget]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(`${named} of --budget occurs nowhere in the traffic.`);
  });

  it('offers the nearest', async () => {
    const csv = write(
      'one.csv',
      'region,vpc_id,service,gb_out,gb_in\nus-east-1,vpc-0a1b,sqs,10,1\n',
    );
    const budget = write('near.yaml', 'vpcs:\n  vpc-0a1c: 5\n');
    const run = await runCli(['report', csv, '--budget', budget]);
    expect(run.stderr).toContain('Did you mean vpc-0a1b?');
  });

  it('fails a condition: growth of a service that is not there is no growth', async () => {
    const args = ['report', file, '--growth', 'log=4%'];
    const failing = await runCli([...args, '--fail-on', 'forecast>100000']);
    expect(failing.exitCode).toBe(2);
    expect(failing.stderr).toContain(
      'The service "log" of --growth occurs nowhere in the traffic. Did you mean logs?',
    );
    const plain = await runCli([...args, '--format', 'json']);
    expect(plain.exitCode).toBe(0);
    expect(plain.stdout).toContain('"name-not-in-traffic"');
  });

  it('is told of --names', async () => {
    const names = write('names.csv', 'id,name,team\nvpc-elsewhere,web,platform\n');
    const { stdout, exitCode } = await runCli(['report', file, '--names', names]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/vpc-elsewhere.*occurs nowhere in the traffic/);
  });

  it('is not told of a service by another of its names', async () => {
    const csv = write('aka.csv', 'region,service,gb_out,gb_in\nus-east-1,logs,10,1\n');
    const args = ['report', csv, '--growth', 'cloudwatch-logs=4%', '--format', 'json'];
    expect((await runCli(args)).stdout).not.toContain('name-not-in-traffic');
  });
});

describe('a service that is not known', () => {
  it.each([
    ['sqss', 'did you mean sqs?'],
    ['dynamodbb', 'did you mean dynamodb?'],
    ['secretmanager', 'did you mean secretsmanager?'],
  ])('%s is priced with the question: %s', async (service, question) => {
    const args = ['estimate', '--region', 'us-east-1', '--service', service, '--gb-out', '10'];
    const { exitCode, stdout } = await runCli(args);
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(question);
  });

  it('far from every name is asked nothing', async () => {
    const args = [
      'estimate',
      '--region',
      'us-east-1',
      '--service',
      'our-billing-backend',
      '--gb-out',
      '10',
    ];
    expect((await runCli(args)).stdout).not.toContain('did you mean');
  });
});

describe('the output of a comparison', () => {
  it('has the format of its ending', async () => {
    const starts = [
      ['x.json', '{'],
      ['x.CSV', 'region,'],
      ['x.md', '#'],
      ['x.txt', 'You pay'],
    ] as const;
    for (const [name, start] of starts) {
      const out = path(name);
      expect((await runCli(['compare', file, '-o', out])).exitCode).toBe(0);
      expect(readFileSync(out, 'utf8').startsWith(start)).toBe(true);
    }
  });

  it('follows --format before the ending', async () => {
    const out = path('y.json');
    await runCli(['compare', file, '-o', out, '--format', 'csv']);
    expect(readFileSync(out, 'utf8')).toMatch(/^region,/);
  });

  it('is no page, and says which command writes one', async () => {
    const run = await runCli(['compare', file, '-o', path('z.html')]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('Use pathfare report for a page');
  });
});

describe('standard input on a terminal', () => {
  it('says that it is waited for', async () => {
    const input = 'region,service,gb_out,gb_in\nus-east-1,logs,10,1\n';
    const typed = await runCli(['compare', '-'], { input, terminals: { stdin: true } });
    expect(typed.stderr).toBe('pathfare: reading standard input; end it with Ctrl-D\n');
    expect((await runCli(['compare', '-'], { input })).stderr).toBe('');
  });
});

describe('what fails a report', () => {
  it('is named with its sum and its limit, ten at most', async () => {
    const vpcs = Array.from({ length: 14 }, (_, index) => `vpc-${index}`);
    const rows = vpcs.map((id) => `us-east-1,${id},sqs,1000,0\n`).join('');
    const csv = write('many.csv', `region,vpc_id,service,gb_out,gb_in\n${rows}`);
    const budget = write('many.yaml', `vpcs:\n${vpcs.map((id) => `  ${id}: 5\n`).join('')}`);
    const { exitCode, stderr } = await runCli(['report', csv, '--budget', budget]);
    expect(exitCode).toBe(4);
    // 2 gateways × ($0.045 + $0.005) × 730 hours = $73, and 1,000 GB × $0.045 = $45.
    expect(stderr).toContain(
      'pathfare: over budget: vpc "vpc-0" costs $118.00 a month, and its limit is $5.00\n',
    );
    expect(stderr.match(/over budget/g)).toHaveLength(10);
    expect(stderr).toContain('pathfare: and 4 more;');
  });
});
