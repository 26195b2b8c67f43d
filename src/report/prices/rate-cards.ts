import { formatJson } from '../../base/json.js';
import { plural } from '../../base/text.js';
import { allRates } from '../../pricing/card/all-rates.js';
import {
  type Rate,
  type RateCard,
  type RateTier,
  verifiedAt,
} from '../../pricing/card/rate-card.js';
import { oldestVerified } from '../../pricing/card/verified.js';
import { rateKinds, rateNames } from '../../pricing/rates.js';
import { markdownText, terminalText } from '../draw/labels.js';
import { formatRate } from '../draw/money.js';
import { type Column, left, markdownTable, right, textTable, wrapText } from '../draw/tables.js';
import { cardsCsv, cardsJson, type ShownCards } from './data.js';
import { dayText, rateRows, tierLabel } from './rate-rows.js';

/** The formats of `prices show`: every rate of a Region with its evidence and its age. */
export const rateCardFormats = {
  table: (shown: ShownCards) => shown.cards.map((card) => cardTable(card, shown)).join('\n'),
  // A single card is printed as a rate card file, which --rates reads.
  json: (shown: ShownCards) =>
    shown.cards.length === 1 ? formatJson(shown.cards[0]) : cardsJson(shown),
  csv: (shown: ShownCards) => cardsCsv(shown),
  markdown: (shown: ShownCards) => shown.cards.map((card) => cardMarkdown(card, shown)).join('\n'),
} as const;

const cardColumns: readonly Column[] = [
  left('Rate'),
  right('GB a month'),
  right('Price'),
  left('SKU'),
];

function cardTable(card: RateCard, shown: ShownCards): string {
  const rows = rateRows(card).map(({ label, rate, tier }) => [
    label,
    tierLabel(tier),
    priceText(rate, tier, card),
    terminalText(rate.sku ?? '-'),
  ]);
  return [
    `${card.region}, ${terminalText(card.location)}`,
    ageOf(card, shown.ageDays),
    '',
    textTable(cardColumns, rows),
    '',
    ...freeNotes(card),
    ...missingNotes(card).flatMap((note) => [wrapText(note, 80), '']),
    'Evidence',
    ...evidenceLines(card),
    '',
  ].join('\n');
}

const markdownColumns: readonly Column[] = [
  ...cardColumns,
  left('Rate code'),
  left('Published'),
  left('Verified'),
];

function cardMarkdown(card: RateCard, shown: ShownCards): string {
  const rows = rateRows(card).map(({ label, rate, tier }) => [
    label,
    tierLabel(tier),
    markdownText(priceText(rate, tier, card)),
    markdownText(rate.sku ?? ''),
    markdownText(tier.rateCode ?? ''),
    dayText(rate.publishedAt),
    dayText(verifiedAt(rate, card, tier)),
  ]);
  return [
    `## ${card.region}, ${markdownText(card.location)}`,
    '',
    ageOf(card, shown.ageDays),
    '',
    markdownTable(markdownColumns, rows),
    '',
    ...freeNotes(card),
    ...missingNotes(card).flatMap((note) => [note, '']),
    ...evidence(card).map(({ source, rates }) => `- ${markdownText(source)}: ${rates}`),
    '',
  ].join('\n');
}

/** Where a card came from and how old it is. */
function ageOf(card: RateCard, ageDays: ShownCards['ageDays']): string {
  const fetched = card.fetchedAt === null ? '' : `, fetched ${dayText(card.fetchedAt)}`;
  const verified = oldestVerified(card);
  return `${card.currency}, ${card.source}; published ${dayText(card.publishedAt)}, verified ${dayText(verified)} (${plural(ageDays(verified), 'day')} ago)${fetched}`;
}

/** An assumed price is marked as totals that rest on it are. */
function priceText(rate: Rate, tier: RateTier, card: RateCard): string {
  const price = formatRate(tier.price, card.currency);
  return rate.assumed === undefined ? price : `~ ${price}`;
}

function freeNotes({ rates }: RateCard): readonly string[] {
  const free = rates.internetEgressGb?.freeGb;
  if (free === undefined) return [];
  return [`The first ${free} GB a month to the internet, over all Regions, are free.`, ''];
}

/** What the card lacks: no source gives it, so it is not known here. */
function missingNotes(card: RateCard): readonly string[] {
  const missing = rateNames.filter((name) => card.rates[name] === undefined);
  if (missing.length === 0) return [];
  const labels = missing.map((name) => rateKinds[name].label.replace(',', ''));
  return [`Not known for ${card.region}: ${labels.join(', ')}.`];
}

/** A source with its date, and the rates that it holds. */
interface Evidence {
  readonly source: string;
  readonly rates: string;
}

function evidence(card: RateCard): readonly Evidence[] {
  const bySource = new Map<string, string[]>();
  for (const { label, rate } of allRates(card)) {
    const verified = dayText(verifiedAt(rate, card));
    const seen =
      verified === dayText(rate.publishedAt)
        ? ''
        : `; verified ${verified}${rate.verifiedIn === undefined ? '' : ` in ${rate.verifiedIn}`}`;
    const source = `${dayText(rate.publishedAt)}  ${rate.reference}${seen}`;
    bySource.set(source, [...(bySource.get(source) ?? []), label.replace(',', '')]);
  }
  return [...bySource].map(([source, names]) => ({ source, rates: names.join(', ') }));
}

/** An address stays in one piece, however long, so that it can be followed. */
const evidenceLines = (card: RateCard): readonly string[] =>
  evidence(card).flatMap(({ source, rates }) => [
    `  ${terminalText(source)}`,
    `    ${wrapText(rates, 76, '    ')}`,
  ]);
