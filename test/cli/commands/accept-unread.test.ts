import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareFiles, formatComparison, loadTraffic, reportFiles } from '../../../src/index.js';
import { runCli } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { generatedRows, textOf } from '../../traffic/generated-log.js';

/** 700 records. */
const good = textOf(generatedRows(100));
const header = good.slice(0, good.indexOf('\n') + 1);
/** 700 records of the ten minutes after, of which the bytes are no number. */
const broken = good.replaceAll(/ 6 9 \d+ /g, ' 6 9 1e12 ');

async function folderOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, 'logs'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder.path, 'logs', name), content);
  }
  return folder;
}

const json = (text: string): unknown => JSON.parse(text);

/** A log with one unreadable record in 701: 0.142654 %, rounded up. */
const oneBad = { 'a.log': `${good}what is this\n` };

describe('--accept-unread', () => {
  it('accepts 0.1 % where nothing is said, and ends with 3 over it', async () => {
    await using folder = await folderOf(oneBad);
    for (const command of ['summarize', 'compare', 'report']) {
      expect(await runCli([command, folder.path])).toMatchObject({ exitCode: 3 });
      const accepted = await runCli([command, folder.path, '--accept-unread', '0.15%']);
      expect(accepted).toMatchObject({ exitCode: 0 });
      const text = command === 'summarize' ? accepted.stderr : accepted.stdout;
      expect(text.replaceAll('\\', '').replaceAll(/\s+/g, ' ')).toContain(
        '0.1427 % of the log was not read (1 of 701 records: 1 unreadable). That is accepted (--accept-unread 0.15%)',
      );
      for (const share of ['any', '100%', '1 %']) {
        const run = await runCli([command, folder.path, '--accept-unread', share]);
        expect(run).toMatchObject({ exitCode: 0 });
      }
      for (const share of ['0', '0.14%']) {
        const run = await runCli([command, folder.path, '--accept-unread', share]);
        expect(run).toMatchObject({ exitCode: 3 });
      }
    }
  });

  it('says nothing where all was read', async () => {
    await using folder = await folderOf({ 'a.log': good });
    const run = await runCli(['compare', folder.path, '--format', 'json']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).not.toContain('"unread-');
    expect(json(run.stdout)).toMatchObject({
      complete: true,
      unread: { records: 700, share: '0', accepted: '0.001', isAccepted: true },
    });
  });

  it('tells of a share that is a number or no share', async () => {
    const run = await runCli(['compare', 'examples/small-vpc.csv', '--accept-unread', '5']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--accept-unread: "5" is not a share');
    expect(run.stderr).toContain('Write the percentage with its sign: 5%.');
  });

  it('is refused beside --strict, which accepts nothing', async () => {
    await using folder = await folderOf(oneBad);
    const strict = ['compare', folder.path, '--strict'];
    expect(await runCli([...strict, '--accept-unread', '1%'])).toMatchObject({ exitCode: 2 });
    const run = await runCli([...strict, '--accept-unread', '0']);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain("1 record can't be read, first ");
  });

  it('makes every sum over it a lower bound, in every format', async () => {
    await using folder = await folderOf(oneBad);
    const note = 'Not all of the log was read (0.1427 % is missing): the sums are lower bounds.';
    const table = (await runCli(['compare', folder.path])).stdout;
    expect(table).toMatch(/^You pay +≥ \$/m);
    expect(table).toMatch(/^Potential saving +not known in full \(see below\)/m);
    expect(table.replaceAll(/\s+/g, ' ')).toContain(note);
    const markdown = await runCli(['compare', folder.path, '--format', 'markdown']);
    expect(markdown.stdout).toContain(note);
    const csv = await runCli(['compare', folder.path, '--format', 'csv']);
    const complete = csv.stdout.trim().split('\n').slice(1);
    expect(complete.length).toBeGreaterThan(1);
    for (const row of complete) expect(row).toContain(',false,');
    expect(json((await runCli(['compare', folder.path, '--format', 'json'])).stdout)).toMatchObject(
      {
        complete: false,
        totals: { savingKnown: false },
        unread: {
          records: 701,
          unreadable: 1,
          lost: 0,
          inFiles: 0,
          known: true,
          isAccepted: false,
        },
      },
    );
  });

  it('leaves a budget that it is within not known, and a condition on the saving unmet', async () => {
    await using folder = await folderOf(oneBad);
    const report = [folder.path, '--budget', '100000', '--fail-on', 'saving<100000'];
    const text = await runCli(['report', ...report]);
    expect(text).toMatchObject({ exitCode: 3 });
    expect(text.stdout).toContain('not known: the bill is a lower bound');
    expect(text.stdout).not.toContain('within budget');
    expect(text.stdout).toMatch(/\| You pay \| ≥ \$/);
    expect(text.stdout).toMatch(/\| us-east-1 \| ≥ \$.* \| not known in full \|/);
    // What is billed for is a lower bound too; what is not, is no line.
    expect(text.stdout).toMatch(/\| NAT data processing \| ≥ /);
    // The month in which the budget is passed is not known either.
    const parts = text.stdout.replaceAll(/^\| Whole bill .*$/gm, '');
    expect(parts).not.toContain('| not known |');
    const model = await runCli(['report', ...report, '--format', 'json']);
    expect(json(model.stdout)).toMatchObject({
      complete: false,
      totals: { complete: false, savingKnown: false },
      inputs: { readInFull: false },
      unread: { share: '0.001427' },
    });
    // Over it is over it, whatever else there is.
    expect(await runCli(['report', folder.path, '--budget', '1'])).toMatchObject({ exitCode: 4 });
    const accepted = await runCli(['report', ...report, '--accept-unread', 'any']);
    expect(accepted).toMatchObject({ exitCode: 4 });
    expect(accepted.stdout).toContain('within budget');
  });

  it('stays with a report that another is held against', async () => {
    await using folder = await folderOf(oneBad);
    const before = join(folder.path, 'before.json');
    await runCli(['report', join(folder.path, 'logs'), '-o', before]);
    const log = join(folder.path, 'good.log');
    await writeFile(log, good);
    const report = await runCli(['report', log, '--baseline', before, '--format', 'json']);
    expect(json(report.stdout)).toMatchObject({
      complete: true,
      sinceBaseline: { complete: false },
    });
  });
});

describe('inputs of which nothing can be read', () => {
  it.each(['summarize', 'compare', 'report'])('fail %s, whatever is accepted', async (command) => {
    await using folder = await folderOf({ 'a.log': broken });
    for (const more of [[], ['--accept-unread', 'any'], ['--accept-unread', '100%']]) {
      const run = await runCli([command, folder.path, ...more]);
      expect(run).toMatchObject({ exitCode: 1, stdout: '' });
      expect(run.stderr).toContain('no whole number below 10^18');
    }
  });

  it('pass no budget and no condition', async () => {
    await using folder = await folderOf({ 'a.log': broken });
    const run = await runCli(['report', folder.path, '--budget', '5', '--fail-on', 'cost>100']);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
  });

  it('are not those with nothing but NODATA and rejected records', async () => {
    const record = '10.0.0.1 10.0.0.2 1 2 6 1 40 1790000000 1790000060 REJECT OK';
    const nothing = '- - - - - - - 1790000000 1790000060 - NODATA';
    const v2 = `2 123456789012 eni-0a1b2c3d ${record}\n2 123456789012 eni-0a1b2c3d ${nothing}\n`;
    const run = await runCli(['compare', '-', '--region', 'us-east-1'], { input: v2 });
    expect(run).toMatchObject({ exitCode: 0 });
  });
});

describe('a file that is named itself', () => {
  const cloudTrail = '{"Records":[{"eventSource":"s3","eventName":"x","awsRegion":"us-east-1"}]}';
  const packed = gzipSync(good);
  const damaged = Buffer.from(packed);
  damaged.fill(0xaa, 12, 200);

  it.each([
    ['of another kind', cloudTrail, /this is AWS CloudTrail/],
    ['that is damaged', damaged, /the gzip data is damaged/],
    ['without a readable record', broken, /no whole number below 10\^18/],
  ])('and %s is a failure, unless any is accepted', async (_, content, message) => {
    await using folder = await folderOf({ 'a.log': good, 'b.log': content });
    const named = [join(folder.path, 'logs/a.log'), join(folder.path, 'logs/b.log')];
    const run = await runCli(['compare', ...named, '--accept-unread', '100%']);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain(named[1]);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toContain('--accept-unread any');
    const any = await runCli(['compare', ...named, '--accept-unread', 'any']);
    expect(any).toMatchObject({ exitCode: 0 });
  });

  it('and can be read in part is incomplete, however little is known of the rest', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'cut.log.gz');
    await writeFile(file, packed.subarray(0, packed.length - 300));
    const run = await runCli(['compare', file, '--accept-unread', '99%']);
    expect(run).toMatchObject({ exitCode: 3 });
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'is not known. It may be more than is accepted (--accept-unread 99%)',
    );
    const any = await runCli(['compare', file, '--accept-unread', 'any']);
    expect(any).toMatchObject({ exitCode: 0 });
  });

  it('is standard input, too', async () => {
    await using folder = await folderOf({ 'a.log': good });
    const run = await runCli(['compare', folder.path, '-'], { input: cloudTrail });
    expect(run).toMatchObject({ exitCode: 1 });
    expect(run.stderr).toContain('standard input: this is AWS CloudTrail');
  });
});

