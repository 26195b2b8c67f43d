import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { oldCache } from '../../support/cards.js';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const example = 'examples/small-vpc.csv';

interface Result {
  readonly complete: boolean;
  readonly regions: readonly {
    readonly region: string;
    readonly vpcs: readonly { readonly services: readonly { readonly gb: string }[] }[];
  }[];
  readonly totals: { readonly currentMonthlyCost: string };
  readonly findings: readonly { readonly code: string }[];
}

/** Compares as JSON, and expects that to succeed. */
async function compareAsJson(
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Result> {
  const run = await runCli(['compare', ...args, '--format', 'json'], { input });
  expect([run.stderr, run.exitCode]).toEqual(['', 0]);
  return JSON.parse(run.stdout);
}

/** GB of every service, over all VPCs and Regions. */
const gbOf = ({ regions }: Result): readonly string[] =>
  regions.flatMap(({ vpcs }) => vpcs.flatMap(({ services }) => services.map(({ gb }) => gb)));

describe('compare', () => {
  it.each(['table', 'json', 'csv', 'markdown'])(
    'writes %s only on stdout, and the same bytes each time',
    async (format) => {
      const run = await runCli(['compare', example, '--format', format]);
      expect([run.stderr, run.exitCode]).toEqual(['', 0]);
      expect(run.stdout.endsWith('\n')).toBe(true);
      expect(run.stdout.endsWith('\n\n')).toBe(false);
      expect(await runCli(['compare', example, '--format', format])).toEqual(run);
    },
  );

  it('answers first, within 80 columns and without color', async () => {
    for (const args of [[example], [example, '--explain'], ['examples/production-vpc.csv', '-v']]) {
      const { stdout } = await runCli(['compare', ...args], { env: { FORCE_COLOR: '1' } });
      expect(stdout).toMatch(
        /^You pay +\$[\d,.]+ a month\nWith the plan +\$[\d,.]+ a month\nPotential saving +\$[\d,.]+ a month, \$[\d,.]+ a year\n/,
      );
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).not.toContain('\u001b');
    }
  });

  it('shows each component as a sum with its SKU when asked to', async () => {
    const { stdout } = await runCli(['compare', example, '--explain']);
    expect(stdout).toContain(
      '  nat-gateway-hours: 1,460 Hrs × $0.048 = $70.08\n    SKU KFNSSCHWD43WZK2R, rate code',
    );
  });

  it('reads several files, and standard input among them, as one month', async () => {
    await using folder = await temporaryFolder();
    const one = join(folder.path, 'one.csv');
    await writeFile(one, 'service,region,vpc_id,gb_out\ns3,us-east-1,vpc-1,1\n');
    const piped = 'service,region,vpc_id,gb_in\ns3,us-east-1,vpc-1,2\nsqs,eu-west-1,vpc-2,4\n';
    expect(gbOf(await compareAsJson([one, '-'], piped))).toEqual(['4', '3']);
    expect(gbOf(await compareAsJson(['-', one], piped))).toEqual(['4', '3']);
    // A file that two names lead to is one file.
    expect(gbOf(await compareAsJson([one, one]))).toEqual(['1']);
  });

  it('reads line ends of Windows, a byte order mark and blank lines', async () => {
    const lines = ['service,region,gb_out', '', 's3,us-east-1,1', '', 'sqs,us-east-1,2', ''];
    const plain = await compareAsJson(['-'], lines.join('\n'));
    expect(gbOf(plain)).toEqual(['1', '2']);
    expect(await compareAsJson(['-'], `\ufeff${lines.join('\r\n')}`)).toEqual(plain);
    expect(await compareAsJson(['-'], lines.join('\r'))).toEqual(plain);
  });

  it('adds up rows of one profile', async () => {
    const header = 'service,region,vpc_id,bytes_out,bytes_in\n';
    const twice = await compareAsJson(
      ['-'],
      `${header}s3,us-east-1,v,1073741824,0\ns3,us-east-1,v,0,5\n`,
    );
    const once = await compareAsJson(['-'], `${header}s3,us-east-1,v,1073741824,5\n`);
    expect(gbOf(twice)).toEqual(gbOf(once));
  });

  it('prices an unknown service only on NAT, with a finding', async () => {
    const result = await compareAsJson(['-'], 'service,region,gb_out\nteleport,us-east-1,100\n');
    expect(result.complete).toBe(true);
    expect(result.findings.map(({ code }) => code)).toContain('unknown-service');
  });

  it('makes cells that a spreadsheet would run harmless in CSV', async () => {
    const input =
      'service,region,vpc_id,gb_out\ns3,us-east-1,=cmd|x,1\n@x,us-east-1,+1,1\n-x,us-east-1,v,1\n';
    const { stdout } = await runCli(['compare', '-', '--format', 'csv'], { input });
    const cells = stdout.split('\n').flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(cells).toEqual(expect.arrayContaining(["'=cmd|x", "'+1", "'@x", "'-x"]));
  });

  it('takes the Region of rows that name none from the flag', async () => {
    const input = 'service,gb_out\ns3,1\n';
    const run = await runCli(['compare', '-'], { input });
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('--region');
    const europe = await compareAsJson(['-', '--region', 'EU-WEST-1'], input);
    expect(europe.regions[0]?.region).toBe('eu-west-1');
  });
});

