import type { Period } from '../profile/profile.js';
import type { LoggedTime } from './record-groups.js';

/** The lengths of time that bytes may be summed by, in seconds; `all`: the whole log. */
export const intervals = { all: 0, day: 86_400, hour: 3600 } as const;

/** A length of time that bytes may be summed by. */
export type Interval = keyof typeof intervals;

/**
 * The period of a VPC's time bucket. Records belong to the UTC day or hour that they start in; the first and
 * the last bucket are cut to what the log covers, so that a part of a day is not taken for a day.
 */
export function bucketPeriod(
  bucket: number,
  interval: Interval,
  time: LoggedTime | undefined,
): Period | null {
  if (time === undefined) return null;
  // A log of one moment covers a second: a period without length has no month.
  const end = Math.max(time.end, time.start + 1);
  if (interval === 'all') return { start: time.start, end };
  const length = intervals[interval];
  const last = Math.max(...lastHours(time)) * 3600;
  const isLast = bucket + length > last;
  return {
    start: Math.max(bucket, time.start),
    end: isLast ? Math.max(end, bucket + 1) : bucket + length,
  };
}

function lastHours({ hours, start }: LoggedTime): readonly number[] {
  return [hours.at(-1) ?? Math.floor(start / 3600)];
}

/** A time in which nothing at all was logged in a VPC, in epoch seconds. */
export function loggingGaps({ hours }: LoggedTime): readonly Period[] {
  return hours.flatMap((hour, index) => {
    const next = hours[index + 1];
    return next === undefined || next === hour + 1
      ? []
      : [{ start: (hour + 1) * 3600, end: next * 3600 }];
  });
}
