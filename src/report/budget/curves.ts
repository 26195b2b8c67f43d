import { type Amount, amount, quotient, sum, toDecimalString } from '../../base/decimal.js';
import type { ComparedRegion } from '../../cost/compare/compared-region.js';
import {
  type EndpointChoice,
  endpointChoicesOf,
  freeChoicesOf,
} from '../../cost/outlook/endpoint-choices.js';
import type { ChoiceEdge, Sensitivity } from '../../cost/outlook/sensitivity.js';
import { scaleDemand } from '../../cost/outlook/volumes.js';
import { defaultPath, freePaths, pooledPath } from '../../cost/paths/index.js';
import type { Assumptions } from '../../cost/price/assumptions.js';
import { sumComponents, tieredCost } from '../../cost/price/component.js';
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
  const free = regions.flatMap((region) =>
    freeChoicesOf(region).map((choice) => ({ region, choice })),
  );
  const [largest] = free.toSorted((a, b) => b.choice.gb.comparedTo(a.choice.gb));
  const wanted = choices.filter(
    ({ breakEvenGb, gb, endpointSaving }) =>
      breakEvenGb !== null && gb !== '0' && endpointSaving !== null,
  );
  const near = wanted.slice(0, nearest).flatMap((edge) => {
    const region = regions.find(({ card }) => card.region === edge.region);
    const choice = region && endpointChoicesOf(region).find((each) => isChoiceOf(each, edge));
    return region === undefined || choice === undefined ? [] : [{ region, choice }];
  });
  return [...(largest === undefined ? [] : [largest]), ...near].flatMap(({ region, choice }) =>
    choice.gb.isZero() ? [] : curveOf(choice, region, assumptions),
  );
}

function isChoiceOf(choice: EndpointChoice, edge: ChoiceEdge): boolean {
  return (
    choice.vpcId === edge.vpcId &&
    choice.accountId === edge.accountId &&
    choice.names.join() === edge.services.join()
  );
}

function curveOf(
  choice: EndpointChoice,
  region: ComparedRegion,
  assumptions: Assumptions,
): readonly ServiceCurve[] {
  const { breakEvenGb } = choice;
  const isPriced = choice.services.every(({ comparison }) => {
    return [defaultPath, pooledPath].every(({ name }) => {
      const path = comparison.paths[name];
      return path.available && path.complete;
    });
  });
  if (!isPriced) return [];
  const rate = region.card.rates[pooledPath.charge.gbRate];
  const [first] = choice.services;
  if (breakEvenGb === null || rate === undefined || first === undefined) return [];
  const { azs, set } = first.priced;
  const hours = sumComponents(
    pooledPath.charge.endpointHours(set.endpoints, azs, region.card, assumptions),
  ).cost;
  const reach = larger(amount(breakEvenGb), choice.gb).times('1.25');
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const gb = quotient(reach.times(step), amount(steps), 3);
    const factor = quotient(gb, choice.gb);
    const scaled = choice.services.map(({ priced }) => scaleDemand(priced.demand, factor));
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
      region: choice.region,
      vpcId: choice.vpcId,
      accountId: choice.accountId,
      services: choice.names,
      gb: toDecimalString(sum(choice.services.map(({ priced }) => priced.demand.gb))),
      breakEvenGb,
      gatewayEndpoint: choice.services.every(({ priced: { demand } }) =>
        freePaths.some(
          (path) =>
            path.gap({
              ...demand,
              region: choice.region,
              natType: 'zonal',
              isCurrent: false,
            }) === null,
        ),
      ),
      points,
    },
  ];
}

const larger = (a: Amount, b: Amount): Amount => (a.gt(b) ? a : b);
