import { quoteValue } from '../../base/errors.js';
import type { Period } from '../profile/profile.js';
import { type RecordCounts, type RecordSum, setAsideReasons } from './set-aside.js';
import type { UnreadableLine } from './unreadable.js';

/** Digits in threes, the same in every locale. */
function inThrees(value: number | bigint): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 record`, `1,234 records`. */
export function countRecords(records: number): string {
  return records === 1 ? '1 record' : `${inThrees(records)} records`;
}

/** `1,234 bytes`. */
export function countBytes(bytes: bigint): string {
  return bytes === 1n ? '1 byte' : `${inThrees(bytes)} bytes`;
}

/** The first names, quoted, and how many more there are. */
export function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(quoteValue).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** A line that could not be read, with its place. */
export function showLine({ file, line, reason, excerpt }: UnreadableLine): string {
  return `${file}:${line} ${reason}: ${quoteValue(excerpt)}.`;
}

/** A period in UTC, to the minute. */
export function showPeriod({ start, end }: Period): string {
  const show = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`;
  return `${show(start)} to ${show(end)}`;
}

/** The account of a run's records in one sentence. */
export function accountOf({ read, counted, setAside }: RecordCounts): string {
  const reasons: string[] = [];
  for (const [reason, text] of Object.entries(setAsideReasons)) {
    const sum = sumOf(setAside, reason);
    if (sum !== undefined)
      reasons.push(`${inThrees(sum.records)} ${text} (${countBytes(sum.bytes)})`);
  }
  const rest = reasons.length === 0 ? 'none set aside' : `set aside: ${reasons.join('; ')}`;
  return `${countRecords(read)} read, ${inThrees(counted.records)} counted (${countBytes(counted.bytes)}), ${rest}.`;
}

function sumOf(setAside: RecordCounts['setAside'], reason: string): RecordSum | undefined {
  return Object.entries(setAside).find(([key]) => key === reason)?.[1];
}
