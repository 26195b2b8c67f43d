import { amount } from '../../base/decimal.js';
import { listNames, plural } from '../../base/text.js';
import { freePaths, isCharged, kindOf, pooledPath } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { isRange } from '../price/component.js';
import type { ServiceComparison, VpcComparison } from './comparison.js';
import { type CostFinding, costFinding, findingAbout, nameOfVpc } from './findings.js';
import type { ComparedRegion } from './region.js';

interface PlacedService {
  readonly name: string;
  readonly vpc: VpcComparison;
  readonly service: ServiceComparison;
  readonly currency: string;
}

function placedServices(regions: readonly ComparedRegion[]): readonly PlacedService[] {
  return regions.flatMap(({ card, outcome }) =>
    outcome.comparison.vpcs.flatMap((vpc) =>
      vpc.services.map((service) => ({
        name: `${service.service} in ${nameOfVpc(vpc)}`,
        vpc,
        service,
        currency: card.currency,
      })),
    ),
  );
}

/** Advice on the plan: gateway endpoints that are missing, what endpoints need beside them, gateways that could go. */
export function adviceFindings(
  regions: readonly ComparedRegion[],
  assumptions: Assumptions,
): readonly CostFinding[] {
  const placed = placedServices(regions);
  const planned = placed.filter(({ service }) => service.plannedPath === pooledPath.name);
  const plannedNames = new Set(planned.map(({ service }) => service.service));
  const free = placed.filter(
    ({ service }) =>
      isCharged(service.currentPath) &&
      freePaths.some(({ name }) => service.paths[name].available) &&
      service.gb !== '0',
  );
  const unknown = placed.filter(
    ({ service }) =>
      service.highMonthlyCost !== undefined &&
      service.plannedPath === service.currentPath &&
      freePaths.some(({ name }) => service.paths[name].available),
  );
  const ecr = planned.filter(
    ({ vpc, service }) => service.service.startsWith('ecr') && needsS3Path(vpc),
  );
  return [
    ...findingAbout(
      free.map(({ name }) => name),
      (services) => costFinding('missing-gateway-endpoint', { services }),
    ),
    ...findingAbout(
      unknown.map(({ name, currency, service: { highMonthlyCost } }) =>
        highMonthlyCost === null || highMonthlyCost === undefined
          ? name
          : `${name} (${amount(highMonthlyCost).toFixed(2)} ${currency})`,
      ),
      (services) => costFinding('unknown-path-gateway-endpoint', { services }),
    ),
    ...findingAbout(
      ecr.map(({ vpc }) => nameOfVpc(vpc)),
      (vpcs) => costFinding('ecr-layers-from-s3', { vpcs }),
    ),
    ...(plannedNames.size > 0 ? [costFinding('availability-unchecked')] : []),
    ...(plannedNames.has('sts') ? [costFinding('regional-name-needed')] : []),
    ...natFindings(regions, assumptions),
  ];
}

/** Whether no row of the VPC sends S3 over an endpoint in the plan. */
function needsS3Path({ services }: VpcComparison): boolean {
  return !services.some(
    ({ service, plannedPath }) => service === 's3' && kindOf(plannedPath).endpointType !== null,
  );
}

function natFindings(
  regions: readonly ComparedRegion[],
  { nat }: Assumptions,
): readonly CostFinding[] {
  const removable = regions.reduce(
    (total, { outcome }) => total + outcome.comparison.plan.removableNatGateways,
    0,
  );
  const code = nat === 'may-go' ? 'nat-removed' : 'nat-removable';
  return removable === 0 ? [] : [costFinding(code, { count: plural(removable, 'NAT gateway') })];
}

/** Rates that a card does not hold, and what its tiers leave open. */
export function rateFindings(regions: readonly ComparedRegion[]): readonly CostFinding[] {
  const missing = new Map<string, string[]>();
  for (const { outcome } of regions) {
    const { comparison, missingRates: needed } = outcome;
    for (const rateName of new Set([...ratesMissingFrom(comparison.vpcs), ...needed])) {
      missing.set(rateName, [...(missing.get(rateName) ?? []), comparison.region]);
    }
  }
  const pooled = regions.filter(({ vpcs, outcome }) => {
    const accounts = new Set(vpcs.map(({ accountId }) => accountId));
    return accounts.size > 1 && usesUpperTier(outcome.comparison.vpcs);
  });
  return [
    ...[...missing].map(([rate, names]) =>
      costFinding('rate-missing', { rate, regions: listNames(names) }),
    ),
    ...findingAbout(
      pooled.map(({ outcome }) => outcome.comparison.region),
      (regions) => costFinding('tier-pool-open', { regions }),
    ),
  ];
}

function ratesMissingFrom(vpcs: readonly VpcComparison[]): ReadonlySet<string> {
  const components = vpcs.flatMap(({ natGateways, services }) => [
    ...natGateways.components,
    ...services.flatMap(({ paths }) =>
      Object.values(paths).flatMap((path) => (path.available ? path.components : [])),
    ),
  ]);
  return new Set(
    components
      .filter((component) => component.cost === null && !isRange(component))
      .map(({ rateName }) => rateName),
  );
}

function usesUpperTier(vpcs: readonly VpcComparison[]): boolean {
  return vpcs.some(({ services }) =>
    services.some(({ plannedPath, paths }) => {
      const path = paths[pooledPath.name];
      if (plannedPath !== pooledPath.name || !path.available) return false;
      return path.components.some(({ tier }) => tier !== undefined && tier.beginRange !== '0');
    }),
  );
}

/** Services that no path serves as `--require` asks. */
export function requirementFindings(
  regions: readonly ComparedRegion[],
  { require: requirements }: Assumptions,
): readonly CostFinding[] {
  if (requirements.length === 0) return [];
  const unmet = placedServices(regions).filter(({ service }) =>
    Object.values(service.paths).every(({ available }) => !available),
  );
  return findingAbout(
    unmet.map(({ name }) => name),
    (services) =>
      costFinding('requirement-unmet', { requirement: requirements.join(','), services }),
  );
}
