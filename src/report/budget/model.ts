import type { DecimalString } from '../../base/decimal.js';
import type { Finding } from '../../base/finding.js';
import type { DocumentHead } from '../../base/json.js';
import type { Comparison, Totals } from '../../cost/compare/comparison.js';
import type { TrafficInputs } from '../../cost/demand/traffic-inputs.js';
import type { Bill } from '../../cost/outlook/bill.js';
import type { BudgetStatus } from '../../cost/outlook/budget.js';
import type { BillChange } from '../../cost/outlook/change-causes.js';
import type { Forecast } from '../../cost/outlook/forecast.js';
import type { Sensitivity } from '../../cost/outlook/sensitivity.js';
import type { NetworkPath } from '../../cost/paths/index.js';
import type { AssumedTotals, ChargeKind, OneEndTotals } from '../../cost/price/component.js';
import type { ReportChange } from './changes.js';
import type { Grouping, Name } from './names.js';

/** What something costs a month with today's paths and with the plan's; lower bounds where `complete` is false. */
export interface CostPair {
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
  readonly monthlySaving: DecimalString;
  readonly complete: boolean;
  /** Whether the saving is exact: what is not priced is the same on both sides. */
  readonly savingKnown: boolean;
  /** What both costs are where zone crossings are metered at one end only: two are probable. Absent where none is counted. */
  readonly ifCrossedAtOneEnd?: OneEndTotals;
  /** Where a rate is assumed: both costs at the least and the most that it may be. */
  readonly assumed?: AssumedTotals;
}

/** A part of the bill by what it is charged for. */
export interface BillTotal extends CostPair {
  readonly kind: ChargeKind;
}

/** A part of the bill by whose it is. */
export interface GroupLine extends CostPair {
  /** The Region, account, VPC or team; empty where the input does not say. */
  readonly id: string;
}

/** A month's GB of a service on its current path, over all VPCs. */
export interface TrafficLine {
  readonly service: string;
  readonly path: NetworkPath;
  readonly gbOut: DecimalString;
  readonly gbIn: DecimalString;
  readonly gb: DecimalString;
}

/** A service's cost on each path and its break-even: what the chart of cost against GB is drawn from. */
export interface ServiceCurve {
  readonly region: string;
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly services: readonly string[];
  readonly gb: DecimalString;
  readonly breakEvenGb: DecimalString | null;
  readonly gatewayEndpoint: boolean;
  /** Costs at evenly spaced volumes from 0. */
  readonly points: readonly {
    readonly gb: DecimalString;
    readonly natGateway: DecimalString;
    readonly interfaceEndpoint: DecimalString;
  }[];
}

/** How the forecast was made, in words. */
export interface ForecastMethod {
  readonly kind: 'flat' | 'growth' | 'forecast';
  readonly text: string;
  /** How the method would have done on the days that are there; null where they are too few, or are not what it stands on. */
  readonly past: {
    readonly forecasts: number;
    /** How many had the truth in their 80 % interval. */
    readonly inside: number;
    /** Mean errors, as shares of the truth: the method's, and that of the last 28 days taken as the forecast. */
    readonly error: DecimalString;
    readonly naiveError: DecimalString;
  } | null;
}

/**
 * All that a report says, as plain data: the document `pathfare/report@1`. Every format is drawn from it only. Amounts
 * are exact decimal strings in `currency`; a month is the assumptions' month.
 */
export interface ReportModel extends DocumentHead<'report@1'> {
  /** The day of the report, as `2026-11-23`. */
  readonly date: string;
  readonly complete: boolean;
  readonly currency: string;
  /** The whole bill, transfer out to the internet included. */
  readonly totals: CostPair & {
    readonly currentAnnualCost: DecimalString;
    readonly plannedAnnualCost: DecimalString;
    readonly annualSaving: DecimalString;
  };
  /** The sums of the comparison: the bill without transfer out to the internet. */
  readonly comparison: Totals & { readonly complete: boolean };
  readonly bill: readonly BillTotal[];
  readonly groupBy: Grouping;
  readonly groups: readonly GroupLine[];
  readonly budgets: readonly BudgetStatus[];
  readonly changes: readonly ReportChange[];
  /** What the plan saves beyond its changes, through tiers that endpoints share: usually nothing. */
  readonly sharedTierSaving: DecimalString;
  readonly traffic: readonly TrafficLine[];
  readonly curves: readonly ServiceCurve[];
  readonly forecast: Forecast & { readonly method: ForecastMethod };
  readonly sensitivity: Sensitivity;
  readonly sinceBaseline: (BillChange & { readonly date: string }) | null;
  readonly assumptions: readonly string[];
  /** How much of the flow logs could not be read; absent where no input is one. */
  readonly unread?: NonNullable<Comparison['unread']>;
  readonly findings: readonly Finding[];
  readonly names: Readonly<Record<string, Name>>;
  readonly charges: { readonly now: Bill; readonly planned: Bill };
  readonly inputs: TrafficInputs;
}
