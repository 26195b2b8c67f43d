import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'pathfare-own-'));
afterAll(() => rmSync(folder, { recursive: true }));

const traffic = 'region,vpc_id,service,gb_out,gb_in\nus-east-1,vpc-1,sqs,10,1\n';
const input = join(folder, 'month.csv');
writeFileSync(input, traffic);

const outputs = [
  ['compare', 'table', 'a comparison'],
  ['compare', 'json', 'a document'],
  ['compare', 'csv', 'a comparison'],
  ['compare', 'markdown', 'a report'],
  ['report', 'markdown', 'a report'],
  ['report', 'json', 'a document'],
  ['report', 'csv', 'a report'],
  ['report', 'focus', 'a report'],
  ['report', 'html', 'a report'],
] as const;

describe('a result that lies among the inputs', () => {
  it.each(outputs)('of %s as %s is no input, and is told', async (command, format, name) => {
    const { stdout } = await runCli([command, input, '--format', format]);
    const result = join(folder, `result-${command}.${format}`);
    writeFileSync(result, stdout);
    try {
      const both = await runCli(['compare', folder, '--format', 'json', '--accept-unread', '0']);
      // 10 GB out and 1 GB in, once.
      expect(JSON.parse(both.stdout).regions[0].vpcs[0].services[0].gb).toBe('11');
      expect(both.exitCode).toBe(0);
      expect(both.stdout).toContain(`this is ${name} that pathfare wrote, and no traffic`);
      const alone = await runCli(['compare', result]);
      expect([alone.exitCode, alone.stdout]).toEqual([1, '']);
      expect(alone.stderr).toContain('that pathfare wrote, and no traffic; give the flow logs');
    } finally {
      rmSync(result);
    }
  });

  it('of summarize is traffic', async () => {
    const { exitCode } = await runCli(['compare', input]);
    expect(exitCode).toBe(0);
  });
});
