import { type ErrorCode, PathfareError, quoteValue } from '../../base/errors.js';
import { isPrintable } from '../../base/service-name.js';

const longest = 255;

/**
 * A name or an id as a file of the user's gives it; it may be empty.
 *
 * @param where file and line
 * @throws PathfareError where it holds characters that a terminal acts on, or is so long that a report can't repeat it in each row
 */
export function requirePrintable(where: string, text: string, code: ErrorCode): string {
  if (text === '' || isPrintable(text, longest)) return text;
  throw new PathfareError(
    code,
    `${where}: ${quoteValue(text)} is too long or holds control characters`,
    { hint: `Write at most ${longest} printable characters.` },
  );
}
