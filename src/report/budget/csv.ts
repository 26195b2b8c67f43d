import type { BillLine } from '../../cost/outlook/bill.js';
import { type CsvRow, csvDocument } from '../draw/csv.js';
import { namesOf } from './labels.js';
import type { ReportModel } from './model.js';
import { type Names, ownersOf } from './names.js';

const header = [
  'bill',
  'region',
  'account_id',
  'vpc_id',
  'name',
  'team',
  'service',
  'service_region',
  'path',
  'charge',
  'quantity',
  'unit',
  'rate',
  'tier_begin',
  'tier_end',
  'monthly_cost',
  'currency',
  'sku',
  'rate_code',
  'detail',
  'high_monthly_cost',
  'low_monthly_cost',
  'assumed',
];

/**
 * The bill as CSV: a row for each component of today's bill (`now`) and of the plan's (`planned`), exact decimals. What
 * is not priced has an empty cost, and `high_monthly_cost` where it is not known whether it is charged; `assumed` says whether its rate is assumed, `low_monthly_cost` what a
 * zone crossing costs if it is metered at one end only. No cell is run as a formula by a spreadsheet.
 */
export function reportCsv(model: ReportModel): string {
  const names = namesOf(model);
  const rows = (['now', 'planned'] as const).flatMap((bill) =>
    model.charges[bill].map((line) => [bill, ...cells(line, names, model.currency)]),
  );
  return csvDocument([header, ...rows]);
}

function cells(line: BillLine, names: Names, currency: string): CsvRow {
  const { component } = line;
  const name = names.get(line.vpcId ?? '')?.name ?? names.get(line.accountId ?? '')?.name;
  return [
    line.region,
    line.accountId,
    line.vpcId,
    name,
    ownersOf(line, names).team,
    line.service,
    line.serviceRegion,
    line.path,
    line.kind,
    component.quantity,
    component.unit,
    component.rate,
    component.tier?.beginRange,
    component.tier?.endRange,
    component.cost,
    currency,
    component.sku,
    component.rateCode,
    component.detail,
    component.costAtMost,
    component.costAtOneEnd,
    String(component.assumed !== undefined),
  ];
}
