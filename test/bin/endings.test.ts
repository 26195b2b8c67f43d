import { execFileSync, spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../src/base/errors.js';
import { main } from '../../src/cli/main.js';
import { program, runProgram } from '../support/program.js';
import { bareEnvironment, root, runCli } from '../support/run-cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const node = process.execPath;
const vpc = 'examples/production-vpc.csv';
const small = 'examples/small-vpc.csv';
const log = 'examples/flow-log.log';

/** Runs a script of bash in the project's folder, where `$PF` is the program. */
function bash(script: string, env: Readonly<Record<string, string>> = {}) {
  const all = { ...bareEnvironment, PF: `${node} ${program}`, ...env };
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: root,
    env: all,
    encoding: 'utf8',
  });
  return { stdout, stderr };
}

const makePipe = (file: string) => execFileSync('mkfifo', [file]);
const soon = () => new Promise((resolve) => setTimeout(resolve, 10));

async function untilBegun(folder: string, others: number): Promise<void> {
  while ((await readdir(folder)).length === others) await soon();
}

describe('a reader that goes', () => {
  it('of stderr changes neither exit codes nor files', async () => {
    await using folder = await temporaryFolder();
    const { stdout } = bash(
      `$PF compare missing.csv 2>&1 >/dev/null | true; echo "\${PIPESTATUS[0]}"
       $PF report ${vpc} --budget 1 -o $OUT/r.md 2>&1 | true; echo "\${PIPESTATUS[0]}"
       $PF estimate --bogus 2>&1 | true; echo "\${PIPESTATUS[0]}"
       $PF summarize ${log} -o $OUT/s.csv 2>&1 | true; echo "\${PIPESTATUS[0]}"`,
      { OUT: folder.path },
    );
    expect(stdout).toBe('1\n4\n2\n0\n');
    expect((await readdir(folder.path)).toSorted()).toEqual(['r.md', 's.csv']);
    const { stdout: summary } = await runCli(['summarize', log]);
    expect(await readFile(join(folder.path, 's.csv'), 'utf8')).toBe(summary);
  });

  it('of stdout leaves the exit code that the result has', () => {
    const { stdout } = bash(
      `$PF report ${vpc} --budget 1 --format html 2>/dev/null | head -c 1; echo "\${PIPESTATUS[0]}"`,
    );
    expect(stdout).toBe('<4\n');
  });
});

describe('a pipe', () => {
  it('that is named is read once, as standard input is', async () => {
    await using folder = await temporaryFolder();
    const pipe = join(folder.path, 'pipe');
    makePipe(pipe);
    const written = writeFile(pipe, await readFile(join(root, small)));
    const run = await runCli(['compare', pipe, '--format', 'csv']);
    await written;
    expect(run).toEqual(await runCli(['compare', small, '--format', 'csv']));
  });

  it('of the shell is read by its descriptor, and standard input by its names', async () => {
    const { stdout } = bash(`
      $PF compare <(cat ${small}) --format csv
      cat ${small} | $PF compare /dev/stdin --format csv
      cat ${small} | $PF compare /dev/fd/3 --format csv 3<&0
      $PF compare /dev/fd/3 --format csv 3< ${small}`);
    const { stdout: once } = await runCli(['compare', small, '--format', 'csv']);
    expect(stdout).toBe(once.repeat(4));
  });

  it('that two names lead to is read once', async () => {
    await using folder = await temporaryFolder();
    const pipe = join(folder.path, 'pipe');
    makePipe(pipe);
    const written = writeFile(pipe, await readFile(join(root, small)));
    const run = await runCli(['compare', pipe, `${folder.path}/./pipe`]);
    await written;
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain('Named more than once, and read once');
  });

  it('in a folder is named, not read and not passed over', async () => {
    await using folder = await temporaryFolder();
    const pipe = join(folder.path, 'pipe');
    makePipe(pipe);
    await writeFile(join(folder.path, 'a.csv'), await readFile(join(root, small)));
    const run = await runCli(['compare', folder.path, '--format', 'json']);
    expect(JSON.parse(run.stdout).findings).toContainEqual({
      code: 'file-not-read',
      severity: 'warning',
      message: `${pipe}: not read: a pipe or a device is read where it is named itself`,
    });
  });
});

describe('a signal', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a run that waits with exit code %i, without a trace', async (name, code) => {
    await using folder = await temporaryFolder();
    const out = join(folder.path, 'out.csv');
    await writeFile(out, 'the old one');
    const pipe = join(folder.path, 'pipe');
    makePipe(pipe);
    const run = await runProgram(['summarize', pipe, '-o', out], {
      meanwhile: async ({ kill }) => {
        await untilBegun(folder.path, 2);
        kill(name);
      },
    });
    expect(run).toEqual({
      exitCode: code,
      signal: null,
      stdout: '',
      stderr: 'pathfare: interrupted\n  Nothing was written.\n',
    });
    expect(await readFile(out, 'utf8')).toBe('the old one');
    expect((await readdir(folder.path)).toSorted()).toEqual(['out.csv', 'pipe']);
  });

  it('ends at once when it comes twice, whatever holds the run', async () => {
    await using folder = await temporaryFolder();
    const pipe = join(folder.path, 'names');
    makePipe(pipe);
    const args = ['report', small, '--names', pipe, '-o', join(folder.path, 'r.md')];
    const run = await runProgram(args, {
      meanwhile: async ({ kill }) => {
        await untilBegun(folder.path, 1);
        kill('SIGTERM');
        await soon();
        kill('SIGTERM');
      },
    });
    expect([run.exitCode, run.signal]).toEqual([null, 'SIGTERM']);
    expect(await readdir(folder.path)).toEqual(['names']);
  });

  it('is heard in the last phase, when all is read and nothing written', async () => {
    await using folder = await temporaryFolder();
    const out = join(folder.path, 'out.csv');
    const interrupt = new AbortController();
    const nowhere = { write: () => true, once: () => {} };
    const stderr = {
      ...nowhere,
      // The findings are told right before the result is written.
      write: () => {
        interrupt.abort(new Interruption('SIGTERM'));
        return true;
      },
    };
    const exitCode = await main(['summarize', log, '-o', out], '0.0.0', {
      stdin: Readable.from([]),
      stdout: nowhere,
      stderr,
      env: bareEnvironment,
      now: () => new Date(),
      signal: interrupt.signal,
    });
    expect([exitCode, await readdir(folder.path)]).toEqual([143, []]);
  });
});
