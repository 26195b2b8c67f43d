import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
  zero,
} from '../../base/decimal.js';
import type { Rate } from '../../pricing/card/rate-card.js';
import type { ComparedRegion, PricedService } from '../compare/compared-region.js';
import { type NetworkPath, pooledPath } from '../paths/index.js';
import { type EndpointChoice, endpointChoicesOf } from './endpoint-choices.js';
import { type Month, monthsAfter, monthText } from './months.js';
import type { FactorOf, ScalableBill } from './volumes.js';

/** A break-even or a tier bound that volumes pass on the way, in the first month in which they have. */
export type PassedThreshold = {
  readonly month: string;
  readonly region: string;
  readonly direction: 'up' | 'down';
  readonly gb: DecimalString;
  readonly bound: DecimalString;
} & (
  | {
      readonly kind: 'break-even';
      readonly vpcId: string | null;
      readonly accountId: string | null;
      readonly services: readonly string[];
    }
  | {
      readonly kind: 'tier';
      /** Whose tiers: those of the interface endpoints, or of transfer out to the internet. */
      readonly of: NetworkPath | 'internet';
      readonly bill: 'now' | 'planned';
    }
);

/** The months to come, as multiples of each service's volume. */
interface Course {
  readonly factors: readonly FactorOf[];
  readonly from: Month;
  readonly now: ScalableBill;
  readonly planned: ScalableBill;
}

/** Every break-even and tier bound that is passed, in the order of months. */
export function passedThresholds(
  regions: readonly ComparedRegion[],
  course: Course,
): readonly PassedThreshold[] {
  const all = regions.flatMap((region) => [
    ...endpointChoicesOf(region).flatMap((choice) => passedBreakEven(choice, course)),
    ...endpointTiers(region, 'now', course),
    ...endpointTiers(region, 'planned', course),
    ...internetTiers(region, course),
  ]);
  return all.toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

function monthAt({ from }: Course, index: number): string {
  return monthText(monthsAfter(from, index + 1));
}

function passedBreakEven(choice: EndpointChoice, course: Course): readonly PassedThreshold[] {
  if (choice.breakEvenGb === null) return [];
  const bound = amount(choice.breakEvenGb);
  const above = choice.gb.gt(bound);
  const volumes = course.factors.map((factorOf) => volumeAt(choice.services, factorOf));
  const index = volumes.findIndex((gb) => gb.gt(bound) !== above);
  const gb = volumes[index];
  if (gb === undefined) return [];
  return [
    {
      kind: 'break-even',
      month: monthAt(course, index),
      region: choice.region,
      vpcId: choice.vpcId,
      accountId: choice.accountId,
      services: choice.names,
      direction: above ? 'down' : 'up',
      gb: toDecimalString(gb),
      bound: toDecimalString(bound),
    },
  ];
}

function volumeAt(services: readonly PricedService[], factorOf: FactorOf): Amount {
  return sum(services.map(({ priced }) => priced.demand.gb.times(factorOf(priced.demand.service))));
}

function endpointTiers(
  { card }: ComparedRegion,
  bill: 'now' | 'planned',
  course: Course,
): readonly PassedThreshold[] {
  const volume = (factorOf: FactorOf) => course[bill].pooledGbAt(factorOf).get(card.region);
  const tiers = { rate: card.rates[pooledPath.charge.gbRate], of: pooledPath.name, bill } as const;
  return passedTiers(card.region, tiers, volume, course);
}

/** Transfer out to the internet is the same in both bills, so it is told once. */
function internetTiers({ card }: ComparedRegion, course: Course): readonly PassedThreshold[] {
  const volume = (factorOf: FactorOf) => course.now.egressGbAt(factorOf).get(card.region);
  const tiers = { rate: card.rates.internetEgressGb, of: 'internet', bill: 'now' } as const;
  return passedTiers(card.region, tiers, volume, course);
}

interface Tiers {
  readonly rate: Rate | undefined;
  readonly of: NetworkPath | 'internet';
  readonly bill: 'now' | 'planned';
}

function passedTiers(
  region: string,
  { rate, of, bill }: Tiers,
  volume: (factorOf: FactorOf) => Amount | undefined,
  course: Course,
): readonly PassedThreshold[] {
  if (rate === undefined) return [];
  const today = volume(() => amount(1)) ?? zero;
  const volumes = course.factors.map((factorOf) => volume(factorOf) ?? zero);
  return boundsOf(rate).flatMap((bound): readonly PassedThreshold[] => {
    const above = today.gt(bound);
    const index = volumes.findIndex((gb) => gb.gt(bound) !== above);
    const gb = volumes[index];
    if (gb === undefined) return [];
    const direction = above ? 'down' : 'up';
    const month = monthAt(course, index);
    const passed = { gb: toDecimalString(gb), bound: toDecimalString(bound) };
    return [{ kind: 'tier', of, bill, month, region, direction, ...passed }];
  });
}

function boundsOf({ tiers }: Rate): readonly Amount[] {
  return tiers.flatMap(({ endRange }) => (endRange === 'Inf' ? [] : [amount(endRange)]));
}
