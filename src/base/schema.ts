import * as v from 'valibot';
import { PathfareError, quoteValue } from './errors.js';
import type { Origin } from './json.js';

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
  throw new PathfareError(`${name}: ${sentenceOf(result.issues[0], whole)}`, { hint });
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
