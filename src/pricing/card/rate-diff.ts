import { amount, percentChange } from '../../base/decimal.js';
import { PathfareError } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { type RateUnit } from '../rate-kind.js';
import { type FamilyName, type RateName, rateKinds } from '../rates.js';
import { allRates, type NamedRate } from './all-rates.js';
import type { Rate, RateCard } from './rate-card.js';

/** One price that differs between two rate cards of a Region. */
export interface RateChange {
  readonly region: string;
  readonly rate: RateName | FamilyName;
  /** The Region or the type of instance, where the rate is one of a family. */
  readonly of?: string;
  readonly unit: RateUnit;
  /** The tier's bounds in the unit; null for the free GB a month of internet egress. */
  readonly tier: { readonly beginRange: string; readonly endRange: string } | null;
  /** The old price (or free GB), null where the old card has none. */
  readonly before: string | null;
  /** The new price (or free GB), null where the new card has none. */
  readonly after: string | null;
  /** How far the new price lies from the old in percent, two places; null where there is no such number. */
  readonly percent: string | null;
}

/**
 * Every price that differs between two rate cards of the same Region, in the order of a rate card. A tier
 * whose bounds moved is one price gone and another come.
 *
 * @throws PathfareError where the cards are in two currencies
 */
export function diffRateCards(before: RateCard, after: RateCard): readonly RateChange[] {
  if (before.currency !== after.currency) {
    throw new PathfareError(
      'mixed-currencies',
      `${after.region}: one card is in ${before.currency}, the other in ${after.currency}`,
      { hint: 'Prices in two currencies can not be compared.' },
    );
  }
  const old = byKey(before);
  const fresh = byKey(after);
  return inOrder([...new Set([...old.keys(), ...fresh.keys()])]).flatMap((key) =>
    diffRate(after.region, old.get(key), fresh.get(key)),
  );
}

const byKey = (card: RateCard): ReadonlyMap<string, NamedRate> =>
  new Map(allRates(card).map((each) => [`${each.name}\n${each.of ?? ''}`, each]));

const names: readonly string[] = Object.keys(rateKinds);

/** In the order of a rate card; those of families, whose names it does not list, come last. */
function inOrder(keys: readonly string[]): readonly string[] {
  const placeOf = (key: string) => {
    const place = names.indexOf(key.split('\n')[0] ?? '');
    return place === -1 ? names.length : place;
  };
  return keys.toSorted((a, b) => placeOf(a) - placeOf(b) || compareText(a, b));
}

function diffRate(
  region: string,
  was: NamedRate | undefined,
  is: NamedRate | undefined,
): readonly RateChange[] {
  const named = is ?? was;
  if (named === undefined) return [];
  const { name: rate, of } = named;
  const { unit } = named.rate;
  const [before, after] = [was?.rate, is?.rate];
  const old = pricesOf(before);
  const fresh = pricesOf(after);
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), fresh.get(key)];
    if (was !== undefined && is !== undefined && amount(was.price).eq(is.price)) return [];
    return [
      {
        region,
        rate,
        ...(of === null ? {} : { of }),
        unit,
        tier: (was ?? is)?.tier ?? null,
        before: was?.price ?? null,
        after: is?.price ?? null,
        percent: was === undefined || is === undefined ? null : percentChange(was.price, is.price),
      },
    ];
  });
}

interface Price {
  readonly tier: RateChange['tier'];
  readonly price: string;
}

/** The prices of a rate by the bounds they hold between, and the free GB beside them. */
function pricesOf(rate: Rate | undefined): ReadonlyMap<string, Price> {
  const prices = new Map<string, Price>();
  for (const { beginRange, endRange, price } of rate?.tiers ?? []) {
    prices.set(`${beginRange}-${endRange}`, { tier: { beginRange, endRange }, price });
  }
  if (rate?.freeGb !== undefined) prices.set('free', { tier: null, price: rate.freeGb });
  return prices;
}
