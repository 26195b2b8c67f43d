/** Ranges of time in order, apart from one another: start and end of each, in epoch seconds. */
export type TimeRanges = readonly number[];

/** The ranges that any of some lists cover. */
export function unionOfRanges(lists: readonly TimeRanges[]): TimeRanges {
  const [only, ...others] = lists;
  if (only !== undefined && others.length === 0) return only;
  const pairs = lists.flatMap(pairsOf).sort(([a], [b]) => a - b);
  const union: number[] = [];
  for (const [start, end] of pairs) {
    const last = union.at(-1);
    if (last !== undefined && start <= last) union[union.length - 1] = Math.max(last, end);
    else union.push(start, end);
  }
  return union;
}

/** The ranges that both lists cover. */
export function commonRanges(a: TimeRanges, b: TimeRanges): TimeRanges {
  const common: number[] = [];
  const [first, second] = [pairsOf(a), pairsOf(b)];
  let from = 0;
  for (const [start, end] of first) {
    while (from < second.length && (second[from]?.[1] ?? 0) <= start) from++;
    for (let at = from; at < second.length; at++) {
      const [otherStart, otherEnd] = second[at] ?? [0, 0];
      if (otherStart >= end) break;
      common.push(Math.max(start, otherStart), Math.min(end, otherEnd));
    }
  }
  return common;
}

/** The hours since the epoch that ranges touch, in order. */
export function hoursOf(ranges: TimeRanges): readonly number[] {
  const hours: number[] = [];
  for (const [start, end] of pairsOf(ranges)) {
    const last = Math.floor((end > start ? end - 1 : end) / 3600);
    const first = Math.floor(start / 3600);
    for (let hour = Math.max(first, (hours.at(-1) ?? -1) + 1); hour <= last; hour++)
      hours.push(hour);
  }
  return hours;
}

function pairsOf(ranges: TimeRanges): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at + 1 < ranges.length; at += 2) {
    pairs.push([ranges[at] ?? 0, ranges[at + 1] ?? 0]);
  }
  return pairs;
}
