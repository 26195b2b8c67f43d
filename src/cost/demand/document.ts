import * as v from 'valibot';
import { count, readDecimal, schemaOf } from '../../base/schema.js';
import type { RateSchemas } from '../../pricing/card/document.js';
import { networkPathSchema } from '../paths/document.js';
import { assumptionsSchema } from '../price/document.js';
import type { TrafficInputs } from './traffic-inputs.js';

const demand = v.object({
  service: v.string(),
  serviceRegion: v.nullable(v.string()),
  path: networkPathSchema,
  gbOut: readDecimal,
  gbIn: readDecimal,
  crossAzGb: readDecimal,
});

const vpc = v.object({
  vpcId: v.nullable(v.string()),
  accountId: v.nullable(v.string()),
  zonesSeen: count,
  demands: v.array(demand),
});

/** All that a comparison can be made from again, as a report carries it. */
export const trafficInputsSchema = ({ card }: RateSchemas) =>
  schemaOf<TrafficInputs>()(
    v.object({
      assumptions: assumptionsSchema,
      readInFull: v.exactOptional(v.literal(false)),
      regions: v.array(v.object({ card, vpcs: v.array(vpc) })),
    }),
  );
