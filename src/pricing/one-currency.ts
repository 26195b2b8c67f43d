import { PathfareError } from '../errors.js';
import type { RateCard } from './rate-card.js';

/**
 * The currency that all the cards share. China's rates are in CNY, and no total mixes them with USD.
 *
 * @throws PathfareError naming a Region of each currency
 */
export function requireOneCurrency(
  cards: readonly [RateCard, ...RateCard[]],
): RateCard['currency'] {
  const [first] = cards;
  const other = cards.find((card) => card.currency !== first.currency);
  if (other === undefined) return first.currency;
  throw new PathfareError(
    `${first.region} is priced in ${first.currency} and ${other.region} in ${other.currency}: no total mixes two currencies`,
    { hint: `Run pathfare once for ${first.region} and once for ${other.region}.` },
  );
}
