import type {
  Comparison,
  PathCost,
  RegionComparison,
  ServiceComparison,
  VpcComparison,
} from '../../cost/compare/comparison.js';
import { comparedPaths, defaultPath } from '../../cost/paths/index.js';
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
  ...comparedPaths.map(({ name }) => `${name.replaceAll('-', '_')}_monthly_cost`),
  'cheapest_path',
  'planned_path',
  'monthly_saving',
  'break_even_gb',
  'currency',
  'complete',
  'rate_source',
  'high_monthly_cost',
  'low_monthly_cost',
  'assumed',
];

/**
 * The comparison as CSV: one row a service, exact decimals, and one row a VPC for its NAT gateways' hours and addresses
 * (service `nat-gateway-hours`), which stand on both sides unless the plan takes the gateways away; at the end the headline (service `total`).
 * An unavailable path is an empty cell, and so is a cost that is not known in full; where it is a range, by a path that is not known,
 * `high_monthly_cost` is its most. `low_monthly_cost` is today's cost with zone crossings metered at one end only. `assumed` says whether a
 * cost of the row rests on a rate that is assumed.
 */
export function comparisonCsv(comparison: Comparison): string {
  const rows = comparison.regions.flatMap((region) =>
    region.vpcs.flatMap((vpc) => [
      natRecord(vpc, region, comparison),
      ...vpc.services.map((service) => serviceRecord(service, vpc, region, comparison)),
    ]),
  );
  return csvDocument([header, ...rows, totalRecord(comparison)]);
}

/** The headline: the sums of the columns before it. */
function totalRecord({ totals, currency, complete }: Comparison) {
  const { currentMonthlyCost, monthlySaving, savingKnown } = totals;
  const cells = new Map([
    ['service', 'total'],
    ['current_monthly_cost', complete ? currentMonthlyCost : ''],
    ['monthly_saving', savingKnown ? monthlySaving : ''],
    ['currency', currency],
    ['complete', String(complete)],
    ['assumed', String(totals.assumed !== undefined)],
  ]);
  return header.map((column) => cells.get(column));
}

function natRecord(
  vpc: VpcComparison,
  { region, rateCard }: RegionComparison,
  comparison: Comparison,
) {
  const { monthlyCost, complete } = vpc.natGateways;
  const known = complete ? monthlyCost : '';
  const start = [region, vpc.accountId, vpc.vpcId, 'nat-gateway-hours'];
  const current = ['', '', '', '', defaultPath.name, known];
  const costs = comparedPaths.map(({ name }) => (name === defaultPath.name ? known : ''));
  const end = [
    '',
    '',
    vpc.natGateways.monthlySaving ?? '0',
    '',
    comparison.currency,
    String(complete && isRead(comparison)),
    rateCard.source,
    '',
    '',
    String(vpc.natGateways.assumed !== undefined),
  ];
  return [...start, ...current, ...costs, ...end];
}

function serviceRecord(
  service: ServiceComparison,
  vpc: VpcComparison,
  { region, rateCard }: RegionComparison,
  comparison: Comparison,
) {
  const current = service.paths[service.currentPath];
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
    ...comparedPaths.map(({ name }) => costCell(service.paths[name])),
    service.cheapest,
    service.plannedPath,
    service.monthlySaving,
    service.breakEvenGb,
    comparison.currency,
    String(isPriced(service) && isRead(comparison)),
    rateCard.source,
    service.highMonthlyCost,
    current?.available === true ? current.costAtOneEnd : '',
    String(
      Object.values(service.paths).some((path) => path.available && path.assumed !== undefined),
    ),
  ];
}

const isPriced = ({ paths }: ServiceComparison): boolean =>
  Object.values(paths).every((path) => !path.available || path.complete);

/** Nothing tells whose records are missing where too much was not read. */
const isRead = ({ unread }: Comparison): boolean => unread?.isAccepted ?? true;

function costCell(path: PathCost): string {
  return path.available && path.complete ? path.monthlyCost : '';
}
