import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import { mergeProfiles } from '../../../src/traffic/profile/merge-profiles.js';
import type { TrafficProfile, Volume } from '../../../src/traffic/profile/profile.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';
import type { SummaryDefaults } from '../../../src/traffic/summary/rows.js';
import { writeSummaryCsv } from '../../../src/traffic/summary/write.js';
import { inChunks } from './bytes-in-chunks.js';

const ireland: SummaryDefaults = { region: 'eu-west-1', paths: networkPathNames };

async function read(csv: string, defaults = ireland, chunkSize = 65_536) {
  return readSummaryCsv(inChunks(Buffer.from(csv), chunkSize), 't.csv', defaults);
}

async function readOne(csv: string, defaults = ireland): Promise<TrafficProfile> {
  const { profiles } = await read(csv, defaults);
  const [only] = profiles;
  if (only === undefined || profiles.length > 1) throw new Error(`${profiles.length} profiles`);
  return only;
}

const empty: TrafficProfile = {
  accountId: null,
  region: 'eu-west-1',
  vpcId: null,
  azId: null,
  service: 's3',
  serviceRegion: null,
  path: null,
  sent: { bytes: 0n },
  received: { bytes: 0n },
  crossAzBytes: null,
  period: null,
  loggedSeconds: null,
  source: null,
  namedBy: null,
};

