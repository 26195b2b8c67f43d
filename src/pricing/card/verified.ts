import { compareText } from '../../base/finding.js';
import { listNames } from '../../base/text.js';
import { type RateName, rateKinds, rateNames } from '../rates.js';
import { type PricingFinding, pricingFinding } from './findings.js';
import { type RateCard, type RateTier, verifiedAt } from './rate-card.js';

/** The day since which every rate that an estimate may use was seen in force, as an instant. */
export function oldestVerified(card: RateCard): string {
  const instants = rateNames.flatMap((name) =>
    rateKinds[name].further ? [] : instantsOf(card, name),
  );
  return instants.sort(compareText)[0] ?? card.publishedAt;
}

function instantsOf(
  card: RateCard,
  name: RateName,
  isMeant: (tier: RateTier) => boolean = () => true,
): readonly string[] {
  const rate = card.rates[name];
  return rate?.tiers.filter(isMeant).map((tier) => verifiedAt(rate, card, tier)) ?? [];
}

/** A rate that a result rests on: one tier of it, by its lower bound, or all. */
export interface RateUse {
  readonly region: string;
  readonly rateName: RateName;
  readonly beginRange?: string | undefined;
}

const longestUnverified = 180 * 86_400_000;

/**
 * One finding for all rates that a result rests on and that were not seen in force for 180 days. What is the user's own
 * word is not checked against AWS; a discounted rate is.
 */
export function ratesNotVerified(
  cards: readonly RateCard[],
  uses: readonly RateUse[],
  now: Date,
): readonly PricingFinding[] {
  const old = uses.flatMap(({ region, rateName, beginRange }) => {
    const card = cards.find((each) => each.region === region);
    if (card === undefined || card.rates[rateName]?.reference === 'yours') return [];
    const isMeant = (tier: RateTier) => beginRange === undefined || tier.beginRange === beginRange;
    return instantsOf(card, rateName, isMeant)
      .filter((instant) => now.getTime() - Date.parse(instant) > longestUnverified)
      .map((instant) => ({ instant, name: `${rateName} of ${region}` }));
  });
  const [since] = old.map(({ instant }) => instant).sort(compareText);
  if (since === undefined) return [];
  const rates = listNames(old.map(({ name }) => name).sort(compareText));
  return [pricingFinding('rates-not-verified', { rates, since })];
}
