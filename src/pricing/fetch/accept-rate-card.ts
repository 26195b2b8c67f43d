import { amount, differsByMoreThan } from '../../base/decimal.js';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { allRates, kindOfRate, type NamedRate } from '../card/all-rates.js';
import { parseRateCard } from '../card/document.js';
import { isAhead } from '../card/load-rate-card.js';
import type { Rate, RateCard } from '../card/rate-card.js';
import { findRegion, type Partition } from '../card/regions.js';
import { type RateName, rateKinds, rateNames } from '../rates.js';

const otherSource =
  "The rates you had are kept. Try the other source (`source: 'api'` or `source: 'offer-file'`), or report this as a defect.";

/** A change of more than this many times, up or down, is more likely a mistake than a new price. */
const plausibleFactor = 10;

function isRequired(name: RateName, partition: Partition): boolean {
  const { required } = rateKinds[name];
  return required === 'everywhere' || (required === 'outside-china' && partition !== 'aws-cn');
}

/**
 * Lets a fetched rate card pass only whole and plausible, against the card that it would replace.
 *
 * @param implausible true to let pass what `--accept` lets pass: a price of 0, a price more than ten times
 *   the old one or less than a tenth of it, a publication date before the old one or after today
 * @throws PathfareError naming every rate that is wrong, with its SKU
 */
export function acceptRateCard(
  fetched: RateCard,
  replaced: RateCard | undefined,
  implausible: boolean,
  now: Date,
): RateCard {
  const missing = ratesNotFetched(fetched, replaced);
  if (missing.length > 0) {
    throw new PathfareError(
      'price-list-refused',
      `${fetched.region}: price list refused: no product for ${missing.join(', ')}`,
      { hint: otherSource },
    );
  }
  refuseOtherCurrency(fetched);
  const card = parseRateCard(fetched, `${fetched.region}: price list refused`, otherSource);
  const doubts = implausible ? [] : implausibleRates(card, replaced, now);
  if (doubts.length > 0) {
    throw new PathfareError(
      'price-list-refused',
      `${card.region}: price list refused: ${doubts.join('; ')}`,
      {
        hint: 'The rates you had are kept. If the prices are right, repeat the command with `accept`.',
      },
    );
  }
  return card;
}

/** The rates that every card of the partition has, and those that the old card had, but this one lacks. */
function ratesNotFetched(fetched: RateCard, replaced: RateCard | undefined): readonly RateName[] {
  const partition = findRegion(fetched.region)?.partition ?? 'aws';
  const wanted = rateNames.filter((name) => {
    const before = rateKinds[name].further ? undefined : replaced?.rates[name];
    return isRequired(name, partition) || (before !== undefined && before.assumed === undefined);
  });
  return wanted.filter((name) => fetched.rates[name] === undefined);
}

/** A partition's bill is in one currency; prices in another are another partition's list, whatever they say. */
function refuseOtherCurrency({ region, currency, rates }: RateCard): void {
  const expected = findRegion(region)?.partition === 'aws-cn' ? 'CNY' : 'USD';
  if (currency === expected) return;
  const [first] = rateNames.flatMap((name) => {
    const rate = rates[name];
    const price = rate?.tiers[0]?.price;
    return price === undefined
      ? []
      : [`${name} (SKU ${quoteValue(rate?.sku ?? 'unknown')}) costs ${price} ${currency}`];
  });
  throw new PathfareError(
    'price-list-refused',
    `${region}: price list refused: it is in ${currency}, but AWS bills the Region in ${expected}; ${first}`,
    { hint: otherSource },
  );
}

function implausibleRates(
  card: RateCard,
  replaced: RateCard | undefined,
  now: Date,
): readonly string[] {
  const older =
    replaced !== undefined && Date.parse(card.publishedAt) < Date.parse(replaced.publishedAt)
      ? [`published on ${card.publishedAt}, before the rates it would replace`]
      : [];
  const today = now.toISOString().slice(0, 10);
  const ahead = rateNames.flatMap((name) => {
    const { publishedAt = '', sku = null } = card.rates[name] ?? {};
    return isAhead(publishedAt, now)
      ? [
          `${name} (SKU ${quoteValue(sku ?? 'unknown')}) was published on ${publishedAt}, and today is ${today}`,
        ]
      : [];
  });
  const comparable = replaced?.currency === card.currency ? replaced : undefined;
  const before = new Map(
    (comparable === undefined ? [] : allRates(comparable)).map(({ name, of, rate }) => [
      `${name} ${of}`,
      rate,
    ]),
  );
  const doubts = allRates(card).flatMap((named) =>
    doubtsAbout(named, before.get(`${named.name} ${named.of}`)),
  );
  return [...older, ...ahead, ...doubts];
}

function doubtsAbout({ name, of, rate }: NamedRate, old: Rate | undefined): readonly string[] {
  const whole = of === null ? name : `${name} of ${of}`;
  const product = `${whole} (SKU ${quoteValue(rate.sku ?? 'unknown')})`;
  return rate.tiers.flatMap((tier, index) => {
    if (amount(tier.price).isZero()) {
      return kindOfRate(name).mayBeZero ? [] : [`${product} has a price of 0`];
    }
    const before = old?.tiers[index]?.price;
    if (before === undefined || !differsByMoreThan(plausibleFactor, before, tier.price)) return [];
    return [`${product} changed from ${before} to ${tier.price}, more than ten times`];
  });
}
