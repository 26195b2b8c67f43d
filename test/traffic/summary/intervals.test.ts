import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTally } from '../../../src/cost/compare/compare.js';
import { dailyTally } from '../../../src/cost/demand/tally.js';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import type { LoadedTraffic } from '../../../src/traffic/load-traffic.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';
import { writeSummaryCsv } from '../../../src/traffic/summary/write.js';
import { shippedCard } from '../../cost/cards.js';
import { compareShipped, servicesOf } from '../../cost/traffic.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { load } from '../load-options.js';
import { inChunks } from './bytes-in-chunks.js';

const fields =
  'account-id vpc-id region az-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes start end action log-status flow-direction traffic-path';
const untimedFields = fields.replace('start end ', '');

interface Sighting {
  /** Seconds since the first midnight, and how long the record is. */
  readonly at: number;
  readonly seconds: number;
  readonly kind: 'out' | 'back' | 'client' | 'no-data' | 'rejected';
  readonly remote: string;
  readonly path: string;
  readonly bytes: number;
  readonly vpc: string;
}

const firstMidnight = 1_790_812_800;
const remotes = ['52.216.1.1', '52.94.0.9', '203.0.113.7'];
const day = 86_400;

function linesOf(
  { at, seconds, kind, remote, path, bytes, vpc }: Sighting,
  isTimed: boolean,
): string {
  const times = isTimed ? [`${firstMidnight + at} ${firstMidnight + at + seconds}`] : [];
  const place = `111122223333 ${vpc} us-east-1 use1-az1`;
  const end = (status: string, direction: string) =>
    [...times, ...(status === '' ? ['- NODATA'] : [`${status} OK`]), direction].join(' ');
  switch (kind) {
    case 'no-data':
      return `${place} eni-a - - - - - ${end('', '- -')}`;
    case 'rejected':
      return `${place} eni-a 10.0.1.5 ${remote} 10.0.1.5 ${remote} ${bytes} ${end('REJECT', 'egress -')}`;
    case 'out':
      return `${place} eni-nat 10.0.1.5 10.0.0.9 10.0.1.5 ${remote} ${bytes} ${end('ACCEPT', 'ingress -')}`;
    case 'back':
      return `${place} eni-nat 10.0.0.9 10.0.1.5 ${remote} 10.0.1.5 ${bytes} ${end('ACCEPT', 'egress 1')}`;
    case 'client':
      return path === ''
        ? `${place} eni-a ${remote} 10.0.1.5 ${remote} 10.0.1.5 ${bytes} ${end('ACCEPT', 'ingress -')}`
        : `${place} eni-a 10.0.1.5 ${remote} 10.0.1.5 ${remote} ${bytes} ${end('ACCEPT', `egress ${path}`)}`;
    default:
      return kind satisfies never;
  }
}

const sighting = (mostDays: number): fc.Arbitrary<Sighting> =>
  fc.record({
    // Some at the edges of hours and days, where a bucket ends.
    at: fc.oneof(
      fc.integer({ min: 0, max: mostDays * day }),
      fc.integer({ min: 0, max: mostDays * 24 }).map((hour) => hour * 3600),
    ),
    seconds: fc.constantFrom(0, 1, 59, 600, 3600),
    kind: fc.constantFrom('out', 'back', 'client', 'no-data', 'rejected'),
    remote: fc.constantFrom(...remotes),
    path: fc.constantFrom('1', '7', '8', ''),
    bytes: fc.integer({ min: 0, max: 2 ** 40 }),
    vpc: fc.constantFrom('vpc-1', 'vpc-1', 'vpc-2'),
  });

const log = fc
  .tuple(fc.constantFrom(1, 2, 12), fc.boolean(), fc.boolean())
  .chain(([mostDays, isIdleAtWeekends, hasUntimed]) =>
    fc.record({
      timed: fc
        .array(sighting(mostDays), { minLength: 1, maxLength: 25 })
        // 2026-10-01 is a Thursday.
        .map((all) =>
          all.filter(({ at }) => !isIdleAtWeekends || Math.floor(at / day + 4) % 7 < 5),
        ),
      untimed: fc.array(sighting(1), { minLength: 0, maxLength: hasUntimed ? 5 : 0 }),
    }),
  )
  .filter(({ timed, untimed }) => timed.length + untimed.length > 0);

const textOf = (header: string, lines: readonly string[]) => [header, ...lines, ''].join('\n');

/** A comparison's sums, and a month's bytes of each service and path. */
function sumsOf(comparison: ReturnType<typeof compareShipped>) {
  return {
    totals: Object.entries(comparison.totals).map(([name, amount]) => [
      name,
      typeof amount === 'string' ? Number(amount).toFixed(2) : amount,
    ]),
    services: servicesOf(comparison).map(
      ({ service, currentPath, gb }) => `${service} ${currentPath} ${Number(gb).toFixed(4)}`,
    ),
  };
}

