import { quoteValue, UsageError } from '../../base/errors.js';
import { anyOf } from '../../base/text.js';
import type { Growth } from '../../cost/outlook/forecast.js';
import { hundredth, oneOf, wholeNumber } from '../kit/flag-values.js';
import { textFlag } from '../kit/yargs.js';
import {
  formatOfFile,
  offeredEndings,
  type WrittenFormatName,
  writtenFormatNames,
} from './formats.js';

const group = 'Report:';
const defaultFormat: WrittenFormatName = 'markdown';

/** The flags that only `report` has. */
export const reportFlags = {
  format: textFlag(
    `${anyOf(writtenFormatNames)} (repeatable; default: by the ending of --output)`,
    { array: true, defaultDescription: defaultFormat },
  ),
  output: textFlag('Write the report to a file: report.md, report.html, … (repeatable)', {
    array: true,
    alias: 'o',
  }),
  names: textFlag('Names of VPCs and accounts: a CSV of id,name,team', { group }),
  'group-by': textFlag('region, account, vpc or team', { group, defaultDescription: 'region' }),
  budget: textFlag(
    "A month's budget, or a YAML or CSV file of budgets; exit code 4 over it (repeatable)",
    { array: true, group },
  ),
  'fail-on': textFlag(
    "End with exit code 4 if, say, 'saving>100' (cost, planned, saving, forecast; repeatable)",
    { array: true, group },
  ),
  growth: textFlag('Growth a month: 4%, or of one service: logs=10% (repeatable)', {
    array: true,
    group,
  }),
  months: textFlag('Months of the forecast', { group, defaultDescription: '12' }),
  spread: textFlag('How far the low and the high case are from the expected one', {
    group,
    defaultDescription: '25%',
  }),
  baseline: textFlag('An earlier report as JSON: what changed since, and why', { group }),
  date: textFlag('The day of the report, such as 2026-11-23', {
    group,
    defaultDescription: 'today',
  }),
} as const;

/** A format, and the file that it goes to; null for stdout. */
export interface Target {
  readonly format: WrittenFormatName;
  readonly file: string | null;
}

/**
 * Which formats go where. Every `--output` takes the `--format` at its place, or else its ending says; a format that has
 * no output goes to stdout, of which there is one.
 */
export function readTargets(
  formats: readonly string[] = [],
  outputs: readonly string[] = [],
): readonly Target[] {
  const named = formats.map((text) => oneOf('--format', text, writtenFormatNames));
  if (outputs.length === 0 && named.length === 0) return [{ format: defaultFormat, file: null }];
  if (named.length > 0 && outputs.length > 0 && named.length < outputs.length) {
    throw new UsageError('usage', `--format: ${named.length} for ${outputs.length} files`, {
      hint: `Give one for each --output, or none: then the endings say (${offeredEndings.join(', ')}).`,
    });
  }
  const targets = outputs.map((file, index) => ({
    format: named[index] ?? formatOf(file),
    file: file === '-' ? null : file,
  }));
  const rest = named.slice(outputs.length).map((format) => ({ format, file: null }));
  const all = [...targets, ...rest];
  if (all.filter(({ file }) => file === null).length > 1) {
    throw new UsageError('usage', '--format: only one format can go to stdout', {
      hint: 'Give an --output for each of the others.',
    });
  }
  return all;
}

function formatOf(file: string): WrittenFormatName {
  const found = formatOfFile(file);
  if (found !== undefined) return found;
  throw new UsageError('usage', `--output ${quoteValue(file)}: its ending names no format`, {
    hint: `Give --format, or end the name in ${anyOf(offeredEndings)}.`,
  });
}

/** Reads `--growth`: percentages a month, of all traffic or of a service. Null where none is given. */
export function readGrowth(texts: readonly string[] = []): Growth | null {
  if (texts.length === 0) return null;
  let all = '0';
  const services = new Map<string, string>();
  for (const text of texts.flatMap((each) => each.split(','))) {
    const [, service, value = ''] = /^(?:([^=]+)=)?(.*)$/.exec(text.trim()) ?? [];
    if (service === undefined) all = signedShare('--growth', value);
    else services.set(service.trim().toLowerCase(), signedShare('--growth', value));
  }
  return { all, services };
}

/** A percentage as an exact share. Without its sign `4` could be 4 % as well as 400 %. */
function signedShare(flag: string, text: string): string {
  const [, sign = '', whole = '', fraction = '', percent] =
    /^([+-]?)(\d{1,4})(?:\.(\d{1,6}))?(%?)$/.exec(text) ?? [];
  const value = hundredth(whole, fraction);
  const negative = sign === '-';
  if (whole === '' || (negative && Number(value) > 1)) {
    throw new UsageError('usage', `${flag}: ${quoteValue(text)} is not a growth`, {
      hint: `Write ${flag} 4% or ${flag} logs=10%; it can't fall by more than 100%.`,
    });
  }
  if (percent === '') {
    throw new UsageError('usage', `${flag}: ${quoteValue(text)} has no percent sign`, {
      hint: `Write ${flag} ${text}% for ${text} percent a month.`,
    });
  }
  return negative ? `-${value}` : value;
}

const mostMonths = 120;

/** Reads `--months`. */
export function readMonths(text: string | undefined): number {
  return text === undefined ? 12 : wholeNumber('--months', text, { least: 0, most: mostMonths });
}

/** Reads `--date`, a day of the calendar; `today` where it is not given. */
export function readDate(text: string | undefined, today: Date): string {
  if (text === undefined) return today.toISOString().slice(0, 10);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text))
    return text;
  throw new UsageError('usage', `--date: ${quoteValue(text)} is not a day`, {
    hint: 'Write year, month and day, such as --date 2026-11-23.',
  });
}
