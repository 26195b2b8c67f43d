import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import type { Rate, RateCard, RateTier } from '../../pricing/card/rate-card.js';
import { type RateName, rateKinds } from '../../pricing/rates.js';
import { splitAcrossTiers, type TierQuantity } from './tiers.js';

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
  readonly unit: 'GB' | 'Hrs';
  readonly rate: DecimalString | null;
  readonly cost: DecimalString | null;
  /**
   * The most that the cost can be, where it is not known whether the rate is charged at all: `cost` is null then, and lies
   * between nothing and this. Null where the card holds no such rate.
   */
  readonly costAtMost?: DecimalString | null;
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

/** What to price: a quantity of one rate of a card. */
export interface PriceRequest {
  readonly name: ComponentName;
  readonly rateName: RateName;
  readonly quantity: Amount;
  readonly detail?: string;
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
    ...tierBounds(rate, tier),
    ...(/^yours\b/.test(rate.reference) ? { evidence: rate.reference } : {}),
    ...(request.detail === undefined ? {} : { detail: request.detail }),
  }));
}

function tierBounds(rate: Rate, tier: RateTier): Pick<Component, 'tier'> {
  if (rate.tiers.length === 1) return {};
  return { tier: { beginRange: tier.beginRange, endRange: tier.endRange } };
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

/** A component that may not be charged at all: what it costs is known as a range only. */
export function upTo({ cost, ...component }: Component): Component {
  return { ...component, cost: null, costAtMost: cost };
}

/** Whether a component's cost is a range by nature: no rate that a card could hold would settle it. */
export function isRange({ costAtMost }: Component): boolean {
  return costAtMost !== undefined;
}

/** The most that components of a range come to; undefined where there are none, null where a rate is not known. */
export function mostOf(components: readonly Component[]): Amount | null | undefined {
  const ranges = components.filter((component) => isRange(component) && component.quantity !== '0');
  if (ranges.length === 0) return undefined;
  const known = ranges.flatMap(({ costAtMost }) => costAtMost ?? []);
  return known.length < ranges.length ? null : sum(known.map((cost) => amount(cost)));
}

/** A sum of components: exact where all are priced, else a lower bound. */
export interface CostSum {
  readonly cost: Amount;
  readonly complete: boolean;
}

/** Adds up components; an unpriced one of a quantity above zero makes the sum a lower bound. */
export function sumComponents(components: readonly Component[]): CostSum {
  return {
    cost: sum(components.map(({ cost }) => amount(cost ?? '0'))),
    complete: components.every(({ cost, quantity }) => cost !== null || quantity === '0'),
  };
}

/** The rates that a card does not hold, of components of a quantity above zero. */
export function missingRates(components: readonly Component[]): readonly RateName[] {
  const unpricedOnes = components.filter(
    (component) => component.cost === null && component.quantity !== '0' && !isRange(component),
  );
  return [...new Set(unpricedOnes.map(({ rateName }) => rateName))];
}
