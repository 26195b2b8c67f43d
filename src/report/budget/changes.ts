import {
  type Amount,
  amount,
  type DecimalString,
  sum,
  toDecimalString,
} from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import { serviceLabel } from '../../base/service-name.js';
import type {
  ComparedRegion,
  PricedService,
  PricedVpc,
} from '../../cost/compare/compared-region.js';
import type { PlanChoice } from '../../cost/compare/comparison.js';
import { serviceFacts } from '../../cost/facts/services.js';
import type { ChoiceEdge } from '../../cost/outlook/sensitivity.js';
import { defaultPath, kindOf, type NetworkPath } from '../../cost/paths/index.js';
import type { PathChange } from '../../cost/paths/path.js';
import type { Component } from '../../cost/price/component.js';
import { type PlanChange, planChanges } from '../comparison/parts.js';
import { type NextSteps, nextSteps } from './next-steps.js';

/** A change of the plan: what it saves, the sums behind it, what it brings with it, and how it is made. */
export interface ReportChange {
  readonly region: string;
  readonly vpcId: string | null;
  readonly accountId: string | null;
  /** Empty where the change takes a VPC's NAT gateways away. */
  readonly services: readonly string[];
  readonly from: NetworkPath;
  readonly to: NetworkPath | null;
  readonly monthlySaving: DecimalString;
  readonly annualSaving: DecimalString;
  /** What is paid for it today, and what it would cost. */
  readonly paid: readonly Component[];
  readonly wouldPay: readonly Component[];
  readonly catches: readonly string[];
  /** Whether a modest change of volume would make it a loss. */
  readonly nearEdge: boolean;
  readonly breakEvenGb: DecimalString | null;
  readonly steps: NextSteps | null;
}

/** The changes of all Regions' plans, the biggest saving first. */
export function reportChanges(
  regions: readonly ComparedRegion[],
  edges: readonly ChoiceEdge[],
): readonly ReportChange[] {
  const edgesByVpc = groupBy(edges, edgeKey);
  const changes = regions.flatMap((region) => [
    ...planChanges(region.outcome.comparison.plan).map((change) => {
      const own = edgesByVpc.get(edgeKey({ ...change, region: region.card.region })) ?? [];
      return serviceChange(region, change, own);
    }),
    ...region.outcome.priced.flatMap((vpc) => natRemoval(region, vpc)),
  ]);
  return changes.toSorted((a, b) => amount(b.monthlySaving).comparedTo(a.monthlySaving));
}

const edgeKey = ({
  region,
  vpcId,
  accountId,
}: Pick<ChoiceEdge, 'region' | 'vpcId' | 'accountId'>): string =>
  [region, vpcId, accountId].join('\n');

function serviceChange(
  region: ComparedRegion,
  change: PlanChange,
  edges: readonly ChoiceEdge[],
): ReportChange {
  const { vpcId, accountId, from, to, monthlySaving } = change;
  const { outcome, card } = region;
  const vpc = outcome.priced.find(
    ({ demand }) => demand.vpcId === vpcId && demand.accountId === accountId,
  );
  const priced = change.choices.flatMap((choice) => pricedChoice(vpc, choice) ?? []);
  const services = change.choices.map(serviceLabel);
  const edge = edges.find((each) => services.some((name) => each.services.includes(name)));
  const endpoints = [...new Set(priced.flatMap(({ priced: { set } }) => set.endpoints))];
  const serviceRegion = change.choices[0]?.serviceRegion ?? null;
  const stands = vpc?.services.some(
    ({ comparison }) =>
      change.choices.some(({ service }) => service === comparison.service) &&
      comparison.currentPath === to,
  );
  return {
    region: card.region,
    vpcId,
    accountId,
    services,
    from,
    to,
    ...savings(monthlySaving),
    paid: priced.flatMap(({ currentComponents }) => currentComponents),
    wouldPay: priced.flatMap(({ plannedComponents }) => plannedComponents),
    catches: caveatsOf(change, {
      stands: stands ?? false,
      gatewaysStay: vpc?.natStays ?? true,
    }),
    nearEdge: edge?.nearEdge ?? false,
    breakEvenGb: edge?.breakEvenGb ?? null,
    steps: nextSteps(kindOf(to), {
      region: card.region,
      vpcId,
      services: change.choices.map(({ service }) => service),
      endpoints,
      serviceRegion,
      stands: stands ?? false,
      azs: vpc?.demand.azs ?? 1,
    }),
  };
}

function pricedChoice(vpc: PricedVpc | undefined, choice: PlanChoice): PricedService | undefined {
  return vpc?.services.find(
    ({ comparison }) =>
      comparison.service === choice.service &&
      comparison.serviceRegion === choice.serviceRegion &&
      comparison.currentPath === choice.currentPath,
  );
}

function savings(monthly: Amount): Pick<ReportChange, 'monthlySaving' | 'annualSaving'> {
  return {
    monthlySaving: toDecimalString(monthly),
    annualSaving: toDecimalString(monthly.times(12)),
  };
}

function natRemoval({ card }: ComparedRegion, vpc: PricedVpc): readonly ReportChange[] {
  if (vpc.natStays || vpc.natComponents.length === 0) return [];
  const saving = sum(vpc.natComponents.map(({ cost }) => amount(cost ?? '0')));
  return [
    {
      region: card.region,
      vpcId: vpc.demand.vpcId,
      accountId: vpc.demand.accountId,
      services: [],
      from: defaultPath.name,
      to: null,
      ...savings(saving),
      paid: vpc.natComponents,
      wouldPay: [],
      catches: [
        'Check first that nothing else needs the way to the internet: traffic that the log did not see goes with the gateways.',
      ],
      nearEdge: false,
      breakEvenGb: null,
      steps: null,
    },
  ];
}

/** What a change brings with it that its saving does not show. */
function caveatsOf({ choices, from, to }: PlanChange, change: PathChange): readonly string[] {
  const path = kindOf(to);
  const remote = choices.some(({ serviceRegion }) => serviceRegion !== null)
    ? ['Transfer between Regions is paid on every path and not part of the sum.']
    : [];
  // What is known of a service is about the interface endpoints that it needs.
  const notes =
    path.endpointType === 'Interface'
      ? choices.flatMap(({ service }) => serviceFacts(service).notes)
      : [];
  return [
    ...new Set([
      ...path.caveatsTo(change),
      ...kindOf(from).caveatsFrom(change),
      ...remote,
      ...notes,
    ]),
  ];
}
