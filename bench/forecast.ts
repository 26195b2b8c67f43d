import { forecastDays } from '../src/cost/forecast/daily.js';
import type { DailySum } from '../src/cost/forecast/line.js';
import { daysIn, firstDay, monthsAfter } from '../src/cost/outlook/months.js';

/**
 * Whether the forecast's 80 % interval holds and its middle is near, over simulated series: growth drawn from
 * N(0, 5 % a month), deviations of 6 % a day that carry over by `phi`, weekends below the week, days up to the end of
 * October 2026. The truth is the mean day of the month after it (1), of January (3) and of the October after (12).
 * Beside it: "as the last 28 days". Prints Markdown, and ends with exit code 1 where an aim is missed.
 *
 * Usage: npm run bench:forecast [-- --series 1000] [--kind plain|spike|step]
 */
const series = Number(argument('--series') ?? 1000);
const kinds = ['plain', 'spike', 'step'] as const;
const weekends = [30, 50];
const lengths = [14, 28, 61, 92];
const phis = [0, 0.3, 0.6, 0.8];
const months = [1, 3, 12];
const lastMonth = { year: 2026, month: 10 };
const end = firstDay(monthsAfter(lastMonth, 1)) - 1;
const horizon = firstDay(monthsAfter(lastMonth, 13)) - 1;

/** The mean day of every series on its last day, the deviation of a day, and that of a month's growth. */
const level = 1000;
const deviationOfDay = 60;
const growthOfMonth = 50;

type Kind = (typeof kinds)[number];

interface Cell {
  readonly kind: Kind;
  readonly weekend: number;
  readonly days: number;
  readonly phi: number;
}

