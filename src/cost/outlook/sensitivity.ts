import {
  type Amount,
  amount,
  type DecimalString,
  quotient,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import type { ComparedRegion, PricedService } from '../compare/compared-region.js';
import { defaultPath, type NetworkPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { sumComponents, tieredCost } from '../price/component.js';
import { type EndpointChoice, endpointChoicesOf } from './endpoint-choices.js';
import { scalableBill, scaleDemand } from './volumes.js';

/** The bill at one volume of all traffic: with today's paths, and with the plan's. */
export interface VolumeCase {
  readonly name: 'low' | 'expected' | 'high';
  readonly factor: DecimalString;
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
  readonly monthlySaving: DecimalString;
}

/** How far a choice is from where it flips. */
export interface ChoiceEdge {
  readonly region: string;
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly services: readonly string[];
  readonly currentPath: NetworkPath;
  readonly plannedPath: NetworkPath;
  /** GB a month today, and the GB at which NAT and the interface endpoints cost the same. */
  readonly gb: DecimalString;
  readonly breakEvenGb: DecimalString | null;
  /** Volume today as a multiple of the break-even, to four decimals; null without one. */
  readonly multiple: DecimalString | null;
  /** Whether a change of volume within the low and the high case would flip it. */
  readonly nearEdge: boolean;
  /** What the endpoints save against NAT a month in each case, negative where NAT costs less; null where a rate is not known. */
  readonly endpointSaving: Readonly<Record<VolumeCase['name'], DecimalString>> | null;
}

/** How the answer depends on the volume. */
export interface Sensitivity {
  /** The share that the low and the high case differ from the expected one by. */
  readonly spread: DecimalString;
  readonly cases: readonly VolumeCase[];
  /** The choices, those nearest to their edge first. */
  readonly choices: readonly ChoiceEdge[];
}

/** Prices the bill and each choice at less, as much and more traffic than today. */
export function sensitivityOf(
  regions: readonly ComparedRegion[],
  assumptions: Assumptions,
  spread: DecimalString,
): Sensitivity {
  const factors = {
    low: amount(1).minus(spread),
    expected: amount(1),
    high: amount(1).plus(spread),
  };
  const now = scalableBill(regions, assumptions, 'now');
  const planned = scalableBill(regions, assumptions, 'planned');
  const pooled = {
    low: planned.pooledGbAt(() => factors.low),
    expected: planned.pooledGbAt(() => factors.expected),
    high: planned.pooledGbAt(() => factors.high),
  };
  const context = { assumptions, factors, pooled };
  const choices = regions.flatMap((region) =>
    endpointChoicesOf(region).map((choice) => choiceEdge(choice, region, context)),
  );
  return {
    spread,
    cases: (['low', 'expected', 'high'] as const).map((name) => {
      const current = now.costAt(() => factors[name]);
      const plan = planned.costAt(() => factors[name]);
      return {
        name,
        factor: toDecimalString(factors[name]),
        currentMonthlyCost: toDecimalString(current),
        plannedMonthlyCost: toDecimalString(plan),
        monthlySaving: toDecimalString(current.minus(plan)),
      };
    }),
    choices: nearestFirst(choices),
  };
}

/** Choices by how far their volume is from the break-even; those without one last. */
function nearestFirst(choices: readonly ChoiceEdge[]): readonly ChoiceEdge[] {
  const ranked = choices.map((choice) => ({
    choice,
    // Only the order comes of it, so a float will do.
    distance:
      choice.multiple === null ? Number.POSITIVE_INFINITY : Math.abs(Number(choice.multiple) - 1),
  }));
  const order = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
  return ranked.toSorted((a, b) => order(a.distance, b.distance)).map(({ choice }) => choice);
}

interface Context {
  readonly assumptions: Assumptions;
  readonly factors: Readonly<Record<VolumeCase['name'], Amount>>;
  /** GB on the plan's interface endpoints of each Region, in each case. */
  readonly pooled: Readonly<Record<VolumeCase['name'], ReadonlyMap<string, Amount>>>;
}

function choiceEdge(choice: EndpointChoice, region: ComparedRegion, context: Context): ChoiceEdge {
  const { low, high } = context.factors;
  const breakEven = choice.breakEvenGb === null ? null : amount(choice.breakEvenGb);
  const flips = (factor: Amount) =>
    breakEven !== null && choice.gb.times(factor).gt(breakEven) !== choice.gb.gt(breakEven);
  const saving = (name: VolumeCase['name']) =>
    toDecimalString(endpointSaving(choice, region, context, name));
  const priced = choice.services.every(({ comparison }) =>
    [defaultPath, pooledPath].every(({ name }) => {
      const path = comparison.paths[name];
      return path.available && path.complete;
    }),
  );
  return {
    region: choice.region,
    vpcId: choice.vpcId,
    accountId: choice.accountId,
    services: choice.names,
    currentPath: choice.currentPath,
    plannedPath: choice.plannedPath,
    gb: toDecimalString(choice.gb),
    breakEvenGb: choice.breakEvenGb,
    multiple:
      breakEven === null || breakEven.isZero()
        ? null
        : toDecimalString(quotient(choice.gb, breakEven, 4)),
    nearEdge: flips(low) || flips(high),
    endpointSaving: priced
      ? { low: saving('low'), expected: saving('expected'), high: saving('high') }
      : null,
  };
}

/**
 * What NAT costs for a choice's volume, less what its interface endpoints do: their hours, and their volume at the price
 * of a GB that the plan's endpoints of the Region pay together at that volume, rounded to twelve decimals.
 */
function endpointSaving(
  choice: EndpointChoice,
  { card }: ComparedRegion,
  { assumptions, pooled, factors }: Context,
  name: VolumeCase['name'],
): Amount {
  const factor = factors[name];
  const scaled = choice.services.map(({ priced }) => scaleDemand(priced.demand, factor));
  const nat = sumComponents(
    scaled.flatMap((demand) => defaultPath.charge.components(demand, card, assumptions)),
  ).cost;
  const gb = choice.gb.times(factor);
  const rate = card.rates[pooledPath.charge.gbRate];
  if (rate === undefined) return nat;
  const inPool = choice.plannedPath === pooledPath.name;
  const pool = pooled[name].get(card.region) ?? amount(0);
  const together = inPool ? pool : pool.plus(gb);
  const processing = together.isZero()
    ? together
    : quotient(tieredCost(together, rate).times(gb), together);
  return nat.minus(endpointHoursOf(choice.services)).minus(processing);
}

/** Hours of the choice's endpoints, whichever of its demands bears them. */
function endpointHoursOf(services: readonly PricedService[]): Amount {
  return sum(
    services.map(({ comparison }) => {
      const path = comparison.paths[pooledPath.name];
      if (!path.available) return amount(0);
      return sumComponents(path.components.filter(({ name }) => name === 'endpoint-hours')).cost;
    }),
  );
}
