import { amount, exactPercent, toDecimalString } from '../../base/decimal.js';
import type { Finding } from '../../base/finding.js';
import { plural } from '../../base/text.js';
import type { UnusualDays } from '../../cost/outlook/daily-charges.js';
import type { ForecastBasis } from '../../cost/outlook/forecast.js';
import { dayText } from '../../cost/outlook/months.js';
import { reportFinding } from './findings.js';
import type { ForecastMethod } from './model.js';

/** How the months to come were made, in words. */
export function forecastMethod(basis: ForecastBasis): ForecastMethod {
  switch (basis.kind) {
    case 'flat':
      return { kind: 'flat', text: 'every day has the traffic of today', past: null };
    case 'growth': {
      const { all, services } = basis.growth;
      const own = [...services].map(([name, share]) => `${name} ${exactPercent(share)}`);
      const named = own.length === 0 ? '' : ` (${own.join(', ')})`;
      return {
        kind: 'growth',
        text: `compound growth of ${exactPercent(all)} a month${named}`,
        past: null,
      };
    }
    case 'forecast': {
      const { days, past } = basis.charges;
      return {
        kind: 'forecast',
        text: `a line through ${days} days of what is charged, with a level for each day of the week; the 80 % interval allows for growth that is not known and for deviations that last`,
        past:
          past === null
            ? null
            : { ...past, error: shareText(past.error), naiveError: shareText(past.naiveError) },
      };
    }
  }
}

/** Statistics are floats; what is shown of them has four decimals. */
const shareText = (share: number): string => toDecimalString(amount(share.toFixed(4)));

/** The most series that a finding names; the others are counted. */
const mostNamed = 5;

/** What is unusual in the days, the sum of all first. */
export function unusualFindings(unusual: readonly UnusualDays[]): readonly Finding[] {
  const oneOffs = unusual.flatMap(({ series, oneOffs: days }) => {
    const [first] = days;
    return first === undefined ? [] : [`${nameOf(series)}: ${oneOffText(days, first)}`];
  });
  const steps = unusual.flatMap(({ series, step }) =>
    step === null ? [] : [`${nameOf(series)}: from ${dayText(step)} on`],
  );
  return [
    ...(oneOffs.length === 0
      ? []
      : [reportFinding('forecast-one-off-days', { days: listed(oneOffs) })]),
    ...(steps.length === 0 ? [] : [reportFinding('forecast-step', { steps: listed(steps) })]),
  ];
}

function nameOf(series: UnusualDays['series']): string {
  return series === null ? 'the whole bill' : `${series.service} in ${series.region}`;
}

function listed(texts: readonly string[]): string {
  const more = texts.length - mostNamed;
  return `${texts.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** `1 day of 4 × the usual, 2026-10-31: not projected`. */
function oneOffText(days: UnusualDays['oneOffs'], first: UnusualDays['oneOffs'][number]): string {
  const names = days.slice(0, mostNamed).map(({ day }) => dayText(day));
  const more = days.length - names.length;
  const which = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const times = days.length === 1 && first.usual > 0 ? ` of ${timesText(first)} × the usual` : '';
  return `${plural(days.length, 'day')}${times}, ${which}: not projected`;
}

function timesText({ sum, usual }: UnusualDays['oneOffs'][number]): string {
  const times = sum / usual;
  return times >= 1000 ? 'over 1,000' : String(Number(times.toPrecision(2)));
}
