import { type Amount, amount, sum, zero } from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import type { ComparedRegion } from '../compare/compared-region.js';
import type { DailyBytes } from '../demand/days.js';
import type { Demand } from '../demand/demand.js';
import type { TrafficTally } from '../demand/tally.js';
import { type DailyForecast, forecastDays } from '../forecast/daily.js';
import type { DailySum } from '../forecast/line.js';
import { type PastAccuracy, pastAccuracy } from '../forecast/past.js';
import type { OneOffDay } from '../forecast/unusual.js';
import type { Component } from '../price/component.js';
import { internetEgress } from './internet-egress.js';
import { daysIn, firstDay, type Month } from './months.js';

/** What a charged series is known by: a service on one path of a Region. */
type SeriesOf = Pick<Demand, 'service' | 'serviceRegion'> & { readonly path: string | null };

/** What is unusual in a series: days that are left out, and a new level. */
export interface UnusualDays {
  /** The service, and its Region; null for all that is charged. */
  readonly series: { readonly service: string; readonly region: string } | null;
  readonly oneOffs: readonly OneOffDay[];
  readonly step: number | null;
}

/**
 * What daily sums say of the months to come. Statistics on quantities are floats; a multiple is rounded to six decimals
 * before it meets money.
 */
export interface DailyCharges {
  /** Days of all that is charged, from the first to the last. */
  readonly days: number;
  readonly unusual: readonly UnusualDays[];
  /** How the method would have done on these days; null where there are fewer than 60. */
  readonly past: PastAccuracy | null;
  /** What a demand's volume is multiplied by in a month; 0 at least. */
  factorOf(region: string, demand: Demand, month: Month): string;
  /** Ends of the 80 % prediction interval of what is charged by volume, as multiples of its middle; null where that is nothing. */
  intervalOf(month: Month): { readonly low: string; readonly high: string } | null;
}

/**
 * Forecasts what is charged by volume: each service on its path by its own days, and the interval by the days of all money
 * together, so that what is free narrows nothing. Null where a part of the traffic is not known by day, where fewer than
 * 14 days are, or where nothing is charged by volume.
 */
export function dailyCharges(
  tally: TrafficTally,
  regions: readonly ComparedRegion[],
): DailyCharges | null {
  const egress = internetEgress(regions);
  const series = regions.map((region) => {
    const days = tally.regions.get(region.card.region)?.days ?? null;
    return days?.whole() === true ? chargedSeries(days.series(), region, egress) : null;
  });
  const known = series.filter((each) => each !== null);
  if (known.length < series.length) return null;
  const money = totalOf(known);
  const total = forecastDays(money);
  if (total === null) return null;
  const own = new Map(
    known.flat().map((each) => [each.key, { ...each, forecast: forecastDays(each.volumes) }]),
  );
  return {
    days: money.length,
    unusual: [
      { series: null, oneOffs: total.oneOffs, step: total.step },
      ...[...own.values()].flatMap(unusualOf),
    ],
    past: pastAccuracy(money),
    factorOf: (region, demand, month) => {
      const found = own.get(keyOf(region, demandSeries(demand)));
      return multipleOf(found?.forecast ?? null, found?.mean ?? 0, month);
    },
    intervalOf: (month) => intervalOf(total, month),
  };
}

interface ChargedSeries {
  readonly key: string;
  readonly region: string;
  readonly service: string;
  /** Bytes by day, and their mean. */
  readonly volumes: readonly DailySum[];
  readonly mean: number;
  /** What is charged by day. */
  readonly money: readonly DailySum[];
}

function keyOf(region: string, { service, serviceRegion, path }: SeriesOf): string {
  return [region, service, serviceRegion, path].join('\n');
}

/** The path as the rows write it, by which days are added up. */
function demandSeries({ impossiblePath, pathGiven, currentPath, ...demand }: Demand): SeriesOf {
  return { ...demand, path: impossiblePath ?? (pathGiven ? currentPath : null) };
}

/** A Region's series, each with what its bytes cost on today's path; null where something that is charged has no days. */
function chargedSeries(
  days: readonly DailyBytes[],
  region: ComparedRegion,
  egress: ReadonlyMap<Demand, readonly Component[]>,
): readonly ChargedSeries[] | null {
  const name = region.card.region;
  const services = region.outcome.priced.flatMap((vpc) => vpc.services);
  const byKey = groupBy(services, ({ priced }) => keyOf(name, demandSeries(priced.demand)));
  const costs = new Map(
    [...byKey].map(([key, charged]) => [
      key,
      sum(
        charged.flatMap(({ priced, currentComponents }) =>
          [...currentComponents, ...(egress.get(priced.demand) ?? [])].map(costByVolume),
        ),
      ),
    ]),
  );
  const known = new Set(days.map((one) => keyOf(name, one)));
  if ([...costs].some(([key, cost]) => cost.gt(0) && !known.has(key))) return null;
  return days.map((one) => seriesOf(one, name, costs.get(keyOf(name, one)) ?? zero));
}

/** A series whose cost of a month is spread over its days as its bytes are. */
function seriesOf(one: DailyBytes, region: string, cost: Amount): ChargedSeries {
  const volumes = [...one.bytes]
    .map(([day, bytes]) => ({ day, sum: Number(bytes) }))
    .toSorted((a, b) => a.day - b.day);
  const bytes = volumes.reduce((total, day) => total + day.sum, 0);
  const share = bytes === 0 ? 0 : Number(cost) / bytes;
  return {
    key: keyOf(region, one),
    region,
    service: one.service,
    volumes,
    mean: bytes / Math.max(volumes.length, 1),
    money: volumes.map(({ day, sum: count }) => ({ day, sum: count * share })),
  };
}

function costByVolume({ name, cost }: Component): Amount {
  return name === 'endpoint-hours' || cost === null ? zero : amount(cost);
}

/** All money by day, on the days that the rows of every Region with charges reach. */
function totalOf(regions: readonly (readonly ChargedSeries[])[]): readonly DailySum[] {
  const reached = regions
    .filter((series) => series.some((each) => !isFree(each)))
    .map((series) => new Set(series.flatMap(({ volumes }) => volumes.map(({ day }) => day))));
  const sums = new Map<number, number>();
  for (const { money } of regions.flat())
    for (const { day, sum: one } of money) sums.set(day, (sums.get(day) ?? 0) + one);
  return [...sums]
    .filter(([day]) => reached.every((days) => days.has(day)))
    .map(([day, one]) => ({ day, sum: one }))
    .toSorted((a, b) => a.day - b.day);
}

/** What is free is no part of the bill. */
function isFree({ money }: ChargedSeries): boolean {
  return money.every((day) => day.sum === 0);
}

function unusualOf(
  series: ChargedSeries & { readonly forecast: DailyForecast | null },
): readonly UnusualDays[] {
  const { region, service, forecast } = series;
  if (forecast === null || isFree(series)) return [];
  const { oneOffs, step } = forecast;
  return [{ series: { service, region }, oneOffs, step }];
}

/** A month's mean day as a multiple of the days' mean. Where a series has no line of its own, it stays as it is. */
function multipleOf(forecast: DailyForecast | null, mean: number, month: Month): string {
  if (forecast === null || mean === 0) return '1';
  return (forecast.meanDay(firstDay(month), daysIn(month)).middle / mean).toFixed(6);
}

function intervalOf(total: DailyForecast, month: Month): ReturnType<DailyCharges['intervalOf']> {
  const { low, middle, high } = total.meanDay(firstDay(month), daysIn(month));
  if (middle === 0) return null;
  return { low: (low / middle).toFixed(6), high: (high / middle).toFixed(6) };
}
