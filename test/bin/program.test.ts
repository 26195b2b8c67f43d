import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { oldCache } from '../support/cards.js';
import { program, runProgram } from '../support/program.js';
import { bareEnvironment, root, runCli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { generatedRows, textOf } from '../traffic/generated-log.js';

const example = 'examples/production-vpc.csv';

describe('the program', () => {
  it('tells its version', async () => {
    expect(await runProgram(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  // All other tests of commands run in this process: here stands that a process gives the same.
  it.each([
    [0, ['compare', example, '-v', '--explain']],
    [1, ['compare', 'no-such.csv']],
    [2, ['compare', example, '--regin', 'x']],
    [
      3,
      [
        'estimate',
        '--region',
        'us-east-1',
        '--service',
        's3',
        '--gb-out',
        '1',
        '--nat-type',
        'regional',
        '--cache-dir',
        oldCache,
      ],
    ],
    [4, ['report', example, '--date', '2026-11-23', '--format', 'html', '--budget', '1']],
  ])('ends with exit code %i and the bytes that the tests see', async (exitCode, args) => {
    const { signal, ...ran } = await runProgram(args);
    expect(signal).toBeNull();
    expect(ran).toEqual(await runCli(args));
    expect(ran.exitCode).toBe(exitCode);
  });

  it('ends quietly when its reader has seen enough', () => {
    const script = `${process.execPath} ${program} compare ${example} -v --format json | head -1; echo "\${PIPESTATUS[0]}"`;
    const options = { cwd: root, env: bareEnvironment, encoding: 'utf8' } as const;
    const run = spawnSync('bash', ['-c', script], options);
    expect([run.stdout, run.stderr]).toEqual(['{\n0\n', '']);
  });

  it.runIf(existsSync('/dev/full'))('says so where the disk is full behind stdout', async () => {
    const full = await open('/dev/full', 'w');
    const run = await runProgram(['compare', example], { stdout: full.fd });
    await full.close();
    expect([run.exitCode, run.stderr.split('\n')[0]]).toEqual([
      1,
      'pathfare: standard output: cannot be written: the disk is full',
    ]);
  });

  it('reads a file beside it whose name begins with a hyphen after --', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, '-v.csv'), 'service,region,gb_out\ns3,us-east-1,1\n');
    const args = ['compare', '--format', 'csv', '--', '-v.csv'];
    expect(await runProgram(args, { cwd: folder.path })).toMatchObject({ stderr: '', exitCode: 0 });
  });

  it('leaves the old output when it is interrupted', async () => {
    await using folder = await temporaryFolder();
    const out = join(folder.path, 'out.csv');
    await writeFile(out, 'the old one');
    const run = await runProgram(['summarize', '-', '-o', out], {
      meanwhile: async ({ kill, write }) => {
        write(textOf(generatedRows(5)));
        while ((await readdir(folder.path)).length === 1) await soon();
        kill('SIGINT');
      },
    });
    expect([run.exitCode, run.stdout]).toEqual([130, '']);
    expect(await readFile(out, 'utf8')).toBe('the old one');
    expect(await readdir(folder.path)).toEqual(['out.csv']);
  });

  it('has the same bytes whatever the threads, the files and their order', async () => {
    await using folder = await temporaryFolder();
    const rows = generatedRows(6000);
    await writeLogs(folder.path, rows);
    const shared = await runProgram(['summarize', folder.path]);
    expect(shared.stderr).toContain('42,000 records read, 12,000 counted');
    // In this process one thread scans the files.
    expect(await runCli(['summarize', folder.path])).toEqual({
      exitCode: shared.exitCode,
      stdout: shared.stdout,
      stderr: shared.stderr,
    });
    const piped = await runCli(['summarize', '-'], { input: gzipSync(textOf(rows)) });
    expect(piped.stdout).toBe(shared.stdout);
  });
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 10));

/** Four files, large enough for threads to share. */
async function writeLogs(folder: string, rows: ReturnType<typeof generatedRows>): Promise<void> {
  const share = Math.ceil(rows.length / 4);
  for (let part = 0; part < 4; part++) {
    const text = textOf(rows.slice(part * share, (part + 1) * share));
    const [ending, bytes] = part % 2 === 0 ? ['', text] : ['.gz', gzipSync(text)];
    await writeFile(join(folder, `${part}.log${ending}`), bytes);
  }
}
