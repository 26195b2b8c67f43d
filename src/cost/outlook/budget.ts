import { amount, type DecimalString, quotient, toDecimalString } from '../../base/decimal.js';
import type { AssumedCost, CostSum } from '../price/component.js';
import { type Bill, type BillLine, type Bills, totalOf } from './bill.js';

/** What a budget is for: the whole bill, or the part of a team, a VPC, an account or a Region. */
export type BudgetScope = 'total' | 'team' | 'vpc' | 'account' | 'region';

/** A month's budget in the card's currency, and the shares of it at which it warns and fails. */
export interface Budget {
  readonly scope: BudgetScope;
  /** The team, VPC, account or Region; empty for the whole bill. */
  readonly id: string;
  readonly monthly: DecimalString;
  /** 0.8 warns at 80 % of the budget. */
  readonly warnAt: DecimalString;
  /** 1 fails above the budget. */
  readonly failAt: DecimalString;
}

/** How a bill stands to a budget. `unknown`: what is priced is within it, but not all is priced. */
export type BudgetState = 'ok' | 'warn' | 'over' | 'unknown';

/** A budget and the bill it is held against: today's, and the plan's. */
export interface BudgetStatus extends Budget {
  readonly cost: DecimalString;
  readonly plannedCost: DecimalString;
  readonly complete: boolean;
  /** Where a rate is assumed: the cost at the least and the most that it may be. */
  readonly assumed?: AssumedCost;
  /** Cost as a share of the budget, to four decimals; null for a budget of nothing. */
  readonly used: DecimalString | null;
  readonly state: BudgetState;
  readonly plannedState: BudgetState;
}

/** Whose part of the bill a line is, under each scope. */
export type OwnersOf = (
  line: Pick<BillLine, 'region' | 'accountId' | 'vpcId'>,
) => Readonly<Record<Exclude<BudgetScope, 'total'>, string>>;

/** What budgets are held against. */
export interface BudgetedBills extends Bills {
  /** False where too much of the traffic was not read: then every part of the bill is a lower bound. */
  readonly isRead: boolean;
}

/** Holds the bill against budgets. A budget for something that has no line stands at zero. */
export function budgetStatuses(
  budgets: readonly Budget[],
  bills: BudgetedBills,
  ownersOf: OwnersOf,
): readonly BudgetStatus[] {
  const partsNow = partsOf(bills.now, budgets, ownersOf);
  const partsPlanned = partsOf(bills.planned, budgets, ownersOf);
  const costOf = (lines: Bill = []): CostSum => {
    const total = totalOf(lines);
    return { ...total, complete: total.complete && bills.isRead };
  };
  return budgets.map((budget) => {
    const now = costOf(partsNow.get(budgetKey(budget)));
    const planned = costOf(partsPlanned.get(budgetKey(budget)));
    const monthly = amount(budget.monthly);
    return {
      ...budget,
      cost: toDecimalString(now.cost),
      plannedCost: toDecimalString(planned.cost),
      complete: now.complete && planned.complete,
      ...(now.assumed === undefined ? {} : { assumed: now.assumed }),
      used: monthly.isZero() ? null : toDecimalString(quotient(now.cost, monthly, 4)),
      state: stateOf(budget, now),
      plannedState: stateOf(budget, planned),
    };
  });
}

const budgetKey = ({ scope, id }: Pick<Budget, 'scope' | 'id'>): string => `${scope}\n${id}`;

/** The lines that each budget is held against, in one pass over the bill. */
function partsOf(
  bill: Bill,
  budgets: readonly Budget[],
  ownersOf: OwnersOf,
): ReadonlyMap<string, readonly BillLine[]> {
  const parts = new Map<string, BillLine[]>(budgets.map((budget) => [budgetKey(budget), []]));
  for (const line of bill) {
    parts.get(budgetKey({ scope: 'total', id: '' }))?.push(line);
    const owners = ownersOf(line);
    for (const scope of ['team', 'vpc', 'account', 'region'] as const) {
      parts.get(budgetKey({ scope, id: owners[scope] }))?.push(line);
    }
  }
  return parts;
}

/** A cost on a threshold is within it; a lower bound above one is above it for sure. */
function stateOf({ monthly, warnAt, failAt }: Budget, { cost, complete }: CostSum): BudgetState {
  if (cost.gt(amount(monthly).times(failAt))) return 'over';
  if (!complete) return 'unknown';
  return cost.gt(amount(monthly).times(warnAt)) ? 'warn' : 'ok';
}

/** The month in which a budget is passed: as expected, and at the ends of the 80 % interval; null where it is not. */
export interface BudgetAhead extends Pick<Budget, 'scope' | 'id'> {
  readonly low: string | null;
  readonly expected: string | null;
  readonly high: string | null;
}

/** A month's bills with today's paths: as expected (null where it is not known), and at the ends of its interval. */
export interface BilledMonth {
  readonly month: string;
  readonly expected: Bill | null;
  readonly low: Bill | null;
  readonly high: Bill | null;
}

/** Looks for the first month to come in which each budget is passed: the earliest at the high end, the latest at the low. */
export function budgetsAhead(
  budgets: readonly Budget[],
  months: readonly BilledMonth[],
  ownersOf: OwnersOf,
): readonly BudgetAhead[] {
  const passed = (end: 'low' | 'expected' | 'high') =>
    months.map((each) => {
      const bill = each[end];
      return {
        month: each.month,
        parts: bill === null ? null : partsOf(bill, budgets, ownersOf),
      };
    });
  const courses = { low: passed('low'), expected: passed('expected'), high: passed('high') };
  return budgets.map((budget) => {
    const first = (end: keyof typeof courses) =>
      courses[end].find(
        ({ parts }) =>
          parts !== null && stateOf(budget, totalOf(parts.get(budgetKey(budget)) ?? [])) === 'over',
      )?.month ?? null;
    const { scope, id } = budget;
    return { scope, id, low: first('low'), expected: first('expected'), high: first('high') };
  });
}
