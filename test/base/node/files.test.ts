import { chmod, mkdir, open, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PathfareError } from '../../../src/base/errors.js';
import {
  failureReason,
  openWhole,
  readJson,
  readText,
  readTextIfThere,
  writeFailureReason,
  writeWhole,
} from '../../../src/base/node/files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const origin = { name: '--flag file', hint: 'Do this.' };

describe('reading a file', () => {
  it('passes over the byte order mark at its start, and over no other', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a.json');
    await writeFile(file, '\uFEFF["\uFEFF"]');
    expect(await readText(file, origin)).toBe('["\uFEFF"]');
    expect(await readJson(file, origin)).toEqual(['\uFEFF']);
  });

  it('names the origin, the reason and what to do', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a');
    await writeFile(file, 'text \u001b[31m');
    const failures = [
      [join(folder.path, 'none'), '--flag file: no such file'],
      [folder.path, '--flag file: is a folder'],
      [join(file, 'b'), '--flag file: a part of its folder is a file'],
      [file, '--flag file: is not JSON, it begins with "text \\u{001b}[31m"'],
    ] as const;
    for (const [name, message] of failures) {
      await expect(readJson(name, origin)).rejects.toMatchObject({ message, hint: 'Do this.' });
    }
  });

  it('may find no file, but not fail in another way', async () => {
    await using folder = await temporaryFolder();
    expect(await readTextIfThere(join(folder.path, 'none'), origin)).toBeUndefined();
    await expect(readTextIfThere(folder.path, origin)).rejects.toThrow('is a folder');
  });
});

describe('a failure in words', () => {
  it('is that of the system where we have none, and never a code', async () => {
    const busy = Object.assign(new Error("EBUSY: resource busy, open '/x'"), {
      code: 'EBUSY',
      errno: -16,
    });
    expect(failureReason(busy)).toBe('resource busy or locked');
    const strange = Object.assign(new Error('\u001b[31m'), { code: 'STRANGE' });
    expect(failureReason(strange)).toBe('"\\u{001b}[31m"');
    expect(failureReason(new PathfareError('file-unreadable', 'said already'))).toBe(
      'said already',
    );
  });

  it('is that of gzip data', () => {
    const cut = gzipSync('x'.repeat(100)).subarray(0, 15);
    expect(reasonOf(() => gunzipSync(cut))).toBe('the gzip data is cut off: fetch the file again');
    const bad = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
    expect(reasonOf(() => gunzipSync(bad))).toBe('the gzip data is damaged: fetch the file again');
  });

  it('is none for a defect, which is thrown on', () => {
    const defect = new TypeError('x is undefined');
    expect(() => failureReason(defect)).toThrow(defect);
    expect(() => writeFailureReason(defect)).toThrow(defect);
  });
});

function reasonOf(fail: () => unknown): string {
  try {
    fail();
  } catch (error) {
    return failureReason(error);
  }
  throw new Error('nothing failed');
}

describe('writing a file whole', () => {
  it('shows the old text until it is committed, and keeps mode and link', async () => {
    await using folder = await temporaryFolder();
    const [file, link] = [join(folder.path, 'a'), join(folder.path, 'link')];
    await writeFile(file, 'old');
    await chmod(file, 0o640);
    await symlink(file, link);
    const whole = await openWhole(link, origin);
    await whole.write('new ');
    await whole.write('text');
    expect(await readFile(file, 'utf8')).toBe('old');
    await whole.commit();
    expect(await readFile(file, 'utf8')).toBe('new text');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder.path)).toEqual(['a', 'link']);
  });

  it('reaches the disk before it has its name', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a');
    await writeFile(file, '');
    const handle = await open(file);
    const prototype: { sync: () => Promise<void> } = Object.getPrototypeOf(handle);
    const { sync } = prototype;
    const seen: string[] = [];
    prototype.sync = async function (this: typeof handle) {
      seen.push(await readFile(file, 'utf8'));
      await sync.call(this);
    };
    try {
      await writeWhole(file, 'new', origin);
    } finally {
      prototype.sync = sync;
      await handle.close();
    }
    expect([seen, await readFile(file, 'utf8')]).toEqual([[''], 'new']);
  });

  it('leaves nothing where it is discarded or can not be renamed', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a');
    const dropped = await openWhole(file, origin);
    await dropped.write('text');
    await dropped.discard();
    const refused = await openWhole(file, origin);
    await mkdir(join(file, 'b'), { recursive: true });
    await expect(refused.commit()).rejects.toThrow('--flag file: cannot be written: is a folder');
    expect(await readdir(folder.path)).toEqual(['a']);
  });

  it('makes the folder, or says why it can not be', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'b/c/a');
    await writeWhole(file, 'text', origin);
    expect(await readFile(file, 'utf8')).toBe('text');
    for (const [name, reason] of [
      [join(file, 'd'), 'a part of its folder is a file'],
      [join(folder.path, 'b'), 'is a folder'],
    ] as const) {
      await expect(writeWhole(name, '', origin)).rejects.toMatchObject({
        message: `--flag file: cannot be written: ${reason}`,
        hint: 'Do this.',
      });
    }
    await expect(openWhole(join(folder.path, 'none/a'), origin)).rejects.toThrow(
      'there is no such folder',
    );
  });
});
