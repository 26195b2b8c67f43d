import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

// The gateway's interface carries 1,000 bytes to 198.51.100.20; another host sends 2^30 bytes, which is 1 GB, to S3, and no
// interface of a gateway logs them.
const log = `account-id region vpc-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes start end
111122223333 us-east-1 vpc-1 eni-nat 10.0.1.5 10.0.0.9 10.0.1.5 198.51.100.20 1000 1790812800 1793440800
111122223333 us-east-1 vpc-1 eni-nat 10.0.0.9 198.51.100.20 10.0.0.9 198.51.100.20 1000 1790812800 1793440800
111122223333 us-east-1 vpc-1 eni-a 10.0.1.7 52.216.7.7 10.0.1.7 52.216.7.7 1073741824 1790812800 1793440800
`;
const csv =
  'region,vpc_id,service,path,gb_out,gb_in\nus-east-1,vpc-1,s3,unknown,10,0\nus-east-1,vpc-1,s3,nat-gateway,10,0\n';

async function inputs() {
  const folder = await temporaryFolder();
  const files = { log: join(folder.path, 'a.log'), csv: join(folder.path, 'month.csv') };
  await writeFile(files.log, log);
  await writeFile(files.csv, csv);
  return { ...files, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe('--unknown-path', () => {
  it('is advised where it would help: the answer is incomplete without it', async () => {
    await using files = await inputs();
    const { exitCode, stdout } = await runCli(['compare', files.log]);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^You pay +≥ \$73\.00 a month\n/);
    // 1 GB × $0.045 = $0.045, as the log spans a month of 730 hours.
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('if it passes NAT: $0.05 a month more');
    expect(text).toContain('or name the path with --unknown-path.');
  });

  it('names the path of a log’s traffic, and a finding says that it was told', async () => {
    await using files = await inputs();
    const args = ['compare', files.log, '--format', 'json', '--unknown-path'];
    const { exitCode, stdout } = await runCli([...args, 'gateway-endpoint']);
    const answer = JSON.parse(stdout);
    expect([exitCode, answer.complete]).toEqual([0, true]);
    const { services } = answer.regions[0].vpcs[0];
    expect(
      services.map(({ service, currentPath }: Record<string, string>) => [service, currentPath]),
    ).toEqual([
      ['internet', 'nat-gateway'],
      ['s3', 'gateway-endpoint'],
    ]);
    const findings: readonly Record<string, string>[] = answer.findings;
    const codes = findings.map(({ code }) => code);
    expect(codes).not.toContain('traffic-path-unknown');
    expect(findings.find(({ code }) => code === 'traffic-path-told')?.['message']).toBe(
      'vpc-1: nothing shows the path of 1,073,741,824 bytes; it is taken as gateway-endpoint, as --unknown-path says.',
    );
    const byNat = JSON.parse((await runCli([...args, 'nat-gateway'])).stdout);
    expect(byNat.totals.ifUnknownPassesNat).toBeUndefined();
    // The log of the gateway is not blamed for what the user says.
    const others: readonly Record<string, string>[] = byNat.findings;
    expect(others.map(({ code }) => code)).not.toContain('nat-log-incomplete');
  });

  it('names it in a summary, which is then one row with what is on the path already', async () => {
    await using files = await inputs();
    const { stdout } = await runCli(['summarize', files.log]);
    expect(stdout).toContain(',s3,unknown,1073741824,0,');
    const told = await runCli(['summarize', files.csv, '--unknown-path', 'nat-gateway']);
    expect(told.stdout.match(/,s3,nat-gateway,/g)).toHaveLength(1);
    expect(told.stdout).not.toContain('unknown');
    expect(told.stderr).toContain('month.csv: nothing shows the path of 1 row; it is taken as');
  });

  it('names it for a report, whose bill is whole then', async () => {
    await using files = await inputs();
    const args = ['report', files.csv, '--format', 'json'];
    expect((await runCli(args)).exitCode).toBe(3);
    const { exitCode, stdout } = await runCli([...args, '--unknown-path', 'nat-gateway']);
    // 20 GB × $0.045 = $0.90, and 2 gateways × 730 h × ($0.045 + $0.005) = $73.00
    const { totals } = JSON.parse(stdout);
    expect([exitCode, totals.currentMonthlyCost]).toEqual([0, '73.9']);
  });

  it('takes the name of a path, and not that it is unknown', async () => {
    for (const name of ['unknown', 'nat', '']) {
      const { exitCode, stderr } = await runCli(['compare', 'x.csv', '--unknown-path', name]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`--unknown-path: "${name}" is not one of nat-gateway, `);
    }
  });
});
