import { formatJson } from '../../base/json.js';
import { plural } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { rateKinds } from '../../pricing/rates.js';
import { markdownText, terminalText } from '../draw/labels.js';
import { formatRate } from '../draw/money.js';
import { type Column, left, markdownTable, right, textTable, wrapText } from '../draw/tables.js';
import { cardsCsv, cardsJson, type ShownCards } from './data.js';
import { dayText, rateRows, ratesOf, tierLabel } from './rate-rows.js';

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
  const rows = rateRows(card).map(({ name, rate, tier }) => [
    rateKinds[name].label,
    tierLabel(tier),
    formatRate(tier.price, card.currency),
    terminalText(rate.sku ?? '-'),
  ]);
  return [
    `${card.region}, ${terminalText(card.location)}`,
    ageOf(card, shown.ageDays(card)),
    '',
    textTable(cardColumns, rows),
    '',
    ...freeNotes(card),
    'Evidence',
    ...evidenceLines(card),
    '',
  ].join('\n');
}

const markdownColumns: readonly Column[] = [...cardColumns, left('Rate code'), left('Published')];

function cardMarkdown(card: RateCard, shown: ShownCards): string {
  const rows = rateRows(card).map(({ name, rate, tier }) => [
    rateKinds[name].label,
    tierLabel(tier),
    markdownText(formatRate(tier.price, card.currency)),
    markdownText(rate.sku ?? ''),
    markdownText(tier.rateCode ?? ''),
    dayText(rate.publishedAt),
  ]);
  return [
    `## ${card.region}, ${markdownText(card.location)}`,
    '',
    ageOf(card, shown.ageDays(card)),
    '',
    markdownTable(markdownColumns, rows),
    '',
    ...freeNotes(card),
    ...evidence(card).map(({ source, rates }) => `- ${markdownText(source)}: ${rates}`),
    '',
  ].join('\n');
}

/** Where a card came from and how old it is. */
function ageOf(card: RateCard, days: number): string {
  const fetched = card.fetchedAt === null ? '' : `, fetched ${dayText(card.fetchedAt)}`;
  return `${card.currency}, ${card.source}; published ${dayText(card.publishedAt)} (${plural(days, 'day')} ago)${fetched}`;
}

function freeNotes({ rates }: RateCard): readonly string[] {
  const free = rates.internetEgressGb?.freeGb;
  if (free === undefined) return [];
  return [`The first ${free} GB a month to the internet, over all Regions, are free.`, ''];
}

/** A source with its date, and the rates that it holds. */
interface Evidence {
  readonly source: string;
  readonly rates: string;
}

function evidence(card: RateCard): readonly Evidence[] {
  const bySource = new Map<string, string[]>();
  for (const { name, rate } of ratesOf(card)) {
    const source = `${dayText(rate.publishedAt)}  ${rate.reference}`;
    bySource.set(source, [...(bySource.get(source) ?? []), rateKinds[name].label.replace(',', '')]);
  }
  return [...bySource].map(([source, names]) => ({ source, rates: names.join(', ') }));
}

/** An address stays in one piece, however long, so that it can be followed. */
const evidenceLines = (card: RateCard): readonly string[] =>
  evidence(card).flatMap(({ source, rates }) => [
    `  ${terminalText(source)}`,
    `    ${wrapText(rates, 76, '    ')}`,
  ]);
