import { sum } from '../../base/decimal.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { type NetworkPath, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import type { Component } from '../price/component.js';
import type { Row, Unit } from './row.js';

/** What the interface endpoints cost a row, given which rows of the Region are on them. */
export type InterfaceEndpointCosts = (row: Row) => readonly Component[];

/**
 * The interface endpoints' cost of every row of a Region when `pathOf` says which rows are on them. A row on them has
 * its part of the pool's tiers; a row that is not is priced as one more member of the pool. Each endpoint's hours are
 * charged to one row, so that the rows on the endpoints sum to what all cost together.
 */
export function interfaceEndpointCosts(
  rows: readonly Row[],
  pathOf: (row: Row) => NetworkPath,
  card: RateCard,
  assumptions: Assumptions,
): InterfaceEndpointCosts {
  const pool = rows.filter((row) => pathOf(row) === pooledPath.name);
  const { charge } = pooledPath;
  const processing = charge.components(
    pool.map(({ demand }) => demand),
    card,
  );
  const inPool = new Map(pool.map((row, index) => [row, processing[index] ?? []]));
  const pooledGb = sum(pool.map(({ demand }) => demand.gb));
  return (row) => {
    const shared =
      inPool.get(row) ?? charge.components([row.demand, { gb: pooledGb }], card)[0] ?? [];
    const endpoints = endpointsChargedTo(row, pathOf);
    return [...charge.endpointHours(endpoints, row.azs, card, assumptions), ...shared];
  };
}

/**
 * The endpoints whose hours a row bears: of the rows on the unit's endpoints (of all, where none is), the first that
 * is named like the endpoint bears it, else the first. A row beside endpoints that stand already bears none.
 */
function endpointsChargedTo(row: Row, pathOf: (row: Row) => NetworkPath): readonly string[] {
  const bearers = bearersOf(row.unit, pathOf);
  return row.unit.endpoints.filter((endpoint) => {
    const named = bearers.find(({ demand }) => demand.service === endpoint);
    return (named ?? bearers[0]) === row;
  });
}

function bearersOf(unit: Unit, pathOf: (row: Row) => NetworkPath): readonly Row[] {
  const on = unit.rows.filter((row) => pathOf(row) === pooledPath.name);
  if (on.length > 0) return on;
  return unit.rows.filter(({ gaps }) => gaps[pooledPath.name] === null);
}
