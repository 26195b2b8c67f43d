import { type Amount, amount, sum, toDecimalString } from '../../base/decimal.js';
import { type Finding, sortFindings } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { documentHead } from '../../base/json.js';
import { listNames } from '../../base/text.js';
import type { ComparedTraffic, CompareInput } from '../../cost/compare/compare.js';
import { rateUses } from '../../cost/compare/rate-findings.js';
import type { TrafficTally } from '../../cost/demand/tally.js';
import { inputsOf, type TrafficInputs } from '../../cost/demand/traffic-inputs.js';
import { type Bill, type Bills, billsOf, isSavingKnown, totalOf } from '../../cost/outlook/bill.js';
import { type Budget, budgetStatuses, type OwnersOf } from '../../cost/outlook/budget.js';
import { billChange } from '../../cost/outlook/change-causes.js';
import { type DailyCharges, dailyCharges } from '../../cost/outlook/daily-charges.js';
import { type ForecastBasis, forecastOf, type Growth } from '../../cost/outlook/forecast.js';
import { freeGbOf, isInternet } from '../../cost/outlook/internet-egress.js';
import { monthOf } from '../../cost/outlook/months.js';
import { sensitivityOf } from '../../cost/outlook/sensitivity.js';
import { assumedTotals, chargeKinds, oneEndTotals } from '../../cost/price/component.js';
import type { RateUse } from '../../pricing/card/verified.js';
import { assumptionLines } from '../comparison/parts.js';
import { reportChanges } from './changes.js';
import { curvesOf } from './curves.js';
import { reportFinding } from './findings.js';
import { forecastMethod, unusualFindings } from './forecast-method.js';
import type { CostPair, GroupLine, ReportModel, TrafficLine } from './model.js';
import { absentNames, type Grouping, type Names, ownersOf } from './names.js';

/** What a report is made from. */
export interface ReportInput {
  readonly compared: ComparedTraffic;
  /** What there is to say about the age of rates that the bill rests on; nothing by default. */
  readonly ageFindings?: CompareInput['ageFindings'];
  /** What was compared: the months to come are made of it anew, by its days where it has them. */
  readonly tally: TrafficTally;
  /** The day of the report, as `2026-11-23`; the forecast begins with the month after it. */
  readonly date: string;
  readonly names: Names;
  readonly groupBy: Grouping;
  readonly budgets: readonly Budget[];
  /** Growth that was asked for; null for none. */
  readonly growth: Growth | null;
  readonly months: number;
  /** The share that the low and the high case differ by. */
  readonly spread: string;
  readonly baseline: { readonly date: string; readonly inputs: TrafficInputs } | null;
}

/** Makes the report: everything that its formats show. */
export function buildReport(input: ReportInput): ReportModel {
  const { regions, comparison } = input.compared;
  const { assumptions, currency } = comparison;
  const bills = billsOf(regions);
  const now = totalOf(bills.now);
  const planned = totalOf(bills.planned);
  const daily = input.months === 0 ? null : dailyCharges(input.tally, regions);
  const basis = basisOf(input, daily);
  const sensitivity = sensitivityOf(regions, assumptions, input.spread);
  const changes = reportChanges(regions, sensitivity.choices);
  const saving = now.cost.minus(planned.cost);
  const changed = sum(changes.map(({ monthlySaving }) => amount(monthlySaving)));
  const isRead = comparison.unread?.isAccepted ?? true;
  const inputs = inputsOf(regions, assumptions, isRead);
  const owners: OwnersOf = (line) => ownersOf(line, input.names);
  const forecast = forecastOf({
    regions,
    tally: input.tally,
    assumptions,
    basis,
    from: monthOf(input.date),
    months: input.months,
    budgets: input.budgets,
    ownersOf: owners,
  });
  return {
    ...documentHead('report@1'),
    date: input.date,
    complete: isRead && now.complete && planned.complete,
    currency,
    totals: {
      ...asRead(costPair(bills), isRead),
      currentAnnualCost: yearly(now.cost),
      plannedAnnualCost: yearly(planned.cost),
      annualSaving: yearly(saving),
    },
    comparison: { ...comparison.totals, complete: comparison.complete },
    // What is neither paid nor would be has no line, and stays out.
    bill: billTotals(bills).map((line) => (isNothing(line) ? line : asRead(line, isRead))),
    groupBy: input.groupBy,
    groups: groupLines(bills, input).map((line) => asRead(line, isRead)),
    budgets: budgetStatuses(input.budgets, { ...bills, isRead }, owners),
    changes,
    sharedTierSaving: toDecimalString(saving.minus(changed)),
    traffic: trafficLines(input.compared),
    curves: curvesOf(regions, assumptions, sensitivity),
    forecast: { ...forecast, method: forecastMethod(basis) },
    sensitivity,
    sinceBaseline:
      input.baseline === null
        ? null
        : { ...billChange(input.baseline.inputs, inputs), date: input.baseline.date },
    assumptions: assumptionLines(comparison, egressLine),
    ...(comparison.unread === undefined ? {} : { unread: comparison.unread }),
    findings: findings(input, bills, { basis, daily }),
    names: Object.fromEntries(input.names),
    charges: bills,
    inputs,
  };
}

