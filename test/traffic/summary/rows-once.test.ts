import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TrafficFinding } from '../../../src/traffic/findings/findings.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { RowsOnce } from '../../../src/traffic/summary/rows-once.js';
import { writeSummaryCsv } from '../../../src/traffic/summary/write.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { load } from '../load-options.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

const header = 'interface-id vpc-id srcaddr dstaddr bytes start end\n';
const begin = 1_790_812_800;

/** A record of the first day of October 2026, at this hour, an hour long. */
const record = (bytes: number, hour: number, vpc = 'vpc-0a') =>
  `eni-${vpc} ${vpc} 10.0.0.1 203.0.113.5 ${bytes} ${begin + hour * 3600} ${begin + hour * 3600 + 3600}\n`;

const columns = 'region,vpc_id,service,path,bytes_out,bytes_in,start,end\n';
const row = (bytes: number, day = 1, vpc = 'vpc-0a') =>
  `us-east-1,${vpc},internet,nat-gateway,${bytes},0,2026-10-0${day},2026-10-0${day + 1}\n`;

/** Reads a folder of files, or the files one by one. */
async function loadFiles(files: Files, inputs?: readonly string[]) {
  await using folder = await temporaryFolder();
  const root = join(folder.path, 'in');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  const { profiles, findings } = await load(inputs?.map((name) => join(root, name)) ?? [root]);
  const rows: TrafficProfile[] = [];
  const streamed = await load([root], {}, { onSummaryRow: (each) => void rows.push(each) });
  return {
    profiles,
    bytes: bytesOf(profiles),
    /** The same, where rows are taken as they are read. */
    streamedBytes: bytesOf([...streamed.profiles, ...rows]),
    told: messages(findings).map((each) => each.replaceAll(`${root}/`, '')),
  };
}

function bytesOf(profiles: readonly TrafficProfile[]): bigint {
  return profiles.reduce(
    (sum, { sent, received }) =>
      sum + ('bytes' in sent ? sent.bytes : 0n) + ('bytes' in received ? received.bytes : 0n),
    0n,
  );
}

/** What was said of the summaries' rows. */
function messages(findings: readonly { readonly code: string; readonly message: string }[]) {
  return findings
    .filter(({ code }) => code.startsWith('summary-'))
    .map(({ code, message }) => `${code}: ${message}`);
}

describe('a summary CSV among the logs it was made from', () => {
  const logs = {
    'a.log': header + record(7000, 0) + record(5000, 1),
    'b.log': header + record(300, 0, 'vpc-0b'),
  };

  it('is not added to them, however often it is made', async () => {
    let csv: string | null = null;
    for (const _ of [1, 2, 3]) {
      const { profiles, bytes, streamedBytes } = await loadFiles({
        ...logs,
        ...(csv !== null && { 'month.csv': csv }),
      });
      // 7,000 + 5,000 + 300
      expect([bytes, streamedBytes]).toEqual([12_300n, 12_300n]);
      const made = writeSummaryCsv(profiles);
      if (csv !== null) expect(made).toBe(csv);
      csv = made;
    }
  });

  it('is told with its name and bytes, and its rows stand in an account', async () => {
    const { profiles } = await loadFiles(logs);
    const { told } = await loadFiles({ ...logs, 'month.csv': writeSummaryCsv(profiles) });
    expect(told).toEqual([
      'summary-of-logs-read: month.csv: 2 rows are not counted (12,300 bytes): flow logs among the inputs cover the same VPC and time, or the rows were made from them. To count the rows, give this file by itself.',
      'summary-rows-read: 2 rows of summary CSVs read, counted: none; set aside: 2 (12,300 bytes) of traffic that flow logs among the inputs hold.',
    ]);
  });

  it('is not added to more logs than it was made from, nor without the columns of the log', async () => {
    const before = writeSummaryCsv((await loadFiles(logs)).profiles);
    const old = before
      .split('\n')
      .map((line) => line.split(',').slice(0, 10).join(','))
      .join('\n');
    const files = { ...logs, 'later.log': header + record(90, 2), 'a.csv': before, 'b.csv': old };
    // 12,300 + 90
    expect((await loadFiles(files)).bytes).toBe(12_390n);
  });

  it('counts where the logs cover another VPC, or another time', async () => {
    const files = { ...logs, 'x.csv': columns + row(10_000, 2) + row(20_000, 1, 'vpc-0c') };
    const { bytes, told } = await loadFiles(files);
    // 12,300 + 10,000 + 20,000
    expect(bytes).toBe(42_300n);
    expect(told).toEqual([
      'summary-rows-read: 2 rows of summary CSVs read, counted: 2 (30,000 bytes); none set aside.',
    ]);
  });

  it('counts where logs go on after it, and overlap by no more than an aggregation interval', async () => {
    const next = (overlap: number) =>
      `${header}eni-a vpc-0a 10.0.0.1 203.0.113.5 40 ${begin + 86_400 - overlap} ${begin + 90_000}\n`;
    const bytes = async (overlap: number) =>
      (await loadFiles({ 'a.log': next(overlap), 'x.csv': columns + row(1000) })).bytes;
    expect([await bytes(600), await bytes(601)]).toEqual([1040n, 40n]);
  });

  it('is known by its digest where neither tells a time', async () => {
    const log = `interface-id srcaddr dstaddr bytes\neni-a 10.0.0.1 203.0.113.5 70\n`;
    const { profiles } = await loadFiles({ 'a.log': log });
    const csv = writeSummaryCsv(profiles);
    expect((await loadFiles({ 'a.log': log, 'b.csv': csv })).bytes).toBe(70n);
    // The columns may hold anything; no more than a digest is believed.
    const odd = csv.replace(/groups-[0-9a-f]{16}/, 'x').replace('us-east-1', 'eu-west-1');
    expect((await loadFiles({ 'a.log': log, 'b.csv': odd })).bytes).toBe(140n);
  });
});

