import { serviceLabel } from '../../base/service-name.js';
import type { BillLine } from '../../cost/outlook/bill.js';
import { monthOf, monthsAfter, monthText } from '../../cost/outlook/months.js';
import { csvDocument } from '../draw/csv.js';
import { kindLabels, namesOf } from './labels.js';
import type { ReportModel } from './model.js';
import { type Names, ownersOf } from './names.js';

/** A column of the FOCUS CSV, and its value for a line. */
type FocusColumn = readonly [
  name: string,
  value: (line: BillLine, month: FocusMonth) => string | null,
];

interface FocusMonth {
  readonly start: string;
  readonly end: string;
  readonly currency: string;
  readonly names: Names;
  /** AWS's names of the Regions' places. */
  readonly locations: ReadonlyMap<string, string>;
}

const cost = ({ component }: BillLine): string | null => component.cost;
/** The rate of what is surely charged. */
const rate = ({ component }: BillLine): string | null =>
  component.cost === null ? null : component.rate;

/**
 * Columns of the FinOps Open Cost and Usage Specification 1.2: its mandatory ones, the conditional ones that an
 * estimate can fill, and columns of our own, which the specification has begin with `x_`.
 */
const columns: readonly FocusColumn[] = [
  ['BilledCost', cost],
  ['BillingAccountId', ({ accountId }) => accountId],
  ['BillingAccountName', ({ accountId }, { names }) => names.get(accountId ?? '')?.name ?? null],
  ['BillingCurrency', (_, { currency }) => currency],
  ['BillingPeriodEnd', (_, { end }) => end],
  ['BillingPeriodStart', (_, { start }) => start],
  ['ChargeCategory', () => 'Usage'],
  ['ChargeClass', () => null],
  ['ChargeDescription', descriptionOf],
  ['ChargeFrequency', () => 'Usage-Based'],
  ['ChargePeriodEnd', (_, { end }) => end],
  ['ChargePeriodStart', (_, { start }) => start],
  ['ConsumedQuantity', ({ component }) => component.quantity],
  ['ConsumedUnit', unitOf],
  ['ContractedCost', cost],
  ['ContractedUnitPrice', rate],
  ['EffectiveCost', cost],
  ['InvoiceIssuerName', () => 'Amazon Web Services'],
  ['ListCost', cost],
  ['ListUnitPrice', rate],
  ['PricingCategory', () => 'Standard'],
  ['PricingQuantity', ({ component }) => component.quantity],
  ['PricingUnit', unitOf],
  ['ProviderName', () => 'AWS'],
  ['PublisherName', () => 'AWS'],
  ['RegionId', ({ region }) => region],
  ['RegionName', ({ region }, { locations }) => locations.get(region) ?? region],
  ['ResourceId', ({ vpcId }) => vpcId],
  ['ResourceName', ({ vpcId }, { names }) => names.get(vpcId ?? '')?.name ?? null],
  ['ResourceType', ({ vpcId }) => (vpcId === null ? null : 'VPC')],
  ['ServiceCategory', () => 'Networking'],
  ['ServiceName', serviceOf],
  ['ServiceSubcategory', () => 'Network Infrastructure'],
  ['SkuId', ({ component }) => component.sku],
  ['SkuPriceId', ({ component }) => component.rateCode],
  ['SubAccountId', ({ accountId }) => accountId],
  ['SubAccountName', ({ accountId }, { names }) => names.get(accountId ?? '')?.name ?? null],
  ['Tags', tagsOf],
  ['x_Estimate', () => 'true'],
  ['x_EstimateSource', () => 'pathfare'],
  [
    'x_Service',
    ({ service, serviceRegion }) => service && serviceLabel({ service, serviceRegion }),
  ],
  ['x_NetworkPath', ({ path }) => path],
];

/**
 * Today's bill in the columns of FOCUS 1.2, a row for each component of the report's month, marked as an estimate. A
 * charge whose rate is not known has no cost: its cells are empty, never 0.
 */
export function reportFocus(model: ReportModel): string {
  const month = monthOf(model.date);
  const at = {
    start: `${monthText(month)}-01T00:00:00Z`,
    end: `${monthText(monthsAfter(month, 1))}-01T00:00:00Z`,
    currency: model.currency,
    names: namesOf(model),
    locations: new Map(model.inputs.regions.map(({ card }) => [card.region, card.location])),
  };
  const rows = model.charges.now.map((line) => columns.map(([, value]) => value(line, at)));
  return csvDocument([columns.map(([name]) => name), ...rows]);
}

function unitOf({ component }: BillLine): string {
  return component.unit === 'Hrs' ? 'Hours' : 'GB';
}

function descriptionOf(line: BillLine): string {
  const { component, service, serviceRegion } = line;
  const what = service === null ? '' : ` for ${serviceLabel({ service, serviceRegion })}`;
  const detail = component.detail === undefined ? '' : `: ${component.detail}`;
  return `Estimate: ${kindLabels[line.kind]}${what}${detail}`;
}

/** AWS's names of the services that bill the line. */
function serviceOf({ kind }: BillLine): string {
  switch (kind) {
    case 'nat-gateway-hours':
    case 'nat-data-processing':
      // The price list has NAT gateways under AmazonEC2, not under AmazonVPC.
      return 'Amazon Elastic Compute Cloud';
    case 'public-ipv4-hours':
    case 'endpoint-hours':
    case 'endpoint-data-processing':
      return 'Amazon Virtual Private Cloud';
    case 'cross-az-transfer':
    case 'internet-egress':
      return 'AWS Data Transfer';
  }
}

function tagsOf(line: BillLine, { names }: FocusMonth): string | null {
  const { team } = ownersOf(line, names);
  return team === '' ? null : JSON.stringify({ team });
}
