import type { DocumentHead } from '../../base/json.js';
import type { RateUnit } from '../rate-kind.js';
import type { FamilyName, RateName } from '../rates.js';

/** One tier of a rate: an exact price between two bounds, with its rate code. */
export interface RateTier {
  /** Lower bound in the rate's unit, exclusive; "0" for the first tier. */
  readonly beginRange: string;
  /** Upper bound in the rate's unit, inclusive; "Inf" for the last tier. */
  readonly endRange: string;
  /** Price of one unit in the card's currency, as AWS prints it. */
  readonly price: string;
  /** The price list's rate code, or null where the published source carries none. */
  readonly rateCode: string | null;
  /** When this tier's price was last seen in force, where that is earlier than the rate's. */
  readonly verifiedAt?: string | undefined;
}

/** Why a rate that AWS publishes nowhere is taken to be what it is, and between which prices it surely lies. */
export interface Assumption {
  readonly reason: string;
  readonly low: string;
  readonly high: string;
}

/** One rate: unit, tiers in ascending order, and the evidence for them. */
export interface Rate {
  readonly unit: RateUnit;
  /** The price list's SKU, or null where the published source carries none. */
  readonly sku: string | null;
  /** When the list or page that holds this rate was published. */
  readonly publishedAt: string;
  /** The AWS page or list the rate was read from. */
  readonly reference: string;
  /** When the price was last seen in force; the card's fetch or the publication where it is absent. */
  readonly verifiedAt?: string | undefined;
  /** Where it was last seen in force, if that is another place than the one it was read from. */
  readonly verifiedIn?: string | undefined;
  /** Present where the rate is assumed: AWS publishes none for the Region. */
  readonly assumed?: Assumption | undefined;
  /** GB a month that are free before the first tier (internet egress only), over all Regions. */
  readonly freeGb?: string | undefined;
  readonly tiers: readonly RateTier[];
}

/** The rates of one Region. A rate that is not known is absent, never zero. */
export interface RateCard {
  readonly $schema?: DocumentHead<'rate-card@1'>['$schema'] | undefined;
  readonly schema: DocumentHead<'rate-card@1'>['schema'];
  readonly region: string;
  /** AWS's name of the Region, such as "Europe (Ireland)". */
  readonly location: string;
  readonly currency: 'USD' | 'CNY';
  /** The oldest publication date among the card's price lists. */
  readonly publishedAt: string;
  /** When pathfare fetched the card; null for a shipped one. */
  readonly fetchedAt: string | null;
  readonly source: 'shipped' | 'api' | 'offer-file' | 'yours';
  readonly rates: { readonly [Name in RateName]?: Rate | undefined };
  /** Rates that there are several of: by the Region that traffic goes to, by the type of an instance. */
  readonly families?: RateFamilies | undefined;
}

/** The families of rates of a card. */
export type RateFamilies = {
  readonly [Name in FamilyName]?: Readonly<Record<string, Rate>> | undefined;
};

/** When a rate, or a tier of it, was last seen in force. */
export function verifiedAt(rate: Rate, card: Pick<RateCard, 'fetchedAt'>, tier?: RateTier): string {
  return tier?.verifiedAt ?? rate.verifiedAt ?? card.fetchedAt ?? rate.publishedAt;
}
