/** What the documents, the options and the results are made of: `types.PlanChoice` is a choice of a comparison's plan. */
export type { DecimalString } from '../base/decimal.js';
export type { errorCodes, exitCodes, FailureDetails } from '../base/errors.js';
export type { Severity } from '../base/finding.js';
export type { DocumentHead } from '../base/json.js';
export type { PathName } from '../base/path-name.js';
export type { BreakEvenRow, BreakEvenTable } from '../cost/compare/break-even.js';
export type {
  AvailablePath,
  NatGateways,
  PathCost,
  PathCosts,
  Plan,
  PlanChoice,
  RegionComparison,
  ServiceComparison,
  Totals,
  UnavailablePath,
  VpcComparison,
} from '../cost/compare/comparison.js';
export type {
  DemandInput,
  RegionInput,
  TrafficInputs,
  VpcInput,
} from '../cost/demand/traffic-inputs.js';
export type { Bill, BillLine } from '../cost/outlook/bill.js';
export type {
  Budget,
  BudgetAhead,
  BudgetScope,
  BudgetState,
  BudgetStatus,
} from '../cost/outlook/budget.js';
export type { BillChange } from '../cost/outlook/change-causes.js';
export type { Forecast, ForecastMonth, Growth } from '../cost/outlook/forecast.js';
export type { PlanAhead } from '../cost/outlook/plans-ahead.js';
export type { ChoiceEdge, Sensitivity, VolumeCase } from '../cost/outlook/sensitivity.js';
export type { PassedThreshold } from '../cost/outlook/thresholds.js';
export type { ComparedPath, comparedPathNames, pathNames } from '../cost/paths/index.js';
export type { Requirement, requirementNames } from '../cost/price/assumptions.js';
export type {
  AssumedCost,
  AssumedTotals,
  ChargeKind,
  Component,
  ComponentName,
  chargeKinds,
  OneEndTotals,
} from '../cost/price/component.js';
export type { Assumption, Rate, RateFamilies, RateTier } from '../pricing/card/rate-card.js';
export type { RateUse } from '../pricing/card/verified.js';
export type { RateUnit, rateUnits } from '../pricing/rate-kind.js';
export type { FamilyName, familyNames, RateName, rateNames } from '../pricing/rates.js';
export type { ReportChange } from '../report/budget/changes.js';
export type {
  BillTotal,
  CostPair,
  ForecastMethod,
  GroupLine,
  ServiceCurve,
  TrafficLine,
} from '../report/budget/model.js';
export type { Grouping, groupings, Name, Names } from '../report/budget/names.js';
export type { NextSteps } from '../report/budget/next-steps.js';
export type { Talker, TopTalkers } from '../traffic/attribution/talkers.js';
export type {
  RecordCounts,
  RecordSum,
  SetAsideReason,
  setAsideReasons,
} from '../traffic/findings/set-aside.js';
export type { TrafficProgress } from '../traffic/options.js';
export type { Period, Volume } from '../traffic/profile/profile.js';
export type { AcceptedShare, UnreadTraffic } from '../traffic/profile/unread.js';
export type { VolumeGiven } from './estimate.js';
