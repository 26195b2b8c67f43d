import { formatJson } from '../../base/json.js';
import { csvDocument } from '../draw/csv.js';
import { rateRows, type ShownCard } from './rate-rows.js';

/** The rate cards to show, and what stands beside them. */
export interface ShownCards {
  readonly cards: readonly ShownCard[];
  /** Regions of AWS that pathfare has no rates for. */
  readonly withoutRates: readonly string[];
  /** Whole days since a card's rates were published. */
  readonly ageDays: (card: ShownCard) => number;
}

/** Whole rate cards as JSON. */
export function cardsJson({ cards, withoutRates }: ShownCards): string {
  return formatJson({ schema: 'pathfare/rate-cards@1', rateCards: cards, withoutRates });
}

const csvHeader = [
  'region',
  'currency',
  'source',
  'card_published_at',
  'fetched_at',
  'rate',
  'unit',
  'begin_range',
  'end_range',
  'price',
  'free_gb',
  'sku',
  'rate_code',
  'published_at',
  'reference',
];

/** Whole rate cards as CSV: a row a price, with its evidence. */
export function cardsCsv({ cards }: ShownCards): string {
  const rows = cards.flatMap((card) =>
    rateRows(card).map(({ name, rate, tier }) => [
      card.region,
      card.currency,
      card.source,
      card.publishedAt,
      card.fetchedAt,
      name,
      rate.unit,
      tier.beginRange,
      tier.endRange,
      tier.price,
      rate.freeGb,
      rate.sku,
      tier.rateCode,
      rate.publishedAt,
      rate.reference,
    ]),
  );
  return csvDocument([csvHeader, ...rows]);
}
