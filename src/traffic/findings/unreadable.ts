import { quoteValue } from '../../base/errors.js';

/** Why a line could not be read. */
export const unreadableReasons = [
  'field-count',
  'number',
  'address',
  'name',
  'time',
  'too-long',
  'cut-off',
  'form',
] as const;
/** Why a line could not be read. */
export type UnreadableReason = (typeof unreadableReasons)[number];

/** A line that could not be read, to be shown. The excerpt is hostile text. */
export interface UnreadableLine {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  readonly excerpt: string;
}

/** A line that could not be read, with its place. */
export function showLine({ file, line, reason, excerpt }: UnreadableLine): string {
  return `${file}:${line} ${reason}: ${quoteValue(excerpt)}.`;
}
