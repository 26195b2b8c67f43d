import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documents, schemaFile, schemaText } from '../scripts/documents.js';
import { schemaOf } from '../src/base/schema.js';
import { faultsOf, validatorOf } from './support/documents.js';
import { root, runCli } from './support/run-cli.js';
import { temporaryFolder } from './support/temporary-folder.js';

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

const shipped = [
  'pricing-cache/ip-ranges.json',
  ...readdirSync(join(root, 'pricing-cache/rates')).map((name) => `pricing-cache/rates/${name}`),
];
const goldens = readdirSync(join(root, 'test/cases'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?:expected|report)\.json$/.test(name))
  .map((name) => `test/cases/${name}`);

/** A command that writes each document. Those of `goldens` and of a refresh are made elsewhere. */
const commands: readonly (readonly [name: string, ...args: readonly string[]])[] = [
  ['comparison@1', 'compare', 'examples/production-vpc.csv'],
  ['comparison@1', 'compare', 'examples/flow-log.log'],
  ['comparison@1', 'estimate', '--region', 'eu-west-1', '--service', 'ecr.dkr', '--gb-in', '900'],
  ['report@1', 'report', 'examples/production-vpc.csv', '--date', '2026-11-23', '--growth', '5%'],
  ['breakeven@1', 'breakeven', '--region', 'us-east-1,eu-west-1', '--azs', '1,2,3'],
  ['explain@1', 'explain'],
  ['explain@1', 'explain', '--service', 'ecr'],
  ['rate-card@1', 'prices', 'show', '--region', 'us-east-1'],
  ['rate-card@1', 'prices', 'show', '--region', 'us-east-1', '--discount', '12%'],
  ['rate-cards@1', 'prices', 'show', '--region', 'us-east-1,eu-west-1'],
  ['rate-cards@1', 'prices', 'list'],
  ['ip-ranges-list@1', 'ip-ranges', 'show'],
  ['addresses@1', 'ip-ranges', 'show', '52.216.0.1', '10.0.0.1'],
];

async function written(args: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await runCli([...args, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('schemas/', () => {
  it('holds what is made of the definitions: "npm run build:schemas" makes it anew', () => {
    const files = readdirSync(join(root, 'schemas')).map((name) => `schemas/${name}`);
    expect(files.sort()).toEqual(documents.map(schemaFile).sort());
    for (const document of documents) {
      expect(readFileSync(join(root, schemaFile(document)), 'utf8')).toBe(schemaText(document));
    }
  });

  it('is named in the documentation, document by document', () => {
    const text = readFileSync(join(root, 'docs/documents.md'), 'utf8');
    expect(documents.filter(({ name }) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('a document', () => {
  it.each([...shipped, ...goldens])('%s is valid by the schema that it names', (file) => {
    expect(faultsOf(readJson(file))).toEqual([]);
  });

  it.each(commands)('%s is what "%s %s" writes, and names it', async (name, ...args) => {
    const document = await written(args);
    expect(document).toMatchObject({ $schema: `urn:pathfare:${name}`, schema: `pathfare/${name}` });
    expect(faultsOf(document)).toEqual([]);
  });

  it('rate-diff@1 is what "prices diff" writes', async () => {
    const card = v.parse(v.looseObject({}), readJson('pricing-cache/rates/us-east-1.json'));
    const older = JSON.stringify(card).replaceAll('"0.045"', '"0.05"');
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'card.json');
    writeFileSync(file, older);
    const document = await written(['prices', 'diff', '--against', file]);
    expect(document).toMatchObject({ $schema: 'urn:pathfare:rate-diff@1' });
    expect(faultsOf(document)).toEqual([]);
  });

  it('may have fields that a later version adds, but for the files that people write by hand', () => {
    const comparison = v.parse(v.looseObject({}), readJson(goldens[0] ?? ''));
    expect(faultsOf({ ...comparison, later: 1 })).toEqual([]);
    expect(validatorOf('own-rates@1')({ rates: {}, natGatewayGB: 1 })).toBe(false);
  });

  it.each([
    'test/cases/two-regions/expected.json',
    'test/cases/report/report.json',
    ...shipped.slice(0, 2),
  ])('%s is refused with any one value damaged', (file) => {
    const document = v.parse(v.looseObject({ $schema: v.string() }), readJson(file));
    const validate = validatorOf(document.$schema.replace('urn:pathfare:', ''));
    const all = [...damagesOf(document)];
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(({ value }) => validate(value)).map(({ at }) => at)).toEqual([]);
  });

  it('has a schema that is exactly its type, or does not compile', () => {
    interface Example {
      readonly name: string;
      readonly ends?: 1 | 2;
    }
    const [name, ends] = [v.string(), v.exactOptional(v.picklist([1, 2]))];
    const same = schemaOf<Example>()(v.object({ name, ends }));
    // @ts-expect-error a field is missing
    schemaOf<Example>()(v.object({ name }));
    // @ts-expect-error a field too many
    schemaOf<Example>()(v.object({ name, ends, other: name }));
    // @ts-expect-error another type of a field
    schemaOf<Example>()(v.object({ name, ends: v.exactOptional(v.picklist([1])) }));
    expect(v.is(same, { name: 'a', ends: 2 })).toBe(true);
  });
});

interface Damage {
  readonly at: string;
  readonly value: unknown;
}

/** A document with one of its values replaced by something that no field takes: once for every value. */
function* damagesOf(value: unknown, at = ''): Generator<Damage> {
  if (typeof value !== 'object' || value === null) {
    yield { at, value: { damaged: true } };
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    for (const damage of damagesOf(part, `${at}.${key}`)) {
      const changed = { ...value, [key]: damage.value };
      yield { at: damage.at, value: Array.isArray(value) ? Object.values(changed) : changed };
    }
  }
}