const egressLine =
  'Transfer out to the internet is the same on every path and part of the bill here; "compare" leaves it out.';

const yearly = (monthly: Amount): string => toDecimalString(monthly.times(12));

function costPair(bills: Bills): CostPair {
  const now = totalOf(bills.now);
  const planned = totalOf(bills.planned);
  return {
    currentMonthlyCost: toDecimalString(now.cost),
    plannedMonthlyCost: toDecimalString(planned.cost),
    monthlySaving: toDecimalString(now.cost.minus(planned.cost)),
    complete: now.complete && planned.complete,
    savingKnown: isSavingKnown(bills),
    ...assumedTotals(now, planned),
    ...oneEndTotals(now, planned),
  };
}

/** Of traffic that was not read in full, every sum is a lower bound, and no saving is known. */
function asRead<Pair extends CostPair>(pair: Pair, isRead: boolean): Pair {
  return isRead ? pair : { ...pair, complete: false, savingKnown: false };
}

const isNothing = ({ currentMonthlyCost, plannedMonthlyCost }: CostPair): boolean =>
  currentMonthlyCost === '0' && plannedMonthlyCost === '0';

function billTotals(bills: Bills): ReportModel['bill'] {
  const now = groupBy(bills.now, ({ kind }) => kind);
  const planned = groupBy(bills.planned, ({ kind }) => kind);
  return chargeKinds.map((kind) => ({
    kind,
    ...costPair({ now: now.get(kind) ?? [], planned: planned.get(kind) ?? [] }),
  }));
}

/** The groups of the bill, the dearest first. */
function groupLines(bills: Bills, { names, groupBy: by }: ReportInput): readonly GroupLine[] {
  const groupOf = (line: Bill[number]) => ownersOf(line, names)[by];
  const now = groupBy(bills.now, groupOf);
  const planned = groupBy(bills.planned, groupOf);
  const ids = [...new Set([...now.keys(), ...planned.keys()])];
  const lines = ids.map((id) => ({
    id,
    ...costPair({ now: now.get(id) ?? [], planned: planned.get(id) ?? [] }),
  }));
  return lines.toSorted((a, b) => amount(b.currentMonthlyCost).comparedTo(a.currentMonthlyCost));
}

/** GB by service and current path, the largest first. */
function trafficLines({ regions }: ComparedTraffic): readonly TrafficLine[] {
  const demands = regions.flatMap(({ vpcs }) => vpcs.flatMap((vpc) => vpc.demands));
  const groups = groupBy(demands, ({ service, currentPath }) => `${service}\n${currentPath}`);
  const lines = [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { service, currentPath: path } = first;
    const gbOut = sum(rows.map((row) => row.gbOut));
    const gbIn = sum(rows.map((row) => row.gbIn));
    const gb = gbOut.plus(gbIn);
    return { service, path, gb, gbOut, gbIn };
  });
  return lines
    .toSorted((a, b) => b.gb.comparedTo(a.gb))
    .map(({ service, path, gbOut, gbIn, gb }) => ({
      service,
      path,
      gbOut: toDecimalString(gbOut),
      gbIn: toDecimalString(gbIn),
      gb: toDecimalString(gb),
    }));
}

function basisOf({ growth }: ReportInput, charges: DailyCharges | null): ForecastBasis {
  if (growth !== null) return { kind: 'growth', growth };
  return charges === null ? { kind: 'flat' } : { kind: 'forecast', charges };
}

function findings(
  { compared, names, budgets, growth, months, ageFindings = () => [] }: ReportInput,
  bills: Bills,
  { basis, daily }: { readonly basis: ForecastBasis; readonly daily: DailyCharges | null },
): readonly Finding[] {
  const { regions, comparison } = compared;
  const sending = regions.filter(({ vpcs }) =>
    vpcs.some(({ demands }) => demands.some((demand) => isInternet(demand) && demand.gbOut.gt(0))),
  );
  const unpriced = sending
    .filter(({ card }) => card.rates.internetEgressGb === undefined)
    .map(({ card }) => card.region);
  return sortFindings([
    ...comparison.findings,
    // The comparison leaves transfer out to the internet out, and so says nothing of the age of its rates.
    ...ageFindings(egressRates(bills)),
    ...(sending.length > unpriced.length
      ? [reportFinding('internet-egress-counted', { freeGb: freeGbOf(regions).toFixed() })]
      : []),
    ...(unpriced.length > 0
      ? [reportFinding('internet-egress-unpriced', { regions: listNames(unpriced) })]
      : []),
    ...(basis.kind === 'flat' && months > 0 ? [reportFinding('forecast-flat')] : []),
    ...(basis.kind === 'forecast' ? unusualFindings(basis.charges.unusual) : []),
    ...(growth !== null && daily !== null ? [reportFinding('forecast-not-used')] : []),
    ...absentNames({ compared, names, budgets, growth }),
  ]);
}

function egressRates({ now }: Bills): readonly RateUse[] {
  return now.flatMap(({ kind, region, component }) =>
    kind === 'internet-egress' ? rateUses(region, [component]) : [],
  );
}
