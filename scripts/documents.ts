/** Every document that pathfare writes or reads as JSON, and the JSON Schema that is made of its definition. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { exactDecimal, findingSchema, readDecimal } from '../src/base/schema.js';
import { breakEvenSchema, comparisonSchema } from '../src/cost/compare/document.js';
import { networkPathSchema } from '../src/cost/paths/document.js';
import { assumptionsSchema } from '../src/cost/price/document.js';
import { rateCardSchema, rateSchema, rateSchemas } from '../src/pricing/card/document.js';
import { ownRatesSchema } from '../src/pricing/card/own-rates.js';
import { reportSchema } from '../src/report/budget/document.js';
import {
  addressesSchema,
  explainSchema,
  rangesListSchema,
} from '../src/report/lookups/document.js';
import { rateCardsSchema, rateDiffSchema, refreshSchema } from '../src/report/prices/document.js';
import { ipRangesSchema } from '../src/traffic/addresses/ranges-file.js';

/** A document: its name with its version, what it is, and its definition. */
export interface DocumentKind {
  readonly name: string;
  readonly title: string;
  readonly schema: GenericSchema;
}

export const documents: readonly DocumentKind[] = [
  {
    name: 'comparison@1',
    title: 'What each network path costs: compare and estimate',
    schema: comparisonSchema(rateSchemas),
  },
  {
    name: 'report@1',
    title: 'The budget report: report, and what --baseline reads',
    schema: reportSchema(rateSchemas),
  },
  {
    name: 'breakeven@1',
    title: 'Break-even volumes: breakeven',
    schema: breakEvenSchema(rateSchemas),
  },
  {
    name: 'explain@1',
    title: 'The network paths side by side, and a service: explain',
    schema: explainSchema,
  },
  {
    name: 'rate-card@1',
    title: 'The rates of one Region: prices show, and the files of rates',
    schema: rateCardSchema,
  },
  { name: 'own-rates@1', title: 'Negotiated rates: what --rates reads', schema: ownRatesSchema },
  {
    name: 'rate-cards@1',
    title: 'The rates of several Regions: prices list and prices show',
    schema: rateCardsSchema(rateSchemas),
  },
  {
    name: 'rate-diff@1',
    title: 'The prices that changed: prices diff',
    schema: rateDiffSchema(rateSchemas),
  },
  {
    name: 'refresh@1',
    title: 'What came of a refresh: prices refresh',
    schema: refreshSchema(rateSchemas),
  },
  {
    name: 'ip-ranges@1',
    title: "AWS's address ranges, packed: the file that ships and the one in the cache",
    schema: ipRangesSchema,
  },
  {
    name: 'ip-ranges-list@1',
    title: 'The list of address ranges in use: ip-ranges show and ip-ranges refresh',
    schema: rangesListSchema,
  },
  {
    name: 'addresses@1',
    title: 'What addresses are: ip-ranges show with addresses',
    schema: addressesSchema,
  },
];

/** The file of a document's JSON Schema. */
export const schemaFile = ({ name }: Pick<DocumentKind, 'name'>): string =>
  `schemas/${name.replace('@', '-')}.json`;

/** The JSON Schema of a document, as it stands in its file. */
export function schemaText({ name, title, schema }: DocumentKind): string {
  // What only code can check (whether a name is a Region's) is left to the reader.
  const made = toJsonSchema(schema, {
    ignoreActions: ['check'],
    target: 'draft-2020-12',
    definitions: { ...definitions },
  });
  const { $schema, $defs = {}, ...rest } = made;
  const used = usedBy(rest, $defs);
  const document = { $schema, $id: `urn:pathfare:${name}`, title, ...rest, ...used };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What many documents hold: said once in each. */
const definitions = {
  assumptions: assumptionsSchema,
  decimal: exactDecimal,
  finding: findingSchema,
  networkPath: networkPathSchema,
  rate: rateSchema,
  rateName: rateSchemas.rateName,
  readDecimal,
} as const;

/** The definitions that a schema names, and those that they name. */
function usedBy(schema: object, all: Readonly<Record<string, unknown>>): object {
  const names = new Set<string>();
  const find = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      if (names.has(name)) continue;
      names.add(name);
      find(all[name]);
    }
  };
  find(schema);
  const used = Object.entries(all).filter(([name]) => names.has(name));
  return used.length === 0 ? {} : { $defs: Object.fromEntries(used) };
}
