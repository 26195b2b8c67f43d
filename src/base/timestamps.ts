const isoShape =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const epochShape = /^\d{1,14}$/;
/** Twenty centuries of seconds, or 1973 in milliseconds: above it a count can only be milliseconds. */
const largestSeconds = 100_000_000_000;

/**
 * Reads a time as epoch seconds (to the millisecond): ISO 8601, where a date by itself is its midnight and
 * a time without a zone is UTC; or epoch seconds or milliseconds. Null for anything else, for a day
 * that isn't in the calendar, and for eight digits by themselves, which may be a date or a count.
 */
export function parseTimestamp(text: string): number | null {
  if (epochShape.test(text)) return text.length === 8 ? null : epochSeconds(Number(text));
  const groups = isoShape.exec(text)?.groups;
  if (groups === undefined) return null;
  const midnight = parseDate(groups['date'] ?? '');
  const time = parseTime(groups['hour'], groups['minute'], groups['second']);
  const offset = parseOffset(groups['zone']);
  if (midnight === null || time === null || offset === null) return null;
  const milliseconds = Number((groups['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return (midnight + (time - offset) * 1000 + milliseconds) / 1000;
}

/** Writes epoch seconds as ISO 8601 in UTC, with milliseconds only where there are some. */
export function formatTimestamp(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().replace('.000Z', 'Z');
}

function epochSeconds(count: number): number {
  return count > largestSeconds ? count / 1000 : count;
}

/** `Date` rolls 30 February over to March; a date that doesn't come back as it went in isn't one. */
function parseDate(date: string): number | null {
  const milliseconds = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return null;
  return new Date(milliseconds).toISOString().startsWith(date) ? milliseconds : null;
}

function parseTime(hour = '0', minute = '0', second = '0'): number | null {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h > 23 || m > 59 || s > 59 ? null : h * 3600 + m * 60 + s;
}

function parseOffset(zone = 'Z'): number | null {
  if (zone.toUpperCase() === 'Z') return 0;
  const seconds = parseTime(zone.slice(1, 3), zone.slice(3).replace(':', '') || '0');
  if (seconds === null) return null;
  return zone.startsWith('-') ? -seconds : seconds;
}
