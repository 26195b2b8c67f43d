import { compareText } from '../../base/finding.js';
import { rateKinds, rateNames } from '../rates.js';
import { type RateCard, verifiedAt } from './rate-card.js';

/** The day since which every rate that an estimate may use was seen in force, as an instant. */
export function oldestVerified(card: RateCard): string {
  const instants = rateNames.flatMap((name) => {
    const rate = card.rates[name];
    if (rate === undefined || rateKinds[name].further) return [];
    return rate.tiers.map((tier) => verifiedAt(rate, card, tier));
  });
  return instants.sort(compareText)[0] ?? card.publishedAt;
}
