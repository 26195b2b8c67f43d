import { type DocumentHead, documentHead, formatJson } from '../../base/json.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { csvDocument } from '../draw/csv.js';
import { markdownText } from '../draw/labels.js';
import { type Column, left, markdownTable, right, textTable } from '../draw/tables.js';
import { dayText } from './rate-rows.js';

/** What came of the refresh of one Region. */
export interface ShownRefresh {
  readonly region: string;
  readonly refreshed: boolean;
  readonly source: RateCard['source'] | 'none';
  /** When AWS published the rates in use now; null where there are none. */
  readonly publishedAt: string | null;
  /** Prices that differ from those used before; null where there were none, or on failure. */
  readonly changes: number | null;
  /** Rates that the price list holds under no known name: they are kept as they were. */
  readonly kept: readonly string[];
  /** Why the old rates stay; null where they were refreshed. */
  readonly failure: string | null;
}

/** What came of a refresh as a document. */
export interface RefreshResult extends DocumentHead<'refresh@1'> {
  readonly regions: readonly ShownRefresh[];
}

const columns: readonly Column[] = [
  left('Region'),
  left('Result'),
  left('Published'),
  right('Prices changed'),
  right('Rates kept'),
];

const rowOf = ({
  region,
  refreshed,
  publishedAt,
  changes,
  kept,
}: ShownRefresh): readonly string[] => [
  region,
  refreshed ? 'refreshed' : 'failed, old rates kept',
  publishedAt === null ? '-' : dayText(publishedAt),
  changes === null ? '-' : String(changes),
  refreshed ? String(kept.length) : '-',
];

/** The formats of `prices refresh`: what came of each Region. */
export const refreshFormats = {
  table: (results: readonly ShownRefresh[]) => `${textTable(columns, results.map(rowOf))}\n`,
  json: (results: readonly ShownRefresh[]) =>
    formatJson({ ...documentHead('refresh@1'), regions: results } satisfies RefreshResult),
  csv: (results: readonly ShownRefresh[]) =>
    csvDocument([
      ['region', 'refreshed', 'source', 'published_at', 'changes', 'kept', 'failure'],
      ...results.map((result) => [
        result.region,
        String(result.refreshed),
        result.source,
        result.publishedAt,
        result.changes,
        result.kept.join(' '),
        result.failure,
      ]),
    ]),
  markdown: (results: readonly ShownRefresh[]) =>
    `${markdownTable(
      columns,
      results.map((result) => rowOf(result).map(markdownText)),
    )}\n`,
} as const;
