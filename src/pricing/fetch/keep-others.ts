import { amount } from '../../base/decimal.js';
import { allRates, type NamedRate } from '../card/all-rates.js';
import { type Rate, type RateCard, type RateFamilies, verifiedAt } from '../card/rate-card.js';
import { familyNames, rateNames } from '../rates.js';

/** A refreshed card, and what was kept of the one before because the price list does not hold it under a known name. */
export interface KeptCard {
  readonly card: RateCard;
  readonly kept: readonly string[];
}

/**
 * Keeps the rates of the card before that the price list did not hold, with the date on which each was last seen in
 * force. An assumed rate follows the one that it is assumed to equal.
 */
export function keepOthers(card: RateCard, replaced: RateCard | undefined): KeptCard {
  if (replaced === undefined || replaced.currency !== card.currency) return { card, kept: [] };
  const key = ({ name, of }: NamedRate) => `${name} ${of}`;
  const fetched = new Set(allRates(card).map(key));
  const missing = allRates(replaced).filter((named) => !fetched.has(key(named)));
  const rates = new Map<string, Rate | undefined>(Object.entries(card.rates));
  const families = new Map<string, Record<string, Rate>>(
    familyNames.map((name) => [name, { ...card.families?.[name] }]),
  );
  for (const { name, of, rate } of missing) {
    const kept = reassumed(rate, name, card) ?? { ...rate, verifiedAt: verifiedAt(rate, replaced) };
    if (of === null) rates.set(name, kept);
    else Object.assign(families.get(name) ?? {}, { [of]: kept });
  }
  const all: RateFamilies = Object.fromEntries(
    [...families].filter(([, members]) => Object.keys(members).length > 0),
  );
  return {
    card: {
      ...card,
      rates: Object.fromEntries(
        rateNames.flatMap((name) => {
          const rate = rates.get(name);
          return rate === undefined ? [] : [[name, rate]];
        }),
      ),
      ...(Object.keys(all).length === 0 ? {} : { families: all }),
    },
    kept: [
      ...new Set(missing.filter(({ rate }) => rate.assumed === undefined).map(({ name }) => name)),
    ],
  };
}

/** An assumed rate at the price that the card has now for the one that it is assumed to equal. */
function reassumed({ assumed, ...rate }: Rate, name: string, card: RateCard): Rate | undefined {
  const model =
    name === 'regionalNatGatewayHour' ? card.rates.natGatewayHour : card.rates.natGatewayGb;
  const price = model?.tiers[0]?.price;
  if (assumed === undefined || model === undefined || price === undefined) return undefined;
  const { reason, low, high } = assumed;
  return {
    ...rate,
    publishedAt: model.publishedAt,
    reference: model.reference,
    verifiedAt: verifiedAt(model, card),
    verifiedIn: model.verifiedIn,
    assumed: {
      reason,
      low: amount(price).lt(low) ? price : low,
      high: amount(price).gt(high) ? price : high,
    },
    tiers: [{ beginRange: '0', endRange: 'Inf', price, rateCode: null }],
  };
}
