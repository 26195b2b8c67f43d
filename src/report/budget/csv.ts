import { stringify } from 'csv-stringify/sync';
import type { Charge } from '../../cost/outlook/bill.js';
import { csvText } from '../draw/safe-text.js';
import type { ReportModel } from './model.js';
import { type Names, ownersOf } from './names.js';
import { namesOf } from './words.js';

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
];

/**
 * The bill as CSV: a row for each component of today's bill (`now`) and of the plan's (`planned`), exact decimals. What
 * is not priced has an empty cost. No cell is run as a formula by a spreadsheet.
 */
export function reportCsv(model: ReportModel): string {
  const names = namesOf(model);
  const rows = (['now', 'planned'] as const).flatMap((bill) =>
    model.charges[bill].map((charge) => [bill, ...cells(charge, names, model.currency)]),
  );
  return stringify([header, ...rows]);
}

function cells(charge: Charge, names: Names, currency: string): readonly string[] {
  const { component } = charge;
  const name = names.get(charge.vpcId ?? '')?.name ?? names.get(charge.accountId ?? '')?.name;
  const texts = [
    charge.region,
    charge.accountId,
    charge.vpcId,
    name ?? null,
    ownersOf(charge, names).team,
    charge.service,
    charge.serviceRegion,
    charge.path,
    charge.kind,
    component.quantity,
    component.unit,
    component.rate,
    component.tier?.beginRange ?? null,
    component.tier?.endRange ?? null,
    component.cost,
    currency,
    component.sku,
    component.rateCode,
    component.detail ?? null,
  ];
  return texts.map((text) => csvText(text ?? ''));
}
