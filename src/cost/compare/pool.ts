import { sum } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { type NetworkPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import type { Component } from '../price/component.js';
import type { EndpointSet, PricedDemand } from './priced-demand.js';

/** What the interface endpoints cost a demand, given which demands of the Region are on them. */
export type InterfaceEndpointCosts = (priced: PricedDemand) => readonly Component[];

/**
 * The interface endpoints' cost of every demand of a Region when `pathOf` says which demands are on them. A demand on
 * them has its part of the pool's tiers; another is priced as one more member of the pool. Each endpoint's hours are
 * charged to one demand, so that the demands on the endpoints sum to what all cost together.
 */
export function interfaceEndpointCosts(
  demands: readonly PricedDemand[],
  pathOf: (priced: PricedDemand) => NetworkPath,
  card: RateCard,
  assumptions: Assumptions,
): InterfaceEndpointCosts {
  const pool = demands.filter((priced) => pathOf(priced) === pooledPath.name);
  const { charge } = pooledPath;
  const processing = charge.components(
    pool.map(({ demand }) => demand),
    card,
  );
  const inPool = new Map(pool.map((priced, index) => [priced, processing[index] ?? []]));
  const pooledGb = sum(pool.map(({ demand }) => demand.gb));
  return (priced) => {
    const shared =
      inPool.get(priced) ?? charge.components([priced.demand, { gb: pooledGb }], card)[0] ?? [];
    const endpoints = endpointsChargedTo(priced, pathOf);
    return [...charge.endpointHours(endpoints, priced.azs, card, assumptions), ...shared];
  };
}

/**
 * The endpoints whose hours a demand bears: of the demands on the set's endpoints (of all, where none is), the first
 * that is named like the endpoint bears it, else the first. A demand beside endpoints that stand already bears none.
 */
function endpointsChargedTo(
  priced: PricedDemand,
  pathOf: (priced: PricedDemand) => NetworkPath,
): readonly string[] {
  const bearers = bearersOf(priced.set, pathOf);
  return priced.set.endpoints.filter((endpoint) => {
    const named = bearers.find(({ demand }) => demand.service === endpoint);
    return (named ?? bearers[0]) === priced;
  });
}

function bearersOf(
  set: EndpointSet,
  pathOf: (priced: PricedDemand) => NetworkPath,
): readonly PricedDemand[] {
  const on = set.demands.filter((priced) => pathOf(priced) === pooledPath.name);
  if (on.length > 0) return on;
  return set.demands.filter(({ gaps }) => gaps[pooledPath.name] === null);
}
