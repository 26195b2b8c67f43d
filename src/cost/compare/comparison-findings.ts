import { amount } from '../../base/decimal.js';
import { awsOther } from '../../base/service-name.js';
import { listNames, plural } from '../../base/text.js';
import type { Demand, VpcDemand } from '../demand/demand.js';
import { endpointFacts, nearServices } from '../facts/services.js';
import {
  defaultPath,
  freePaths,
  isCharged,
  kindOf,
  pooledPath,
  shownPaths,
} from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import type { ComparedRegion } from './compared-region.js';
import type { ServiceComparison, VpcComparison } from './comparison.js';
import { type CostFinding, costFinding, findingAbout } from './findings.js';
import { rateFindings } from './rate-findings.js';

/** All that a comparison took for granted, does not know, or advises. */
export function findingsOf(
  regions: readonly ComparedRegion[],
  assumptions: Assumptions,
): readonly CostFinding[] {
  const vpcs = regions.flatMap((region) => region.vpcs);
  return [
    ...topologyFindings(vpcs, assumptions),
    ...periodFindings(vpcs, assumptions),
    ...crossAzFindings(vpcs, assumptions),
    ...trafficFindings(regions),
    ...adviceFindings(regions, assumptions),
    ...rateFindings(regions, assumptions),
    ...notOfferedFindings(regions, assumptions),
    ...requirementFindings(regions, assumptions),
  ];
}

function topologyFindings(
  vpcs: readonly VpcDemand[],
  assumptions: Assumptions,
): readonly CostFinding[] {
  const named = (matches: (vpc: VpcDemand) => boolean) => vpcs.filter(matches).map(nameOfVpc);
  const gateways = assumptions.natType === 'regional' ? 'one regional gateway' : 'one a zone';
  return [
    ...findingAbout(
      named(({ azsSource }) => azsSource === 'assumed'),
      (vpcs) => costFinding('zones-assumed', { vpcs }),
    ),
    ...findingAbout(
      named(({ azsSource }) => azsSource === 'rows'),
      (vpcs) => costFinding('zones-from-rows', { vpcs }),
    ),
    ...findingAbout(
      named(({ natGatewaysSource }) => natGatewaysSource === 'assumed'),
      (vpcs) => costFinding('nat-gateways-assumed', { vpcs, gateways }),
    ),
    ...findingAbout(
      named(({ natGatewaysSource }) => natGatewaysSource === 'no-nat-traffic'),
      (vpcs) => costFinding('no-nat-traffic', { vpcs }),
    ),
  ];
}

function notOfferedFindings(
  regions: readonly ComparedRegion[],
  { natType }: Assumptions,
): readonly CostFinding[] {
  return regions.flatMap(({ card, vpcs }) => {
    const reason = defaultPath.charge.notOffered({ natType, region: card.region });
    const without = vpcs.filter(({ natGatewaysSource }) => natGatewaysSource === 'not-offered');
    return findingAbout(reason === null ? [] : without.map(nameOfVpc), (vpcs) =>
      costFinding('nat-type-not-offered', { reason: reason ?? '', vpcs }),
    );
  });
}

function periodFindings(
  vpcs: readonly VpcDemand[],
  { hoursPerMonth }: Assumptions,
): readonly CostFinding[] {
  const findings: CostFinding[] = [];
  const spans = new Map<number, string[]>();
  for (const vpc of vpcs) {
    if (vpc.coverage === null) continue;
    const seconds = vpc.coverage.seconds;
    spans.set(seconds, [...(spans.get(seconds) ?? []), nameOfVpc(vpc)]);
  }
  for (const [seconds, names] of spans) {
    const facts = { time: timeSpan(seconds), vpcs: listNames(names) };
    findings.push(costFinding('scaled-to-month', { ...facts, hoursPerMonth }));
    if (seconds < 86_400) findings.push(costFinding('short-period', facts));
  }
  const untold = vpcs.filter(({ coverage }) => coverage?.isTold === false).map(nameOfVpc);
  const sparse = vpcs.flatMap((vpc) =>
    vpc.sparseServices.map((name) => `${name} in ${nameOfVpc(vpc)}`),
  );
  return [
    ...findings,
    ...findingAbout(untold, (names) => costFinding('logged-time-assumed', { vpcs: names })),
    ...findingAbout(sparse, (services) => costFinding('sparse-rows', { services })),
  ];
}

