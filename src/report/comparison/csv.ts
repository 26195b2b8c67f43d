import type {
  Comparison,
  PathCost,
  RegionComparison,
  ServiceComparison,
  VpcComparison,
} from '../../cost/compare/comparison.js';
import { csvDocument } from '../draw/csv.js';

const header = [
  'region',
  'account_id',
  'vpc_id',
  'service',
  'service_region',
  'gb_out',
  'gb_in',
  'gb',
  'current_path',
  'current_monthly_cost',
  'nat_gateway_monthly_cost',
  'gateway_endpoint_monthly_cost',
  'interface_endpoint_monthly_cost',
  'cheapest_path',
  'planned_path',
  'monthly_saving',
  'break_even_gb',
  'currency',
  'complete',
  'rate_source',
];

/**
 * The comparison as CSV: one row a service, exact decimals, and one row a VPC for its NAT gateways' hours and addresses
 * (service `nat-gateway-hours`), which stand on both sides. An unavailable path is an empty cell, and so is a cost that is not known in full.
 */
export function comparisonCsv(comparison: Comparison): string {
  const rows = comparison.regions.flatMap((region) =>
    region.vpcs.flatMap((vpc) => [
      natRow(vpc, region, comparison),
      ...vpc.services.map((service) => serviceRow(service, vpc, region, comparison)),
    ]),
  );
  return csvDocument([header, ...rows]);
}

function natRow(
  vpc: VpcComparison,
  { region, rateCard }: RegionComparison,
  { currency }: Comparison,
) {
  const { monthlyCost, complete } = vpc.natGateways;
  const known = complete ? monthlyCost : '';
  const start = [region, vpc.accountId, vpc.vpcId, 'nat-gateway-hours'];
  const cost = ['', '', '', '', 'nat-gateway', known, known];
  return [...start, ...cost, '', '', '', '', '', '', currency, String(complete), rateCard.source];
}

function serviceRow(
  service: ServiceComparison,
  vpc: VpcComparison,
  { region, rateCard }: RegionComparison,
  { currency }: Comparison,
) {
  return [
    region,
    vpc.accountId,
    vpc.vpcId,
    service.service,
    service.serviceRegion,
    service.gbOut,
    service.gbIn,
    service.gb,
    service.currentPath,
    service.currentComplete ? service.currentMonthlyCost : '',
    costCell(service.paths['nat-gateway']),
    costCell(service.paths['gateway-endpoint']),
    costCell(service.paths['interface-endpoint']),
    service.cheapest,
    service.plannedPath,
    service.monthlySaving,
    service.breakEvenGb,
    currency,
    String(Object.values(service.paths).every((path) => !path.available || path.complete)),
    rateCard.source,
  ];
}

function costCell(path: PathCost): string {
  return path.available && path.complete ? path.monthlyCost : '';
}
