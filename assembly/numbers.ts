/** What `decimal` and `ipv4` answer for bytes that are no such value. */
export const INVALID: u64 = u64.MAX_VALUE;

const ZEROS: u64 = 0x3030303030303030;
const HIGH_HALVES: u64 = 0xf0f0f0f0f0f0f0f0;

/** Are all eight bytes ASCII digits? */
function areDigits(bytes: u64): bool {
  return (bytes & HIGH_HALVES) == ZEROS && ((bytes + 0x0606060606060606) & HIGH_HALVES) == ZEROS;
}

/** The number that eight ASCII digits write (the first digit in the lowest byte), in three multiplications. */
function eightDigits(bytes: u64): u64 {
  const pairs = ((bytes & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((fours & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/** The last `length` (1 to 8) digits before `end`, or INVALID. */
function upToEightDigits(end: usize, length: usize): u64 {
  const before = length == 8 ? 0 : u64.MAX_VALUE >> ((<u64>length) << 3);
  const bytes = (load<u64>(end - 8) & ~before) | (ZEROS & before);
  return areDigits(bytes) ? eightDigits(bytes) : INVALID;
}

function twoParts(high: u64, low: u64): u64 {
  return high == INVALID || low == INVALID ? INVALID : high * 100000000 + low;
}

/** The whole number written in [start, end): 1 to 18 digits, or INVALID. Reads up to 8 bytes before `start`. */
export function decimal(start: usize, end: usize): u64 {
  const length = end - start;
  if (length - 1 < 8) return upToEightDigits(end, length);
  if (length - 1 < 16)
    return twoParts(upToEightDigits(end - 8, length - 8), upToEightDigits(end, 8));
  if (length - 1 > 17) return INVALID;
  return twoParts(decimal(start, end - 8), upToEightDigits(end, 8));
}
