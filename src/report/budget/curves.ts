import { type Amount, amount, quotient, sum, toDecimalString } from '../../base/decimal.js';
import type { ComparedRegion } from '../../cost/compare/compared-region.js';
import type { Sensitivity } from '../../cost/outlook/sensitivity.js';
import { gatewayUnitsOf, type ServiceUnit, unitsOf } from '../../cost/outlook/service-units.js';
import { scaleDemand } from '../../cost/outlook/volumes.js';
import { defaultPath, freePaths, pooledPath } from '../../cost/paths/index.js';
import type { Assumptions } from '../../cost/price/assumptions.js';
import { sumComponents } from '../../cost/price/component.js';
import { tieredCost } from '../../cost/price/tiers.js';
import type { ServiceCurve } from './model.js';

const nearest = 2;
const steps = 24;

/**
 * Cost against GB for the service with most traffic that every compared path could carry, and for the choices nearest to
 * their break-even: where a look at the curve says most.
 */
export function curvesOf(
  regions: readonly ComparedRegion[],
  assumptions: Assumptions,
  { choices }: Sensitivity,
): readonly ServiceCurve[] {
  const units = regions.flatMap((region) =>
    gatewayUnitsOf(region).map((unit) => ({ region, unit })),
  );
  const [largest] = units.toSorted((a, b) => b.unit.gb.comparedTo(a.unit.gb));
  const wanted = choices.filter(
    ({ breakEvenGb, gb, endpointSaving }) =>
      breakEvenGb !== null && gb !== '0' && endpointSaving !== null,
  );
  const near = wanted.slice(0, nearest).flatMap((choice) => {
    const region = regions.find(({ card }) => card.region === choice.region);
    const unit = region && unitsOf(region).find((each) => isUnitOf(each, choice));
    return region === undefined || unit === undefined ? [] : [{ region, unit }];
  });
  return [...(largest === undefined ? [] : [largest]), ...near].flatMap(({ region, unit }) =>
    unit.gb.isZero() ? [] : curveOf(unit, region, assumptions),
  );
}

function isUnitOf(unit: ServiceUnit, choice: Sensitivity['choices'][number]): boolean {
  return (
    unit.vpcId === choice.vpcId &&
    unit.accountId === choice.accountId &&
    unit.names.join() === choice.services.join()
  );
}

function curveOf(
  unit: ServiceUnit,
  region: ComparedRegion,
  assumptions: Assumptions,
): readonly ServiceCurve[] {
  const { breakEvenGb } = unit;
  const priced = unit.services.every(({ comparison }) => {
    return [defaultPath, pooledPath].every(({ name }) => {
      const path = comparison.paths[name];
      return path.available && path.complete;
    });
  });
  if (!priced) return [];
  const rate = region.card.rates[pooledPath.charge.gbRate];
  const [first] = unit.services;
  if (breakEvenGb === null || rate === undefined || first === undefined) return [];
  const { azs, unit: set } = first.row;
  const hours = sumComponents(
    pooledPath.charge.endpointHours(set.endpoints, azs, region.card, assumptions),
  ).cost;
  const reach = larger(amount(breakEvenGb), unit.gb).times('1.25');
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const gb = quotient(reach.times(step), amount(steps), 3);
    const factor = quotient(gb, unit.gb);
    const scaled = unit.services.map(({ row }) => scaleDemand(row.demand, factor));
    const nat = scaled.flatMap((demand) =>
      defaultPath.charge.components(demand, region.card, assumptions),
    );
    return {
      gb: toDecimalString(gb),
      natGateway: toDecimalString(sumComponents(nat).cost),
      interfaceEndpoint: toDecimalString(hours.plus(tieredCost(gb, rate))),
    };
  });
  return [
    {
      region: unit.region,
      vpcId: unit.vpcId,
      accountId: unit.accountId,
      services: unit.names,
      gb: toDecimalString(sum(unit.services.map(({ row }) => row.demand.gb))),
      breakEvenGb,
      gatewayEndpoint: unit.services.every(({ row: { demand } }) =>
        freePaths.some(
          (path) => path.gap({ ...demand, region: unit.region, isCurrent: false }) === null,
        ),
      ),
      points,
    },
  ];
}

const larger = (a: Amount, b: Amount): Amount => (a.gt(b) ? a : b);
