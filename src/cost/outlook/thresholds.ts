import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import { serviceLabel } from '../../base/service-name.js';
import type { Rate } from '../../pricing/card/rate-card.js';
import type { ComparedRegion } from '../compare/compared-region.js';
import { type NetworkPath, pooledPath } from '../paths/index.js';
import { type Bill, billsOf } from './bill.js';
import { endpointChoicesOf } from './endpoint-choices.js';

/** A break-even or a tier bound that volumes pass on the way, in the first month from which on they have. */
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

type Distribute<Of> = Of extends PassedThreshold
  ? Omit<Of, 'month' | 'direction' | 'gb' | 'bound'>
  : never;

/** A volume and a bound that it can pass. */
interface WatchedVolume {
  readonly what: Distribute<PassedThreshold>;
  readonly gb: Amount;
  readonly bound: Amount;
}

/** A service of a VPC, and the path that the plan has for it. */
export interface WatchedPath {
  readonly region: string;
  readonly vpcId: string | null;
  readonly accountId: string | null;
  /** The service, and the set of endpoints that it is opened with. */
  readonly service: string;
  readonly set: string;
  readonly path: NetworkPath;
}

/** What is watched in a month, each by a key that is the same in every month. */
export interface Watched {
  readonly volumes: ReadonlyMap<string, WatchedVolume>;
  readonly paths: ReadonlyMap<string, WatchedPath>;
}

/** A month and what is watched in it. */
export interface WatchedMonth {
  readonly month: string;
  readonly watched: Watched;
}

/** What of a comparison can change as volumes do. */
export function watchedIn(regions: readonly ComparedRegion[]): Watched {
  const bills = billsOf(regions);
  const now = groupBy(bills.now, ({ region }) => region);
  const planned = groupBy(bills.planned, ({ region }) => region);
  const volumes = regions.flatMap((region) => {
    const own = now.get(region.card.region) ?? [];
    return [
      ...breakEvens(region),
      ...endpointTiers(region, own, 'now'),
      ...endpointTiers(region, planned.get(region.card.region) ?? [], 'planned'),
      ...internetTiers(region, own),
    ];
  });
  return {
    volumes: new Map(volumes.map((volume) => [volumeKey(volume), volume])),
    paths: new Map(regions.flatMap(plannedPaths)),
  };
}

/** A tier is known by its bound, which stays; a break-even by its choice, since its bound goes with the hours of a month. */
function volumeKey({ what, bound }: WatchedVolume): string {
  return JSON.stringify(what.kind === 'tier' ? [what, toDecimalString(bound)] : what);
}

function plannedPaths({
  card,
  outcome,
}: ComparedRegion): readonly (readonly [string, WatchedPath])[] {
  return outcome.comparison.plan.choices.map((choice) => {
    const { vpcId, accountId, currentPath, path } = choice;
    const service = serviceLabel(choice);
    const key = [card.region, vpcId, accountId, service, currentPath].join('\n');
    const set = choice.endpointSet ?? service;
    return [key, { region: card.region, vpcId, accountId, service, set, path }];
  });
}

/** Every break-even and tier bound that is passed and stays so, in the order of months. */
export function passedThresholds(
  today: Watched,
  months: readonly WatchedMonth[],
): readonly PassedThreshold[] {
  const all = [...today.volumes].flatMap(([key, { what, gb, bound }]) => {
    const above = gb.gt(bound);
    const course = months.map(({ watched }) => watched.volumes.get(key));
    const index = keptFrom(
      course,
      (then) => then !== undefined && then.gb.gt(then.bound) !== above,
    );
    const then = course[index];
    const month = months[index]?.month;
    if (then === undefined || month === undefined) return [];
    const passed = {
      month,
      direction: above ? 'down' : 'up',
      gb: toDecimalString(then.gb),
      bound: toDecimalString(then.bound),
    } as const;
    return [{ ...what, ...passed }];
  });
  return all.toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

/**
 * The index from which on all values are so; their number where the last one is not. A short month alone is no change: what
 * flips in February and back in March is not told.
 */
export function keptFrom<Value>(values: readonly Value[], isSo: (value: Value) => boolean): number {
  return values.findLastIndex((value) => !isSo(value)) + 1;
}

function breakEvens(region: ComparedRegion): readonly WatchedVolume[] {
  return endpointChoicesOf(region).flatMap((choice) =>
    choice.breakEvenGb === null
      ? []
      : {
          what: {
            kind: 'break-even',
            region: choice.region,
            vpcId: choice.vpcId,
            accountId: choice.accountId,
            services: choice.names,
          },
          gb: choice.gb,
          bound: amount(choice.breakEvenGb),
        },
  );
}

function endpointTiers(
  { card }: ComparedRegion,
  lines: Bill,
  bill: 'now' | 'planned',
): readonly WatchedVolume[] {
  const what = { kind: 'tier', region: card.region, of: pooledPath.name, bill } as const;
  return tiers(
    what,
    card.rates[pooledPath.charge.gbRate],
    gbOf(lines, pooledPath.charge.processing),
  );
}

/** Transfer out to the internet is the same in both bills, so it is told once. */
function internetTiers({ card }: ComparedRegion, lines: Bill): readonly WatchedVolume[] {
  const what = { kind: 'tier', region: card.region, of: 'internet', bill: 'now' } as const;
  return tiers(what, card.rates.internetEgressGb, gbOf(lines, 'internet-egress'));
}

function gbOf(lines: Bill, kind: Bill[number]['kind']): Amount {
  return sum(
    lines.filter((line) => line.kind === kind).map(({ component }) => amount(component.quantity)),
  );
}

function tiers(
  what: WatchedVolume['what'],
  rate: Rate | undefined,
  gb: Amount,
): readonly WatchedVolume[] {
  if (rate === undefined) return [];
  return rate.tiers.flatMap(({ endRange }) =>
    endRange === 'Inf' ? [] : { what, gb, bound: amount(endRange) },
  );
}
