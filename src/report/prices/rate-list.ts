import type { RateCard } from '../../pricing/card/rate-card.js';
import { oldestVerified } from '../../pricing/card/verified.js';
import { type Column, left, markdownTable, right, textTable, wrapText } from '../draw/tables.js';
import { cardsCsv, cardsJson, type ShownCards } from './data.js';
import { dayText, firstPrice } from './rate-rows.js';

const sources: ReadonlyMap<string, string> = new Map([['offer-file', 'offers']]);

const atAGlance: readonly Column[] = [
  left('Region'),
  right('NAT/h'),
  right('NAT/GB'),
  right('Endp./h'),
  right('Endp./GB'),
  right('Out/GB'),
  left('Source'),
  left('Verified'),
];

const glanceRow = (card: RateCard): readonly string[] => [
  card.region,
  firstPrice(card, 'natGatewayHour'),
  firstPrice(card, 'natGatewayGb'),
  firstPrice(card, 'interfaceEndpointHour'),
  firstPrice(card, 'interfaceEndpointGb'),
  firstPrice(card, 'internetEgressGb'),
  sources.get(card.source) ?? card.source,
  dayText(oldestVerified(card)),
];

/** `USD`, and which Regions are in another currency. */
function currenciesOf(cards: readonly RateCard[]): string {
  const others = cards.filter(({ currency }) => currency !== 'USD');
  if (others.length === 0) return 'USD';
  const names = others.map(({ region, currency }) => `${region} in ${currency}`);
  return others.length === cards.length ? names.join(', ') : `USD (${names.join(', ')})`;
}

const glanceNotes = ({ cards, withoutRates }: ShownCards): readonly string[] => [
  `Prices in ${currenciesOf(cards)}: NAT gateway, interface endpoint (a zone) and out to the internet. Where a price falls with the volume, the first tier. A dash is a rate that is not known.`,
  ...(withoutRates.length === 0
    ? []
    : [`No published rate is shipped for ${withoutRates.join(', ')}.`]),
];

/** The formats of `prices list`: every Region at a glance. CSV and JSON carry the whole cards. */
export const rateListFormats = {
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
