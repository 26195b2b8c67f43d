import * as v from 'valibot';
import { exactDecimal, schemaOf } from '../../base/schema.js';
import type { RateSchemas } from '../../pricing/card/document.js';
import { networkPathSchema } from '../paths/document.js';
import { assumedCostSchema, chargeKindSchema, componentSchema } from '../price/document.js';
import type { Bill } from './bill.js';
import type { BudgetStatus } from './budget.js';
import type { BillChange } from './change-causes.js';
import type { Forecast } from './forecast.js';
import type { Sensitivity } from './sensitivity.js';
import type { PassedThreshold } from './thresholds.js';

const text = v.nullable(v.string());

/** A bill, as a report carries it. */
export const billSchema = (rates: RateSchemas) =>
  schemaOf<Bill>()(
    v.array(
      v.object({
        region: v.string(),
        accountId: text,
        vpcId: text,
        service: text,
        serviceRegion: text,
        path: networkPathSchema,
        kind: chargeKindSchema,
        component: componentSchema(rates),
      }),
    ),
  );

const budgetScope = v.picklist(['total', 'team', 'vpc', 'account', 'region']);
const budgetState = v.picklist(['ok', 'warn', 'over', 'unknown']);

/** A budget and where the bill stands. */
export const budgetStatusSchema = schemaOf<BudgetStatus>()(
  v.object({
    scope: budgetScope,
    id: v.string(),
    monthly: exactDecimal,
    warnAt: exactDecimal,
    failAt: exactDecimal,
    cost: exactDecimal,
    plannedCost: exactDecimal,
    complete: v.boolean(),
    assumed: v.exactOptional(assumedCostSchema),
    used: v.nullable(exactDecimal),
    state: budgetState,
    plannedState: budgetState,
  }),
);

/** What changed since an earlier report, and why. */
export const billChangeSchema = schemaOf<BillChange>()(
  v.object({
    before: exactDecimal,
    after: exactDecimal,
    change: exactDecimal,
    complete: v.boolean(),
    assumed: v.exactOptional(v.literal(true)),
    causes: v.object({ traffic: exactDecimal, rates: exactDecimal, choices: exactDecimal }),
  }),
);

const crossed = {
  month: v.string(),
  region: v.string(),
  direction: v.picklist(['up', 'down']),
  gb: exactDecimal,
  bound: exactDecimal,
} as const;

const threshold = schemaOf<PassedThreshold>()(
  v.variant('kind', [
    v.object({
      ...crossed,
      kind: v.literal('break-even'),
      vpcId: text,
      accountId: text,
      services: v.array(v.string()),
    }),
    v.object({
      ...crossed,
      kind: v.literal('tier'),
      of: v.union([networkPathSchema, v.literal('internet')]),
      bill: v.picklist(['now', 'planned']),
    }),
  ]),
);

/** The months to come. */
export const forecastSchema = schemaOf<Forecast>()(
  v.object({
    months: v.array(
      v.object({
        month: v.string(),
        currentMonthlyCost: v.nullable(exactDecimal),
        plannedMonthlyCost: v.nullable(exactDecimal),
        low: v.nullable(exactDecimal),
        high: v.nullable(exactDecimal),
        unknown: text,
      }),
    ),
    crossings: v.array(threshold),
    plans: v.array(
      v.object({
        month: v.string(),
        region: v.string(),
        vpcId: text,
        accountId: text,
        services: v.array(v.string()),
        from: networkPathSchema,
        to: networkPathSchema,
      }),
    ),
    budgets: v.array(
      v.object({ scope: budgetScope, id: v.string(), low: text, expected: text, high: text }),
    ),
    currentCost: v.nullable(exactDecimal),
    plannedCost: v.nullable(exactDecimal),
  }),
);

const caseNames = ['low', 'expected', 'high'] as const;

/** How far the answer holds where volumes change. */
export const sensitivitySchema = schemaOf<Sensitivity>()(
  v.object({
    spread: exactDecimal,
    cases: v.array(
      v.object({
        name: v.picklist(caseNames),
        factor: exactDecimal,
        currentMonthlyCost: exactDecimal,
        plannedMonthlyCost: exactDecimal,
        monthlySaving: exactDecimal,
      }),
    ),
    choices: v.array(
      v.object({
        region: v.string(),
        vpcId: text,
        accountId: text,
        services: v.array(v.string()),
        currentPath: networkPathSchema,
        plannedPath: networkPathSchema,
        gb: exactDecimal,
        breakEvenGb: v.nullable(exactDecimal),
        multiple: v.nullable(exactDecimal),
        nearEdge: v.boolean(),
        endpointSaving: v.nullable(v.object(v.entriesFromList(caseNames, exactDecimal))),
      }),
    ),
  }),
);
