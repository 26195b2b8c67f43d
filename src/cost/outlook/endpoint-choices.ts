import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import { serviceLabel } from '../../base/service-name.js';
import type { ComparedRegion, PricedService } from '../compare/compared-region.js';
import { freePaths, isCharged, type NetworkPath, pooledPath } from '../paths/index.js';

/** Services of a VPC that one set of interface endpoints serves, and that could be on it: what a choice is made for. */
export interface EndpointChoice {
  readonly region: string;
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly names: readonly string[];
  readonly services: readonly PricedService[];
  /** GB a month that the endpoints would carry, or do. */
  readonly gb: Amount;
  readonly currentPath: NetworkPath;
  readonly plannedPath: NetworkPath;
  /** GB a month above which the interface endpoints cost less than NAT; null where NAT always wins. */
  readonly breakEvenGb: DecimalString | null;
}

/**
 * The choices between NAT and interface endpoints that a Region has, a VPC and a set of endpoints at a time. What goes
 * over a path without a charge, today or as planned, is no choice of volume: it costs nothing at any.
 */
export function endpointChoicesOf(region: ComparedRegion): readonly EndpointChoice[] {
  return choicesWhere(region, ({ comparison }) => isCharged(comparison.plannedPath));
}

/** The services that every compared path could carry, a VPC and a set of endpoints at a time. */
export function freeChoicesOf(region: ComparedRegion): readonly EndpointChoice[] {
  return choicesWhere(region, ({ comparison }) =>
    freePaths.some(({ name }) => comparison.paths[name].available),
  );
}

function choicesWhere(
  { card, outcome }: ComparedRegion,
  isOpen: (service: PricedService) => boolean,
): readonly EndpointChoice[] {
  return outcome.priced.flatMap(({ demand: vpc, services }) => {
    const open = services.filter(
      (service) => service.comparison.paths[pooledPath.name].available && isOpen(service),
    );
    return [...groupBy(open, ({ priced }) => priced.set).values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return {
        region: card.region,
        vpcId: vpc.vpcId,
        accountId: vpc.accountId,
        names: [...new Set(group.map(({ comparison }) => serviceLabel(comparison)))],
        services: group,
        gb: sum(group.map(({ priced }) => priced.demand.gb)),
        currentPath: first.comparison.currentPath,
        plannedPath: first.comparison.plannedPath,
        breakEvenGb: lowestBreakEven(group),
      };
    });
  });
}

/** The lowest break-even of a group: its demands differ only in what comes from another zone. */
function lowestBreakEven(group: readonly PricedService[]): DecimalString | null {
  const known = group.flatMap(({ comparison }) =>
    comparison.breakEvenGb === null ? [] : [amount(comparison.breakEvenGb)],
  );
  const [first, ...others] = known;
  if (first === undefined) return null;
  return toDecimalString(others.reduce((low, each) => (each.lt(low) ? each : low), first));
}
