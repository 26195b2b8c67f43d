/** Ranges of time in order, apart from one another: start and end of each, in epoch seconds. */
export type TimeRanges = readonly number[];

/** The ranges that any of some lists cover: two by two, so that a range is looked at once for each doubling of the lists. */
export function unionOfRanges(lists: readonly TimeRanges[]): TimeRanges {
  let left = lists;
  while (left.length > 1) {
    const pairs = left;
    left = Array.from({ length: Math.ceil(pairs.length / 2) }, (_, index) =>
      unionOfTwo(pairs[index * 2] ?? [], pairs[index * 2 + 1] ?? []),
    );
  }
  return left[0] ?? [];
}

/** The union of two lists, each in order and apart. */
export function unionOfTwo(a: TimeRanges, b: TimeRanges): TimeRanges {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const union: number[] = [];
  let [fromA, fromB, end] = [0, 0, -1];
  while (fromA < a.length || fromB < b.length) {
    const isA = (a[fromA] ?? Infinity) <= (b[fromB] ?? Infinity);
    const list = isA ? a : b;
    const at = isA ? fromA : fromB;
    const start = list[at] ?? 0;
    const next = list[at + 1] ?? 0;
    if (isA) fromA += 2;
    else fromB += 2;
    if (union.length > 0 && start <= end) {
      end = Math.max(end, next);
      union[union.length - 1] = end;
    } else {
      end = next;
      union.push(start, end);
    }
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
