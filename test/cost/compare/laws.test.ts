import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, sum, toDecimalString } from '../../../src/base/decimal.js';
import { compare } from '../../../src/cost/compare/compare.js';
import type { Comparison, RegionComparison } from '../../../src/cost/compare/comparison.js';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import type { Assumptions } from '../../../src/cost/price/assumptions.js';
import type { TrafficProfile, Volume } from '../../../src/traffic/profile/profile.js';
import { remembered, sameRuns } from '../../support/same-runs.js';
import { shippedCard } from '../cards.js';
import { traffic } from '../traffic.js';

const rateCards = ['us-east-1', 'sa-east-1'].map(shippedCard);

/** Bytes on both sides of the tier bounds: up to 8 million GB. */
const bytes = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 1n, max: 2n ** 40n }),
  fc.bigInt({ min: 2n ** 48n, max: 2n ** 53n }),
);

const profile: fc.Arbitrary<TrafficProfile> = fc
  .record({
    region: fc.constantFrom('us-east-1', 'sa-east-1'),
    vpcId: fc.constantFrom('vpc-1', 'vpc-2'),
    azId: fc.constantFrom(null, 'az1', 'az2'),
    service: fc.constantFrom(
      's3',
      'dynamodb',
      'sqs',
      'ecr.api',
      'ecr.dkr',
      'ssm',
      'internet',
      'aws-other',
      'my-own',
    ),
    serviceRegion: fc.constantFrom(null, null, 'eu-west-1'),
    path: fc.constantFrom(null, ...networkPathNames),
    sent: fc.record({ bytes }),
    received: fc.record({ bytes }),
    crossAzBytes: fc.constantFrom(null, 0n, 2n ** 33n),
    day: fc.constantFrom(null, 0, 1, 2),
  })
  .map(({ day, ...given }) =>
    traffic({
      ...given,
      period: day === null ? null : { start: day * 86_400, end: (day + 1) * 86_400 },
    }),
  );

const profiles = fc.array(profile, { minLength: 1, maxLength: 12 });

/** What may be assumed without a requirement to force anything. */
const assumptions: fc.Arbitrary<Partial<Assumptions>> = fc.record({
  nat: fc.constantFrom('keep' as const, 'may-go' as const),
  azs: fc.constantFrom(null, 1, 3),
  natGateways: fc.constantFrom(null, 0, 2),
  crossAzShare: fc.constantFrom('0', '0.3', '1'),
  crossAzEnds: fc.constantFrom(1 as const, 2 as const),
});

const compared = remembered(
  (rows: readonly TrafficProfile[], given: Partial<Assumptions> = {}): Comparison =>
    compare({ profiles: rows, rateCards, assumptions: given }),
);

const total = (costs: readonly string[]): string => toDecimalString(sum(costs.map(amount)));

describe('parts sum to the whole', () => {
  it('savings of rows and of the gateways that go to the saving of the headline', () => {
    const law = fc.property(profiles, assumptions, (rows, given) => {
      const { regions, totals } = compared(rows, given);
      const saved = regions.flatMap(({ vpcs }) =>
        vpcs.flatMap(({ services, natGateways }) => [
          ...services.map(({ monthlySaving }) => monthlySaving),
          natGateways.monthlySaving ?? '0',
        ]),
      );
      // A path that is not known has no saving, and the headline's never holds one.
      const known = saved.flatMap((saving) => saving ?? []);
      if (known.length === saved.length) expect(total(known)).toBe(totals.monthlySaving);
    });
    fc.assert(law, sameRuns);
  });

  it('components to their path, and quantity × rate to each of them', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        for (const path of pricedPaths(compared(rows, given))) {
          const costs = path.components.map(
            ({ cost, costAtMost }) => cost ?? (costAtMost === undefined ? 'unpriced' : '0'),
          );
          expect(total(costs)).toBe(path.monthlyCost);
          for (const { quantity, rate, cost, costAtMost } of path.components) {
            expect(toDecimalString(amount(quantity).times(rate ?? 'NaN'))).toBe(cost ?? costAtMost);
          }
        }
      }),
      sameRuns,
    );
  });

  it('current paths and NAT gateways to what a Region pays', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        for (const { vpcs, plan } of compared(rows, given).regions) {
          const costs = vpcs.flatMap(({ natGateways, services }) => [
            natGateways.monthlyCost,
            ...services.map(({ currentMonthlyCost }) => currentMonthlyCost),
          ]);
          expect(total(costs)).toBe(plan.currentMonthlyCost);
        }
      }),
      sameRuns,
    );
  });

  it('planned paths and the NAT gateways that stay to what a Region would pay', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        for (const region of compared(rows, given).regions) {
          const costs = plannedCosts(region, given.nat === 'may-go');
          expect(total(costs)).toBe(region.plan.plannedMonthlyCost);
        }
      }),
      sameRuns,
    );
  });

  it('the savings of the choices and of NAT gateways that go to the saving of the plan', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        for (const region of compared(rows, given).regions) {
          const { choices, monthlySaving, currentMonthlyCost, plannedMonthlyCost } = region.plan;
          const gone = given.nat === 'may-go' ? vpcsOffNat(region) : [];
          expect(
            total([
              ...choices.map((choice) => choice.monthlySaving),
              ...gone.map(({ natGateways }) => natGateways.monthlyCost),
            ]),
          ).toBe(monthlySaving);
          expect(total([plannedMonthlyCost, monthlySaving])).toBe(currentMonthlyCost);
        }
      }),
      sameRuns,
    );
  });

  it('Regions to the totals, and twelve months to a year', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        const { regions, totals } = compared(rows, given);
        const plans = regions.map(({ plan }) => plan);
        expect(totals).toMatchObject({
          currentMonthlyCost: total(plans.map((plan) => plan.currentMonthlyCost)),
          plannedMonthlyCost: total(plans.map((plan) => plan.plannedMonthlyCost)),
          monthlySaving: total(plans.map((plan) => plan.monthlySaving)),
          annualSaving: total(plans.flatMap((plan) => Array(12).fill(plan.monthlySaving))),
        });
      }),
      sameRuns,
    );
  });
});

