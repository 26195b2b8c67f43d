import {
  coefficients,
  type DailySum,
  dot,
  fitLine,
  type LineData,
  quadratic,
  rowOf,
} from './line.js';

/** A day that was far from its usual sum, once. It is no part of the line. */
export interface OneOffDay {
  readonly day: number;
  readonly sum: number;
  /** What the line has for that day. */
  readonly usual: number;
}

/** What is unusual in daily sums: days that are left out, and a new level. */
export interface Unusual {
  readonly data: LineData;
  readonly oneOffs: readonly OneOffDay[];
}

/** A one-off day is at least this far from its usual sum, as a share of it … */
const oneOffShare = 0.5;
/** … and this many standard deviations of the other days. */
const oneOffDeviations = 6;
/** The most days that may be one-offs, as a share of all: more are how the traffic is. */
const mostOneOffs = 1 / 10;

/** The least days on each side of a step, so that each day of the week is on both. */
const sideDays = 7;
/** The least change of level, as a share of the mean day, that is a step. */
const stepShare = 3 / 20;
/** How much likelier than no step a step must be: twice the logarithm of the ratio of likelihoods. */
const stepEvidence = 16;
/** The most places at which a step is looked for at once. */
const mostPlaces = 100;
/** Values of `phi` at which a step is looked for. */
const phis = [0, 0.3, 0.6, 0.8, 0.9];

/** Looks for one-off days and a step of level, each beside the other. */
export function unusualIn(days: readonly DailySum[]): Unusual {
  const level = leaveOut(days, null);
  const step = stepIn(level.data.days);
  return step === null ? level : leaveOut(days, step);
}

/** Leaves one-off days out: the farthest first, each judged by the days that stay. */
function leaveOut(all: readonly DailySum[], step: number | null): Unusual {
  const out: DailySum[] = [];
  let days = all;
  const most = Math.max(1, Math.floor(all.length * mostOneOffs));
  while (out.length <= most && days.length > coefficients(step) + 2) {
    const farthest = farthestDay(days, step);
    if (farthest === null) break;
    out.push(farthest);
    days = days.filter(({ day }) => day !== farthest.day);
  }
  const oneOffs = out.map((day) => judged(day, days, step)).filter((day) => day !== null);
  if (oneOffs.length > most) return { data: { days: all, step }, oneOffs: [] };
  const left = new Set(oneOffs.map(({ day }) => day));
  return {
    data: { days: all.filter(({ day }) => !left.has(day)), step },
    oneOffs: oneOffs.toSorted((a, b) => a.day - b.day),
  };
}

/** The day that lies farthest from what the other days say of it; null where none lies far. */
function farthestDay(days: readonly DailySum[], step: number | null): DailySum | null {
  let farthest: DailySum | null = null;
  let most = oneOffDeviations / 2;
  const fit = fitLine({ days, step }, 0);
  const last = days.at(-1)?.day ?? 0;
  for (const day of days) {
    const row = rowOf(day.day, last, step);
    const off = day.sum - dot(row, fit.beta);
    const leverage = quadratic(fit.inverse, row);
    const others = Math.max(fit.squares - off ** 2 / (1 - leverage), 0) / Math.max(fit.df - 1, 1);
    const deviations =
      Math.abs(off) / Math.sqrt(Math.max(others, Number.MIN_VALUE) * (1 - leverage));
    if (deviations > most) {
      most = deviations;
      farthest = day;
    }
  }
  return farthest;
}

/** A day held against the days that are no one-offs; null where it is as they are. */
function judged(day: DailySum, others: readonly DailySum[], step: number | null): OneOffDay | null {
  const { beta, inverse, squares, df } = fitLine({ days: others, step }, 0);
  const row = rowOf(day.day, others.at(-1)?.day ?? 0, step);
  const usual = dot(row, beta);
  const variance = (1 + quadratic(inverse, row)) * (squares / df);
  const off = Math.abs(day.sum - usual);
  const far = off > oneOffDeviations * Math.sqrt(variance) && off > oneOffShare * Math.abs(usual);
  return far ? { ...day, usual: Math.max(0, usual) } : null;
}

/** The first day of a new level; null where the level stays. */
function stepIn(days: readonly DailySum[]): number | null {
  const none = bestLikelihood({ days, step: null });
  const places = Array.from(
    { length: Math.max(0, days.length - 2 * sideDays + 1) },
    (_, index) => index + sideDays,
  );
  const stride = Math.ceil(places.length / mostPlaces);
  const coarse = bestOf(
    days,
    places.filter((_, index) => index % stride === 0),
  );
  // In a long series, places are looked at in strides first, and then all those beside the best of them.
  const best =
    coarse === null || stride === 1
      ? coarse
      : bestOf(
          days,
          places.filter((place) => Math.abs(place - coarse.place) < stride),
        );
  if (best === null || best.likelihood - none <= stepEvidence) return null;
  const mean = days.reduce((total, { sum }) => total + sum, 0) / days.length;
  const change = fitLine({ days, step: best.day }, 0).beta.at(-1) ?? 0;
  return Math.abs(change) > stepShare * mean ? best.day : null;
}

interface Step {
  readonly place: number;
  readonly day: number;
  readonly likelihood: number;
}

/** The likeliest step of those that begin at some places; the first of equals. */
function bestOf(days: readonly DailySum[], places: readonly number[]): Step | null {
  let best: Step | null = null;
  for (const place of places) {
    const day = days[place]?.day ?? 0;
    const likelihood = bestLikelihood({ days, step: day });
    if (best === null || likelihood > best.likelihood) best = { place, day, likelihood };
  }
  return best;
}

/** Twice the logarithm of the likelihood at the best `phi`, corrected for the coefficients. */
function bestLikelihood(data: LineData): number {
  const n = data.days.length;
  return Math.max(
    ...phis.map((phi) => {
      const { squares, logScale } = fitLine(data, phi);
      return 2 * logScale - (n - coefficients(null)) * Math.log(squares);
    }),
  );
}
