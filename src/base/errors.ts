/** The exit codes of the command line. */
export const exitCodes = { done: 0, failed: 1, usage: 2, incomplete: 3, overBudget: 4 } as const;

/** A process exit code that pathfare uses; 129, 130 and 143 are a signal's. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes] | 129 | 130 | 143;

/** The exit codes of a run that a signal ended, as shells have them: 128 and the signal's number. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What failed, by a name that stays: what a program decides by. docs/library.md says what each means. */
export const errorCodes = [
  'address-ranges-refused',
  'address-ranges-unreachable',
  'file-unreadable',
  'file-unwritable',
  'input-not-found',
  'input-unreadable',
  'interrupted',
  'invalid-address-ranges',
  'invalid-budgets',
  'invalid-csv',
  'invalid-discount',
  'invalid-document',
  'invalid-fields',
  'invalid-flow-log',
  'invalid-json',
  'invalid-mirror',
  'invalid-names',
  'invalid-path',
  'invalid-rates',
  'invalid-service',
  'invalid-service-map',
  'invalid-summary',
  'invalid-volume',
  'mixed-currencies',
  'mixed-units',
  'no-rates',
  'nothing-read',
  'package-damaged',
  'price-list-invalid',
  'price-list-refused',
  'price-list-unreachable',
  'records-unreadable',
  'region-not-given',
  'unknown-region',
  'usage',
] as const;

/** What failed. */
export type ErrorCode = (typeof errorCodes)[number];

/** Where an expected failure happened and what to do about it. */
export interface FailureDetails {
  /** What the person should do next, one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An expected failure: a bad input, a missing file, a refused price list. The message names what, where
 * (file and line, or option) and the value seen; the hint says what to do, and names an option of the library in backticks, which the
 * command line shows as its flag. Anything else that is thrown is a defect of pathfare and shows its stack.
 */
export class PathfareError extends Error {
  override readonly name: string = 'PathfareError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode = exitCodes.failed;

  constructor(code: ErrorCode, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** An expected failure in how the command was called: a flag's value, an unknown name. Exit code 2. */
export class UsageError extends PathfareError {
  override readonly name = 'UsageError';
  override readonly exitCode = exitCodes.usage;
}

/** The end of a run by a signal: the reason of what it aborts. */
export class Interruption extends PathfareError {
  override readonly name = 'Interruption';
  override readonly exitCode: ExitCode;

  constructor(signal: keyof typeof signalExitCodes) {
    super('interrupted', 'interrupted', { hint: 'Nothing was written.' });
    this.exitCode = signalExitCodes[signal];
  }
}

const quotedLength = 60;

/**
 * Quotes a value from a log, a CSV or a flag for a message: control, format and direction characters are
 * escaped (a value may hold terminal escapes), and it is cut after 60 characters.
 */
export function quoteValue(value: string): string {
  const cut = Array.from(value.slice(0, 2 * quotedLength + 2))
    .slice(0, quotedLength)
    .join('');
  const shown = cut.replace(/[\p{C}\p{Zl}\p{Zp}"\\]/gu, escapeCharacter);
  return `"${shown}${cut.length < value.length ? '…' : ''}"`;
}

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return namedEscapes.get(character) ?? `\\u{${code.toString(16).padStart(4, '0')}}`;
}
