import { describe, expect, it } from 'vitest';
import { hoursOfMonth } from '../../../src/cli/kit/flag-values.js';
import { serviceFacts } from '../../../src/cost/facts/services.js';
import type { Assumptions } from '../../../src/cost/price/assumptions.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { available, compareShipped, serviceOf, traffic } from '../traffic.js';

const gib = 2n ** 30n;
const day = 86_400;
const hour = 3600;

/** The GB that a month of the rows comes to. */
function monthlyGb(
  rows: readonly Partial<TrafficProfile>[],
  assumptions: Partial<Assumptions> = {},
  service = 'sqs',
): string {
  return serviceOf(compareShipped(rows.map(traffic), assumptions), service).gb;
}

const days = (first: number, count = 1) => ({ start: first * day, end: (first + count) * day });

describe('bytes as GB', () => {
  it('are exact, to the byte', () => {
    const comparison = compareShipped([traffic({ sent: { bytes: 1n } })]);
    const service = serviceOf(comparison, 'sqs');
    // 1 / 2^30 terminates after 30 decimals
    expect(service.gb).toBe('0.000000000931322574615478515625');
    // × $0.045
    expect(available(service, 'nat-gateway').monthlyCost).toBe(
      '0.000000000041909515857696533203125',
    );
  });

  it('are exact for the most bytes that a count holds', () => {
    // (2^63 − 1) / 2^30 = 2^33 − 2^−30
    expect(monthlyGb([{ sent: { bytes: 2n ** 63n - 1n } }])).toBe(
      '8589934591.999999999068677425384521484375',
    );
  });

  it('are of 10^9 bytes where told so', () => {
    expect(monthlyGb([{ sent: { bytes: 5_000_000_000_001n } }], { bytesPerGb: '1000000000' })).toBe(
      '5000.000000001',
    );
  });

  it('add up over directions and with rows that give GB', () => {
    const rows = [
      { sent: { bytes: 2n * gib }, received: { bytes: gib / 2n } },
      { sent: { gb: '0.25' }, received: { gb: '1000' } },
    ];
    const service = serviceOf(compareShipped(rows.map(traffic)), 'sqs');
    expect([service.gbOut, service.gbIn, service.gb]).toEqual(['2.25', '1000.5', '1002.75']);
  });
});

describe('a month', () => {
  it('is what rows without a period hold', () => {
    expect(monthlyGb([{ sent: { bytes: 100n * gib } }])).toBe('100');
    expect(monthlyGb([{ sent: { bytes: 100n * gib } }], { hoursPerMonth: '672' })).toBe('100');
  });

  it('has 730 hours: 30 days of 720 GB are 730 GB', () => {
    // 720 GB × 730 h / 720 h
    expect(monthlyGb([{ sent: { bytes: 720n * gib }, period: days(0, 30) }])).toBe('730');
    expect(monthlyGb([{ sent: { gb: '720' }, period: days(0, 30) }])).toBe('730');
  });

  it('has the 672 hours of February 2027 where that is asked for, in traffic and in hours', () => {
    const hoursPerMonth = hoursOfMonth('--month', '2027-02');
    expect(hoursPerMonth).toBe('672');
    const row = traffic({ sent: { bytes: 720n * gib }, period: days(0, 30) });
    const comparison = compareShipped([row], { hoursPerMonth, azs: 1 });
    // 720 GB × 672 h / 720 h = 672 GB
    expect(serviceOf(comparison, 'sqs').gb).toBe('672');
    // 672 h × ($0.045 + $0.005) = $33.60
    expect(comparison.regions[0]?.vpcs[0]?.natGateways.monthlyCost).toBe('33.6');
  });

  it('is scaled up to whole bytes, half up', () => {
    // 1 byte in 7 h is 104.29 bytes in 730 h: 104. In 4 h it is 182.5: 183.
    const bytes = (hours: number) =>
      monthlyGb([{ sent: { bytes: 1n }, period: { start: 0, end: hours * hour } }], {
        bytesPerGb: '1',
      });
    expect([bytes(7), bytes(4)]).toEqual(['104', '183']);
  });
});

