import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDecimalString } from '../../../src/base/decimal.js';
import { compareTally } from '../../../src/cost/compare/compare.js';
import { dailyTally } from '../../../src/cost/demand/tally.js';
import { billsOf, totalOf } from '../../../src/cost/outlook/bill.js';
import { dailyCharges } from '../../../src/cost/outlook/daily-charges.js';
import { type ForecastQuestion, forecastOf } from '../../../src/cost/outlook/forecast.js';
import { type Assumptions, defaultAssumptions } from '../../../src/cost/price/assumptions.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { shippedCard } from '../cards.js';
import { traffic } from '../traffic.js';

const day = 86_400;
/** 2026-10-31, as days since 1970-01-01. */
const lastDay = Date.UTC(2026, 9, 31) / 1000 / day;
const gib = 2 ** 30;

/** Daily rows up to the end of October 2026, of so many GB a day. */
function daily(
  count: number,
  gbOf: (at: number) => number,
  given: Partial<TrafficProfile> = {},
): readonly TrafficProfile[] {
  return Array.from({ length: count }, (_, at) => {
    const start = (lastDay - count + 1 + at) * day;
    return traffic({
      service: 'sqs',
      sent: { bytes: BigInt(Math.round(gbOf(at) * gib)) },
      received: { bytes: 0n },
      period: { start, end: start + day },
      ...given,
    });
  });
}

/** Small deviations that are the same in every run. */
const wobble = (at: number) => Math.sin(at * 12.9898) + Math.cos(at * 4.1414);

function compared(rows: readonly TrafficProfile[], given: Partial<Assumptions> = {}) {
  const assumptions = { ...defaultAssumptions, ...given };
  const tally = dailyTally();
  for (const row of rows) tally.add(row);
  const rateCards = [...tally.regions.keys()].map(shippedCard);
  return { assumptions, tally, ...compareTally({ tally, rateCards, assumptions }) };
}

function ahead(rows: readonly TrafficProfile[], given: Partial<ForecastQuestion> = {}) {
  const { regions, tally, assumptions } = compared(rows);
  const charges = dailyCharges(tally, regions);
  return forecastOf({
    regions,
    tally,
    assumptions,
    basis: charges === null ? { kind: 'flat' } : { kind: 'forecast', charges },
    from: { year: 2026, month: 11 },
    months: 12,
    budgets: [],
    ownersOf: ({ region, accountId, vpcId }) => ({
      region,
      account: accountId ?? '',
      vpc: vpcId ?? '',
      team: '',
    }),
    ...given,
  });
}

function chargesOf(rows: readonly TrafficProfile[]) {
  const { regions, tally } = compared(rows);
  const charges = dailyCharges(tally, regions);
  if (charges === null) throw new Error('there are days enough for a forecast');
  return charges;
}

const flat = { basis: { kind: 'flat' } } as const;
const growing = (all: string) =>
  ({ basis: { kind: 'growth', growth: { all, services: new Map() } } }) as const;
const december = { year: 2026, month: 12 };

describe('a month to come', () => {
  // Two NAT gateways at 0.05 an hour with their addresses; 10 GB a day at 0.045.
  // December: 744 × 0.10 + 310 × 0.045 = 88.35. February: 672 × 0.10 + 280 × 0.045 = 79.80.
  it('has its own days and hours', () => {
    const { months } = ahead(
      daily(31, () => 10),
      flat,
    );
    expect(months[0]).toMatchObject({ month: '2026-12', currentMonthlyCost: '88.35', low: null });
    expect(months[2]).toMatchObject({ month: '2027-02', currentMonthlyCost: '79.8' });
  });

  const row = fc.record({
    vpcId: fc.constantFrom('vpc-1', 'vpc-2'),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    service: fc.constantFrom('s3', 'logs', 'ecr.api', 'ecr.dkr', 'internet'),
    path: fc.constantFrom('nat-gateway', 'interface-endpoint', 'gateway-endpoint', null),
    sent: fc.record({ bytes: fc.bigInt(0n, 2n ** 45n) }),
    received: fc.record({ bytes: fc.bigInt(0n, 2n ** 45n) }),
    days: fc.integer({ min: 0, max: 20 }),
  });

  // As `compare --month 2027-02` is: 28 days of 24 hours.
  it('is, without growth, what a comparison of that month comes to, to the cent', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const start = 1_790_812_800;
        const profiles = rows.map(({ days, ...each }) =>
          traffic({ ...each, period: days === 0 ? null : { start, end: start + days * day } }),
        );
        const month = ahead(profiles, { ...flat, months: 3 }).months[2];
        const bills = billsOf(compared(profiles, { hoursPerMonth: '672' }).regions);
        expect([month?.currentMonthlyCost, month?.plannedMonthlyCost]).toEqual([
          toDecimalString(totalOf(bills.now).cost),
          toDecimalString(totalOf(bills.planned).cost),
        ]);
      }),
      { numRuns: 40 },
    );
  });

  // 744 × 0.10 + 1,100 × 0.045 = 74.40 + 49.50, and 74.40 + 1,210 × 0.045
  it('grows from the month of the estimate on', () => {
    const rows = [traffic({ service: 'internet', received: { gb: '1000' } })];
    const forecast = ahead(rows, { ...growing('0.1'), months: 2 });
    expect(forecast.months.map((month) => month.currentMonthlyCost)).toEqual(['123.9', '128.85']);
    expect(forecast.currentCost).toBe('252.75');
  });
});