/** `30 days`, `6.5 hours`, `90 seconds`: a span in the largest unit it fills, to two decimals at most. */
function timeSpan(seconds: number): string {
  const [unit, size] =
    seconds >= 86_400
      ? (['day', 86_400] as const)
      : seconds >= 3600
        ? (['hour', 3600] as const)
        : (['second', 1] as const);
  return plural(Math.round((seconds / size) * 100) / 100, unit);
}

function crossAzFindings(
  vpcs: readonly VpcDemand[],
  assumptions: Assumptions,
): readonly CostFinding[] {
  const findings: CostFinding[] = [];
  if (vpcs.some((vpc) => !vpc.crossAzMeasured && vpc.natGateways > 0 && vpc.azs > 1)) {
    findings.push(costFinding('cross-az-share-assumed', { share: assumptions.crossAzShare }));
  }
  const crossAz = vpcs.some(({ demands }) => demands.some(({ crossAzGb }) => crossAzGb.gt(0)));
  const ends = assumptions.crossAzEnds === 1 ? 'one end' : 'both ends';
  return crossAz ? [...findings, costFinding('cross-az-ends', { ends })] : findings;
}

interface PlacedDemand {
  readonly name: string;
  readonly demand: Demand;
}

function placedDemands(regions: readonly ComparedRegion[]): readonly PlacedDemand[] {
  return regions.flatMap(({ vpcs }) =>
    vpcs.flatMap((vpc) =>
      vpc.demands.map((demand) => ({ name: `${demand.service} in ${nameOfVpc(vpc)}`, demand })),
    ),
  );
}

function trafficFindings(regions: readonly ComparedRegion[]): readonly CostFinding[] {
  const placed = placedDemands(regions);
  const named = (matches: (demand: Demand) => boolean) =>
    placed.filter(({ demand }) => matches(demand)).map(({ name }) => name);
  const unattributed = regions.flatMap(({ vpcs }) =>
    vpcs
      .filter(({ demands }) => demands.some(({ service }) => service === awsOther))
      .map(nameOfVpc),
  );
  return [
    ...findingAbout(
      named(({ pathGiven }) => !pathGiven),
      (services) => costFinding('current-path-assumed', { services }),
    ),
    ...findingAbout(
      named(({ impossiblePath }) => impossiblePath !== null),
      (services) => costFinding('impossible-path', { services }),
    ),
    ...findingAbout(unknownServices(placed), (services) =>
      costFinding('unknown-service', { services }),
    ),
    ...findingAbout(
      named(({ serviceRegion }) => serviceRegion !== null),
      (services) => costFinding('cross-region-service', { services }),
    ),
    ...shownPaths.flatMap(({ name, kept }) =>
      findingAbout(
        named(({ currentPath }) => currentPath === name),
        (services) => costFinding(kept.code, { kept: kept.text, services }),
      ),
    ),
    ...findingAbout(unattributed, (vpcs) => costFinding('service-unattributed', { vpcs })),
  ];
}

/** The services that no endpoint is known of, each with the name that it may stand for. */
function unknownServices(placed: readonly PlacedDemand[]): readonly string[] {
  return placed
    .filter(
      ({ demand: { service, currentPath } }) =>
        endpointFacts(service).knowledge === 'unknown' && currentPath !== pooledPath.name,
    )
    .map(({ name, demand: { service } }) => {
      const [near] = nearServices(service);
      return near === undefined ? name : `${name} (did you mean ${near}?)`;
    });
}

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
function adviceFindings(
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

/** Services that no path serves as `--require` asks. */
function requirementFindings(
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

/** A VPC's name in a finding. */
function nameOfVpc({ vpcId, accountId }: Pick<VpcDemand, 'vpcId' | 'accountId'>): string {
  if (vpcId !== null) return vpcId;
  return accountId === null ? 'the VPC' : `the VPC of account ${accountId}`;
}