function reported(rows: LoadedTraffic['profiles']) {
  const tally = dailyTally();
  for (const row of rows) tally.add(row);
  const rateCards = [...tally.regions.keys()].map(shippedCard);
  return sumsOf(compareTally({ tally, rateCards }).comparison);
}

describe('a log summed by an interval', () => {
  it('comes to the same month as the whole: by CSV and without, in a comparison and in a report', async () => {
    await using folder = await temporaryFolder();
    const files = ['timed.log', 'untimed.log'].map((name) => join(folder.path, name));
    const [timedFile = '', untimedFile = ''] = files;
    await fc.assert(
      fc.asyncProperty(log, async ({ timed, untimed }) => {
        await writeFile(
          timedFile,
          textOf(
            fields,
            timed.map((each) => linesOf(each, true)),
          ),
        );
        await writeFile(
          untimedFile,
          textOf(
            untimedFields,
            untimed.map((each) => linesOf(each, false)),
          ),
        );
        const whole = await load(files);
        const expected = sumsOf(compareShipped(whole.profiles));
        for (const interval of ['all', 'day', 'hour'] as const) {
          const { profiles } = await load(files, { interval });
          expect(sumsOf(compareShipped(profiles))).toEqual(expected);
          expect(reported(profiles)).toEqual(expected);
          for (const { period, loggedSeconds } of profiles) {
            // No period lies before the first record, or ends before it starts.
            if (period === null) continue;
            expect(period.start).toBeGreaterThanOrEqual(firstMidnight);
            expect(loggedSeconds).toBe(period.end - period.start);
            expect(loggedSeconds).toBeGreaterThan(0);
          }
          if (profiles.length === 0) continue;
          const csv = inChunks(Buffer.from(writeSummaryCsv(profiles)), 4096);
          const defaults = { region: null, paths: networkPathNames };
          const again = await readSummaryCsv(csv, 'summary.csv', defaults);
          expect(again.profiles).toEqual(profiles);
          expect(reported(again.profiles)).toEqual(expected);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has an hour without traffic as a row, and comes to 4.49 GB of S3 for the example', async () => {
    const { profiles } = await load(['examples/flow-log.log'], { interval: 'hour' });
    // 00:02 on the first day to 00:07 on the third is cut by 48 midnights and hours into 49 periods.
    expect(new Set(profiles.map(({ period }) => period)).size).toBe(49);
    expect(profiles.filter(({ service }) => service === '')).toHaveLength(49 - 3);
    const s3 = servicesOf(compareShipped(profiles)).find(({ service }) => service === 's3');
    // (2,550,000 + 315,000,000) bytes ÷ 2^30 × 730 h ÷ (48 h 5 min = 173,100 s ÷ 3600) = 0.29574 × 15.18198
    expect(Number(s3?.gb).toFixed(2)).toBe('4.49');
  });

  it('counts weekends in which only NODATA was logged, or nothing between two records', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'weeks.log');
    const days = Array.from({ length: 14 }, (_, index) => index);
    const record = (at: number, kind: Sighting['kind'], seconds: number) =>
      linesOf(
        { at, seconds, kind, remote: '52.216.1.1', path: '', bytes: 2 ** 30, vpc: 'vpc-1' },
        true,
      );
    // 2026-10-01 is a Thursday: 10 working days of 1 GB each in 14 days of 24 h.
    const isWorking = (index: number) => (index + 4) % 7 < 5;
    const lines = days.flatMap((index) => [
      record(index * day, isWorking(index) ? 'out' : 'no-data', 3600),
      record(index * day + 23 * 3600, 'no-data', 3600),
    ]);
    await writeFile(file, textOf(fields, lines));
    for (const interval of ['all', 'day', 'hour'] as const) {
      const { profiles } = await load([file], { interval });
      // 10 GB × 730 h ÷ 336 h
      expect(servicesOf(compareShipped(profiles)).map(({ gb }) => Number(gb).toFixed(4))).toEqual([
        '21.7262',
      ]);
    }
  });

  it('takes records without times as of all the time that others were logged, whichever file comes first', async () => {
    await using folder = await temporaryFolder();
    const out = { kind: 'out', remote: '52.216.1.1', path: '', vpc: 'vpc-1' } as const;
    const timed = [0, 1].map((at) =>
      linesOf({ ...out, at: at * day, seconds: day, bytes: 2 ** 30 }, true),
    );
    const untimed = [linesOf({ ...out, at: 0, seconds: 0, bytes: 5 }, false)];
    const texts = [textOf(fields, timed), textOf(untimedFields, untimed)];
    for (const names of [
      ['a.log', 'b.log'],
      ['b.log', 'a.log'],
    ]) {
      const files = names.map((name) => join(folder.path, name));
      for (const [index, text] of texts.entries()) await writeFile(files[index] ?? '', text);
      const { profiles, findings } = await load(files, { interval: 'day' });
      expect(profiles.map(({ sent, period }) => [sent, period])).toEqual([
        [{ bytes: 2n ** 30n }, { start: firstMidnight, end: firstMidnight + day }],
        [{ bytes: 5n }, { start: firstMidnight, end: firstMidnight + 2 * day }],
        [{ bytes: 2n ** 30n }, { start: firstMidnight + day, end: firstMidnight + 2 * day }],
      ]);
      // (2 × 2^30 + 5) bytes ÷ 2^30 × 730 h ÷ 48 h
      expect(servicesOf(compareShipped(profiles)).map(({ gb }) => Number(gb).toFixed(7))).toEqual([
        '30.4166667',
      ]);
      expect(findings.map(({ code }) => code)).toContain('traffic-partly-without-times');
    }
  });

  it('tells times without traffic in one row where there are very many', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'years.log');
    // 40 years of hours, 350,640, and a record at each end.
    const lines = [0, 14_610 * day].map((at) =>
      linesOf(
        { at, seconds: 60, kind: 'out', remote: '52.216.1.1', path: '', bytes: 7, vpc: 'vpc-1' },
        true,
      ),
    );
    await writeFile(file, textOf(fields, lines));
    const { profiles } = await load([file], { interval: 'hour' });
    expect(profiles.map(({ service, loggedSeconds }) => `${service} ${loggedSeconds}`)).toEqual([
      ` ${14_610 * day - 3600}`,
      's3 3600',
      's3 60',
    ]);
  });
});

