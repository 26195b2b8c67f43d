import type { RateCard } from '../pricing/rate-card.js';
import { type Amount, amount, quotient, sum, zero } from './amount.js';
import { type Assumptions, defaultAssumptions } from './assumptions.js';
import { type TierLine, tierLines } from './tiers.js';

/** What a break-even volume is asked for. */
export interface BreakEvenQuestion {
  readonly card: RateCard;
  /** Availability Zones that the endpoints stand in. */
  readonly azs: number;
  /** Interface endpoints that the service needs; ECR needs two. */
  readonly endpoints: number;
  readonly assumptions: Assumptions;
  /** The share (0 to 1) of NAT traffic from another zone; it adds to NAT's price of a GB. */
  readonly crossAzShare: Amount;
}

/**
 * GB a month at which interface endpoints cost what a NAT gateway's processing does; above it they cost less:
 * endpoints × zones × hours × hourly rate = GB × (NAT rate − PrivateLink rate), in the tier where the two meet, with
 * the endpoints alone in the Region's tiers. NAT-gateway hours are on both sides. Rounded half up to 6 decimals.
 *
 * @returns null where NAT always wins, or where a rate is not known
 */
export function breakEvenGb(question: BreakEvenQuestion): Amount | null {
  const { card, azs, endpoints, assumptions } = question;
  const hour = card.rates.interfaceEndpointHour?.tiers[0];
  const processing = card.rates.interfaceEndpointGb;
  const nat = natUsdPerGb(question);
  if (hour === undefined || processing === undefined || nat === null) return null;
  const hours = amount(endpoints).times(azs).times(assumptions.hoursPerMonth);
  const fixed = hours.times(hour.price);
  for (const line of tierLines(processing)) {
    const meeting = meetingPoint(fixed, line, nat);
    if (meeting !== null) return meeting;
  }
  return null;
}

function meetingPoint(fixed: Amount, line: TierLine, natUsdPerGb: Amount): Amount | null {
  const advantage = natUsdPerGb.minus(line.slope);
  if (advantage.lte(0)) return null;
  const dividend = fixed.plus(line.intercept);
  const end = line.tier.endRange;
  if (end !== 'Inf' && dividend.gt(advantage.times(end))) return null;
  return quotient(dividend, advantage, 6);
}

/** What a GB costs through a NAT gateway, with the zone crossing of its share; null where a rate is not known. */
function natUsdPerGb({ card, assumptions, crossAzShare }: BreakEvenQuestion): Amount | null {
  const { natGatewayGb, regionalNatGatewayGb, regionalTransferGb } = card.rates;
  const nat = assumptions.natType === 'regional' ? regionalNatGatewayGb : natGatewayGb;
  const processing = nat?.tiers[0]?.price;
  if (processing === undefined) return null;
  if (crossAzShare.isZero()) return amount(processing);
  const transfer = regionalTransferGb?.tiers[0]?.price;
  if (transfer === undefined) return null;
  const crossing = amount(transfer).times(assumptions.crossAzEnds).times(crossAzShare);
  return sum([amount(processing), crossing]);
}

/** A row of the break-even table. */
export interface BreakEvenRow {
  readonly region: string;
  readonly azs: number;
  /** GB a month to 6 decimals; null where NAT always wins. */
  readonly gb: string | null;
}

/** The break-even volumes as JSON: the document `pathfare/breakeven@1`. */
export interface BreakEvenTable {
  readonly schema: 'pathfare/breakeven@1';
  readonly rows: readonly BreakEvenRow[];
}

/** Break-even volumes of each card for each number of zones. */
export function breakEvenTable(
  cards: readonly RateCard[],
  zones: readonly number[],
  endpoints = 1,
  assumptions: Assumptions = defaultAssumptions,
): BreakEvenTable {
  const crossAzShare = amount(assumptions.crossAzShare);
  const rows = cards.flatMap((card) =>
    zones.map((azs) => {
      const gb = breakEvenGb({ card, azs, endpoints, assumptions, crossAzShare });
      return { region: card.region, azs, gb: gb === null ? null : gb.toFixed(6) };
    }),
  );
  return { schema: 'pathfare/breakeven@1', rows };
}

/** The share of a volume, 0 for no volume. */
export function shareOf(part: Amount, whole: Amount): Amount {
  return whole.isZero() ? zero : quotient(part, whole);
}
