import * as v from 'valibot';
import { readJson } from '../../base/node/files.js';
import { checked } from '../../base/schema.js';
import type { TrafficInputs } from '../../cost/demand/traffic-inputs.js';
import { parseRateCard, rateSchemas } from '../../pricing/card/document.js';
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
 * @throws PathfareError naming the file, and the field that is not a report's
 */
export async function readBaseline(file: string | undefined): Promise<Baseline | null> {
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
