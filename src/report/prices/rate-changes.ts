import { type DocumentHead, documentHead, formatJson } from '../../base/json.js';
import { groupThousands, plural } from '../../base/text.js';
import { rateLabel } from '../../pricing/card/all-rates.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateChange } from '../../pricing/card/rate-diff.js';
import { csvDocument } from '../draw/csv.js';
import { markdownText } from '../draw/labels.js';
import { formatRate } from '../draw/money.js';
import { type Column, left, markdownTable, right, textTable, wrapText } from '../draw/tables.js';
import { dayText, tierLabel } from './rate-rows.js';

/** A rate card that was compared: where it is from, and when its rates were published. */
export type ComparedCard = Pick<RateCard, 'source' | 'publishedAt'>;

/** The rates of one Region before and after. */
export interface ShownDiff {
  readonly region: string;
  readonly currency: RateCard['currency'];
  readonly before: ComparedCard;
  readonly after: ComparedCard;
  readonly changes: readonly RateChange[];
}

/** The prices that changed as a document. */
export interface RateDiff extends DocumentHead<'rate-diff@1'> {
  readonly regions: readonly ShownDiff[];
}

const columns: readonly Column[] = [
  left('Region'),
  left('Rate'),
  right('GB a month'),
  right('Before'),
  right('After'),
  right('Change'),
];

const rowsOf = (diffs: readonly ShownDiff[]): readonly (readonly string[])[] =>
  diffs.flatMap(({ currency, changes }) =>
    changes.map((change) => [
      change.region,
      rateLabel(change.rate, change.of ?? null),
      change.tier === null ? 'free' : tierLabel(change.tier),
      shown(change, change.before, currency),
      shown(change, change.after, currency),
      changeText(change),
    ]),
  );

function shown(change: RateChange, value: string | null, currency: string): string {
  if (value === null) return '-';
  return change.tier === null ? `${groupThousands(value)} GB` : formatRate(value, currency);
}

function changeText({ before, after, percent }: RateChange): string {
  if (before === null) return 'new';
  if (after === null) return 'gone';
  if (percent === null) return '';
  return percent.startsWith('-') ? `${percent}%` : `+${percent}%`;
}

/** Which cards were compared, and how many prices differ. */
function summary(diffs: readonly ShownDiff[]): string {
  const changes = diffs.reduce((count, diff) => count + diff.changes.length, 0);
  const changed = diffs.filter((diff) => diff.changes.length > 0).length;
  const compared = plural(diffs.length, 'Region');
  if (changes === 0) return `No price differs in ${compared}.`;
  const prices = plural(changes, 'price differs', 'prices differ');
  return `${prices}, in ${changed} of ${compared}.`;
}

const comparedCards = (diffs: readonly ShownDiff[]): readonly string[] =>
  diffs.map(
    ({ region, before, after }) =>
      `${region}: ${before.source} of ${dayText(before.publishedAt)} against ${after.source} of ${dayText(after.publishedAt)}.`,
  );

/** The formats of `prices diff`: each price that changed, old, new and percent. */
export const rateDiffFormats = {
  table: (diffs: readonly ShownDiff[]) => {
    const rows = rowsOf(diffs);
    return [
      summary(diffs),
      ...(rows.length === 0 ? [] : ['', textTable(columns, rows)]),
      '',
      ...comparedCards(diffs).map((line) => wrapText(line, 80)),
      '',
    ].join('\n');
  },
  json: (diffs: readonly ShownDiff[]) =>
    formatJson({ ...documentHead('rate-diff@1'), regions: diffs } satisfies RateDiff),
  csv: (diffs: readonly ShownDiff[]) =>
    csvDocument([
      [
        'region',
        'currency',
        'rate',
        'of',
        'unit',
        'begin_range',
        'end_range',
        'before',
        'after',
        'percent',
      ],
      ...diffs.flatMap(({ currency, changes }) =>
        changes.map((change) => [
          change.region,
          currency,
          change.tier === null ? `${change.rate}.freeGb` : change.rate,
          change.of,
          change.unit,
          change.tier?.beginRange,
          change.tier?.endRange,
          change.before,
          change.after,
          change.percent,
        ]),
      ),
    ]),
  markdown: (diffs: readonly ShownDiff[]) => {
    const rows = rowsOf(diffs).map((row) => row.map(markdownText));
    return [
      summary(diffs),
      '',
      ...(rows.length === 0 ? [] : [markdownTable(columns, rows), '']),
      ...comparedCards(diffs).map((line) => `- ${markdownText(line)}`),
      '',
    ].join('\n');
  },
} as const;