describe('the source of rows', () => {
  const sourcesOf = ({ profiles }: LoadedTraffic) => [
    ...new Set(profiles.map(({ source }) => source)),
  ];
  const many = Array.from({ length: 40 }, (_, index): Sighting => {
    const kinds = ['out', 'back', 'client', 'no-data'] as const;
    return {
      at: index * 1800,
      seconds: 60,
      kind: kinds[index % 4] ?? 'out',
      remote: remotes[index % 3] ?? '',
      path: '8',
      bytes: 1000 + index,
      vpc: 'vpc-1',
    };
  });

  it('is the same in any packing, order, interval and cut into files, and of other records another', async () => {
    await using folder = await temporaryFolder();
    const lines = many.map((each) => linesOf(each, true));
    const write = async (name: string, bytes: string | Uint8Array) => {
      const file = join(folder.path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      return file;
    };
    const whole = await write('whole.log', textOf(fields, lines));
    const [source] = sourcesOf(await load([whole]));
    expect(source).toMatch(/^groups-[0-9a-f]{16}$/);
    const packed = await write('packed', gzipSync(textOf(fields, lines.toReversed())));
    const halves = [
      await write('1.log', textOf(fields, lines.slice(0, 7))),
      await write('2.log', textOf(fields, lines.slice(7))),
    ];
    const objects = lines.map((line) =>
      JSON.stringify(Object.fromEntries(line.split(' ').map((v, i) => [fields.split(' ')[i], v]))),
    );
    const json = await write('objects.json', objects.join('\n'));
    for (const files of [[packed], halves, halves.toReversed(), [json]]) {
      for (const interval of ['all', 'day', 'hour'] as const)
        expect(sourcesOf(await load(files, { interval }))).toEqual([source]);
    }
    const changes: readonly Partial<Sighting>[] = [
      { bytes: 999 },
      { remote: '203.0.113.8', kind: 'client' },
      { kind: 'back' },
      { kind: 'rejected' },
    ];
    for (const change of changes) {
      const [first, ...others] = many;
      if (first === undefined) throw new Error('no record');
      const changed = [{ ...first, ...change }, ...others].map((each) => linesOf(each, true));
      const other = await write('other.log', textOf(fields, changed));
      expect(sourcesOf(await load([other]))).not.toEqual([source]);
    }
  });

  it('names the flow log where the place of its files in S3 does', async () => {
    await using folder = await temporaryFolder();
    const name =
      'AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/10/01/111122223333_vpcflowlogs_us-east-1_fl-0a1b2c3d4e5f67890_20261001T0000Z_0a1b2c3d.log';
    await mkdir(join(folder.path, dirname(name)), { recursive: true });
    const lines = many.map((each) => linesOf(each, true));
    await writeFile(join(folder.path, name), textOf(fields, lines));
    expect(sourcesOf(await load([folder.path]))).toEqual([
      expect.stringMatching(/^fl-0a1b2c3d4e5f67890 groups-[0-9a-f]{16}$/),
    ]);
  });
});
