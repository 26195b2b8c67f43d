import * as v from 'valibot';
import { exactDecimal, findingSchema, headOf, schemaOf } from '../../base/schema.js';
import { totalsSchema, unreadSchema } from '../../cost/compare/document.js';
import { trafficInputsSchema } from '../../cost/demand/document.js';
import {
  billChangeSchema,
  billSchema,
  budgetStatusSchema,
  forecastSchema,
  sensitivitySchema,
} from '../../cost/outlook/document.js';
import { networkPathSchema } from '../../cost/paths/document.js';
import {
  assumedTotalsSchema,
  chargeKindSchema,
  componentSchema,
  oneEndTotalsSchema,
} from '../../cost/price/document.js';
import type { RateSchemas } from '../../pricing/card/document.js';
import type { ReportChange } from './changes.js';
import type { CostPair, ReportModel, ServiceCurve, TrafficLine } from './model.js';
import { groupings } from './names.js';

const text = v.nullable(v.string());
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day'));

const costPair = schemaOf<CostPair>()(
  v.object({
    currentMonthlyCost: exactDecimal,
    plannedMonthlyCost: exactDecimal,
    monthlySaving: exactDecimal,
    complete: v.boolean(),
    savingKnown: v.boolean(),
    ifCrossedAtOneEnd: v.exactOptional(oneEndTotalsSchema),
    assumed: v.exactOptional(assumedTotalsSchema),
  }),
);

const trafficLine = schemaOf<TrafficLine>()(
  v.object({
    service: v.string(),
    path: networkPathSchema,
    gbOut: exactDecimal,
    gbIn: exactDecimal,
    gb: exactDecimal,
  }),
);

const curve = schemaOf<ServiceCurve>()(
  v.object({
    region: v.string(),
    vpcId: text,
    accountId: text,
    services: v.array(v.string()),
    gb: exactDecimal,
    breakEvenGb: v.nullable(exactDecimal),
    gatewayEndpoint: v.boolean(),
    points: v.array(
      v.object({ gb: exactDecimal, natGateway: exactDecimal, interfaceEndpoint: exactDecimal }),
    ),
  }),
);

const change = (rates: RateSchemas) =>
  schemaOf<ReportChange>()(
    v.object({
      region: v.string(),
      vpcId: text,
      accountId: text,
      services: v.array(v.string()),
      from: networkPathSchema,
      to: v.nullable(networkPathSchema),
      monthlySaving: exactDecimal,
      annualSaving: exactDecimal,
      paid: v.array(componentSchema(rates)),
      wouldPay: v.array(componentSchema(rates)),
      catches: v.array(v.string()),
      nearEdge: v.boolean(),
      breakEvenGb: v.nullable(exactDecimal),
      steps: v.nullable(v.object({ awsCli: v.string(), terraform: v.string() })),
    }),
  );

const method = v.object({
  kind: v.picklist(['flat', 'growth', 'forecast']),
  text: v.string(),
  past: v.nullable(
    v.object({
      forecasts: v.number(),
      inside: v.number(),
      error: exactDecimal,
      naiveError: exactDecimal,
    }),
  ),
});

/** The document `pathfare/report@1`. `--baseline` reads its date, its currency and what it was made from. */
export const reportSchema = (rates: RateSchemas) =>
  schemaOf<ReportModel>()(
    v.object({
      ...headOf('report@1'),
      date: day,
      complete: v.boolean(),
      currency: v.string(),
      totals: v.object({
        ...costPair.entries,
        currentAnnualCost: exactDecimal,
        plannedAnnualCost: exactDecimal,
        annualSaving: exactDecimal,
      }),
      comparison: v.object({ ...totalsSchema.entries, complete: v.boolean() }),
      bill: v.array(v.object({ ...costPair.entries, kind: chargeKindSchema })),
      groupBy: v.picklist(groupings),
      groups: v.array(v.object({ ...costPair.entries, id: v.string() })),
      budgets: v.array(budgetStatusSchema),
      changes: v.array(change(rates)),
      sharedTierSaving: exactDecimal,
      traffic: v.array(trafficLine),
      curves: v.array(curve),
      forecast: v.object({ ...forecastSchema.entries, method }),
      sensitivity: sensitivitySchema,
      sinceBaseline: v.nullable(v.object({ ...billChangeSchema.entries, date: day })),
      assumptions: v.array(v.string()),
      unread: v.exactOptional(unreadSchema),
      findings: v.array(findingSchema),
      names: v.record(v.string(), v.object({ name: v.string(), team: v.string() })),
      charges: v.object({ now: billSchema(rates), planned: billSchema(rates) }),
      inputs: trafficInputsSchema(rates),
    }),
  );
