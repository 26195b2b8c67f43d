import { EntryByte, RangeByte } from './layout';

/**
 * The time in which an interface was logged, as a block of ranges in order. Records come window after window, so that nearly
 * all of them touch the range last touched.
 */
/** Ranges no further apart than the longest aggregation interval are one: AWS writes NODATA for an interval without traffic. */
const SLACK: u32 = 600;
/** A record that claims more is no interval of AWS's: what it claims beyond does not count as logged. */
const LONGEST: u32 = 3600;

function rangeAt(block: usize, index: u32): usize {
  return block + RangeByte.first + <usize>index * RangeByte.size;
}

/** Widens the time that an interface (its interned entry) was logged in. */
export function sawTimes(identity: usize, start: u32, end: u32): void {
  const block = <usize>load<u32>(identity, EntryByte.ranges);
  // A block without ranges is all zeros: no time lies in the one last touched.
  const range = rangeAt(block, load<u32>(block, RangeByte.last));
  if (start >= load<u32>(range) && end <= load<u32>(range, 4)) return;
  widen(identity, block, start, end);
}

function widen(identity: usize, block: usize, start: u32, end: u32): void {
  if (start < load<u32>(identity, EntryByte.start)) store<u32>(identity, start, EntryByte.start);
  if (end > load<u32>(identity, EntryByte.end)) store<u32>(identity, end, EntryByte.end);
  addRange(identity, block, start, end - start > LONGEST ? start + LONGEST : end);
}

/** Gives an identity a block of no ranges yet. */
export function prepareRanges(identity: usize, textHash: u32): void {
  const block = heap.alloc(RangeByte.first + 2 * RangeByte.size);
  memory.fill(block, 0, RangeByte.first + 2 * RangeByte.size);
  store<u32>(block, 2, RangeByte.capacity);
  store<u32>(block, textHash, RangeByte.textHash);
  store<u32>(identity, <u32>block, EntryByte.ranges);
}

/** The first range that ends no earlier than `SLACK` before `start`; the count of ranges where there is none. */
function firstReaching(block: usize, start: u32): u32 {
  let low: u32 = 0;
  let high = load<u32>(block);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(rangeAt(block, middle), 4) + SLACK < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Joins a range with those that it touches. */
function addRange(identity: usize, block: usize, start: u32, end: u32): void {
  const first = firstReaching(block, start);
  const count = load<u32>(block);
  let next = first;
  while (next < count && load<u32>(rangeAt(block, next)) <= end + SLACK) {
    start = min(start, load<u32>(rangeAt(block, next)));
    end = max(end, load<u32>(rangeAt(block, next), 4));
    next += 1;
  }
  if (next == first) block = roomAt(identity, block, first);
  else if (next > first + 1) {
    const rest = <usize>(count - next) * RangeByte.size;
    memory.copy(rangeAt(block, first + 1), rangeAt(block, next), rest);
    store<u32>(block, count - (next - first - 1));
  }
  store<u32>(rangeAt(block, first), start);
  store<u32>(rangeAt(block, first), end, 4);
  store<u32>(block, first, RangeByte.last);
}

/** Makes room for one more range before the one at `index`; the block may move. */
function roomAt(identity: usize, block: usize, index: u32): usize {
  const count = load<u32>(block);
  let to = block;
  if (count == load<u32>(block, RangeByte.capacity)) {
    to = heap.alloc(<usize>(RangeByte.first + count * RangeByte.size * 2));
    memory.copy(to, block, <usize>(RangeByte.first + count * RangeByte.size));
    store<u32>(to, count << 1, RangeByte.capacity);
    store<u32>(identity, <u32>to, EntryByte.ranges);
  }
  memory.copy(rangeAt(to, index + 1), rangeAt(to, index), <usize>(count - index) * RangeByte.size);
  store<u32>(to, count + 1);
  return to;
}

/** Whether a record of this time overlaps one of the excluded ranges of its interface (+0 count, then start and end of each). */
export function isExcluded(block: usize, start: u32, end: u32): bool {
  let low: u32 = 0;
  let high = load<u32>(block);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(block + 4 + ((<usize>middle) << 3), 4) <= start) low = middle + 1;
    else high = middle;
  }
  return low < load<u32>(block) && load<u32>(block + 4 + ((<usize>low) << 3)) < max(end, start + 1);
}
