import { type DocumentHead, documentHead, formatJson } from '../../base/json.js';
import { type RateCard, verifiedAt } from '../../pricing/card/rate-card.js';
import { csvDocument } from '../draw/csv.js';
import { rateRows } from './rate-rows.js';

/** The rate cards to show, and what stands beside them. */
export interface ShownCards {
  readonly cards: readonly RateCard[];
  /** Regions of AWS that pathfare has no rates for. */
  readonly withoutRates: readonly string[];
  /** Whole days since an instant. */
  readonly ageDays: (instant: string) => number;
}

/** Whole rate cards as a document. */
export interface RateCardList extends DocumentHead<'rate-cards@1'> {
  readonly rateCards: readonly RateCard[];
  readonly withoutRates: readonly string[];
}

/** Whole rate cards as JSON. */
export function cardsJson({ cards, withoutRates }: ShownCards): string {
  const list: RateCardList = {
    ...documentHead('rate-cards@1'),
    rateCards: cards,
    withoutRates,
  };
  return formatJson(list);
}

const csvHeader = [
  'region',
  'currency',
  'source',
  'card_published_at',
  'fetched_at',
  'rate',
  'of',
  'unit',
  'begin_range',
  'end_range',
  'price',
  'free_gb',
  'sku',
  'rate_code',
  'published_at',
  'reference',
  'verified_at',
  'verified_in',
  'assumed',
  'low',
  'high',
];

/** Whole rate cards as CSV: a row a price, with its evidence. */
export function cardsCsv({ cards }: ShownCards): string {
  const rows = cards.flatMap((card) =>
    rateRows(card).map(({ name, of, rate, tier }) => [
      card.region,
      card.currency,
      card.source,
      card.publishedAt,
      card.fetchedAt,
      name,
      of,
      rate.unit,
      tier.beginRange,
      tier.endRange,
      tier.price,
      rate.freeGb,
      rate.sku,
      tier.rateCode,
      rate.publishedAt,
      rate.reference,
      verifiedAt(rate, card, tier),
      rate.verifiedIn ?? rate.reference,
      rate.assumed?.reason,
      rate.assumed?.low,
      rate.assumed?.high,
    ]),
  );
  return csvDocument([csvHeader, ...rows]);
}
