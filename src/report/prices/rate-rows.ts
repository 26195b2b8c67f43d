import { groupThousands } from '../../base/text.js';
import { formatRate } from '../draw/money.js';

/** One tier of a rate, as much of it as is shown. */
export interface ShownTier {
  readonly beginRange: string;
  readonly endRange: string;
  readonly price: string;
  readonly rateCode: string | null;
}

/** A rate with its evidence, as much of it as is shown. */
export interface ShownRate {
  readonly unit: string;
  readonly sku: string | null;
  readonly publishedAt: string;
  readonly reference: string;
  readonly freeGb?: string | undefined;
  readonly tiers: readonly ShownTier[];
}

/** A rate card, as much of it as is shown. */
export interface ShownCard {
  readonly region: string;
  readonly location: string;
  readonly currency: string;
  readonly publishedAt: string;
  readonly fetchedAt: string | null;
  readonly source: string;
  readonly rates: Readonly<Record<string, ShownRate | undefined>>;
}

const labels: ReadonlyMap<string, string> = new Map([
  ['natGatewayHour', 'NAT gateway, hour'],
  ['natGatewayGb', 'NAT gateway, GB'],
  ['regionalNatGatewayHour', 'Regional NAT gateway, hour'],
  ['regionalNatGatewayGb', 'Regional NAT gateway, GB'],
  ['interfaceEndpointHour', 'Interface endpoint, hour'],
  ['interfaceEndpointGb', 'Interface endpoint, GB'],
  ['publicIpv4Hour', 'Public IPv4 address, hour'],
  ['transitGatewayAttachmentHour', 'Transit gateway, hour'],
  ['transitGatewayGb', 'Transit gateway, GB'],
  ['regionalTransferGb', 'Between zones, GB'],
  ['internetEgressGb', 'To the internet, GB'],
]);

/** What a rate is called on a screen; the name in a rate card where it has no other. */
export function rateLabel(name: string): string {
  return labels.get(name) ?? name;
}

/** The bounds of a tier: nothing for a rate of one price, `above 5,242,880` for the last. */
export function tierLabel({
  beginRange,
  endRange,
}: Pick<ShownTier, 'beginRange' | 'endRange'>): string {
  if (endRange === 'Inf') {
    return beginRange === '0' ? '' : `above ${groupThousands(beginRange)}`;
  }
  return `${groupThousands(beginRange)} - ${groupThousands(endRange)}`;
}

/** The day of a time in ISO 8601. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** One price of a rate card. */
export interface RateRow {
  readonly name: string;
  readonly rate: ShownRate;
  readonly tier: ShownTier;
}

/** Every price of a rate card, in its order. */
export function rateRows(card: ShownCard): readonly RateRow[] {
  return Object.entries(card.rates).flatMap(([name, rate]) =>
    rate === undefined ? [] : rate.tiers.map((tier) => ({ name, rate, tier })),
  );
}

/** A rate's first price for a table cell, in bare digits where it is in USD; a dash where it is not known. */
export function firstPrice(card: ShownCard, name: string): string {
  const price = card.rates[name]?.tiers[0]?.price;
  if (price === undefined) return '-';
  return card.currency === 'USD' ? price : formatRate(price, card.currency);
}
