import {
  type Amount,
  amount,
  type DecimalString,
  quotient,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import { compareDemands } from '../compare/compare.js';
import { topologyOf } from '../demand/demand.js';
import { demandsFrom, type TrafficInputs } from '../demand/traffic-inputs.js';
import type { Assumptions } from '../price/assumptions.js';
import { type AssumedTotals, assumedTotals } from '../price/component.js';
import { type Bills, billsOf, isSavingKnown, totalOf } from './bill.js';

/** What a person changes to see what it would cost. What is not given stays. */
export interface WhatIf {
  /** Availability Zones of each VPC. */
  readonly azs?: number;
  /** NAT gateways of each VPC. */
  readonly natGateways?: number;
  /** What all traffic is multiplied by: 1.04 for 4 % more. */
  readonly factor?: DecimalString;
  /** GB a month of one service, over all VPCs; each keeps its share. */
  readonly service?: { readonly name: string; readonly gb: DecimalString };
}

/** What the changed traffic would cost a month: exact, or a lower bound where `complete` is false. */
export interface WhatIfAnswer {
  readonly complete: boolean;
  readonly currentMonthlyCost: DecimalString;
  readonly plannedMonthlyCost: DecimalString;
  readonly monthlySaving: DecimalString;
  /** Whether the saving is exact: what is not priced is the same on both sides. */
  readonly savingKnown: boolean;
  /** Where a rate is assumed: both sums at the least and the most that it may be. */
  readonly assumed?: AssumedTotals;
  /** Of both: transfer out to the internet, and all before it. */
  readonly bills: Bills;
}

/** Compares a report's traffic once more under other circumstances, with the same cost model. */
export function whatIf(inputs: TrafficInputs, change: WhatIf): WhatIfAnswer {
  const assumptions: Assumptions = {
    ...inputs.assumptions,
    ...(change.azs === undefined ? {} : { azs: change.azs }),
    ...(change.natGateways === undefined ? {} : { natGateways: change.natGateways }),
  };
  const demands = demandsFrom(
    inputs,
    (vpc) => topologyOf(vpc, assumptions),
    factors(inputs, change),
  );
  const isRead = inputs.readInFull !== false;
  const bills = billsOf(compareDemands(demands, assumptions).regions);
  const now = totalOf(bills.now);
  const planned = totalOf(bills.planned);
  return {
    complete: isRead && now.complete && planned.complete,
    currentMonthlyCost: toDecimalString(now.cost),
    plannedMonthlyCost: toDecimalString(planned.cost),
    monthlySaving: toDecimalString(now.cost.minus(planned.cost)),
    savingKnown: isRead && isSavingKnown(bills),
    ...assumedTotals(now, planned),
    bills,
  };
}

/** What each service is multiplied by. A volume given is divided by today's and rounded to twelve decimals. */
function factors(inputs: TrafficInputs, change: WhatIf): (service: string) => Amount {
  const all = amount(change.factor ?? '1');
  const { service } = change;
  if (service === undefined) return () => all;
  const today = volumeOf(inputs, service.name);
  const own = today.isZero() ? all : quotient(amount(service.gb), today);
  return (name) => (name === service.name ? own : all);
}

/** GB a month of a service over all VPCs of a report, both directions. */
function volumeOf({ regions }: TrafficInputs, service: string): Amount {
  return sum(
    regions.flatMap(({ vpcs }) =>
      vpcs.flatMap(({ demands }) =>
        demands
          .filter((demand) => demand.service === service)
          .map(({ gbOut, gbIn }) => amount(gbOut).plus(gbIn)),
      ),
    ),
  );
}
