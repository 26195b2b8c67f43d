import * as v from 'valibot';
import { readJson } from '../../base/node/files.js';
import { checked } from '../../base/schema.js';
import type { TrafficInputs } from '../../cost/demand/traffic-inputs.js';
import { networkPathNames } from '../../cost/paths/index.js';
import { requirementNames } from '../../cost/price/assumptions.js';
import { parseRateCard } from '../../pricing/card/rate-card.js';

const decimal = v.pipe(v.string(), v.regex(/^\d{1,40}(\.\d{1,80})?$/, 'is not an exact decimal'));

const assumptions = v.object({
  hoursPerMonth: decimal,
  bytesPerGb: decimal,
  azs: v.nullable(v.number()),
  natGateways: v.nullable(v.number()),
  natType: v.picklist(['zonal', 'regional']),
  publicIpv4PerNatGateway: v.number(),
  nat: v.picklist(['keep', 'may-go']),
  crossAzShare: decimal,
  crossAzEnds: v.picklist([1, 2]),
  require: v.array(v.picklist(requirementNames)),
});

const demand = v.object({
  service: v.string(),
  serviceRegion: v.nullable(v.string()),
  path: v.picklist(networkPathNames),
  gbOut: decimal,
  gbIn: decimal,
  crossAzGb: decimal,
});

const vpc = v.object({
  vpcId: v.nullable(v.string()),
  accountId: v.nullable(v.string()),
  zonesSeen: v.number(),
  demands: v.array(demand),
});

const report = v.object({
  schema: v.literal('pathfare/report@1'),
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day')),
  currency: v.string(),
  inputs: v.object({
    assumptions,
    regions: v.array(v.object({ card: v.unknown(), vpcs: v.array(vpc) })),
  }),
});

/** An earlier report: its day, and what it was made from. */
export interface Baseline {
  readonly date: string;
  readonly currency: string;
  readonly inputs: TrafficInputs;
}

/**
 * Reads `--baseline`, a report that was written as JSON.
 *
 * @throws PathfareError naming the file, and the field that is not a report's
 */
export async function readBaseline(file: string | undefined): Promise<Baseline | null> {
  if (file === undefined) return null;
  const origin = {
    name: `--baseline ${file}`,
    hint: 'Give a report that was written with "pathfare report --format json".',
  };
  const { date, currency, inputs } = checked(
    report,
    await readJson(file, origin),
    origin,
    'the document',
  );
  return {
    date,
    currency,
    inputs: {
      assumptions: inputs.assumptions,
      regions: inputs.regions.map(({ card, vpcs }) => ({
        card: parseRateCard(card, origin.name, origin.hint),
        vpcs,
      })),
    },
  };
}
