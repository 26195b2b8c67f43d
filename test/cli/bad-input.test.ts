import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Run, runCli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Runs `compare` on a file that holds the text, and calls it t.csv in what is said. */
async function compareText(text: string | Uint8Array): Promise<Run> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 't.csv');
  await writeFile(file, text);
  const run = await runCli(['compare', file, '--region', 'us-east-1']);
  return { ...run, stderr: run.stderr.replaceAll(file, 't.csv') };
}

const row = (cells: string, header = 'service,bytes_out,bytes_in,start,end') =>
  `${header}\n${cells}\n`;

/** What a file holds, and how the first line of the answer begins. */
const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['an empty file', '', 't.csv: this file is empty.'],
  ['no header', 's3,1,2\n', 't.csv:1: the first line is no header: "s3,1,2".'],
  ['no service', 'region,bytes_out\nx,1\n', 't.csv:1: the header has no column service'],
  ['semicolons', 'service;gb_out\ns3;1\n', 't.csv:1: the columns of "service;gb_out" are not'],
  ['no volume', 'service,region\ns3,x\n', 't.csv:1: the header has no column bytes_out'],
  ['negative bytes', row('s3,-5,0,,'), 't.csv:2: bytes_out "-5" is not a whole count of bytes.'],
  ['a fraction', row('s3,0.5,0,,'), 't.csv:2: bytes_out "0.5" is not a whole count of bytes.'],
  ['an exponent', row('s3,1e3,0,,'), 't.csv:2: bytes_out "1e3" is not a whole count of bytes.'],
  ['30 digits', row(`s3,${'9'.repeat(30)},0,,`), `t.csv:2: bytes_out "${'9'.repeat(30)}" is more`],
  ['a separator', row('s3,"1,024",0,,'), 't.csv:2: bytes_out "1,024" is not a whole count'],
  ['bytes and GB', row('s3,1,1', 'service,bytes_out,gb_out'), 't.csv:1: the header has both'],
  ['no date', row('s3,1,0,soon,2026-10-02'), 't.csv:2: start "soon" is not a time.'],
  ['an end too early', row('s3,1,0,2026-10-02,2026-10-01'), 't.csv:2: '],
  ['an open quote', row('s3,"1,0,,'), 't.csv:2: '],
  ['UTF-16', Buffer.from('\ufeffservice,bytes_out\n', 'utf16le'), 't.csv: this file is UTF-16'],
  [
    'Windows-1252',
    Buffer.from(row('caf\u00e9,1,0,,'), 'latin1'),
    't.csv:2: this line is not UTF-8',
  ],
  ['a line of 2 MB', row(`s3,${'1'.repeat(2 ** 21)},0,,`), 't.csv:2: this row is longer than'],
];

describe('an input that cannot be read', () => {
  it.each(cases)('%s', async (_, text, message) => {
    const run = await compareText(text);
    expect([run.exitCode, run.stdout]).toEqual([1, '']);
    const [first = '', hint = '', ...others] = run.stderr.split('\n');
    expect(first.slice(0, `pathfare: ${message}`.length)).toBe(`pathfare: ${message}`);
    expect(hint).toMatch(/^ {2}\S.+\.|^ {2}\S.+,end$/);
    expect(others).toEqual(['']);
  });

  it('may be no file at all', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'empty'));
    const none = await runCli(['compare', 'none.csv']);
    expect(none).toMatchObject({ exitCode: 1, stdout: '' });
    expect(none.stderr).toMatch(/^pathfare: none\.csv: no such file\n {2}\S.+\n$/);
    const empty = await runCli(['compare', join(folder.path, 'empty')]);
    expect(empty).toMatchObject({ exitCode: 1, stdout: '' });
    expect(empty.stderr).toMatch(/^pathfare: \S+\/empty: .+\n {2}\S.+\n$/);
  });

  it('names the nearest Regions of one that AWS does not have', async () => {
    const run = await compareText('service,region,gb_out\ns3,us-est-1,1\n');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toBe(
      'pathfare: t.csv:2: "us-est-1" is not a Region of AWS\n  Did you mean us-east-1 or us-west-1 or us-east-2? "pathfare prices list" names every Region.\n',
    );
  });

  it('says so where a Region of AWS has no rates', async () => {
    const run = await compareText('service,region,gb_out\ns3,cn-north-1,1\n');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('cn-north-1, China (Beijing), is a Region of AWS, but');
  });
});
