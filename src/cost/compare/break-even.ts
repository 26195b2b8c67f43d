import { type Amount, amount, quotient, sum, zero } from '../../base/decimal.js';
import { type DocumentHead, documentHead } from '../../base/json.js';
import { listNames } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { RateUse } from '../../pricing/card/verified.js';
import type { RateName } from '../../pricing/rates.js';
import { defaultPath, pooledPath } from '../paths/index.js';
import { type Assumptions, defaultAssumptions } from '../price/assumptions.js';
import { type TierLine, tierLines } from '../price/component.js';
import { type CostFinding, costFinding } from './findings.js';

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
 * only these endpoints in the Region's tiers. NAT-gateway hours are on both sides. Rounded half up to 6 decimals.
 *
 * @returns null where NAT always wins, or where a rate is not known
 */
export function breakEvenGb(question: BreakEvenQuestion): Amount | null {
  const { card, azs, endpoints, assumptions } = question;
  const hour = card.rates[pooledPath.charge.hourRate]?.tiers[0];
  const processing = card.rates[pooledPath.charge.gbRate];
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

/** What a GB costs through a NAT gateway, with the transfer of its share from another zone; null where a rate is not known. */
function natUsdPerGb({ card, assumptions, crossAzShare }: BreakEvenQuestion): Amount | null {
  const nat = card.rates[defaultPath.charge.gbRate(assumptions)];
  const processing = nat?.tiers[0]?.price;
  if (processing === undefined) return null;
  if (crossAzShare.isZero()) return amount(processing);
  const transfer = card.rates.regionalTransferGb?.tiers[0]?.price;
  if (transfer === undefined) return null;
  const crossAz = amount(transfer).times(assumptions.crossAzEnds).times(crossAzShare);
  return sum([amount(processing), crossAz]);
}

/** The rates that a break-even rests on and the card does not hold: it is not known then, which is no win of NAT's. */
function ratesNotHeld(question: BreakEvenQuestion): readonly RateName[] {
  return ratesNeeded(question).filter((name) => question.card.rates[name] === undefined);
}

type RateQuestion = Pick<BreakEvenQuestion, 'assumptions' | 'crossAzShare'>;

function ratesNeeded({ assumptions, crossAzShare }: RateQuestion): readonly RateName[] {
  return [
    pooledPath.charge.hourRate,
    pooledPath.charge.gbRate,
    defaultPath.charge.gbRate(assumptions),
    ...(crossAzShare.isZero() ? [] : (['regionalTransferGb'] as const)),
  ];
}

/** The rates that the break-evens of cards rest on. */
export function breakEvenRates(
  cards: readonly RateCard[],
  assumptions: Assumptions,
): readonly RateUse[] {
  const needed = ratesNeeded({ assumptions, crossAzShare: amount(assumptions.crossAzShare) });
  return cards.flatMap(({ region }) => needed.map((rateName) => ({ region, rateName })));
}

/** A row of the break-even table. */
export interface BreakEvenRow {
  readonly region: string;
  readonly azs: number;
  /** GB a month to 6 decimals; null where NAT always wins, or where `missingRates` names a rate. */
  readonly gb: string | null;
  /** The same where zone crossings are metered at one end only; absent where none is counted, or one end is asked for. */
  readonly gbAtOneEnd?: string | null;
  /** The rates that the card does not hold, where `gb` is not known for it. */
  readonly missingRates?: readonly RateName[];
}

/** The break-even volumes as JSON: the document `pathfare/breakeven@1`. */
export interface BreakEvenTable extends DocumentHead<'breakeven@1'> {
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
    zones.map((azs) => breakEvenRow({ card, azs, endpoints, assumptions, crossAzShare })),
  );
  return { ...documentHead('breakeven@1'), rows };
}

function breakEvenRow(question: BreakEvenQuestion): BreakEvenRow {
  const missing = ratesNotHeld(question);
  const gb = breakEvenGb(question);
  return {
    region: question.card.region,
    azs: question.azs,
    gb: gb === null ? null : gb.toFixed(6),
    ...gbAtOneEnd(question),
    ...(missing.length === 0 ? {} : { missingRates: missing }),
  };
}

function gbAtOneEnd(question: BreakEvenQuestion): Pick<BreakEvenRow, 'gbAtOneEnd'> {
  const { assumptions, crossAzShare } = question;
  if (assumptions.crossAzEnds === 1 || crossAzShare.isZero()) return {};
  const gb = breakEvenGb({ ...question, assumptions: { ...assumptions, crossAzEnds: 1 } });
  return { gbAtOneEnd: gb === null ? null : gb.toFixed(6) };
}

/** A warning for each rate whose absence leaves a break-even unknown. */
export function breakEvenFindings({ rows }: BreakEvenTable): readonly CostFinding[] {
  const regionsOf = new Map<RateName, readonly string[]>();
  for (const { region, missingRates: rates = [] } of rows) {
    for (const rate of rates) regionsOf.set(rate, [...(regionsOf.get(rate) ?? []), region]);
  }
  return [...regionsOf].map(([rate, regions]) =>
    costFinding('rate-missing', { rate, regions: listNames(regions) }),
  );
}

/** The share of a volume, 0 for no volume. */
export function shareOf(part: Amount, whole: Amount): Amount {
  return whole.isZero() ? zero : quotient(part, whole);
}
