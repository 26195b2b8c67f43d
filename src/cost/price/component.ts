import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
  zero,
} from '../../base/decimal.js';
import { PathfareError } from '../../base/errors.js';
import { shareOut } from '../../base/share-out.js';
import type { Rate, RateCard, RateTier } from '../../pricing/card/rate-card.js';
import { type RateUnit } from '../../pricing/rate-kind.js';
import { type RateName, rateKinds } from '../../pricing/rates.js';

/** What a component is the cost of. */
export type ComponentName =
  | 'data-processing'
  | 'endpoint-hours'
  | 'nat-gateway-hours'
  | 'public-ipv4-hours'
  | 'cross-az-transfer'
  | 'internet-egress';

/** What a bill is made of, in the order in which it is shown. */
export const chargeKinds = [
  'nat-gateway-hours',
  'public-ipv4-hours',
  'nat-data-processing',
  'cross-az-transfer',
  'endpoint-hours',
  'endpoint-data-processing',
  'internet-egress',
] as const;

/** A part of a bill. */
export type ChargeKind = (typeof chargeKinds)[number];

/**
 * Quantity × rate = cost, with the evidence for the rate. Nothing is priced but through components. An *unpriced*
 * component has no rate and no cost: the total that holds it is a lower bound. So is one with a *range*, whose cost lies
 * between nothing and quantity × rate.
 */
export interface Component {
  readonly name: ComponentName;
  readonly quantity: DecimalString;
  readonly unit: RateUnit;
  readonly rate: DecimalString | null;
  readonly cost: DecimalString | null;
  /**
   * The most that the cost can be, where it is not known whether the rate is charged at all: `cost` is null then, and lies
   * between nothing and this. Null where the card holds no such rate.
   */
  readonly costAtMost?: DecimalString | null;
  /** Where a zone crossing is taken as metered at two ends, which is probable: what it costs if only one is. */
  readonly costAtOneEnd?: DecimalString;
  /** Where the rate is assumed, since AWS publishes none: what the component costs at the least and the most that it may be. */
  readonly assumed?: AssumedCost;
  readonly sku: string | null;
  readonly rateCode: string | null;
  /** The rate's name in the rate card. */
  readonly rateName: RateName;
  /** Bounds of the tier in GB, where the rate has more than one. */
  readonly tier?: { readonly beginRange: string; readonly endRange: string };
  /** Where the rate is the user's own: `yours`, or `yours: 12% off` and the published source. */
  readonly evidence?: string;
  /** How the quantity comes about, such as "2 endpoints × 3 zones × 730 hours". */
  readonly detail?: string;
}

/** Between which costs a sum lies that rests on an assumed rate. */
export interface AssumedCost {
  readonly low: DecimalString;
  readonly high: DecimalString;
}

/** What to price: a quantity of one rate of a card. */
export interface PriceRequest {
  readonly name: ComponentName;
  readonly rateName: RateName;
  readonly quantity: Amount;
  readonly detail?: string;
  /** Where the quantity counts a zone crossing at two ends, which is probable and not sure: what it is at one. */
  readonly quantityAtOneEnd?: Amount;
}

/** Prices a quantity through its rate's tiers, starting at the first: one component a tier. */
export function price(request: PriceRequest, card: RateCard): readonly Component[] {
  const rate = card.rates[request.rateName];
  if (rate === undefined) return [unpriced(request)];
  return priceParts(request, rate, splitAcrossTiers(request.quantity, rate));
}

/** Prices quantities already shared out over tiers (a pool's): one component a tier. */
export function priceParts(
  request: Omit<PriceRequest, 'quantity'>,
  rate: Rate,
  parts: readonly TierQuantity[],
): readonly Component[] {
  return parts.map(({ tier, quantity }) => ({
    name: request.name,
    quantity: toDecimalString(quantity),
    unit: rate.unit,
    rate: toDecimalString(amount(tier.price)),
    cost: toDecimalString(quantity.times(tier.price)),
    sku: rate.sku,
    rateCode: tier.rateCode,
    rateName: request.rateName,
    ...(rate.tiers.length === 1
      ? {}
      : { tier: { beginRange: tier.beginRange, endRange: tier.endRange } }),
    ...(/^yours\b/.test(rate.reference) ? { evidence: rate.reference } : {}),
    ...(request.quantityAtOneEnd === undefined
      ? {}
      : { costAtOneEnd: toDecimalString(request.quantityAtOneEnd.times(tier.price)) }),
    ...(rate.assumed === undefined || quantity.isZero()
      ? {}
      : {
          assumed: {
            low: toDecimalString(quantity.times(rate.assumed.low)),
            high: toDecimalString(quantity.times(rate.assumed.high)),
          },
        }),
    ...(request.detail === undefined ? {} : { detail: request.detail }),
  }));
}

