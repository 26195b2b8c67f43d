import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';

const names = [
  ['com.amazonaws.eusc-de-east-1.s3', 's3'],
  ['cn.com.amazonaws.cn-north-1.ec2', 'ec2'],
  ['com.amazonaws.global.iam', 'iam'],
  ['COM.AMAZONAWS.US-GOV-WEST-1.ECR.API', 'ecr.api'],
  ['com.amazonaws.us-east-1.ecr', 'ecr'],
] as const;

describe('a full service name', () => {
  it.each(names)('is to every command what its short name is: %s', async (full, short) => {
    for (const command of [['explain'], ['breakeven', '--region', 'us-east-1']]) {
      const [long, brief] = [
        await runCli([...command, '--service', full]),
        await runCli([...command, '--service', short]),
      ];
      expect(long).toEqual(brief);
      expect(long.exitCode).toBe(0);
      expect(long.stdout).not.toContain('Not a name of a service');
    }
    const estimate = ['estimate', '--region', 'us-east-1', '--gb-out', '1', '--format', 'csv'];
    const { exitCode, stdout } = await runCli([...estimate, '--service', full]);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').some((line) => line.split(',').includes(short))).toBe(true);
  });

  it.each(['com.amazonaws.us-east-1', 'us-east-1', '', ' '])(
    'is refused by every command where it names no service: %j',
    async (name) => {
      const commands = [
        ['explain'],
        ['breakeven', '--region', 'us-east-1'],
        ['estimate', '--region', 'us-east-1', '--gb-out', '1'],
      ];
      for (const command of commands) {
        const { exitCode, stderr } = await runCli([...command, `--service=${name}`]);
        expect(exitCode).toBe(2);
        expect(stderr).toContain(`--service: "${name}" does not name a service`);
      }
    },
  );
});