describe('what lies beside good logs in a folder', () => {
  const others = {
    'CloudTrail.json': '{"Records":[{"eventSource":"s","eventName":"x","awsRegion":"r"}]}',
    'README.md': '# Flow logs\n\nThese are the logs of October.\n',
    'diagram.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0]),
    'transit.log': 'version resource-type account-id tgw-id bytes\n6 TransitGateway 1 tgw-1 5\n',
  };

  it('is named, and of another kind does not count', async () => {
    await using folder = await folderOf({ 'a.log': good, ...others });
    const run = await runCli(['summarize', folder.path]);
    expect(run).toMatchObject({ exitCode: 0 });
    for (const name of Object.keys(others)) expect(run.stderr).toContain(`${name}: not read: `);
    expect(run.stderr).not.toContain('of the log was not read');
  });

  const packed = gzipSync(good);
  it.each([
    ['a flow log whose fields are not known', 'b.log', '1 2 3 4 ACCEPT OK eni-0abc1234\n'],
    ['text with interfaces', 'b.log', 'eni-0abc1234;10.0.0.1;203.0.113.5;40\n'],
    ['gzip that is damaged', 'b.log.gz', packed.subarray(0, 20)],
    ['an archive', 'b.zip', 'PK\u0003\u0004 and so on'],
    ['bytes of no form', 'b', Uint8Array.from([1, 0, 2, 0, 3, 9, 9])],
    [
      'text with the name that S3 gives',
      '123456789012_vpcflowlogs_us-east-1_fl-0a1b2c3d_20261001T0000Z_0a1b2c3d.log',
      'no log at all\n',
    ],
  ])('and may be a flow log counts: %s', async (_, name, content) => {
    await using folder = await folderOf({ 'a.log': good, [name]: content });
    const run = await runCli(['summarize', folder.path, '--accept-unread', '0']);
    expect(run.stderr).toContain(`${name}: not read: `);
    expect(run.stderr).toMatch(/in files that (were not|could not be) read/);
    expect(run).toMatchObject({ exitCode: 3 });
    const any = await runCli(['summarize', folder.path, '--accept-unread', 'any']);
    expect(any).toMatchObject({ exitCode: 0 });
  });

  it('is estimated by the bytes', async () => {
    // 700 records that can't be read in as many bytes, or so: about half of all.
    await using folder = await folderOf({ 'a.log': good, 'b.log': good.replace(/^.*\n/, '3 ') });
    const { unread } = await loadTraffic([folder.path]);
    expect(unread?.inFiles).toBeGreaterThan(680);
    expect(unread?.inFiles).toBeLessThan(720);
  });

  it('is an error under --strict, of any kind', async () => {
    for (const [name, content] of Object.entries(others)) {
      await using folder = await folderOf({ 'a.log': good, [name]: content });
      expect(await runCli(['summarize', folder.path, '--strict'])).toMatchObject({ exitCode: 1 });
    }
  });
});