describe('estimate', () => {
  const s3 = ['estimate', '--region', 'us-east-1', '--service', 's3', '--gb-out', '100'];

  it('is a comparison of one service', async () => {
    const estimated = await runCli([...s3, '--gb-in', '400', '--format', 'json']);
    expect([estimated.stderr, estimated.exitCode]).toEqual(['', 0]);
    const input = 'service,region,path,gb_out,gb_in\ns3,us-east-1,nat-gateway,100,400\n';
    expect(JSON.parse(estimated.stdout)).toEqual(await compareAsJson(['-'], input));
  });

  it('takes full names, and names in any case', async () => {
    const named = (name: string) =>
      runCli(['estimate', '--region', 'us-east-1', '--service', name, '--gb-out', '100']);
    const plain = await runCli(s3);
    expect(await named('com.amazonaws.us-east-1.s3')).toEqual(plain);
    expect(await named('S3')).toEqual(plain);
  });

  it('knows that GovCloud has no regional NAT gateway: what is paid today is not known, and no rate is missing', async () => {
    const asked = ['--region', 'us-gov-west-1', '--service', 'sqs', '--gb-out', '100'];
    const regional = ['estimate', ...asked, '--nat-type', 'regional'];
    const { stdout, exitCode } = await runCli([...regional, '--format', 'json']);
    // Exit code 3: done, but incomplete. The path of today cannot be, so that nothing tells what it costs.
    expect(exitCode).toBe(3);
    const reason = 'regional NAT gateways are not offered in AWS GovCloud (US) and in China';
    const comparison = JSON.parse(stdout);
    const [{ natGateways, services }] = comparison.regions[0].vpcs;
    expect(services[0].paths['nat-gateway']).toEqual({ available: false, reason });
    expect(natGateways).toEqual({
      count: 0,
      components: [],
      monthlyCost: '0',
      complete: true,
      monthlySaving: null,
    });
    // 2 zones × 730 hours × 0.0125 + 100 GB × 0.01 = 18.25 + 1.00.
    expect(services[0].paths['interface-endpoint']).toMatchObject({ monthlyCost: '19.25' });
    expect(comparison).toMatchObject({ complete: false, totals: { savingKnown: false } });
    const codes = comparison.findings.map(({ code }: { readonly code: string }) => code);
    expect(codes).toContain('nat-type-not-offered');
    expect(codes).not.toContain('rate-missing');
    expect(codes).not.toContain('nat-gateways-assumed');
    const table = (await runCli(regional)).stdout.replaceAll(/\s+/g, ' ');
    expect(table).toContain('You pay not known');
    expect(table).toContain(reason);
    expect(table).toContain('its saving is not known');
    expect(table).not.toContain('a rate is missing');
    const zonal = await runCli(['estimate', ...asked]);
    expect(zonal.exitCode).toBe(0);
    expect(zonal.stdout).not.toContain('not offered');
  });

  it('takes a regional NAT gateway for complete where its rate is published', async () => {
    const run = await runCli([
      'estimate',
      '--region',
      'us-west-2',
      '--service',
      'sqs',
      '--gb-out',
      '100',
      '--azs',
      '2',
      '--nat-type',
      'regional',
      '--format',
      'json',
    ]);
    // 2 zones × 730 h × (0.045 + 0.005) + 100 GB × 0.045 = 73 + 4.5
    expect([run.exitCode, JSON.parse(run.stdout).totals.currentMonthlyCost]).toEqual([0, '77.5']);
  });

  it('exits 3 with a lower bound where a rate is not known', async () => {
    // A card that pathfare 0.1.0 fetched holds no rates of regional NAT gateways.
    const flags = ['--nat-type', 'regional', '--cache-dir', oldCache];
    const run = await runCli([...s3, ...flags]);
    expect([run.stderr, run.exitCode]).toEqual(['', 3]);
    expect(run.stdout).toContain('You pay           ≥ $');
    const json = await runCli([...s3, ...flags, '--format', 'json']);
    expect(json.exitCode).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ complete: false });
  });
});