describe('readSummaryCsv', () => {
  it('reads every column of the contract', async () => {
    const csv = [
      'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end,service_region,cross_az_bytes,logged_seconds,source,named_by',
      '111122223333,us-east-1,vpc-1,use1-az1,s3,nat-gateway,9223372036854775807,2,2026-10-01,2026-11-01,eu-west-1,7,86400.5,fl-1 groups-00000000000000ff,dns',
    ];
    expect(await readOne(csv.join('\n'))).toEqual({
      accountId: '111122223333',
      region: 'us-east-1',
      vpcId: 'vpc-1',
      azId: 'use1-az1',
      service: 's3',
      serviceRegion: 'eu-west-1',
      path: 'nat-gateway',
      sent: { bytes: 9223372036854775807n },
      received: { bytes: 2n },
      crossAzBytes: 7n,
      // 2026-10-01T00:00:00Z is day 20,727 of the epoch: 20,727 × 86,400; October has 31 days.
      period: { start: 1_790_812_800, end: 1_790_812_800 + 31 * 86_400 },
      loggedSeconds: 86_400.5,
      source: 'fl-1 groups-00000000000000ff',
      namedBy: 'dns',
    });
  });

  it('needs only a service and one volume, and takes the rest from the flags', async () => {
    const defaults = { ...ireland, accountId: '444455556666', vpcId: 'vpc-9' };
    expect(await readOne('service,bytes_in\ns3,5\n', defaults)).toEqual({
      ...empty,
      accountId: '444455556666',
      vpcId: 'vpc-9',
      received: { bytes: 5n },
    });
  });

  it('lets a row speak before the flags', async () => {
    const csv = 'service,region,account_id,vpc_id,bytes_in\ns3,US-East-1,111122223333,vpc-1,5';
    const defaults = { ...ireland, accountId: '444455556666', vpcId: 'vpc-9' };
    expect(await readOne(csv, defaults)).toEqual({
      ...empty,
      region: 'us-east-1',
      accountId: '111122223333',
      vpcId: 'vpc-1',
      received: { bytes: 5n },
    });
  });

  it.each([
    ['007.50', '7.5'],
    ['0.000', '0'],
    ['12', '12'],
    ['100', '100'],
    ['123456789012345.123456789012', '123456789012345.123456789012'],
  ])('keeps %s GB as the exact decimal %s', async (written, kept) => {
    expect(await readOne(`service,gb_out\ns3,${written}\n`)).toEqual({
      ...empty,
      sent: { gb: kept },
    });
  });

  it.each(['', '-', 'unknown', 'UNKNOWN'])('takes the account %j for unknown', async (account) => {
    const csv = `service,account_id,bytes_out\ns3,${account},0\n`;
    expect((await readOne(csv)).accountId).toBeNull();
  });

  it.each([
    ['BOM', '\ufeffservice,bytes_out\ns3,1\n'],
    ['CR LF', 'service,bytes_out\r\ns3,1\r\n'],
    ['CR alone', 'service,bytes_out\rs3,1\r'],
    ['no last line end', 'service,bytes_out\ns3,1'],
    ['blank lines', '\n\r\n  \nservice,bytes_out\n\n\ns3,1\n \n\n'],
    ['rows of commas alone', 'service,bytes_out,\n,,\ns3,1,\n,,\n'],
    ['another order and case', ' BYTES_OUT , Service \n 1 , S3 \n'],
    ['quotes', '"service","bytes_out"\n "s3" ,"1"\n'],
    ['a full name', 'service,bytes_out\ncom.amazonaws.eu-west-1.S3,1\n'],
  ])('reads a file with %s', async (_, csv) => {
    expect(await readOne(csv)).toEqual({ ...empty, sent: { bytes: 1n } });
  });

  it('takes the Region of a full name for the Region of the service', async () => {
    const csv = 'service,bytes_out\ncom.amazonaws.us-east-1.s3,1\n';
    expect(await readOne(csv)).toEqual({
      ...empty,
      serviceRegion: 'us-east-1',
      sent: { bytes: 1n },
    });
  });

  it('adds up two rows of one profile, and says so', async () => {
    const csv = 'service,bytes_out,bytes_in\ns3,1,10\nsqs,5,5\nS3,2,20\n';
    const { profiles, rows, findings } = await read(csv);
    expect(profiles).toEqual([
      { ...empty, sent: { bytes: 3n }, received: { bytes: 30n } },
      { ...empty, service: 'sqs', sent: { bytes: 5n }, received: { bytes: 5n } },
    ]);
    expect(rows).toBe(3);
    expect(findings).toEqual([
      {
        code: 'summary-rows-added-up',
        severity: 'info',
        message: 't.csv: 1 row was added to an earlier row of the same profile and period.',
      },
    ]);
  });

  it('adds GB exactly', async () => {
    expect((await readOne('service,gb_out\ns3,0.1\ns3,0.2\ns3,9.7\n')).sent).toEqual({ gb: '10' });
    expect((await readOne('service,gb_out\ns3,0.05\ns3,0.0123\n')).sent).toEqual({ gb: '0.0623' });
  });

  it('keeps rows of other periods apart', async () => {
    const csv = [
      'service,bytes_out,bytes_in,start,end',
      's3,1,1,2026-10-01,2026-10-02',
      's3,2,2,2026-10-02,2026-10-03',
      's3,3,3,,',
    ];
    expect((await read(csv.join('\n'))).profiles.map((profile) => profile.sent)).toEqual([
      { bytes: 3n },
      { bytes: 1n },
      { bytes: 2n },
    ]);
  });

  it('counts the direction that a row leaves out as 0, and says so', async () => {
    const { profiles, findings } = await read('service,bytes_out,bytes_in\ns3,1,\nsqs,,2\n');
    expect(profiles.map((profile) => [profile.sent, profile.received])).toEqual([
      [{ bytes: 1n }, { bytes: 0n }],
      [{ bytes: 0n }, { bytes: 2n }],
    ]);
    expect(findings).toEqual([
      {
        code: 'summary-one-direction',
        severity: 'warning',
        message: 't.csv: 2 rows gave only one direction; the other is counted as 0.',
      },
    ]);
  });

  it('names the columns that it does not read', async () => {
    const csv = 'service,vpcid,bytes_out,bytes_in,,no\u001bte\ns3,vpc-1,1,1,,x\n';
    expect((await read(csv)).findings).toEqual([
      {
        code: 'summary-columns-not-read',
        severity: 'info',
        message: 't.csv: columns that were not read: "vpcid", "no\\u{001b}te".',
      },
    ]);
  });

  it('reads a line of 100 MB no further than 1 MiB', async () => {
    let served = 0;
    let closed = false;
    async function* endless() {
      try {
        yield Buffer.from('service,bytes_out\n');
        for (; served < 1600; served++) yield Buffer.alloc(65_536, '9');
      } finally {
        closed = true;
      }
    }
    await expect(readSummaryCsv(endless(), 't.csv', ireland)).rejects.toThrow(
      't.csv:2: this row is longer than 1048576 bytes.',
    );
    // 16 chunks of 64 KiB are the 1 MiB; a stream may have read a few ahead.
    expect(served).toBeLessThan(40);
    expect(closed).toBe(true);
  });

  it('passes on what goes wrong with the file itself', async () => {
    async function* broken() {
      yield Buffer.from('service,bytes_out\n');
      throw new Error('disk gone');
    }
    await expect(readSummaryCsv(broken(), 't.csv', ireland)).rejects.toThrow('disk gone');
  });

  it('stops at the signal', async () => {
    const stopped = readSummaryCsv(inChunks(Buffer.from('service,bytes_out\n'), 1), 't', ireland, {
      signal: AbortSignal.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });
});

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((value) => value.trim())
  .filter((value) => value !== '' && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value));
const hostile = fc.constantFrom('=1+1', '-2', '+3', '@x', "'=1", "''@", "'", 'a,b', 'a"b', '＝1');
const identifier = fc.option(fc.oneof(text, hostile));
const bytes = fc.bigInt({ min: 0n, max: 2n ** 60n });
const gb = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`)
  .map((decimal) => decimal.replace(/\.?0+$/, ''))
  .map((decimal) => decimal || '0');
const period = fc
  .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e10 }))
  .map(([start, length]) => ({ start: start / 1000, end: (start + length) / 1000 }));

function profilesIn(sent: fc.Arbitrary<Volume>, received: fc.Arbitrary<Volume>) {
  const told = fc.record({
    accountId: fc.constantFrom(null, '111122223333', '000000000001'),
    region: fc.constantFrom('eu-west-1', 'us-east-1', 'us-gov-west-1'),
    vpcId: identifier,
    source: identifier,
    namedBy: identifier,
  });
  const counted = fc.record({
    azId: identifier,
    service: fc.oneof(
      fc.constantFrom('s3', 'ecr.dkr', 'internet', 'aws-other', '=cmd', "'@"),
      text.map((value) => value.toLowerCase().trim()).filter((value) => value !== ''),
    ),
    serviceRegion: fc.constantFrom(null, 'ap-southeast-2'),
    path: fc.constantFrom(null, ...networkPathNames),
    sent,
    received,
    crossAzBytes: fc.option(bytes),
  });
  const none = (volume: Volume): Volume => ('gb' in volume ? { gb: '0' } : { bytes: 0n });
  const quiet = fc.record({
    azId: fc.constant(null),
    service: fc.constant(''),
    serviceRegion: fc.constant(null),
    path: fc.constant(null),
    crossAzBytes: fc.constant(null),
    sent: sent.map(none),
    received: received.map(none),
  });
  const timed = fc.tuple(period, fc.option(fc.integer({ min: 1, max: 1000 }))).map(
    ([time, thousandths]): Pick<TrafficProfile, 'period' | 'loggedSeconds'> => ({
      period: time,
      // A part of the period, to the millisecond.
      loggedSeconds:
        thousandths === null
          ? null
          : Math.max(1, Math.floor(((time.end - time.start) * thousandths) / 1000) * 1000) / 1000,
    }),
  );
  const untimed = fc.constant({ period: null, loggedSeconds: null });
  const profile: fc.Arbitrary<TrafficProfile> = fc
    .oneof(
      { weight: 9, arbitrary: fc.tuple(told, counted, fc.oneof(timed, untimed)) },
      { weight: 1, arbitrary: fc.tuple(told, quiet, timed) },
    )
    .map(([place, what, time]) => ({ ...place, ...what, ...time }));
  return fc.array(profile, { minLength: 1, maxLength: 12 });
}

const inBytes = fc.record({ bytes });
const inGb = fc.record({ gb });
const inOneUnit = fc.oneof(
  profilesIn(inBytes, inBytes),
  profilesIn(inGb, inGb),
  profilesIn(inBytes, inGb),
);

describe('writeSummaryCsv and readSummaryCsv', () => {
  it('give back the profiles that were written', async () => {
    await fc.assert(
      fc.asyncProperty(inOneUnit, async (profiles) => {
        const { profiles: again } = await read(writeSummaryCsv(profiles));
        expect(again).toEqual(mergeProfiles(profiles));
      }),
    );
  });

  it('do not depend on the order of the rows', async () => {
    const shuffled = inOneUnit.chain((profiles) =>
      fc.tuple(
        fc.constant(profiles),
        fc.shuffledSubarray(profiles, { minLength: profiles.length, maxLength: profiles.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([profiles, others]) => {
        expect(writeSummaryCsv(others)).toBe(writeSummaryCsv(profiles));
        const [header, ...rows] = writeSummaryCsv(profiles).trimEnd().split('\n');
        const backwards = [header, ...rows.toReversed()].join('\n');
        expect((await read(backwards)).profiles).toEqual(mergeProfiles(profiles));
      }),
    );
  });

  it('sum the same where a file is cut in two', async () => {
    await fc.assert(
      fc.asyncProperty(inOneUnit, inOneUnit, async (some, others) => {
        const parts = [await read(writeSummaryCsv(some)), await read(writeSummaryCsv(others))];
        const apart = mergeProfiles(parts.flatMap(({ profiles }) => profiles));
        expect(apart).toEqual(mergeProfiles([...some, ...others]));
      }),
    );
  });

  it('do not depend on how the bytes are cut into chunks', async () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        inOneUnit,
        lineEnd,
        fc.integer({ min: 1, max: 50 }),
        async (a, end, size) => {
          const csv = `\ufeff${writeSummaryCsv(a).replaceAll('\n', end)}`;
          expect(await read(csv, ireland, size)).toEqual(await read(csv));
        },
      ),
    );
  });
});

describe('writeSummaryCsv', () => {
  const profile: TrafficProfile = {
    ...empty,
    accountId: '111122223333',
    vpcId: 'vpc-1',
    azId: 'euw1-az1',
    path: 'nat-gateway',
    sent: { bytes: 1n },
    received: { bytes: 2n },
    period: { start: 1_790_812_800, end: 1_793_491_200 },
  };

  it('writes the contract, ordered, with ISO 8601 times', () => {
    expect(writeSummaryCsv([{ ...profile, service: 'sqs' }, profile])).toBe(
      [
        'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end',
        '111122223333,eu-west-1,vpc-1,euw1-az1,s3,nat-gateway,1,2,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z',
        '111122223333,eu-west-1,vpc-1,euw1-az1,sqs,nat-gateway,1,2,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z',
        '',
      ].join('\n'),
    );
  });

  it('adds the last two columns where a profile has a value for them', () => {
    const remote = { ...profile, period: null, serviceRegion: 'us-east-1', crossAzBytes: 3n };
    expect(writeSummaryCsv([profile, remote])).toBe(
      [
        'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end,service_region,cross_az_bytes',
        '111122223333,eu-west-1,vpc-1,euw1-az1,s3,nat-gateway,1,2,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,,',
        '111122223333,eu-west-1,vpc-1,euw1-az1,s3,nat-gateway,1,2,,,us-east-1,3',
        '',
      ].join('\n'),
    );
  });

  it('writes only a header for no profiles', () => {
    expect(writeSummaryCsv([])).toBe(
      'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end\n',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ["'=1", "''=1"],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ["it's", "it's"],
  ])('writes the service %j as %j', (service, cell) => {
    const [, row = ''] = writeSummaryCsv([{ ...profile, service }]).split('\n');
    expect(row.split(',')[4]).toBe(cell);
  });

  it('puts a carriage return inside quotes', () => {
    expect(writeSummaryCsv([{ ...profile, service: '\rx' }])).toContain(`,"'\rx",`);
  });

  it('takes a zero for either unit, and refuses bytes beside GB', () => {
    expect(
      writeSummaryCsv([
        { ...profile, sent: { gb: '1.5' } },
        { ...profile, sent: { bytes: 0n } },
      ]),
    ).toContain('gb_out,bytes_in');
    expect(() => writeSummaryCsv([{ ...profile, sent: { gb: '1.5' } }, profile])).toThrow(
      'Some of the traffic is in bytes and some in GB.',
    );
  });
});
