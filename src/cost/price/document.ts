import * as v from 'valibot';
import { count, exactDecimal, readDecimal, schemaOf } from '../../base/schema.js';
import type { RateSchemas } from '../../pricing/card/document.js';
import { type Assumptions, requirementNames } from './assumptions.js';
import {
  type AssumedCost,
  type AssumedTotals,
  type ChargeKind,
  type Component,
  chargeKinds,
  type OneEndTotals,
} from './component.js';

/** What a comparison takes as given, as documents hold it. */
export const assumptionsSchema = schemaOf<Assumptions>()(
  v.object({
    hoursPerMonth: readDecimal,
    bytesPerGb: readDecimal,
    azs: v.nullable(count),
    natGateways: v.nullable(count),
    natType: v.picklist(['zonal', 'regional']),
    publicIpv4PerNatGateway: count,
    nat: v.picklist(['keep', 'may-go']),
    crossAzShare: readDecimal,
    crossAzEnds: v.picklist([1, 2]),
    require: v.array(v.picklist(requirementNames)),
  }),
);

/** What a charge is for. */
export const chargeKindSchema = schemaOf<ChargeKind>()(v.picklist(chargeKinds));

/** Between which costs a sum lies that rests on an assumed rate, as documents hold it. */
export const assumedCostSchema = schemaOf<AssumedCost>()(
  v.object({ low: exactDecimal, high: exactDecimal }),
);

/** Both totals of something that rests on an assumed rate, as documents hold them. */
export const assumedTotalsSchema = schemaOf<AssumedTotals>()(
  v.object({ currentMonthlyCost: assumedCostSchema, plannedMonthlyCost: assumedCostSchema }),
);

/** Both totals where zone crossings are metered at one end only, as documents hold them. */
export const oneEndTotalsSchema = schemaOf<OneEndTotals>()(
  v.object({ currentMonthlyCost: exactDecimal, plannedMonthlyCost: exactDecimal }),
);

/** A component of a cost, as documents hold it. */
export const componentSchema = ({ rateName, unit }: RateSchemas) =>
  schemaOf<Component>()(
    v.object({
      name: v.picklist([
        'data-processing',
        'endpoint-hours',
        'nat-gateway-hours',
        'public-ipv4-hours',
        'cross-az-transfer',
        'internet-egress',
      ]),
      quantity: exactDecimal,
      unit,
      rate: v.nullable(exactDecimal),
      cost: v.nullable(exactDecimal),
      costAtMost: v.exactOptional(v.nullable(exactDecimal)),
      costAtOneEnd: v.exactOptional(exactDecimal),
      assumed: v.exactOptional(assumedCostSchema),
      sku: v.nullable(v.string()),
      rateCode: v.nullable(v.string()),
      rateName,
      tier: v.exactOptional(v.object({ beginRange: v.string(), endRange: v.string() })),
      evidence: v.exactOptional(v.string()),
      detail: v.exactOptional(v.string()),
    }),
  );
