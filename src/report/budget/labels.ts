import { amount } from '../../base/decimal.js';
import type { BudgetState, BudgetStatus } from '../../cost/outlook/budget.js';
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
export function certaintyOf({ complete, totals }: ReportModel): Certainty {
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
export function thresholdText(threshold: PassedThreshold, names: Names): string {
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
