import { rmSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadedTraffic } from '../../../src/traffic/load-traffic.js';
import { anyCodePoint } from '../../support/any-code-point.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { attributeTexts } from '../flow-log-text.js';
import { generatedFields, generatedRows, textOf } from '../generated-log.js';
import { load } from '../load-options.js';

const rows = generatedRows(200);
const text = textOf(rows);
const megabyte = 2 ** 20;

const messagesOf = (traffic: LoadedTraffic, code: string) =>
  traffic.findings.filter((finding) => finding.code === code).map(({ message }) => message);

/** Records read are those counted and those set aside. */
function expectAccount({ counts }: LoadedTraffic): void {
  const { read = -1, counted, setAside = {} } = counts ?? {};
  const aside = Object.values(setAside).reduce((sum, { records }) => sum + records, 0);
  expect((counted?.records ?? 0) + aside).toBe(read);
}

/** Loads files of one folder, with a good one among them. */
async function loadBeside(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<LoadedTraffic> {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'good.log'), text);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder.path, name), content);
  }
  const traffic = await load([folder.path]);
  expectAccount(traffic);
  return traffic;
}

/** A gzip text of so many megabytes of one byte, after a beginning. */
const bomb = (begin: string, byte: number, megabytes: number): Uint8Array => {
  const piece = gzipSync(Buffer.alloc(16 * megabyte, byte));
  return Buffer.concat([gzipSync(begin), ...Array.from({ length: megabytes / 16 }, () => piece)]);
};

describe('a broken file among good ones', () => {
  it('cut gzip: what comes before the cut counts', async () => {
    const packed = gzipSync(textOf(generatedRows(5000)));
    const traffic = await loadBeside({ 'cut.log.gz': packed.subarray(0, packed.length / 2) });
    expect(messagesOf(traffic, 'file-not-read')).toEqual([
      expect.stringMatching(/cut\.log\.gz: not read: the gzip data is cut off/),
    ]);
    expect(traffic.counts?.read).toBeGreaterThan(rows.length + 10_000);
    expect(traffic.counts?.setAside.unreadable?.records).toBe(1);
  });

  it('gzip cut within a header in the middle: half a header is no header, and no record', async () => {
    const header = text.slice(0, text.indexOf('\n') + 1);
    // Without the 8 bytes at its end it is cut; all of the text is there.
    const packed = gzipSync(text + header.slice(0, header.indexOf(' bytes') + 5)).subarray(0, -8);
    const traffic = await loadBeside({ 'cut.log.gz': packed });
    // Those of both files, and the line that is cut.
    expect(traffic.counts?.read).toBe(2 * rows.length + 1);
    expect(traffic.counts?.setAside.unreadable?.records).toBe(1);
  });

  it('small cut and damaged gzip, binary, and what is no log', async () => {
    const packed = gzipSync(text);
    const damaged = Buffer.from(packed);
    damaged.fill(0xaa, 100, 140);
    const traffic = await loadBeside({
      'a.gz': packed.subarray(0, packed.length - 20),
      'b.gz': damaged,
      'c.bin': Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) & 255),
      'd.txt': 'Dear reader,\nthis is no flow log.\n',
      'e.log': 'version account-id srcaddr\n2 1 10.0.0.1\n',
      'f.log': '1 2 3 4 ACCEPT OK eni-0abc\n',
      'g.log': '',
      'h.zip': Buffer.from('PK\u0003\u0004............'),
    });
    const told = messagesOf(traffic, 'file-not-read').map((message) =>
      message.replace(/^.*\//, ''),
    );
    expect(told.map((message) => message.slice(0, message.indexOf(':')))).toEqual([
      'a.gz',
      'b.gz',
      'c.bin',
      'd.txt',
      'e.log',
      'f.log',
      'h.zip',
    ]);
    expect(told).toContain('e.log: not read: its header has no field bytes');
  });

  it.each([
    ['512 MB of zeros', bomb('', 0, 512)],
    ['512 MB of zeros after a header', bomb(text, 0, 512)],
    ['a line of 208 MB', bomb(text, 0x78, 208)],
  ])('gzip of %s takes no more memory than a line may', async (_, content) => {
    const before = process.memoryUsage().rss;
    const traffic = await loadBeside({ 'bomb.gz': content });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * megabyte);
    const unread = messagesOf(traffic, 'file-not-read').length;
    expect(unread + (traffic.counts?.setAside.unreadable?.records ?? 0)).toBe(1);
  });

  it('one bad file among three hundred is one finding, and an error under --strict', async () => {
    await using folder = await temporaryFolder();
    const start = generatedFields.indexOf('start');
    for (let index = 0; index < 300; index++) {
      // Of another minute each: files with the same records would be copies.
      const later = rows.slice(0, 7).map((row) => row.with(start, String(1_790_000_000 + index)));
      const text = index === 150 ? 'no log\n' : textOf(later);
      await writeFile(join(folder.path, `${index}.log`), text);
    }
    const traffic = await load([folder.path]);
    expect(traffic.counts?.read).toBe(299 * 7);
    expect(messagesOf(traffic, 'file-not-read')).toHaveLength(1);
    await expect(load([folder.path], { strict: true })).rejects.toThrow(/150\.log: /);
  });

  it('a file that vanishes before it is read', async () => {
    await using folder = await temporaryFolder();
    const gone = join(folder.path, 'gone.log');
    await writeFile(gone, text);
    await writeFile(join(folder.path, 'a.log'), text);
    // It is there when the files are found and looked at, and not when the file before it has been read.
    const progress = () => rmSync(gone, { force: true });
    const traffic = await load([folder.path], {}, { progress });
    expect(messagesOf(traffic, 'file-not-read')).toEqual([`${gone}: not read: no such file`]);
    expect(traffic.counts?.read).toBe(rows.length);
  });

  it('links that lead nowhere, round and to the same file', async () => {
    await using folder = await temporaryFolder();
    const inside = (name: string) => join(folder.path, name);
    await mkdir(inside('sub'));
    await writeFile(inside('sub/a.log'), text);
    await symlink(folder.path, inside('sub/up'));
    await symlink(inside('round'), inside('round'));
    await symlink(inside('nowhere'), inside('dangling'));
    await symlink(inside('sub/a.log'), inside('again.log'));
    const traffic = await load([folder.path]);
    expect(traffic.counts?.read).toBe(rows.length);
    expect(messagesOf(traffic, 'file-not-read')).toEqual([
      `${inside('dangling')}: not read: no such file`,
      `${inside('round')}: not read: is a link that leads to itself`,
    ]);
  });

  it('a folder without permission', async () => {
    await using folder = await temporaryFolder();
    const closed = join(folder.path, 'closed');
    await mkdir(closed);
    await writeFile(join(folder.path, 'a.log'), text);
    await chmod(folder.path, 0o755);
    await chmod(closed, 0);
    const traffic = await withoutPrivileges(() => load([folder.path]));
    await chmod(closed, 0o700);
    expect(traffic.counts?.read).toBe(rows.length);
    expect(messagesOf(traffic, 'file-not-read')).toEqual([`${closed}: not read: no permission`]);
  });

  it('of versions mixed in a folder, the one that tells most counts', async () => {
    const v2 = rows.map((row) => row.slice(0, 14));
    const traffic = await loadBeside({
      'v2.log': textOf(v2, generatedFields.slice(0, 14)),
      'headerless.log': v2.map((row) => row.join(' ')).join('\n'),
    });
    // The log without a header holds the records of the one with it, and is a copy. Version 2 is of the same time as the log
    // beside it, which tells more.
    expect(traffic.counts?.read).toBe(2 * rows.length);
    // One of seven is rejected, and set aside as that.
    expect(traffic.counts?.setAside['other-flow-log']?.records).toBe((rows.length / 7) * 6);
    // The interfaces of the log with packet addresses tell what those of version 2 are: nothing is counted at another place.
    expect(traffic.profiles.map(({ path, vpcId }) => [path, vpcId])).toEqual(
      Array.from(traffic.profiles, () => ['nat-gateway', 'vpc-1']),
    );
  });
});

