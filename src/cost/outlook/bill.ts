import type { ComparedRegion } from '../compare/compared-region.js';
import type { Demand } from '../demand/demand.js';
import { defaultPath, kindOf, type NetworkPath } from '../paths/index.js';
import {
  type ChargeKind,
  type Component,
  type CostSum,
  isRange,
  sumComponents,
} from '../price/component.js';
import { internetEgress } from './internet-egress.js';

/** A line of a month's bill: a component, and the VPC and service that it is for. */
export interface BillLine {
  readonly region: string;
  readonly accountId: string | null;
  readonly vpcId: string | null;
  /** Null for what all services of the VPC share: its NAT gateways. */
  readonly service: string | null;
  readonly serviceRegion: string | null;
  readonly path: NetworkPath;
  readonly kind: ChargeKind;
  readonly component: Component;
}

/** The full bill of the paths, as they stand or as planned: NAT gateways, endpoints, zone crossing, internet. */
export type Bill = readonly BillLine[];

/** The bills of a comparison. Transfer out to the internet stands in both, the same. */
export interface Bills {
  readonly now: Bill;
  readonly planned: Bill;
}

/** What the traffic of a comparison is billed for a month, today and with the plan. */
export function billsOf(regions: readonly ComparedRegion[]): Bills {
  const egress = internetEgress(regions);
  return { now: billOf(regions, egress, 'now'), planned: billOf(regions, egress, 'planned') };
}

type Egress = ReadonlyMap<Demand, readonly Component[]>;

function billOf(
  regions: readonly ComparedRegion[],
  egress: Egress,
  when: 'now' | 'planned',
): readonly BillLine[] {
  return regions.flatMap(({ card, outcome }) =>
    outcome.priced.flatMap(({ demand: vpc, natComponents, natStays, services }) => {
      const place = { region: card.region, accountId: vpc.accountId, vpcId: vpc.vpcId };
      const nat = { ...place, service: null, serviceRegion: null, path: defaultPath.name } as const;
      const shared = when === 'now' || natStays ? natComponents : [];
      return [
        ...shared.map((component) => ({
          ...nat,
          kind: chargeKindOf(component, nat.path),
          component,
        })),
        ...services.flatMap((service) => {
          const { demand } = service.priced;
          const components = when === 'now' ? service.currentComponents : service.plannedComponents;
          const path = when === 'now' ? demand.currentPath : service.comparison.plannedPath;
          return [...components, ...(egress.get(demand) ?? [])].map((component) => ({
            ...place,
            service: demand.service,
            serviceRegion: demand.serviceRegion,
            path,
            kind: chargeKindOf(component, path),
            component,
          }));
        }),
      ];
    }),
  );
}

function chargeKindOf({ name }: Component, path: NetworkPath): ChargeKind {
  if (name !== 'data-processing') return name;
  const { charge } = kindOf(path);
  if (charge.kind === 'free') throw new Error(`${path} processes no data that is charged`);
  return charge.processing;
}

/** What lines come to: exact where all are priced, else a lower bound. */
export function totalOf(lines: Bill): CostSum {
  return sumComponents(lines.map(({ component }) => component));
}

/**
 * Whether what the plan saves is known exactly: all is priced but for what is the same on both sides and so no part of the
 * saving, which is transfer out to the internet, and traffic that stays on a path that is not known.
 */
export function isSavingKnown({ now, planned }: Bills): boolean {
  const ranges = (bill: Bill) => bill.filter(({ component }) => isRange(component)).length;
  const isPriced = ({ kind, component }: BillLine) =>
    kind === 'internet-egress' ||
    isRange(component) ||
    component.cost !== null ||
    component.quantity === '0';
  return [...now, ...planned].every(isPriced) && ranges(now) === ranges(planned);
}
