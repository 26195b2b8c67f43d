import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { generatedFields, generatedRows, textOf } from '../../traffic/generated-log.js';

const example = 'examples/flow-log.log';

/** Four files, large enough for threads to share. */
async function writeLogs(folder: string, conversations: number): Promise<void> {
  const rows = generatedRows(conversations);
  const share = Math.ceil(rows.length / 4);
  for (let part = 0; part < 4; part++) {
    const text = textOf(rows.slice(part * share, (part + 1) * share));
    await writeFile(
      join(folder, `${part}.log${part % 2 === 0 ? '' : '.gz'}`),
      part % 2 === 0 ? text : gzipSync(text),
    );
  }
}

describe('summarize', () => {
  it('writes only the summary on stdout, which compare reads to the same sums as the log', async () => {
    const summary = await runCli(['summarize', example]);
    expect(summary.exitCode).toBe(0);
    expect(summary.stdout).toMatch(
      /^account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in/,
    );
    expect(summary.stderr).toContain('66 records read, 24 counted');
    const json = ['--format', 'json'];
    const direct = JSON.parse((await runCli(['compare', example, ...json])).stdout);
    const again = JSON.parse(
      (await runCli(['compare', '-', ...json], { input: summary.stdout })).stdout,
    );
    expect(again.regions).toEqual(direct.regions);
    expect(again.totals).toEqual(direct.totals);
  });

  it('tells talkers on stderr, and the same in each run', async () => {
    await using folder = await temporaryFolder();
    await writeLogs(folder.path, 3000);
    const run = await runCli(['summarize', folder.path, '--top', '2']);
    expect(run.stderr).toMatch(
      /^Largest remote addresses:\n.*service +bytes\n52\.5\.6\.7 +aws-other +\d+\n/,
    );
    expect(run.stderr).toMatch(
      /\nLargest clients:\n.*interface +bytes\n10\.0\.1\.\d+ +eni-c +\d+\n/,
    );
    expect(await runCli(['summarize', folder.path, '--top', '2'])).toEqual(run);
  });

  it('writes a row for each day, whose sum is that of the whole', async () => {
    const bytesOf = (text: string) =>
      text
        .split('\n')
        .slice(1, -1)
        .reduce((sum, line) => sum + BigInt(line.split(',')[6] ?? 0), 0n);
    const days = (await runCli(['summarize', example, '--interval', 'day'])).stdout;
    expect(days.split('\n')).toHaveLength(1 + 9 + 1);
    expect(bytesOf(days)).toBe(bytesOf((await runCli(['summarize', example])).stdout));
  });

  it('takes fields and the gateway from flags', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'lines');
    await writeFile(
      file,
      'eni-0a 10.0.0.1 203.0.113.5 70 ACCEPT\neni-0b 10.0.0.9 203.0.113.5 30 ACCEPT\n',
    );
    const fields = '${interface-id} ${srcaddr} ${dstaddr} ${bytes} ${action}';
    const flags = ['--fields', fields, '--nat-interface', 'eni-0a', '--region', 'eu-west-1'];
    const run = await runCli(['summarize', file, ...flags]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout.split('\n')[1]).toMatch(
      /^,eu-west-1,,,internet,nat-gateway,70,0,,,,groups-[0-9a-f]{16},$/,
    );
    expect((await runCli(['summarize', file, '--nat-interface', 'gateway'])).exitCode).toBe(2);
    expect((await runCli(['summarize', file, '--fields', 'a b c'])).exitCode).toBe(2);
    expect((await runCli(['summarize', file, '--top', '0'])).exitCode).toBe(2);
  });

  it('sets aside what can not be read, and fails on it under --strict', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'log');
    const good = textOf(generatedRows(1));
    await writeFile(file, `${good}this is \u001b[31mno record\n`);
    const run = await runCli(['summarize', file]);
    // One of eight records.
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('1 unreadable');
    expect(run.stderr).toContain(`${file}:9 does not have as many values as there are fields`);
    expect(run.stderr).not.toContain('\u001b');
    expect(await runCli(['summarize', file, '--strict'])).toMatchObject({
      exitCode: 1,
      stdout: '',
    });
  });

  it('reads the fields of a version-2 log without a header', async () => {
    const input = generatedRows(2)
      .map((row) => row.slice(0, generatedFields.indexOf('vpc-id')).join(' '))
      .join('\n');
    const run = await runCli(['summarize', '-', '--region', 'us-east-1'], { input });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('14 records read');
  });
});
