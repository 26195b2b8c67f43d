import { type BaseIssue, getDotPath } from 'valibot';
import { quoteValue } from '../../base/errors.js';

/**
 * What is wrong with a value that was read from outside: the field, what it should be and what was found,
 * quoted, since the text may be hostile.
 *
 * @param whole what to call the value where it is wrong as a whole
 */
export function describeIssue(issue: BaseIssue<unknown>, whole: string): string {
  const path = getDotPath(issue);
  const field = path === null ? whole : quoteValue(path).slice(1, -1);
  if (issue.expected === 'never') return `${field}: unknown field`;
  if (issue.received === 'undefined') return `${field}: missing`;
  const expected = issue.kind === 'schema' ? `expected ${issue.expected}` : issue.message;
  return `${field}: ${expected}, found ${found(issue)}`;
}

function found(issue: BaseIssue<unknown>): string {
  return typeof issue.input === 'string' ? quoteValue(issue.input) : issue.received;
}
