import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const compare = ['compare', 'examples/small-vpc.csv', '--format', 'csv'];

describe('--output', () => {
  it('holds what stdout would, and stdout holds nothing', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'result.csv');
    expect(await runCli([...compare, '--output', file])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    expect(await readFile(file, 'utf8')).toBe((await runCli(compare)).stdout);
    expect(await readdir(folder.path)).toEqual(['result.csv']);
    expect((await runCli([...compare, '--output', '-'])).stdout).toBe(
      (await runCli(compare)).stdout,
    );
  });

  it('stays what it was when the run fails', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'result.csv');
    await writeFile(file, 'of yesterday');
    const run = await runCli(['compare', 'no-such.csv', '--output', file]);
    expect(run.exitCode).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('of yesterday');
    expect(await readdir(folder.path)).toEqual(['result.csv']);
  });

  it.each([
    ['no-folder/x', 'there is no such folder'],
    ['file/x', 'a part of its folder is a file'],
    ['folder', 'is a folder'],
  ])('%s: %s', async (name, reason) => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'folder'));
    await writeFile(join(folder.path, 'file'), '');
    const file = join(folder.path, name);
    expect(await runCli([...compare, '--output', file])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `pathfare: --output ${file}: cannot be written: ${reason}\n  Name a file in a folder that exists and that you may write to.\n`,
    });
    expect((await readdir(folder.path)).toSorted()).toEqual(['file', 'folder']);
  });

  it('leaves a link where it is and replaces what it leads to', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'real.csv'), 'of yesterday');
    await symlink('real.csv', join(folder.path, 'link.csv'));
    await runCli([...compare, '--output', join(folder.path, 'link.csv')]);
    expect((await lstat(join(folder.path, 'link.csv'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder.path, 'real.csv'), 'utf8')).toBe(
      (await runCli(compare)).stdout,
    );
  });

  it('makes the file that a link leads to where there is none yet', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'there'));
    await symlink('there/real.csv', join(folder.path, 'second.csv'));
    await symlink('second.csv', join(folder.path, 'link.csv'));
    await runCli([...compare, '--output', join(folder.path, 'link.csv')]);
    expect((await lstat(join(folder.path, 'link.csv'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder.path, 'there/real.csv'), 'utf8')).toBe(
      (await runCli(compare)).stdout,
    );
  });

  it('is refused where a link leads to itself', async () => {
    await using folder = await temporaryFolder();
    const link = join(folder.path, 'link.csv');
    await symlink('link.csv', link);
    const run = await runCli([...compare, '--output', link]);
    expect([run.exitCode, run.stderr.split('\n')[0]]).toEqual([
      1,
      `pathfare: --output ${link}: cannot be written: is a link that leads to itself`,
    ]);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  it.runIf(existsSync('/dev/full'))('says so where the disk is full', async () => {
    const run = await runCli([...compare, '--output', '/dev/full']);
    expect([run.exitCode, run.stderr.split('\n')[0]]).toEqual([
      1,
      'pathfare: --output /dev/full: cannot be written: the disk is full',
    ]);
  });
});