/** A component whose rate the card does not hold. */
export function unpriced(request: PriceRequest): Component {
  return {
    name: request.name,
    quantity: toDecimalString(request.quantity),
    unit: rateKinds[request.rateName].unit,
    rate: null,
    cost: null,
    sku: null,
    rateCode: null,
    rateName: request.rateName,
    ...(request.detail === undefined ? {} : { detail: request.detail }),
  };
}

/** Whether a component's cost is a range by nature: no rate that a card could hold would settle it. */
export function isRange({ costAtMost }: Component): boolean {
  return costAtMost !== undefined;
}

/** A sum of components: exact where all are priced, else a lower bound. */
export interface CostSum {
  readonly cost: Amount;
  readonly complete: boolean;
  /** The most that its ranges come to; undefined where there are none, null where a rate is not known. */
  readonly most: Amount | null | undefined;
  /** The rates that are needed and that the card does not hold. */
  readonly missingRates: readonly RateName[];
  /** Between which costs the sum lies, where a rate of it is assumed. */
  readonly assumed?: AssumedCost;
  /** What the sum is where zone crossings of it are metered at one end only. */
  readonly costAtOneEnd?: DecimalString;
}

/** Adds up components; an unpriced one of a quantity above zero makes the sum a lower bound. */
export function sumComponents(components: readonly Component[]): CostSum {
  const open = components.filter(({ cost, quantity }) => cost === null && quantity !== '0');
  const [ranges, unpricedOnes] = [open.filter(isRange), open.filter((each) => !isRange(each))];
  const most = ranges.flatMap(({ costAtMost }) => costAtMost ?? []);
  return {
    cost: sumOfTexts(components.flatMap(({ cost }) => cost ?? [])),
    ...(components.some(({ cost, assumed }) => cost !== null && assumed !== undefined)
      ? { assumed: { low: sumAt(components, 'low'), high: sumAt(components, 'high') } }
      : {}),
    ...(components.some(({ cost, costAtOneEnd }) => cost !== null && costAtOneEnd !== undefined)
      ? {
          costAtOneEnd: toDecimalString(
            sumOfTexts(
              components.flatMap(({ cost, costAtOneEnd }) =>
                cost === null ? [] : (costAtOneEnd ?? cost),
              ),
            ),
          ),
        }
      : {}),
    complete: open.length === 0,
    most: ranges.length === 0 ? undefined : most.length < ranges.length ? null : sumOfTexts(most),
    missingRates: [...new Set(unpricedOnes.map(({ rateName }) => rateName))],
  };
}

const sumAt = (components: readonly Component[], end: keyof AssumedCost): DecimalString =>
  toDecimalString(
    sumOfTexts(
      components.flatMap(({ cost, assumed }) => (cost === null ? [] : (assumed?.[end] ?? cost))),
    ),
  );

/** Both totals of something, a month, at the least and the most that the assumed rates in them may be. */
export interface AssumedTotals {
  readonly currentMonthlyCost: AssumedCost;
  readonly plannedMonthlyCost: AssumedCost;
}

/** `assumed` of two sums; nothing where both rest on published rates only. */
export function assumedTotals(
  current: Pick<CostSum, 'cost' | 'assumed'>,
  planned: Pick<CostSum, 'cost' | 'assumed'>,
): { readonly assumed?: AssumedTotals } {
  if (current.assumed === undefined && planned.assumed === undefined) return {};
  const rangeOf = ({ cost, assumed }: Pick<CostSum, 'cost' | 'assumed'>): AssumedCost =>
    assumed ?? { low: toDecimalString(cost), high: toDecimalString(cost) };
  return {
    assumed: { currentMonthlyCost: rangeOf(current), plannedMonthlyCost: rangeOf(planned) },
  };
}

/** Both totals of something, a month, where zone crossings are metered at one end only. */
export interface OneEndTotals {
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
}

