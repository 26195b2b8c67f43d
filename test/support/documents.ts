import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import { documents, schemaFile } from '../../scripts/documents.js';
import { root } from './run-cli.js';

// A format is a note for people here; what a text must look like stands in its pattern.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false });
const validators = new Map(
  documents.map((document) => [
    document.name,
    ajv.compile(JSON.parse(readFileSync(join(root, schemaFile(document)), 'utf8'))),
  ]),
);

/** What tells whether a value is the document of a name, such as `comparison@1`. */
export function validatorOf(name: string): ValidateFunction {
  const validate = validators.get(name);
  if (validate === undefined) throw new Error(`no schema of ${name}`);
  return validate;
}

/** What ajv has against a document, by the schema that it names itself. */
export function faultsOf(document: unknown): unknown {
  const { $schema } = v.parse(v.object({ $schema: v.string() }), document);
  const validate = validatorOf($schema.replace('urn:pathfare:', ''));
  return validate(document) ? [] : validate.errors;
}