/** What a cell's series came to; a number for each of the months, as shares. */
interface Result extends Cell {
  readonly coverage: readonly number[];
  readonly error: readonly number[];
  readonly naive: readonly number[];
  /** How far the spike moves month 3, on average; null without one. */
  readonly moved: number | null;
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** Normal numbers that are the same in every run (Mulberry32, Box and Muller). */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** One series: the days that are seen, and those that come. */
function draw({ kind, weekend, days, phi }: Cell, seed: number): readonly number[] {
  const normal = normals(seed);
  const first = end - days + 1;
  const slope = (normal() * growthOfMonth) / 30;
  // Day 0 was a Thursday. A week's mean is 1: 5 × (1 + 0.4 w) + 2 × (1 − w) = 7.
  const weekday = (day: number) =>
    [2, 3].includes(day % 7) ? -weekend / 100 : (0.4 * weekend) / 100;
  let deviation = normal() * deviationOfDay;
  return Array.from({ length: horizon - first + 1 }, (_, at) => {
    if (at > 0) deviation = phi * deviation + normal() * deviationOfDay * Math.sqrt(1 - phi * phi);
    const step = kind === 'step' && at >= Math.floor(days / 2) ? level / 2 : 0;
    const day = level * (1 + weekday(first + at)) + slope * (at - days) + step + deviation;
    const sum = Math.max(0, day);
    return kind === 'spike' && at === days - 1 ? sum * 4 : sum;
  });
}

function forecastOf(days: readonly DailySum[]) {
  const forecast = forecastDays(days);
  if (forecast === null) throw new Error('there are days enough for a forecast');
  return forecast;
}

function run(cell: Cell): Result {
  const first = end - cell.days + 1;
  const inside = months.map(() => 0);
  const error = months.map(() => 0);
  const naive = months.map(() => 0);
  let moved = 0;
  for (let seed = 0; seed < series; seed += 1) {
    const all = draw(cell, seed * 7919 + cell.days);
    const seen = all.slice(0, cell.days).map((sum, at) => ({ day: first + at, sum }));
    const forecast = forecastOf(seen);
    const recent = mean(seen.slice(-28).map(({ sum }) => sum));
    for (const [k, ahead] of months.entries()) {
      const month = monthsAfter(lastMonth, ahead);
      const from = firstDay(month);
      const truth = mean(all.slice(from - first, from - first + daysIn(month)));
      const { low, middle, high } = forecast.meanDay(from, daysIn(month));
      inside[k] = (inside[k] ?? 0) + (low <= truth && truth <= high ? 1 : 0);
      error[k] = (error[k] ?? 0) + Math.abs(middle - truth) / level;
      naive[k] = (naive[k] ?? 0) + Math.abs(recent - truth) / level;
    }
    if (cell.kind === 'spike') moved += movedBySpike(seen);
  }
  const shares = (sums: readonly number[]) => sums.map((total) => total / series);
  return {
    ...cell,
    coverage: shares(inside),
    error: shares(error),
    naive: shares(naive),
    moved: cell.kind === 'spike' ? moved / series : null,
  };
}

/** How far the spike on the last day moves month 3, against the same days without it. */
function movedBySpike(seen: readonly DailySum[]): number {
  const usual = seen.map((one) => (one.day === end ? { ...one, sum: one.sum / 4 } : one));
  const month = monthsAfter(lastMonth, 3);
  const middleOf = (days: readonly DailySum[]) =>
    forecastOf(days).meanDay(firstDay(month), daysIn(month)).middle;
  const without = middleOf(usual);
  return without === 0 ? 0 : Math.abs(middleOf(seen) / without - 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

const cellName = ({ kind, weekend, days, phi }: Cell): string =>
  `${kind}, weekends −${weekend} %, ${days} days, φ ${phi}`;

/** The aims that a cell misses. */
function missed(result: Result): readonly string[] {
  const { kind, days, coverage, error, naive, moved } = result;
  const misses: string[] = [];
  const [least, most] = kind === 'plain' ? [0.74, 0.93] : [0.68, 1];
  for (const [k, ahead] of months.entries()) {
    const covered = coverage[k] ?? 0;
    if (covered < least || covered > most)
      misses.push(`coverage of month ${ahead} is ${percent(covered, 1)} %`);
    const [own, other] = [error[k] ?? 0, naive[k] ?? 0];
    if (ahead !== 12 && (days >= 28 ? own >= other : own > other))
      misses.push(`error of month ${ahead} is ${percent(own, 2)} % against ${percent(other, 2)} %`);
  }
  if (moved !== null && moved >= 0.1)
    misses.push(`the spike moves month 3 by ${percent(moved, 1)} %`);
  return misses.map((text) => `${cellName(result)}: ${text}`);
}

function percent(share: number, digits: number): string {
  return (100 * share).toFixed(digits);
}

function row({ kind, weekend, days, phi, coverage, error, naive, moved }: Result): string {
  const cells = [
    kind,
    `−${weekend} %`,
    String(days),
    String(phi),
    coverage.map((share) => percent(share, 0)).join(' / '),
    error.map((share) => percent(share, 1)).join(' / '),
    naive.map((share) => percent(share, 1)).join(' / '),
    moved === null ? '' : percent(moved, 1),
  ];
  return `| ${cells.join(' | ')} |`;
}

console.log(`${series} series a cell; months 1 / 3 / 12, in %.\n`);
console.log(
  '| kind | weekends | days | φ | coverage | error | as the last 28 days | spike moves month 3 |',
);
console.log('| --- | --: | --: | --: | --- | --- | --- | --: |');
const misses: string[] = [];
for (const kind of kinds) {
  if (kind !== (argument('--kind') ?? kind)) continue;
  for (const weekend of weekends)
    for (const days of lengths)
      for (const phi of phis) {
        const result = run({ kind, weekend, days, phi });
        console.log(row(result));
        misses.push(...missed(result));
      }
}
console.log(misses.length === 0 ? '\nEvery aim is met.' : `\nMissed:\n\n- ${misses.join('\n- ')}`);
if (misses.length > 0) process.exitCode = 1;