describe('the time that rows cover', () => {
  it('is that of all days for a service that has rows for some', () => {
    const rows = [
      ...[0, 1, 2, 3].map((at) => ({ sent: { gb: '24' }, period: days(at) })),
      { service: 'kms', sent: { gb: '24' }, period: days(2) },
    ];
    // sqs: 24 GB a day = 1 GB an hour = 730 GB; kms: 24 GB in the same 4 days = 182.5 GB
    expect(monthlyGb(rows)).toBe('730');
    expect(monthlyGb(rows, {}, 'kms')).toBe('182.5');
  });

  it('counts each second once where a day has several rows', () => {
    const rows = ['use1-az1', 'use1-az2'].map((azId) => ({
      azId,
      sent: { gb: '12' },
      period: days(0),
    }));
    expect(monthlyGb(rows)).toBe('730');
  });

  it('is the span from the first start to the last end where rows do not tell it', () => {
    const rows = [0, 9].map((at) => ({ sent: { gb: '24' }, period: days(at) }));
    // 48 GB in 10 days = 0.2 GB an hour × 730 h
    expect(monthlyGb(rows)).toBe('146');
    // Whatever the service: 24 GB in those 10 days.
    const kms = { service: 'kms', sent: { gb: '24' }, period: days(5) };
    expect(monthlyGb([...rows, kms], {}, 'kms')).toBe('73');
  });

  it('is what rows tell, with gaps between them left out', () => {
    const rows = [0, 9].map((at) => ({
      sent: { gb: '24' },
      period: days(at),
      loggedSeconds: day,
    }));
    // 48 GB in 2 days = 1 GB an hour × 730 h
    expect(monthlyGb(rows)).toBe('730');
    // Half of each day was logged: 48 GB in 1 day.
    expect(monthlyGb(rows.map((row) => ({ ...row, loggedSeconds: day / 2 })))).toBe('1460');
  });

  it('holds the days of which rows only tell that they were logged', () => {
    const quiet = { service: '', path: null, period: days(1), loggedSeconds: day };
    const rows = [{ sent: { gb: '24' }, period: days(0), loggedSeconds: day }, quiet];
    // 24 GB in 2 days = 0.5 GB an hour × 730 h
    expect(monthlyGb(rows)).toBe('365');
    const { regions } = compareShipped(rows.map(traffic));
    expect(regions[0]?.vpcs[0]?.services.map(({ service }) => service)).toEqual(['sqs']);
  });

  it('counts a minute that two rows share once', () => {
    const longer = { start: 0, end: day + 60 };
    for (const tells of [true, false]) {
      const rows = [
        { sent: { gb: '24' }, period: longer, loggedSeconds: tells ? day + 60 : null },
        { service: 'kms', sent: { gb: '24' }, period: days(1), loggedSeconds: tells ? day : null },
      ];
      // 24 GB of each in 2 days = 0.5 GB an hour × 730 h, and not in 2 days and 1 minute
      expect(monthlyGb(rows)).toBe('365');
      expect(monthlyGb(rows, {}, 'kms')).toBe('365');
    }
  });

  it('adds up rows that tell it and the span of those that do not', () => {
    const rows = [
      { sent: { gb: '24' }, period: days(0), loggedSeconds: day },
      { sent: { gb: '24' }, period: days(10) },
      { sent: { gb: '24' }, period: days(12) },
    ];
    // 72 GB in 1 day and the 3 days from day 10 to day 12 = 0.75 GB an hour × 730 h
    expect(monthlyGb(rows)).toBe('547.5');
  });

  it('of one period is the longest that a row tells', () => {
    const rows = [day / 4, day / 2, null].map((loggedSeconds) => ({
      sent: { gb: '8' },
      period: days(0),
      loggedSeconds,
    }));
    // The row that tells nothing speaks of all the day: 24 GB in 24 h.
    expect(monthlyGb(rows)).toBe('730');
    // 16 GB in 12 h
    expect(monthlyGb(rows.slice(0, 2))).toBe('973.333333333333');
  });

  it('is of no matter to rows without a period, which are added as they are', () => {
    const rows = [{ sent: { gb: '100' } }, { sent: { gb: '24' }, period: days(0) }];
    // 100 GB + 24 GB × 730 h / 24 h
    expect(monthlyGb(rows)).toBe('830');
  });

  it("is each VPC's own", () => {
    const rows = [
      { vpcId: 'vpc-1', sent: { gb: '24' }, period: days(0) },
      { vpcId: 'vpc-2', service: 'kms', sent: { gb: '48' }, period: days(0, 2) },
    ];
    expect(monthlyGb(rows)).toBe('730');
    expect(monthlyGb(rows, {}, 'kms')).toBe('730');
  });
});

describe('names of services', () => {
  it('are what they say, be they names that objects have of their own', () => {
    for (const service of ['constructor', '__proto__', 'tostring', 'valueof']) {
      expect(monthlyGb([{ service, sent: { gb: '7' } }], {}, service)).toBe('7');
      expect(serviceFacts(service)).toMatchObject({ service, known: false, notes: [] });
    }
  });

  it('are one service in any case, as full names and as aliases', () => {
    const names = ['kinesis', 'Kinesis-Streams', 'com.amazonaws.us-east-1.kinesis-streams'];
    expect(
      monthlyGb(
        names.map((service) => ({ service, sent: { gb: '1' } })),
        {},
        'kinesis-streams',
      ),
    ).toBe('3');
  });
});
