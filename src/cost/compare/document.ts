import * as v from 'valibot';
import { count, exactDecimal, findingSchema, headOf, schemaOf } from '../../base/schema.js';
import type { RateSchemas } from '../../pricing/card/document.js';
import type { UnreadTraffic } from '../../traffic/profile/unread.js';
import { byShownPathSchema, networkPathSchema } from '../paths/document.js';
import {
  assumedCostSchema,
  assumedTotalsSchema,
  assumptionsSchema,
  componentSchema,
  oneEndTotalsSchema,
} from '../price/document.js';
import type { BreakEvenTable } from './break-even.js';
import type { Comparison, PathCost, Plan, ServiceComparison, Totals } from './comparison.js';

const text = v.nullable(v.string());

/** Sums over all Regions, as documents hold them. */
export const totalsSchema = schemaOf<Totals>()(
  v.object({
    currentMonthlyCost: exactDecimal,
    plannedMonthlyCost: exactDecimal,
    monthlySaving: exactDecimal,
    annualSaving: exactDecimal,
    savingKnown: v.boolean(),
    ifCrossedAtOneEnd: v.exactOptional(oneEndTotalsSchema),
    assumed: v.exactOptional(assumedTotalsSchema),
    ifUnknownPassesNat: v.exactOptional(v.nullable(exactDecimal)),
  }),
);

/** How much was not read, as documents hold it. */
export const unreadSchema = schemaOf<UnreadTraffic>()(
  v.object({
    records: count,
    unreadable: count,
    lost: count,
    inFiles: count,
    known: v.boolean(),
    share: exactDecimal,
    accepted: v.nullable(exactDecimal),
    isAccepted: v.boolean(),
  }),
);

const plan = schemaOf<Plan>()(
  v.object({
    choices: v.array(
      v.object({
        vpcId: text,
        accountId: text,
        service: v.string(),
        serviceRegion: text,
        endpointSet: text,
        currentPath: networkPathSchema,
        path: networkPathSchema,
        monthlySaving: exactDecimal,
        complete: v.boolean(),
        assumed: v.exactOptional(v.literal(true)),
      }),
    ),
    removableNatGateways: count,
    natRemovalSaving: exactDecimal,
    currentMonthlyCost: exactDecimal,
    plannedMonthlyCost: exactDecimal,
    monthlySaving: exactDecimal,
  }),
);

const costFields = (rates: RateSchemas) => ({
  components: v.array(componentSchema(rates)),
  monthlyCost: exactDecimal,
  complete: v.boolean(),
  assumed: v.exactOptional(assumedCostSchema),
});

const pathCost = (rates: RateSchemas) =>
  schemaOf<PathCost>()(
    v.variant('available', [
      v.object({
        available: v.literal(true),
        ...costFields(rates),
        costAtOneEnd: v.exactOptional(exactDecimal),
      }),
      v.object({ available: v.literal(false), reason: v.string() }),
    ]),
  );

const service = (rates: RateSchemas) =>
  schemaOf<ServiceComparison>()(
    v.object({
      service: v.string(),
      serviceRegion: text,
      gbOut: exactDecimal,
      gbIn: exactDecimal,
      gb: exactDecimal,
      currentPath: networkPathSchema,
      currentMonthlyCost: exactDecimal,
      currentComplete: v.boolean(),
      highMonthlyCost: v.exactOptional(v.nullable(exactDecimal)),
      paths: byShownPathSchema(pathCost(rates)),
      cheapest: v.nullable(networkPathSchema),
      plannedPath: networkPathSchema,
      monthlySaving: v.nullable(exactDecimal),
      breakEvenGb: v.nullable(exactDecimal),
    }),
  );

/** The document `pathfare/comparison@1`. */
export const comparisonSchema = (rates: RateSchemas) => {
  const { currency, source, publishedAt } = rates;
  const vpc = v.object({
    vpcId: text,
    accountId: text,
    azs: count,
    natGateways: v.object({
      count,
      ...costFields(rates),
      monthlySaving: v.nullable(exactDecimal),
    }),
    services: v.array(service(rates)),
  });
  const region = v.object({
    region: v.string(),
    rateCard: v.object({ publishedAt, fetchedAt: v.nullable(publishedAt), source, currency }),
    vpcs: v.array(vpc),
    plan,
  });
  return schemaOf<Comparison>()(
    v.object({
      ...headOf('comparison@1'),
      complete: v.boolean(),
      currency,
      assumptions: assumptionsSchema,
      regions: v.array(region),
      totals: totalsSchema,
      unread: v.exactOptional(unreadSchema),
      findings: v.array(findingSchema),
    }),
  );
};

/** The document `pathfare/breakeven@1`. */
export const breakEvenSchema = ({ rateName }: RateSchemas) =>
  schemaOf<BreakEvenTable>()(
    v.object({
      ...headOf('breakeven@1'),
      rows: v.array(
        v.object({
          region: v.string(),
          azs: count,
          gb: v.nullable(exactDecimal),
          gbAtOneEnd: v.exactOptional(v.nullable(exactDecimal)),
          missingRates: v.exactOptional(v.array(rateName)),
        }),
      ),
    }),
  );
