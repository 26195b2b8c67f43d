import * as v from 'valibot';
import { count, headOf, schemaOf } from '../../base/schema.js';
import type { RateSchemas } from '../../pricing/card/document.js';
import type { RateChange } from '../../pricing/card/rate-diff.js';
import type { RateCardList } from './data.js';
import type { ComparedCard, RateDiff } from './rate-changes.js';
import type { RefreshResult } from './refresh-result.js';

/** The document `pathfare/rate-cards@1`. */
export const rateCardsSchema = ({ card }: RateSchemas) =>
  schemaOf<RateCardList>()(
    v.object({
      ...headOf('rate-cards@1'),
      rateCards: v.array(card),
      withoutRates: v.array(v.string()),
    }),
  );

/** The document `pathfare/rate-diff@1`. */
export const rateDiffSchema = ({
  rateName,
  familyName,
  unit,
  currency,
  source,
  publishedAt,
}: RateSchemas) => {
  const compared = schemaOf<ComparedCard>()(v.object({ source, publishedAt }));
  const change = schemaOf<RateChange>()(
    v.object({
      region: v.string(),
      rate: v.union([rateName, familyName]),
      of: v.exactOptional(v.string()),
      unit,
      tier: v.nullable(v.object({ beginRange: v.string(), endRange: v.string() })),
      before: v.nullable(v.string()),
      after: v.nullable(v.string()),
      percent: v.nullable(v.string()),
    }),
  );
  const region = v.object({
    region: v.string(),
    currency,
    before: compared,
    after: compared,
    changes: v.array(change),
  });
  return schemaOf<RateDiff>()(v.object({ ...headOf('rate-diff@1'), regions: v.array(region) }));
};

/** The document `pathfare/refresh@1`. */
export const refreshSchema = ({ source }: RateSchemas) =>
  schemaOf<RefreshResult>()(
    v.object({
      ...headOf('refresh@1'),
      regions: v.array(
        v.object({
          region: v.string(),
          refreshed: v.boolean(),
          source: v.union([source, v.literal('none')]),
          publishedAt: v.nullable(v.string()),
          changes: v.nullable(count),
          kept: v.array(v.string()),
          failure: v.nullable(v.string()),
        }),
      ),
    }),
  );
