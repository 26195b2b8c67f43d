import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import { PathfareError } from '../../base/errors.js';
import { compareText, type Finding, sortFindings } from '../../base/finding.js';
import { documentHead } from '../../base/json.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { TrafficProfile } from '../../traffic/profile/profile.js';
import { demandsOf, type RegionDemands } from '../demand/demand.js';
import { type TrafficTally, tallyOf } from '../demand/tally.js';
import { type Assumptions, defaultAssumptions } from '../price/assumptions.js';
import type { Comparison, Totals } from './comparison.js';
import { findingsOf } from './comparison-findings.js';
import type { ComparedRegion } from './region.js';
import { compareRegion, type RegionOutcome } from './region.js';

/** What a comparison is made from. */
export interface CompareInput {
  readonly profiles: Iterable<TrafficProfile>;
  /** A rate card for each Region of the profiles. */
  readonly rateCards: readonly RateCard[];
  readonly assumptions?: Partial<Assumptions>;
  /** Findings of the rooms that made profiles and cards; they stand in the result beside the cost model's own. */
  readonly findings?: readonly Finding[];
}

/**
 * Compares the network paths of every service and finds the cheapest plan of every Region.
 *
 * @throws PathfareError for a Region without a card, cards of more than one currency, or tiers whose price rises
 */
export function compare({ profiles, ...rest }: CompareInput): Comparison {
  return compareTally({ tally: tallyOf(profiles), ...rest }).comparison;
}

/** What a comparison of traffic that is added up already is made from. */
export type CompareTallyInput = Omit<CompareInput, 'profiles'> & { readonly tally: TrafficTally };

/** A comparison, with the priced demands that it was made from. */
export interface ComparedTraffic {
  readonly comparison: Comparison;
  readonly regions: readonly ComparedRegion[];
}

/**
 * Compares traffic that was added up row by row, as `dailyTally` does for inputs that do not fit in memory.
 *
 * @throws PathfareError as `compare` does
 */
export function compareTally({ tally, ...input }: CompareTallyInput): ComparedTraffic {
  const assumptions = { ...defaultAssumptions, ...input.assumptions };
  const demands = [...tally.regions.values()]
    .toSorted((a, b) => compareText(a.region, b.region))
    .map((region) => ({
      card: cardOf(region.region, input.rateCards),
      vpcs: demandsOf(region, assumptions),
    }));
  return compareDemands(demands, assumptions, input.findings);
}

/** Compares a month's demands of Regions, in the order given. */
export function compareDemands(
  demands: readonly RegionDemands[],
  assumptions: Assumptions,
  findings: readonly Finding[] = [],
): ComparedTraffic {
  const regions = demands.map(({ card, vpcs }) => ({
    card,
    vpcs,
    outcome: compareRegion(vpcs, card, assumptions),
  }));
  const outcomes = regions.map(({ outcome }) => outcome);
  const comparison: Comparison = {
    ...documentHead('comparison@1'),
    complete: outcomes.every(({ complete }) => complete),
    currency: soleCurrency(regions.map(({ card }) => card)),
    assumptions,
    regions: outcomes.map((outcome) => outcome.comparison),
    totals: totalsOf(outcomes),
    findings: sortFindings([...findings, ...findingsOf(regions, assumptions)]),
  };
  return { comparison, regions };
}

function cardOf(region: string, cards: readonly RateCard[]): RateCard {
  const card = cards.find((each) => each.region === region);
  if (card === undefined) {
    throw new PathfareError('no-rates', `no rate card for ${region}`, {
      hint: 'Load one for every Region of the traffic.',
    });
  }
  return card;
}

function soleCurrency(cards: readonly RateCard[]): RateCard['currency'] {
  const currencies = [...new Set(cards.map(({ currency }) => currency))];
  if (currencies.length > 1) {
    throw new PathfareError(
      'mixed-currencies',
      `the Regions are billed in ${currencies.join(' and ')}; amounts of different currencies are not added up`,
      { hint: 'Run the Regions of each currency on their own.' },
    );
  }
  return currencies[0] ?? 'USD';
}

function totalsOf(outcomes: readonly RegionOutcome[]): Totals {
  const current = sum(outcomes.map((outcome) => outcome.current));
  const planned = sum(outcomes.map((outcome) => outcome.planned));
  const saving = current.minus(planned);
  const ranges = outcomes.flatMap(({ most }) => (most === undefined ? [] : [most]));
  return {
    currentMonthlyCost: toDecimalString(current),
    plannedMonthlyCost: toDecimalString(planned),
    monthlySaving: toDecimalString(saving),
    annualSaving: toDecimalString(saving.times(amount(12))),
    savingKnown: outcomes.every(({ savingKnown }) => savingKnown),
    ...(ranges.length === 0 ? {} : { ifUnknownPassesNat: sumOfKnown(ranges) }),
  };
}

/** The sum; null where one of them is not known. */
function sumOfKnown(amounts: readonly (Amount | null)[]): DecimalString | null {
  const known = amounts.flatMap((each) => each ?? []);
  return known.length < amounts.length ? null : toDecimalString(sum(known));
}