describe('intervals that AWS could not keep', () => {
  const lost = header
    .trim()
    .split(' ')
    .map(
      (name) => ({ 'log-status': 'SKIPDATA', start: '1790000000', end: '1790000060' })[name] ?? '-',
    )
    .join(' ');

  it('count as one record each', async () => {
    await using folder = await folderOf({ 'a.log': `${good}${lost}\n` });
    const run = await runCli(['summarize', folder.path]);
    expect(run).toMatchObject({ exitCode: 3 });
    expect(run.stderr).toContain('(1 of 701 records: 1 of status SKIPDATA)');
    const strict = await runCli(['summarize', folder.path, '--strict']);
    expect(strict).toMatchObject({ exitCode: 1 });
    expect(strict.stderr).toContain('1 record of status SKIPDATA');
  });
});

describe('acceptUnread in the library', () => {
  it('takes what the flag takes', async () => {
    await using folder = await folderOf(oneBad);
    const inputs = [folder.path];
    const over = await compareFiles(inputs);
    expect([over.complete, over.unread?.share]).toEqual([false, '0.001427']);
    expect(formatComparison(over, 'table')).toContain('≥');
    const within = await compareFiles(inputs, { acceptUnread: '0.2%' });
    expect(within.complete).toBe(true);
    const report = await reportFiles(inputs);
    expect([report.complete, report.unread?.isAccepted]).toEqual([false, false]);
    expect((await loadTraffic(inputs, { acceptUnread: 'any' })).unread?.isAccepted).toBe(true);
    await expect(loadTraffic(inputs, { acceptUnread: '2' })).rejects.toThrow(
      '`acceptUnread`: "2" is not a share',
    );
    // `strict` fails, and needs no share beside it.
    await expect(loadTraffic(inputs, { strict: true })).rejects.toThrow("1 record can't be read");
  });
});
