import * as v from 'valibot';
import { PathfareError, quoteValue } from './errors.js';
import type { Finding } from './finding.js';
import { documentHead, type Origin } from './json.js';

/**
 * Gives a value that was read from outside the type of its schema.
 *
 * @param whole what to call the value where it is wrong as a whole
 * @throws PathfareError naming the origin, the field, what it should be and what was found
 */
export function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  { name, hint }: Origin,
  whole: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new PathfareError('invalid-document', `${name}: ${sentenceOf(result.issues[0], whole)}`, {
    hint,
  });
}

/** What is wrong, quoted, since the text may be hostile. */
function sentenceOf(issue: v.BaseIssue<unknown>, whole: string): string {
  const path = v.getDotPath(issue);
  const field = path === null ? whole : quoteValue(path).slice(1, -1);
  if (issue.expected === 'never') return `${field}: unknown field`;
  if (issue.received === 'undefined') return `${field}: missing`;
  const expected = issue.kind === 'schema' ? `expected ${issue.expected}` : issue.message;
  const found = typeof issue.input === 'string' ? quoteValue(issue.input) : issue.received;
  return `${field}: ${expected}, found ${found}`;
}

/** A type with everything in it readonly, so that a list of a schema and one of an interface are the same. */
type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

type IsSame<A, B> =
  (<T>() => T extends Frozen<A> ? 1 : 2) extends <T>() => T extends Frozen<B> ? 1 : 2
    ? true
    : false;

/**
 * The schema of a document. It compiles only where what the schema accepts is exactly the document's type: a field that one
 * of the two does not have, or has as another type, is an error.
 */
export function schemaOf<Document>() {
  return <Schema extends v.GenericSchema>(
    schema: IsSame<v.InferOutput<Schema>, Document> extends true ? Schema : never,
  ): Schema => schema;
}

/** The schemas of what a document that pathfare writes begins with. */
export function headOf<Name extends string>(name: Name) {
  const { $schema, schema } = documentHead(name);
  return { $schema: v.literal($schema), schema: v.literal(schema) };
}

/** The same for a document that is read: one that was made by hand, or before there were JSON Schemas, does not name its own. */
export function readHeadOf<Name extends string>(name: Name) {
  const { $schema, schema } = headOf(name);
  return { $schema: v.optional($schema), schema };
}

/** An exact amount as text, without exponent: what money and volumes are in every document. */
export const exactDecimal = v.pipe(
  v.string(),
  v.regex(/^-?\d+(\.\d+)?$/, 'is not an exact decimal'),
);

/** An exact amount that is calculated with after it was read: not negative, and not so long that it takes for ever. */
export const readDecimal = v.pipe(
  v.string(),
  v.regex(/^\d{1,40}(\.\d{1,80})?$/, 'is not an exact decimal'),
);

/** A count. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A finding as it stands in a document. */
export const findingSchema = schemaOf<Finding>()(
  v.object({
    code: v.string(),
    severity: v.picklist(['info', 'warning']),
    message: v.string(),
  }),
);
