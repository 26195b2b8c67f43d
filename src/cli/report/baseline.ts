import * as v from 'valibot';
import { amount } from '../../base/decimal.js';
import { PathfareError, quoteValue } from '../../base/errors.js';
import type { Origin } from '../../base/json.js';
import { readJson } from '../../base/node/files.js';
import { checked } from '../../base/schema.js';
import { parseTimestamp } from '../../base/timestamps.js';
import type { TrafficInputs, VpcInput } from '../../cost/demand/traffic-inputs.js';
import { type Assumptions, countRanges } from '../../cost/price/assumptions.js';
import { parseRateCard, rateSchemas } from '../../pricing/card/document.js';
import { findRegion } from '../../pricing/card/regions.js';
import { reportSchema } from '../../report/budget/document.js';

/** The part of a report that is read again: fields that came after it was written are not asked for. */
const readReport = v.pick(reportSchema(rateSchemas), ['schema', 'date', 'currency', 'inputs']);

/** An earlier report: its day, and what it was made from. */
export interface Baseline {
  readonly date: string;
  readonly currency: string;
  readonly inputs: TrafficInputs;
}

/**
 * Reads `--baseline`, a report that was written as JSON.
 *
 * @param today the day of the report that is compared with it
 * @throws PathfareError naming the file, and the field that is not a report's, or out of its range
 */
export async function readBaseline(
  file: string | undefined,
  today: string,
): Promise<Baseline | null> {
  if (file === undefined) return null;
  const origin = {
    name: `--baseline ${file}`,
    hint: 'Give a report that was written with "pathfare report --format json".',
  };
  const { date, currency, inputs } = checked(
    readReport,
    await readJson(file, origin),
    origin,
    'the document',
  );
  checkRanges(date, inputs, origin, today);
  return {
    date,
    currency,
    inputs: {
      ...inputs,
      regions: inputs.regions.map(({ card, vpcs }) => ({
        card: parseRateCard(card, origin.name, origin.hint),
        vpcs,
      })),
    },
  };
}

/** What a schema can't say: the report may have been changed by hand, and a bill of impossible things would look like one. */
function checkRanges(date: string, inputs: TrafficInputs, origin: Origin, today: string): void {
  const refuse = (field: string, value: string | number, expected: string) => {
    const found = `found ${quoteValue(String(value))}`;
    throw new PathfareError(
      'invalid-document',
      `${origin.name}: ${field}: expected ${expected}, ${found}`,
      { hint: origin.hint },
    );
  };
  if (parseTimestamp(date) === null) refuse('date', date, 'a day of the calendar');
  if (date > today) refuse('date', date, `a day up to ${today}`);
  checkAssumptions(inputs.assumptions, refuse);
  const seen = new Set<string>();
  for (const [index, { card, vpcs }] of inputs.regions.entries()) {
    const at = `inputs.regions.${index}`;
    if (findRegion(card.region)?.name !== card.region) {
      refuse(`${at}.card.region`, card.region, 'a Region of AWS');
    }
    if (seen.has(card.region)) refuse(`${at}.card.region`, card.region, 'each Region once');
    seen.add(card.region);
    for (const [place, vpc] of vpcs.entries()) checkVpc(vpc, `${at}.vpcs.${place}`, refuse);
  }
}

type Refuse = (field: string, value: string | number, expected: string) => void;

function checkAssumptions(assumptions: Assumptions, refuse: Refuse): void {
  for (const name of ['azs', 'natGateways', 'publicIpv4PerNatGateway'] as const) {
    const { least, most } = countRanges[name];
    const value = assumptions[name];
    if (value === null || (value >= least && value <= most)) continue;
    refuse(`inputs.assumptions.${name}`, value, `a number from ${least} to ${most}`);
  }
  const { crossAzShare, hoursPerMonth, bytesPerGb } = assumptions;
  if (amount(crossAzShare).gt(1)) {
    refuse('inputs.assumptions.crossAzShare', crossAzShare, 'a share from 0 to 1');
  }
  for (const [name, value] of Object.entries({ hoursPerMonth, bytesPerGb })) {
    if (amount(value).isZero()) refuse(`inputs.assumptions.${name}`, value, 'more than 0');
  }
}

function checkVpc({ zonesSeen, demands }: VpcInput, at: string, refuse: Refuse): void {
  const { most } = countRanges.azs;
  if (zonesSeen > most) refuse(`${at}.zonesSeen`, zonesSeen, `a number from 0 to ${most}`);
  for (const [index, { gbOut, gbIn, crossAzGb }] of demands.entries()) {
    if (amount(crossAzGb).lte(amount(gbOut).plus(gbIn))) continue;
    refuse(`${at}.demands.${index}.crossAzGb`, crossAzGb, 'at most gbOut and gbIn together');
  }
}