describe('a forecast of what is charged', () => {
  const charged = daily(40, (at) => 100 + 8 * wobble(at), { service: 'logs' });

  it('is not made narrower by bytes that are free', () => {
    const free = daily(40, () => 20_000, { service: 's3', path: 'gateway-endpoint' });
    const alone = chargesOf(charged).intervalOf(december);
    expect(alone).not.toBeNull();
    expect(chargesOf([...charged, ...free]).intervalOf(december)).toEqual(alone);
  });

  it('is not made narrower by a Region without charges, of other days too', () => {
    const other = daily(20, () => 5000, {
      service: 's3',
      path: 'gateway-endpoint',
      region: 'eu-west-1',
    });
    expect(chargesOf([...charged, ...other]).intervalOf(december)).toEqual(
      chargesOf(charged).intervalOf(december),
    );
  });

  it('has a line for each Region, service and path', () => {
    const rows = [
      ...daily(60, (at) => 100 + at, { service: 'logs' }),
      ...daily(60, (at) => 200 - at, { service: 'logs', region: 'eu-west-1' }),
      ...daily(60, () => 50, { service: 'logs', path: 'interface-endpoint' }),
    ];
    const { regions, tally } = compared(rows);
    const charges = dailyCharges(tally, regions);
    const factors = regions.flatMap(({ card, vpcs }) =>
      vpcs.flatMap(({ demands }) =>
        demands.map((demand) => [
          card.region,
          demand.currentPath,
          Math.round(100 * Number(charges?.factorOf(card.region, demand, december))) / 100,
        ]),
      ),
    );
    // Days 31 to 61 after the last (December): 159 + 46 = 205 and 141 - 46 = 95, of means of 129.5 and 170.5.
    expect(factors).toEqual([
      ['eu-west-1', 'nat-gateway', 0.56],
      ['us-east-1', 'interface-endpoint', 1],
      ['us-east-1', 'nat-gateway', 1.58],
    ]);
  });

  it('has an interval of some width, not below zero, around what is expected', () => {
    const { months } = ahead(daily(40, () => 100));
    for (const { currentMonthlyCost, low, high } of months) {
      expect(Number(low)).toBeLessThan(Number(currentMonthlyCost));
      expect(Number(high)).toBeGreaterThan(Number(currentMonthlyCost));
      expect(Number(low)).toBeGreaterThanOrEqual(0);
    }
  });

  // December: 744 × 0.10 = 74.40 of hours, which no interval goes below, and 31 × 100 × 0.045 = 139.50.
  it('has hours that do not depend on the volume', () => {
    const [month] = ahead(
      daily(60, (at) => 100 + 20 * wobble(at)),
      { months: 1 },
    ).months;
    expect(Number(month?.low)).toBeGreaterThan(74.4);
    expect(Number(month?.currentMonthlyCost) / 213.9).toBeCloseTo(1, 1);
  });

  it('says "unknown", and why, where the interval is wider than the amount', () => {
    const rows = daily(14, (at) => (at % 5 === 0 ? 90_000 : 10 + at));
    const { months, currentCost, plannedCost } = ahead(rows);
    const last = months.at(-1);
    expect(last).toMatchObject({ currentMonthlyCost: null, plannedMonthlyCost: null });
    expect(last?.unknown).toContain('wider than the amount');
    expect(Number(last?.high)).toBeGreaterThan(Number(last?.low));
    expect([currentCost, plannedCost]).toEqual([null, null]);
  });

  it('is not made of what has no days, or of fewer than fourteen', () => {
    const of = (rows: readonly TrafficProfile[]) => {
      const { regions, tally } = compared(rows);
      return dailyCharges(tally, regions);
    };
    expect(of(daily(14, () => 100))).not.toBeNull();
    expect(of(daily(13, () => 100))).toBeNull();
    expect(of([...charged, traffic({ service: 'sqs', sent: { gb: '5' } })])).toBeNull();
    expect(of([...charged, ...daily(1, () => 1, { sent: { gb: '5' } })])).toBeNull();
    expect(of(daily(40, () => 100, { service: 's3', path: 'gateway-endpoint' }))).toBeNull();
  });

  it('takes the same from rows in any order', () => {
    const rows = [...charged, ...daily(40, (at) => 10 + at)];
    expect(ahead(rows.toReversed())).toEqual(ahead(rows));
  });
});

