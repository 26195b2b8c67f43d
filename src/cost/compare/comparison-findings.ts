import { awsOther } from '../../base/service-name.js';
import { listNames, plural } from '../../base/text.js';
import type { Demand, VpcDemand } from '../demand/demand.js';
import { knowledgeOf } from '../facts/services.js';
import { pooledPath, shownPaths } from '../paths/index.js';
import type { Assumptions } from '../price/assumptions.js';
import { adviceFindings, rateFindings, requirementFindings } from './advice-findings.js';
import { type CostFinding, costFinding, findingAbout, nameOfVpc } from './findings.js';
import type { ComparedRegion } from './region.js';

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
    ...rateFindings(regions),
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
  const sparse = vpcs.flatMap((vpc) =>
    vpc.sparseServices.map((name) => `${name} in ${nameOfVpc(vpc)}`),
  );
  return [
    ...findings,
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
    ...findingAbout(
      named(
        ({ service, currentPath }) =>
          knowledgeOf(service) === 'unknown' && currentPath !== pooledPath.name,
      ),
      (services) => costFinding('unknown-service', { services }),
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
