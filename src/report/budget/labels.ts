import { amount } from '../../base/decimal.js';
import { plural } from '../../base/text.js';
import type { BudgetAhead, BudgetState, BudgetStatus } from '../../cost/outlook/budget.js';
import type { ForecastMonth } from '../../cost/outlook/forecast.js';
import type { PlanAhead } from '../../cost/outlook/plans-ahead.js';
import type { ChoiceEdge } from '../../cost/outlook/sensitivity.js';
import type { PassedThreshold } from '../../cost/outlook/thresholds.js';
import { kindOf } from '../../cost/paths/index.js';
import type { ChargeKind, Component } from '../../cost/price/component.js';
import { type Certainty, formatGb, formatMoney, known } from '../draw/money.js';
import type { ReportChange } from './changes.js';
import type { CostPair, ReportModel } from './model.js';
import { type Names, vpcLabel, withName } from './names.js';

/** What a bill's parts are called. */
export const kindLabels: Readonly<Record<ChargeKind, string>> = {
  'nat-gateway-hours': 'NAT gateway hours',
  'public-ipv4-hours': 'Public IPv4 addresses',
  'nat-data-processing': 'NAT data processing',
  'cross-az-transfer': 'Zone crossing',
  'endpoint-hours': 'Interface endpoint hours',
  'endpoint-data-processing': 'Interface endpoint data',
  'internet-egress': 'Transfer out to the internet',
};

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2027-03` as `March 2027`. */
export function monthLabel(month: string): string {
  return `${monthNames[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;
}

/** The names of a report, to look up by id. */
export function namesOf({ names }: ReportModel): Names {
  return new Map(Object.entries(names));
}

/** A change in a line: `s3: NAT gateway → gateway endpoint`. */
export function changeTitle({ services, from, to }: ReportChange): string {
  if (to === null) return 'NAT gateways: take them away';
  return `${services.join(' + ')}: ${kindOf(from).label} → ${kindOf(to).label}`;
}

/** A share such as `0.8` as `80 %`. */
export function percentText(share: string): string {
  return `${amount(share).times(100).toDecimalPlaces(1).toFixed()} %`;
}

/** Money of a report; a lower bound, and what rests on an assumed rate, are marked so. */
export function moneyOf(
  value: string,
  { currency }: ReportModel,
  certainty: boolean | Certainty = true,
): string {
  return formatMoney(value, currency, certainty);
}

/** How sure the whole bill is, at other volumes and in other months, too. */
function certaintyOf({ complete, totals }: ReportModel): Certainty {
  return { complete, assumed: totals.assumed };
}

/** Whether components rest on an assumed rate. */
export function restsOnAssumed(components: readonly Component[]): true | undefined {
  return components.some(({ assumed }) => assumed !== undefined) ? true : undefined;
}

/** A saving, or that it is not known where a rate is missing or a path is not known. */
export function savingText(pair: CostPair, model: ReportModel): string {
  return pair.savingKnown
    ? moneyOf(pair.monthlySaving, model, known(pair.assumed))
    : 'not known in full';
}

const stateWords: Readonly<Record<BudgetState, string>> = {
  ok: 'within budget',
  warn: 'near the budget',
  over: 'over budget',
  unknown: 'not known: the bill is a lower bound',
};

/** What an interface endpoint saves against NAT in the low, the expected and the high case; negative where NAT costs less. */
function endpointSavings({ endpointSaving }: ChoiceEdge, model: ReportModel): readonly string[] {
  return (['low', 'expected', 'high'] as const).map((name) =>
    endpointSaving === null ? 'not known' : moneyOf(endpointSaving[name], model),
  );
}

/** How a bill stands to a budget, in words. */
export function stateText(state: BudgetState): string {
  return stateWords[state];
}

/** What a budget is for, in words. */
export function budgetLabel(
  { scope, id }: Pick<BudgetStatus, 'scope' | 'id'>,
  names: Names,
): string {
  switch (scope) {
    case 'total':
      return 'Whole bill';
    case 'team':
      return `Team ${id}`;
    case 'region':
      return id;
    case 'account':
    case 'vpc':
      return withName(id, names);
  }
}

/** A threshold that is passed, in a sentence: `logs in web (vpc-1) passes its break-even of 626 GB in March 2027`. */
function thresholdText(threshold: PassedThreshold, names: Names): string {
  const verb = threshold.direction === 'up' ? 'passes' : 'falls below';
  const when = monthLabel(threshold.month);
  const bound = `${formatGb(threshold.bound)} GB`;
  if (threshold.kind === 'tier') {
    const what =
      threshold.of === 'internet'
        ? `Transfer out to the internet of ${threshold.region} ${verb}`
        : `What the ${kindOf(threshold.of).label}s of ${threshold.region} carry ${verb}`;
    const plan = threshold.bill === 'planned' ? ', with the plan' : '';
    return `${what} the tier bound of ${bound} in ${when}${plan}.`;
  }
  const what = `${threshold.services.join(' + ')} in ${vpcLabel(threshold, names)}`;
  return `${what} ${verb} its break-even of ${bound} in ${when}.`;
}

/** What a month to come is, in words. */
export const monthsNote =
  'A month has its own days and hours. Paths stay as they are, or as the plan of the month puts them.';

/** A cost of a month to come; one that is not known is no number. */
export function costAhead(cost: string | null, model: ReportModel): string {
  return cost === null ? 'unknown' : moneyOf(cost, model, certaintyOf(model));
}

/** The ends of a month's interval, as cells. */
export function endsAhead({ low, high }: ForecastMonth, model: ReportModel): readonly string[] {
  return [low, high].map((end) => (end === null ? '–' : moneyOf(end, model, certaintyOf(model))));
}

/** What is passed and changed in the months to come, in sentences: months that are not known first. */
export function aheadSentences({ forecast }: ReportModel, names: Names): readonly string[] {
  const unknown = forecast.months.filter((month) => month.unknown !== null);
  const [first] = unknown;
  return [
    ...(first === undefined ? [] : [unknownText(first, unknown.length)]),
    ...forecast.plans.map((plan) => planText(plan, names)),
    ...forecast.crossings.map((threshold) => thresholdText(threshold, names)),
  ];
}

function unknownText({ month, unknown }: ForecastMonth, count: number): string {
  const others = count === 1 ? '' : `, and of ${plural(count - 1, 'other month')}`;
  return `The bill of ${monthLabel(month)}${others} is unknown: ${unknown ?? ''}.`;
}

/** A change of the plan in a sentence: `logs in web (vpc-1): from March 2027 on, NAT gateway → interface endpoint.` */
function planText({ month, services, from, to, ...place }: PlanAhead, names: Names): string {
  const what = `${services.join(' + ')} in ${vpcLabel(place, names)}`;
  return `Proposed for ${monthLabel(month)}: ${what}, ${kindOf(from).label} → ${kindOf(to).label}.`;
}

/** How the method would have done on the customer's own past, in a sentence; empty where the past is too short. */
export function pastText({ forecast }: ReportModel): string {
  const { past } = forecast.method;
  if (past === null) return '';
  const held = `${past.inside} of ${plural(past.forecasts, 'forecast')} of 28 days held the truth in their 80 % interval`;
  return `On the days that are past, ${held}; the mean error was ${percentText(past.error)}, that of the last 28 days taken as the forecast ${percentText(past.naiveError)}.`;
}

/** When a budget is passed: the month as expected, and at the ends of the interval. */
export function budgetAheadText(
  { state, complete }: BudgetStatus,
  ahead: BudgetAhead | undefined,
  { forecast: { months } }: ReportModel,
): string {
  if (state === 'over') return 'now';
  if (ahead === undefined) return '–';
  const never = complete ? `not within ${plural(months.length, 'month')}` : 'not known';
  const labelOf = (month: string | null, otherwise: string) =>
    month === null ? otherwise : monthLabel(month);
  const isKnown = months.every(({ unknown }) => unknown === null);
  const expected = labelOf(ahead.expected, isKnown ? never : 'not known');
  if (months.every(({ low }) => low === null)) return expected;
  return `${expected} (low: ${labelOf(ahead.low, never)}; high: ${labelOf(ahead.high, never)})`;
}

/** The low, expected and high case as cells: the traffic, what is paid as it is and with the plan, what is saved. */
export function volumeCases(model: ReportModel): readonly (readonly string[])[] {
  return model.sensitivity.cases.map(({ name, factor, ...costs }) => [
    name,
    percentText(factor),
    moneyOf(costs.currentMonthlyCost, model, certaintyOf(model)),
    moneyOf(costs.plannedMonthlyCost, model, certaintyOf(model)),
    model.totals.savingKnown
      ? moneyOf(costs.monthlySaving, model, known(model.totals.assumed))
      : 'not known in full',
  ]);
}

/** A choice's GB, its break-even, the one as a share of the other, and what its endpoints save in each case, as cells. */
export function edgeNumbers(choice: ChoiceEdge, model: ReportModel): readonly string[] {
  return [
    formatGb(choice.gb),
    choice.breakEvenGb === null ? '–' : formatGb(choice.breakEvenGb),
    choice.multiple === null ? '–' : percentText(choice.multiple),
    ...endpointSavings(choice, model),
  ];
}
