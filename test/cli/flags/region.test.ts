import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The Region that a break-even table is made for, or what is said instead. */
async function regionOf(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout, stderr } = await runCli(['breakeven', '--azs', '1', '--format', 'csv', ...args], {
    env,
  });
  return stdout.split('\n')[1]?.split(',')[0] ?? stderr.split('\n')[0] ?? '';
}

const config = `# of the team
[default]
output = json
region = eu-west-1

[profile  build]
region=ap-south-1 # Mumbai
[profile bare]
[sso-session build]
region = us-west-1
`;

describe('the Region', () => {
  it('is the flag, then AWS_REGION, then AWS_DEFAULT_REGION, then the AWS config', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, '.aws'));
    await writeFile(join(folder.path, '.aws/config'), config);
    const home = { HOME: folder.path };
    const variables = { ...home, AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-2' };
    expect(await regionOf(['--region', 'us-east-1'], variables)).toBe('us-east-1');
    expect(await regionOf([], variables)).toBe('us-east-2');
    expect(await regionOf([], { ...home, AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' })).toBe(
      'us-west-2',
    );
    expect(await regionOf([], home)).toBe('eu-west-1');
  });

  it('is that of the profile in the file that AWS_CONFIG_FILE names', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'config');
    await writeFile(file, config.replaceAll('\n', '\r\n'));
    const env = { AWS_CONFIG_FILE: file };
    expect(await regionOf([], env)).toBe('eu-west-1');
    expect(await regionOf([], { ...env, AWS_PROFILE: 'build' })).toBe('ap-south-1');
    expect(await regionOf([], { ...env, AWS_PROFILE: 'bare' })).toBe(
      'pathfare: no Region is given',
    );
    expect(await regionOf([], { AWS_CONFIG_FILE: join(folder.path, 'none') })).toBe(
      'pathfare: no Region is given',
    );
  });

  it('is named with its origin where AWS has no such Region', async () => {
    const refused = '"us-est-1" is not a Region of AWS';
    expect(await regionOf([], { AWS_REGION: 'us-est-1' })).toBe(`pathfare: AWS_REGION: ${refused}`);
    expect(await regionOf([], { AWS_DEFAULT_REGION: 'us-est-1' })).toBe(
      `pathfare: AWS_DEFAULT_REGION: ${refused}`,
    );
  });

  it('of the environment does not matter to rows that name their own', async () => {
    const env = { AWS_REGION: 'nowhere' };
    expect((await runCli(['compare', 'examples/small-vpc.csv'], { env })).exitCode).toBe(0);
  });

  it('of the environment is named with its origin where rows name none', async () => {
    const run = await runCli(['compare', '-'], {
      input: 'service,gb_out\ns3,1\n',
      env: { AWS_REGION: 'us-est-1' },
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('pathfare: AWS_REGION: "us-est-1" is not a Region of AWS');
  });
});
