import * as v from 'valibot';
import { count, headOf, schemaOf } from '../../base/schema.js';
import { pathTraitSchema } from '../../cost/paths/document.js';
import type { ExplainDocument } from './explain.js';
import type { AddressList, RangesList } from './ip-ranges.js';

/** The document `pathfare/ip-ranges-list@1`. */
export const rangesListSchema = schemaOf<RangesList>()(
  v.object({
    ...headOf('ip-ranges-list@1'),
    source: v.picklist(['shipped', 'refreshed']),
    file: v.string(),
    createDate: v.string(),
    syncToken: v.string(),
    services: v.array(v.object({ name: v.string(), prefixes: count })),
  }),
);

/** The document `pathfare/addresses@1`. */
export const addressesSchema = schemaOf<AddressList>()(
  v.object({
    ...headOf('addresses@1'),
    addresses: v.array(
      v.object({ address: v.string(), service: v.string(), region: v.nullable(v.string()) }),
    ),
  }),
);

/** The document `pathfare/explain@1`. */
export const explainSchema = schemaOf<ExplainDocument>()(
  v.object({
    ...headOf('explain@1'),
    service: v.nullable(
      v.object({
        service: v.string(),
        known: v.boolean(),
        endpoints: v.array(v.string()),
        gatewayEndpoint: v.boolean(),
        crossRegion: v.boolean(),
        notes: v.array(v.string()),
        nearest: v.array(v.string()),
      }),
    ),
    paths: v.array(pathTraitSchema),
  }),
);