/** Root may read every folder: a run as root acts as nobody meanwhile. */
async function withoutPrivileges<Result>(run: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.('nobody');
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

describe('an input that is not there', () => {
  it('is an error', async () => {
    await expect(load(['/nowhere/at/all'])).rejects.toThrow('/nowhere/at/all: no such file');
    await expect(load(['/nowhere/*.log'])).rejects.toThrow('/nowhere/*.log: no file matches');
  });

  it('is one of nothing but broken files as well', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.log'), 'no log at all\n');
    await expect(load([folder.path])).rejects.toThrow(
      /a\.log: its first line is no flow-log record/,
    );
  });
});

describe('fuzzed text', () => {
  const fields = generatedFields.join(' ');
  const lines = rows.slice(0, 14).map((row) => row.join(' '));

  it('never fails, and no row goes unreported', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '-',
        '',
        '0',
        '99999999999999999999',
        'ACCEPT',
        'egress',
        '::',
        '1.2.3',
        '\u0000',
        '=1+1',
      ),
      fc.string({ maxLength: 300 }),
      fc.string({ unit: anyCodePoint, maxLength: 20 }),
    );
    const damage = fc.record({ line: fc.nat(13), field: fc.nat(23), cell });
    fc.assert(
      fc.property(
        fc.array(damage, { maxLength: 8 }),
        fc.integer({ min: 1, max: 200 }),
        (all, pieceBytes) => {
          const values = lines.map((line) => line.split(' '));
          for (const { line, field, cell: value } of all) {
            const row = values[line];
            if (row !== undefined) row[field] = value;
          }
          const log = values.map((row) => row.join(' ')).join('\n');
          const traffic = attributeTexts([log], { fields, pieceBytes });
          const { counted, setAside } = traffic.ledger.counts(traffic.read);
          const sums = [counted, ...Object.values(setAside)];
          const records = sums.reduce((sum, { records: some }) => sum + some, traffic.unreadable);
          const notEmpty = log.split('\n').filter((line) => line !== '' && line !== '\r');
          expect([records, traffic.read]).toEqual([notEmpty.length, notEmpty.length]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a reader that fails in a way that nobody foresaw', () => {
  it('is a file that is not read, with what was read before', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
      throw new RangeError('Maximum call stack size exceeded');
    }
    const traffic = await load(['-'], {}, { stdin: failing() });
    expect(messagesOf(traffic, 'file-not-read')).toEqual([
      expect.stringContaining(
        'not read: its reader failed with "RangeError: Maximum call stack size exceeded". Please report it',
      ),
    ]);
    expect(traffic.counts?.read).toBe(rows.length);
  });
});
