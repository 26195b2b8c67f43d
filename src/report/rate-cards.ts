import { stringify } from 'csv-stringify/sync';
import { markdownTable } from './markdown-table.js';
import { formatRate } from './money.js';
import { dayOf, firstPrice, rateLabel, rateRows, type ShownCard, tierLabel } from './rate-rows.js';
import { csvText, markdownText, terminalText } from './safe-text.js';
import { type Column, textTable, wrapText } from './text-table.js';

/** The rate cards to show, and what stands beside them. */
export interface ShownCards {
  readonly cards: readonly ShownCard[];
  /** Regions of AWS that pathfare has no rates for. */
  readonly withoutRates: readonly string[];
  /** Whole days since a card's rates were published. */
  readonly ageDays: (card: ShownCard) => number;
}

const sources: ReadonlyMap<string, string> = new Map([['offer-file', 'offers']]);

const atAGlance: readonly Column[] = [
  { head: 'Region', align: 'left' },
  { head: 'NAT/h', align: 'right' },
  { head: 'NAT/GB', align: 'right' },
  { head: 'Endp./h', align: 'right' },
  { head: 'Endp./GB', align: 'right' },
  { head: 'Out/GB', align: 'right' },
  { head: 'Source', align: 'left' },
  { head: 'Published', align: 'left' },
];

const glanceRow = (card: ShownCard): readonly string[] => [
  card.region,
  firstPrice(card, 'natGatewayHour'),
  firstPrice(card, 'natGatewayGb'),
  firstPrice(card, 'interfaceEndpointHour'),
  firstPrice(card, 'interfaceEndpointGb'),
  firstPrice(card, 'internetEgressGb'),
  sources.get(card.source) ?? card.source,
  dayOf(card.publishedAt),
];

const glanceNotes = ({ withoutRates }: ShownCards): readonly string[] => [
  'Prices in USD: NAT gateway, interface endpoint (a zone) and out to the internet. Where a price falls with the volume, the first tier. A dash is a rate that is not known.',
  ...(withoutRates.length === 0
    ? []
    : [`Regions of AWS without rates here: ${withoutRates.join(', ')}.`]),
];

/** The faces of `prices list`: every Region at a glance. CSV and JSON carry the whole cards. */
export const rateListFaces = {
  table: (shown: ShownCards) =>
    [
      textTable(atAGlance, shown.cards.map(glanceRow)),
      '',
      ...glanceNotes(shown).map((note) => wrapText(note, 80)),
      '',
    ].join('\n'),
  json: (shown: ShownCards) => cardsJson(shown),
  csv: (shown: ShownCards) => cardsCsv(shown),
  markdown: (shown: ShownCards) =>
    `${markdownTable(atAGlance, shown.cards.map(glanceRow))}\n\n${glanceNotes(shown).join('\n\n')}\n`,
} as const;

/** The faces of `prices show`: every rate of a Region with its evidence and its age. */
export const rateCardFaces = {
  table: (shown: ShownCards) => shown.cards.map((card) => cardTable(card, shown)).join('\n'),
  // One card alone is printed as a rate card file, which --rates reads.
  json: (shown: ShownCards) => (shown.cards.length === 1 ? json(shown.cards[0]) : cardsJson(shown)),
  csv: (shown: ShownCards) => cardsCsv(shown),
  markdown: (shown: ShownCards) => shown.cards.map((card) => cardMarkdown(card, shown)).join('\n'),
} as const;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function cardsJson({ cards, withoutRates }: ShownCards): string {
  return json({ schema: 'pathfare/rate-cards@1', rateCards: cards, withoutRates });
}

const csvHeader = [
  'region',
  'currency',
  'source',
  'card_published_at',
  'fetched_at',
  'rate',
  'unit',
  'begin_range',
  'end_range',
  'price',
  'free_gb',
  'sku',
  'rate_code',
  'published_at',
  'reference',
];

function cardsCsv({ cards }: ShownCards): string {
  const rows = cards.flatMap((card) =>
    rateRows(card).map(({ name, rate, tier }) => [
      card.region,
      card.currency,
      card.source,
      card.publishedAt,
      card.fetchedAt ?? '',
      name,
      rate.unit,
      tier.beginRange,
      tier.endRange,
      tier.price,
      rate.freeGb ?? '',
      csvText(rate.sku ?? ''),
      csvText(tier.rateCode ?? ''),
      rate.publishedAt,
      csvText(rate.reference),
    ]),
  );
  return stringify([csvHeader, ...rows]);
}

const cardColumns: readonly Column[] = [
  { head: 'Rate', align: 'left' },
  { head: 'GB a month', align: 'right' },
  { head: 'Price', align: 'right' },
  { head: 'SKU', align: 'left' },
];

function cardTable(card: ShownCard, shown: ShownCards): string {
  const rows = rateRows(card).map(({ name, rate, tier }) => [
    rateLabel(name),
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

const markdownColumns: readonly Column[] = [
  ...cardColumns,
  { head: 'Rate code', align: 'left' },
  { head: 'Published', align: 'left' },
];

function cardMarkdown(card: ShownCard, shown: ShownCards): string {
  const rows = rateRows(card).map(({ name, rate, tier }) => [
    rateLabel(name),
    tierLabel(tier),
    markdownText(formatRate(tier.price, card.currency)),
    markdownText(rate.sku ?? ''),
    markdownText(tier.rateCode ?? ''),
    dayOf(rate.publishedAt),
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
function ageOf(card: ShownCard, days: number): string {
  const fetched = card.fetchedAt === null ? '' : `, fetched ${dayOf(card.fetchedAt)}`;
  const ago = days === 1 ? '1 day ago' : `${days} days ago`;
  return `${card.currency}, ${card.source}; published ${dayOf(card.publishedAt)} (${ago})${fetched}`;
}

function freeNotes({ rates }: ShownCard): readonly string[] {
  const free = rates['internetEgressGb']?.freeGb;
  if (free === undefined) return [];
  return [`The first ${free} GB a month to the internet, over all Regions, are free.`, ''];
}

/** A source with its date, and the rates that it holds. */
interface Evidence {
  readonly source: string;
  readonly rates: string;
}

function evidence({ rates }: ShownCard): readonly Evidence[] {
  const bySource = new Map<string, string[]>();
  for (const [name, rate] of Object.entries(rates)) {
    if (rate === undefined) continue;
    const source = `${dayOf(rate.publishedAt)}  ${rate.reference}`;
    bySource.set(source, [...(bySource.get(source) ?? []), rateLabel(name).replace(',', '')]);
  }
  return [...bySource].map(([source, names]) => ({ source, rates: names.join(', ') }));
}

/** An address stays in one piece, however long, so that it can be followed. */
const evidenceLines = (card: ShownCard): readonly string[] =>
  evidence(card).flatMap(({ source, rates }) => [
    `  ${terminalText(source)}`,
    `    ${wrapText(rates, 76, '    ')}`,
  ]);
