import { lessPercent } from '../../base/decimal.js';
import { quoteValue, UsageError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest-names.js';
import { type RateName, rateKinds, rateNames } from '../rates.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import type { Rate, RateCard } from './rate-card.js';

/** The components that `--discount` can name. */
export const discountComponents: readonly string[] = [
  ...new Set(rateNames.map((name) => rateKinds[name].discount)),
];

/** Percentages off the published rates. */
export interface Discounts {
  /** Off every rate whose component is not named; undefined for none. */
  readonly everything: string | undefined;
  readonly byComponent: ReadonlyMap<string, string>;
}

/**
 * Reads the values of `--discount`: "12%" for every component, "nat-gateway=5%" for one.
 *
 * @throws UsageError naming the value that is no discount
 */
export function parseDiscounts(values: readonly string[]): Discounts {
  let everything: string | undefined;
  const byComponent = new Map<string, string>();
  for (const value of values) {
    const { component, percent } = parseDiscount(value);
    if (component === undefined ? everything !== undefined : byComponent.has(component)) {
      throw new UsageError(`--discount: ${quoteValue(value)} is the second for the same rates`, {
        hint: 'Give one discount for everything, and one for each component.',
      });
    }
    if (component === undefined) everything = percent;
    else byComponent.set(component, percent);
  }
  return { everything, byComponent };
}

function parseDiscount(value: string): { component: string | undefined; percent: string } {
  const match = /^(?:([a-z0-9-]+)=)?(\d{1,3}(?:\.\d{1,6})?)%$/.exec(value.trim());
  const percent = match?.[2];
  if (percent === undefined || Number(percent) > 100) {
    throw new UsageError(`--discount: ${quoteValue(value)} is not a discount`, {
      hint: 'Write a percentage from 0% to 100%, such as 12% or nat-gateway=5%.',
    });
  }
  const component = match?.[1];
  if (component !== undefined && !discountComponents.includes(component)) {
    throw new UsageError(`--discount: ${quoteValue(component)} is not a component`, {
      hint: `${didYouMean(component, discountComponents)}The components are ${discountComponents.join(', ')}.`,
    });
  }
  return { component, percent };
}

/** A rate card with the discounts taken off, and a finding that says so. */
export interface DiscountedCard {
  readonly card: RateCard;
  readonly findings: readonly PricingFinding[];
}

/**
 * Takes the discounts off the published rates, exact to the last digit.
 *
 * @param own the rates that are the user's own already, which no discount applies to
 */
export function applyDiscounts(
  card: RateCard,
  discounts: Discounts,
  own: ReadonlySet<RateName>,
): DiscountedCard {
  const applied = new Set<string>();
  const rates = rateNames.flatMap((name) => {
    const rate = card.rates[name];
    if (rate === undefined) return [];
    const percent = discounts.byComponent.get(rateKinds[name].discount) ?? discounts.everything;
    if (percent === undefined || own.has(name)) return [[name, rate] as const];
    applied.add(`${rateKinds[name].discount} ${percent}%`);
    return [[name, discounted(rate, percent)] as const];
  });
  if (applied.size === 0) return { card, findings: [] };
  return {
    card: { ...card, source: 'yours', rates: Object.fromEntries(rates) },
    findings: [
      pricingFinding('discount-applied', { region: card.region, discounts: [...applied] }),
    ],
  };
}

function discounted(rate: Rate, percent: string): Rate {
  return {
    ...rate,
    reference: `yours: ${percent}% off ${rate.reference}`,
    tiers: rate.tiers.map((tier) => ({ ...tier, price: lessPercent(tier.price, percent) })),
  };
}
