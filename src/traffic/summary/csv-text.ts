import { PathfareError } from '../../base/errors.js';
import { lineError } from './file-line.js';

/** The longest line, and the longest row, that a CSV may hold: real rows have a few hundred bytes. */
export const longestLineBytes = 2 ** 20;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const saveAsUtf8 = 'Save the file as UTF-8 (in a spreadsheet: "CSV UTF-8") and try again.';

/**
 * Decodes the bytes of a CSV into text, whole lines at a time, with every line end as LF. Fails, naming
 * the line, on UTF-16, on bytes that are no UTF-8, on a NUL, and on a line over 1 MiB: that one before
 * it is held in memory, so that a file without line ends can't fill it.
 */
export async function* decodeCsv(
  source: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<string> {
  const decode = lineDecoder(file);
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of source) {
    const cut = afterLastLineEnd(chunk);
    if (cut > 0) {
      yield decode(Buffer.concat([...held, chunk.subarray(0, cut)]));
      held = [];
      heldBytes = 0;
    }
    held.push(chunk.subarray(cut));
    heldBytes += chunk.length - cut;
    if (heldBytes > longestLineBytes) throw lineTooLong(file, decode.line());
  }
  yield decode(Buffer.concat(held));
}

/** The error for a line, or a row of several lines, over 1 MiB. */
export function lineTooLong(file: string, line: number): PathfareError {
  return lineError(
    { file, line },
    `this row is longer than ${longestLineBytes} bytes.`,
    'Check that the file is a CSV with a line for each row, and that every quote is closed.',
  );
}

interface LineDecoder {
  (bytes: Uint8Array): string;
  /** The line that the last text ended in, or that the next one begins with. */
  line(): number;
}

function lineDecoder(file: string): LineDecoder {
  let line = 1;
  let first = true;
  let afterCarriageReturn = false;
  const decode = (bytes: Uint8Array): string => {
    if (first) refuseUtf16(bytes, file);
    const text = decodeUtf8(bytes, first) ?? failAtBadLine(bytes, file, line);
    if (bytes.length > 0) first = false;
    // A CR LF may be cut between two chunks: its LF is no line end of its own.
    const own = afterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterCarriageReturn = text.endsWith('\r');
    const lines = own.replaceAll(/\r\n?/g, '\n');
    refuseNul(lines, file, line);
    line += countLineFeeds(lines);
    return lines;
  };
  return Object.assign(decode, { line: () => line });
}

const utf8AtStart = new TextDecoder('utf-8', { fatal: true });
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text, without a byte order mark at the start of the file; null where the bytes are no UTF-8. */
function decodeUtf8(bytes: Uint8Array, atStart: boolean): string | null {
  try {
    return (atStart ? utf8AtStart : utf8).decode(bytes);
  } catch {
    return null;
  }
}

function failAtBadLine(bytes: Uint8Array, file: string, firstLine: number): never {
  let line = firstLine;
  let begin = 0;
  for (let end = 0; end < bytes.length; end++) {
    if (!endsLine(bytes, end)) continue;
    if (decodeUtf8(bytes.subarray(begin, end), false) === null) break;
    begin = end + 1;
    line++;
  }
  throw lineError({ file, line }, 'this line is not UTF-8 text.', saveAsUtf8);
}

function refuseUtf16(bytes: Uint8Array, file: string): void {
  const [a, b] = bytes;
  const hasMark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const hasHalves = b !== undefined && (a === 0) !== (b === 0);
  if (!hasMark && !hasHalves) return;
  throw new PathfareError('invalid-summary', `${file}: this file is UTF-16, not UTF-8.`, {
    hint: saveAsUtf8,
  });
}

function refuseNul(text: string, file: string, firstLine: number): void {
  const at = text.indexOf('\0');
  if (at === -1) return;
  const line = firstLine + countLineFeeds(text.slice(0, at));
  throw lineError(
    { file, line },
    'this line holds a NUL byte, so it is no CSV.',
    'Check that the file is text: unpack it, or export it as CSV again.',
  );
}

function afterLastLineEnd(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1;
}

/** A CR LF ends its line at the LF. */
function endsLine(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === lineFeed) return true;
  return bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed;
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