describe('several summary CSVs', () => {
  const text = columns + row(1000) + row(500, 2);

  it.each<readonly [string, Files]>([
    ['a copy', { 'a.csv': text, 'b.csv': text }],
    ['a packed copy', { 'a.csv': text, 'a.csv.gz': gzipSync(text) }],
    ['rows in another order', { 'a.csv': text, 'b.csv': columns + row(500, 2) + row(1000) }],
    ['a part', { 'a.csv': columns + row(1000), 'b.csv': text }],
    [
      'columns in another order',
      {
        'a.csv': text,
        'b.csv': `bytes_in,bytes_out,region,vpc_id,service,path,start,end\n0,1000,us-east-1,vpc-0a,internet,nat-gateway,2026-10-01,2026-10-02\n`,
      },
    ],
    [
      'the columns of the log in one of them',
      {
        'a.csv': text,
        'b.csv': `${columns.trim()},logged_seconds,source\n${row(1000).trim()},86400,groups-0123456789abcdef\n`,
      },
    ],
    ['many copies', { 'a.csv': text, 'b.csv': text, 'c.csv': text, 'd/a.csv': text }],
  ])('count a row once that stands in two: %s', async (_, files) => {
    const { bytes, streamedBytes, told } = await loadFiles(files);
    expect([bytes, streamedBytes]).toEqual([1500n, 1500n]);
    expect(told.join()).toContain('the same as in a.csv, and counted once');
    expect(told.join()).not.toContain('summary-profiles-in-two-files');
  });

  it('name both files of equal rows, and say how many there are', async () => {
    expect((await loadFiles({ 'a.csv': text, 'b.csv': text })).told).toEqual([
      'summary-rows-in-two-files: b.csv: 2 rows are the same as in a.csv, and counted once.',
      'summary-rows-read: 4 rows of summary CSVs read, counted: 2 (1,500 bytes); set aside: 2 (1,500 bytes) that another file has as well.',
    ]);
  });

  it('add up other bytes of one profile and period, and name both files', async () => {
    const files = { 'a.csv': columns + row(1000), 'b.csv': columns + row(70) };
    const { bytes, told } = await loadFiles(files);
    expect(bytes).toBe(1070n);
    expect(told[0]).toBe(
      'summary-profiles-in-two-files: b.csv: 1 row has the profile and period of rows in a.csv, with other bytes, and is added to them (70 bytes). If both files are of the same traffic, leave one out.',
    );
  });

  it('count equal rows as often as the file has them that has most', async () => {
    const one = columns + row(10);
    const three = columns + row(10) + row(10) + row(10);
    for (const files of [
      { 'a.csv': one, 'b.csv': three },
      { 'a.csv': three, 'b.csv': one },
    ]) {
      expect((await loadFiles(files)).bytes).toBe(30n);
    }
    // In one file each row is meant.
    expect((await loadFiles({ 'a.csv': three })).bytes).toBe(30n);
  });

  it('give the same in whatever order they are named', async () => {
    const files = {
      'a.csv': text,
      'b.csv': columns + row(1000) + row(3),
      'c.csv': columns + row(8),
    };
    const ways = [
      ['a.csv', 'b.csv', 'c.csv'],
      ['c.csv', 'b.csv', 'a.csv'],
    ];
    const [first, second] = await Promise.all(ways.map((names) => loadFiles(files, names)));
    // 1,000 once, 500, 3 and 8
    expect(first?.bytes).toBe(1511n);
    expect(second).toEqual(first);
  });

  it('are compared as far as memory is bounded, and the rest is told', () => {
    const once = new RowsOnce({ files: 2, isOfLogs: null, mostRemembered: 2 });
    const profile = (bytes: bigint): TrafficProfile => ({
      accountId: null,
      region: 'us-east-1',
      vpcId: 'vpc-0a',
      azId: null,
      service: 's3',
      serviceRegion: null,
      path: null,
      sent: { bytes },
      received: { bytes: 0n },
      crossAzBytes: null,
      period: null,
    });
    once.begin('a.csv');
    expect([1n, 2n, 3n].map((bytes) => once.counts(profile(bytes)))).toEqual([true, true, true]);
    once.begin('b.csv');
    expect([1n, 2n, 3n].map((bytes) => once.counts(profile(bytes)))).toEqual([false, false, true]);
    const told: readonly TrafficFinding[] = once.findings();
    expect(told.find(({ code }) => code === 'summary-rows-not-compared')?.message).toContain(
      '2 rows were counted without a look',
    );
  });
});