describe('breakeven', () => {
  it('is the document pathfare/breakeven@1', async () => {
    const run = await runCli([
      'breakeven',
      '--region',
      'us-east-1,eu-west-1',
      '--azs',
      '1,3',
      '--format',
      'json',
    ]);
    expect(run.exitCode).toBe(0);
    // 1 zone × 730 h × 0.01 / (0.045 − 0.01); 730 × 0.011 / (0.048 − 0.01) in eu-west-1; three zones, three times.
    expect(JSON.parse(run.stdout)).toEqual({
      $schema: 'urn:pathfare:breakeven@1',
      schema: 'pathfare/breakeven@1',
      rows: [
        { region: 'us-east-1', azs: 1, gb: '208.571429' },
        { region: 'us-east-1', azs: 3, gb: '625.714286' },
        { region: 'eu-west-1', azs: 1, gb: '211.315789' },
        { region: 'eu-west-1', azs: 3, gb: '633.947368' },
      ],
    });
  });

  it('is null where NAT always wins', async () => {
    await using folder = await temporaryFolder();
    const own = join(folder.path, 'own.json');
    const rates = {
      region: 'us-east-1',
      currency: 'USD',
      rates: {
        natGatewayGb: { unit: 'GB', tiers: [{ beginRange: '0', endRange: 'Inf', price: '0.001' }] },
      },
    };
    await writeFile(own, JSON.stringify(rates));
    const run = await runCli([
      'breakeven',
      '--region',
      'us-east-1',
      '--azs',
      '1',
      '--rates',
      own,
      '--format',
      'json',
    ]);
    expect(JSON.parse(run.stdout).rows).toEqual([{ region: 'us-east-1', azs: 1, gb: null }]);
  });

  it('is not known without a rate, which is no win of NAT: exit code 3', async () => {
    const regional = ['--nat-type', 'regional', '--cache-dir', oldCache];
    const args = ['breakeven', '--region', 'us-east-1', '--azs', '1', ...regional];
    const json = await runCli([...args, '--format', 'json']);
    expect([json.exitCode, JSON.parse(json.stdout).rows]).toEqual([
      3,
      [{ region: 'us-east-1', azs: 1, gb: null, missingRates: ['regionalNatGatewayGb'] }],
    ]);
    expect(json.stderr).toContain('holds no regionalNatGatewayGb rate for us-east-1');
    const table = await runCli(args);
    expect(table.stdout).toMatch(/us-east-1 +1 +not known\n/);
    expect([table.exitCode, table.stdout.includes('NAT always wins')]).toEqual([3, false]);
  });

  it('counts the endpoints that a service needs', async () => {
    const gb = async (args: readonly string[]) => {
      const common = ['breakeven', '--region', 'us-east-1', '--azs', '1', '--format', 'json'];
      return JSON.parse((await runCli([...common, ...args])).stdout).rows[0].gb;
    };
    expect(await gb([])).toBe('208.571429');
    expect(await gb(['--service', 'ecr'])).toBe('417.142857');
  });
});

describe('explain', () => {
  it.each(['table', 'json', 'csv', 'markdown'])('writes %s', async (format) => {
    const run = await runCli(['explain', '--service', 'ecr', '--format', format]);
    expect([run.stderr, run.exitCode]).toEqual(['', 0]);
    expect(run.stdout).toMatch(/Bandwidth/);
    if (format !== 'csv') expect(run.stdout).toMatch(/ecr\.api[^]*ecr\.dkr/);
  });
});