/** `ifCrossedAtOneEnd` of two sums; nothing where neither holds a zone crossing that is taken as metered at two ends. */
export function oneEndTotals(
  current: Pick<CostSum, 'cost' | 'costAtOneEnd'>,
  planned: Pick<CostSum, 'cost' | 'costAtOneEnd'>,
): { readonly ifCrossedAtOneEnd?: OneEndTotals } {
  if (current.costAtOneEnd === undefined && planned.costAtOneEnd === undefined) return {};
  return {
    ifCrossedAtOneEnd: {
      currentMonthlyCost: current.costAtOneEnd ?? toDecimalString(current.cost),
      plannedMonthlyCost: planned.costAtOneEnd ?? toDecimalString(planned.cost),
    },
  };
}

const sumOfTexts = (costs: readonly DecimalString[]): Amount =>
  sum(costs.map((cost) => amount(cost)));

/** The part of a volume that one tier prices. */
export interface TierQuantity {
  readonly tier: RateTier;
  readonly quantity: Amount;
}

/**
 * Splits a volume across a rate's tiers, from the first up. A volume exactly on a bound is priced wholly below it
 * (AWS price list: a tier's `endRange` is inclusive). A volume of zero stands as zero in the first tier.
 */
export function splitAcrossTiers(volume: Amount, rate: Rate): readonly TierQuantity[] {
  const parts = rate.tiers
    .map((tier) => ({ tier, quantity: quantityWithin(volume, tier) }))
    .filter(({ quantity }) => quantity.gt(0));
  const [first] = rate.tiers;
  return parts.length > 0 || first === undefined ? parts : [{ tier: first, quantity: zero }];
}

/** What a volume costs through a rate's tiers, exactly. */
export function tieredCost(volume: Amount, rate: Rate): Amount {
  return sum(
    splitAcrossTiers(volume, rate).map(({ tier, quantity }) => quantity.times(tier.price)),
  );
}

function quantityWithin(volume: Amount, tier: RateTier): Amount {
  const begin = amount(tier.beginRange);
  if (volume.lte(begin)) return zero;
  if (tier.endRange === 'Inf' || volume.lte(tier.endRange)) return volume.minus(begin);
  return amount(tier.endRange).minus(begin);
}

/**
 * Shares out a pool's tiers among its members, each in proportion to its volume: PrivateLink's tiers run over the
 * total of all interface endpoints of a Region, so no member owns the first tier. Members sum to the tiers and tiers
 * to the members.
 *
 * @param volumes each member's volume, in the rate's unit
 * @returns for each member, its part of each tier it has a part in
 */
export function allocateTiers(
  volumes: readonly Amount[],
  rate: Rate,
): readonly (readonly TierQuantity[])[] {
  const [first, ...upper] = splitAcrossTiers(sum(volumes), rate);
  if (first === undefined) return volumes.map(() => []);
  const shares = upper.map((part) => ({
    tier: part.tier,
    quantities: shareOut(part.quantity, volumes),
  }));
  return volumes.map((volume, member) => {
    const above = shares.map(({ tier, quantities }) => ({
      tier,
      quantity: quantities[member] ?? zero,
    }));
    const below = volume.minus(sum(above.map(({ quantity }) => quantity)));
    return [
      { tier: first.tier, quantity: below },
      ...above.filter(({ quantity }) => quantity.gt(0)),
    ];
  });
}

/** A straight line `intercept + slope × volume` that a tier schedule follows within one tier. */
export interface TierLine {
  readonly tier: RateTier;
  readonly intercept: Amount;
  readonly slope: Amount;
}

/**
 * The straight lines of a tier schedule. Where prices never rise from tier to tier, the schedule is concave and at
 * every volume equal to the lowest of its lines; the plan rests on that.
 *
 * @throws PathfareError where a price rises from one tier to the next
 */
export function tierLines(rate: Rate): readonly TierLine[] {
  let previous: TierLine | undefined;
  const lines: TierLine[] = [];
  for (const tier of rate.tiers) {
    const slope = amount(tier.price);
    if (previous?.slope.lt(slope)) throw risingTiers(previous.tier, tier);
    const step = previous === undefined ? zero : previous.slope.minus(slope).times(tier.beginRange);
    previous = { tier, slope, intercept: (previous?.intercept ?? zero).plus(step) };
    lines.push(previous);
  }
  return lines;
}

function risingTiers(lower: RateTier, upper: RateTier): PathfareError {
  return new PathfareError(
    'invalid-rates',
    `the price rises from ${lower.price} to ${upper.price} above ${upper.beginRange} GB; the cheapest plan is not defined for rising tiers`,
    { hint: 'Correct the tiers in the rates file: AWS prices fall from tier to tier.' },
  );
}
