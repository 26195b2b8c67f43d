import { plural } from '../../base/text.js';
import { flowLogFieldOf } from './flow-log-fields.js';

/**
 * Splits a record in its text form into the values of `fields`; a text that does not fit gives the reason
 * as a string.
 */
export function splitRecord(text: string, fields: readonly string[]): readonly string[] | string {
  const values = text.trim().split(/\s+/);
  if (values.length === fields.length) return values;
  return `has ${plural(values.length, 'value')} for ${plural(fields.length, 'field')}: name the fields with --fields`;
}

/** Whether a text is a line that names fields, as at the head of a log file in S3. */
export function namesFields(text: string): boolean {
  const names = text.trim().split(/\s+/);
  const known = names.filter((name) => flowLogFieldOf(name) !== undefined);
  return known.length >= 2 && known.length * 2 > names.length;
}