describe('what is passed on the way', () => {
  it('is the tier bound of the interface endpoints', () => {
    const rows = [
      traffic({ service: 'logs', sent: { gb: '1000000' }, path: 'interface-endpoint' }),
    ];
    // 1,000,000 × 1.03 = 1,030,000; × 1.03 = 1,060,900 GB, over 1,048,576
    expect(ahead(rows, growing('0.03')).crossings).toMatchObject([
      { kind: 'tier', bill: 'now', month: '2027-01', bound: '1048576', gb: '1060900' },
      { kind: 'tier', bill: 'planned', month: '2027-01' },
    ]);
  });

  it('is the tier bound of transfer out to the internet', () => {
    // 10,000 × 1.03 - 100 = 10,200; × 1.0609 - 100 = 10,509, over 10,240
    const rows = [traffic({ service: 'internet', sent: { gb: '10000' } })];
    expect(ahead(rows, growing('0.03')).crossings).toMatchObject([
      { kind: 'tier', of: 'internet', month: '2027-01', bound: '10240', gb: '10509' },
    ]);
  });

  // One zone: 0.01 an hour against 0.035 a GB. 150 × 1.1^3 = 199.65 in February, above 672 × 0.01 / 0.035 = 192;
  // 219.615 in March, above 744 × 0.01 / 0.035 = 212.57.
  it('is a break-even, and the plan changes with it', () => {
    const rows = [traffic({ service: 'logs', sent: { gb: '150' }, azId: 'use1-az1' })];
    const { crossings, plans, months } = ahead(rows, growing('0.1'));
    expect(crossings).toMatchObject([{ kind: 'break-even', month: '2027-02', bound: '192' }]);
    expect(plans).toEqual([
      {
        month: '2027-02',
        region: 'us-east-1',
        vpcId: 'vpc-1',
        accountId: null,
        services: ['logs'],
        from: 'nat-gateway',
        to: 'interface-endpoint',
      },
    ]);
    // The gateway stays. January: 744 × 0.05 + 181.5 × 0.045; March: 37.20 + 7.44 + 219.615 × 0.01.
    expect(months[1]?.plannedMonthlyCost).toBe('45.3675');
    expect(months[3]?.plannedMonthlyCost).toBe('46.83615');
  });

  // 200 GB: above the 192 of February and below the 205.71 of a month of 720 hours.
  it('is nothing that a short month flips and the next flips back', () => {
    const rows = [traffic({ service: 'logs', sent: { gb: '200' }, azId: 'use1-az1' })];
    const { crossings, plans } = ahead(rows, flat);
    expect([crossings, plans]).toEqual([[], []]);
  });
});

describe('a budget looks ahead', () => {
  const budget = { scope: 'total', id: '', warnAt: '0.8', failAt: '1' } as const;

  // 74.40 + 1,100 × 0.045 = 123.90 in December, 128.85 in January; 67.20 + 59.895 = 127.095 in February.
  it('to the month in which it is passed', () => {
    const rows = [traffic({ service: 'internet', received: { gb: '1000' } })];
    const monthsOf = (monthly: string) =>
      ahead(rows, { ...growing('0.1'), months: 3, budgets: [{ ...budget, monthly }] }).budgets;
    const none = { scope: 'total', id: '', low: null, high: null };
    expect(monthsOf('123.9')).toEqual([{ ...none, expected: '2027-01' }]);
    expect(monthsOf('123')).toEqual([{ ...none, expected: '2026-12' }]);
    expect(monthsOf('128.85')).toEqual([{ ...none, expected: null }]);
  });

  it('sooner at the high end than expected, and later at the low one', () => {
    const rows = daily(60, (at) => 1000 + 5 * at + 60 * wobble(at));
    const [passed] = ahead(rows, { budgets: [{ ...budget, monthly: '2800' }] }).budgets;
    expect(passed?.expected).not.toBeNull();
    expect(String(passed?.high) < String(passed?.expected)).toBe(true);
    expect(passed?.low === null || String(passed?.low) > String(passed?.expected)).toBe(true);
  });

  it('for the part of a VPC, too', () => {
    const rows = [
      traffic({ service: 'internet', received: { gb: '1000' } }),
      traffic({ service: 'internet', received: { gb: '5000' }, vpcId: 'vpc-2' }),
    ];
    const budgets = [{ ...budget, scope: 'vpc', id: 'vpc-1', monthly: '125' }] as const;
    expect(ahead(rows, { ...growing('0.1'), budgets }).budgets).toMatchObject([
      { scope: 'vpc', id: 'vpc-1', expected: '2027-01' },
    ]);
  });
});