describe('the order and the cut of the rows', () => {
  it('do not matter', () => {
    const shuffled = profiles.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, assumptions, ([rows, others], given) => {
        expect(JSON.stringify(compared(others, given))).toBe(JSON.stringify(compared(rows, given)));
      }),
      { numRuns: 50 },
    );
  });

  it('do not matter where a row is cut in two', () => {
    fc.assert(
      fc.property(profiles, fc.nat(), fc.nat(100), assumptions, (rows, at, percent, given) => {
        const cut = rows.flatMap((row, index) =>
          index === at % rows.length ? halves(row, BigInt(percent)) : [row],
        );
        expect(JSON.stringify(compared(cut, given))).toBe(JSON.stringify(compared(rows, given)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('more bytes', () => {
  it('never cost less, today or as planned', () => {
    fc.assert(
      fc.property(profiles, fc.nat(), bytes, assumptions, (rows, at, more, given) => {
        const grown = rows.map((row, index) =>
          index === at % rows.length ? { ...row, received: added(row.received, more) } : row,
        );
        const before = compared(rows, given).totals;
        const after = compared(grown, given).totals;
        expect(atMost(before.currentMonthlyCost, after.currentMonthlyCost)).toBe(true);
        expect(atMost(before.plannedMonthlyCost, after.plannedMonthlyCost)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the plan', () => {
  it('never costs more than today where no requirement forces it', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        const { totals } = compared(rows, given);
        expect(atMost(totals.plannedMonthlyCost, totals.currentMonthlyCost)).toBe(true);
      }),
      sameRuns,
    );
  });

  it('costs no more where NAT gateways may go than where they stay', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        const stay = compared(rows, { ...given, nat: 'keep' }).totals.plannedMonthlyCost;
        const go = compared(rows, { ...given, nat: 'may-go' }).totals.plannedMonthlyCost;
        expect(atMost(go, stay)).toBe(true);
      }),
      sameRuns,
    );
  });
});

describe('a gateway endpoint', () => {
  it('never costs anything', () => {
    fc.assert(
      fc.property(profiles, assumptions, (rows, given) => {
        const services = compared(rows, given).regions.flatMap(({ vpcs }) =>
          vpcs.flatMap((vpc) => vpc.services),
        );
        for (const { paths, service } of services) {
          const gateway = paths['gateway-endpoint'];
          if (gateway.available) {
            expect([service, gateway.monthlyCost, gateway.components]).toEqual([service, '0', []]);
          }
        }
      }),
      sameRuns,
    );
  });
});

function pricedPaths({ regions }: Comparison) {
  return regions.flatMap(({ vpcs }) =>
    vpcs.flatMap(({ natGateways, services }) => [
      natGateways,
      ...services.flatMap(({ paths }) =>
        Object.values(paths).flatMap((path) => (path.available ? [path] : [])),
      ),
    ]),
  );
}

/** VPCs of which the plan leaves nothing on NAT, nor where it could be. */
function vpcsOffNat({ vpcs }: RegionComparison) {
  return vpcs.filter(({ services }) =>
    services.every(({ plannedPath }) => !['nat-gateway', 'unknown'].includes(plannedPath)),
  );
}

function plannedCosts(region: RegionComparison, natMayGo: boolean): readonly string[] {
  const gone = natMayGo ? vpcsOffNat(region) : [];
  const stay = region.vpcs.filter((vpc) => !gone.includes(vpc));
  const services = region.vpcs.flatMap((vpc) => vpc.services);
  return [
    ...stay.map(({ natGateways }) => natGateways.monthlyCost),
    ...services.map(({ paths, plannedPath }) => {
      const path = paths[plannedPath];
      return path?.available === true ? path.monthlyCost : 'not available';
    }),
  ];
}

/** A row as two that add up to it. */
function halves(row: TrafficProfile, percent: bigint): readonly TrafficProfile[] {
  const part = (bytes: bigint) => (bytes * percent) / 100n;
  const rest = (bytes: bigint) => bytes - part(bytes);
  const crossing = row.crossAzBytes === null ? null : part(row.crossAzBytes);
  const first = {
    ...row,
    sent: { bytes: part(bytesOf(row.sent)) },
    received: { bytes: part(bytesOf(row.received)) },
    crossAzBytes: crossing,
  };
  return [
    first,
    {
      ...row,
      sent: { bytes: rest(bytesOf(row.sent)) },
      received: { bytes: rest(bytesOf(row.received)) },
      crossAzBytes: row.crossAzBytes === null ? null : rest(row.crossAzBytes),
    },
  ];
}

const bytesOf = (volume: Volume): bigint => ('bytes' in volume ? volume.bytes : 0n);
const added = (volume: Volume, more: bigint): Volume => ({ bytes: bytesOf(volume) + more });
const atMost = (a: string, b: string): boolean => amount(a).lte(b);
