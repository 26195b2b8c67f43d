import { INVALID } from './numbers';

/** Shuffles that put the digits of an IPv4 address, one for each of the 81 ways to write its octets' lengths, into lanes of [hundreds, tens, ones, 0]. */
const shuffles: usize = memory.data(81 * 16, 16);

/** Fills the table of shuffles; called once. */
export function prepareAddresses(): void {
  for (let form: usize = 0; form < 81; form += 1) {
    let at: usize = 0;
    let rest = form;
    for (let octet: usize = 0; octet < 4; octet += 1) {
      const digits = (rest % 3) + 1;
      rest /= 3;
      const lane = shuffles + (form << 4) + (octet << 2);
      store<u32>(lane, 0xffffffff);
      for (let digit: usize = 0; digit < digits; digit += 1) {
        store<u8>(lane + 3 - digits + digit, <u8>(at + digit));
      }
      at += digits + 1;
    }
  }
}

/** The IPv4 address written in `length` bytes at `start` as a number, or INVALID. Reads 16 bytes. */
export function ipv4(start: usize, length: usize): u64 {
  if (length - 7 > 8) return INVALID;
  const text = v128.load(start);
  let dots = i8x16.bitmask(i8x16.eq(text, i8x16.splat(0x2e))) & ((1 << (<i32>length)) - 1);
  if (popcnt(dots) != 3) return INVALID;
  const first = ctz(dots);
  dots &= dots - 1;
  const second = ctz(dots);
  dots &= dots - 1;
  const third = ctz(dots);
  const a = <u32>first - 1;
  const b = <u32>(second - first) - 2;
  const c = <u32>(third - second) - 2;
  const d = <u32>length - <u32>third - 2;
  if (a > 2 || b > 2 || c > 2 || d > 2) return INVALID;
  const shuffle = v128.load(shuffles + ((a + b * 3 + c * 9 + d * 27) << 4));
  const digits = i8x16.swizzle(i8x16.sub(text, i8x16.splat(0x30)), shuffle);
  if (v128.any_true(i8x16.gt_u(digits, i8x16.splat(9)))) return INVALID;
  return octets(digits);
}

/** Lanes of [hundreds, tens, ones, 0] as one 32-bit number; INVALID where an octet is above 255. */
function octets(digits: v128): u64 {
  const weights = i8x16(100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0);
  const low = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(digits, weights));
  const high = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(digits, weights));
  const x = i64x2.extract_lane(low, 0);
  const y = i64x2.extract_lane(low, 1);
  const z = i64x2.extract_lane(high, 0);
  const w = i64x2.extract_lane(high, 1);
  const a = <u32>x + <u32>(x >> 32);
  const b = <u32>y + <u32>(y >> 32);
  const c = <u32>z + <u32>(z >> 32);
  const d = <u32>w + <u32>(w >> 32);
  if ((a | b | c | d) > 255) return INVALID;
  return <u64>((a << 24) | (b << 16) | (c << 8) | d);
}

/** A bit for each upper half of an IPv4 address, by the host's list of private blocks. */
const privateBits: usize = memory.data(8192, 16);

/** Where the host puts these bits. */
export function privateHalves(): usize {
  return privateBits;
}

/** 1 where the address never names a party on the internet; else 0. */
export function isPrivate4(address: u32): u32 {
  return (<u32>load<u8>(privateBits + <usize>(address >>> 19)) >>> ((address >>> 16) & 7)) & 1;
}

/** The upper and lower half of the last IPv6 address read. */
export let high6: u64 = 0;
export let low6: u64 = 0;

function hexDigit(character: u32): u32 {
  if (character - 48 < 10) return character - 48;
  const letter = (character | 32) - 97;
  return letter < 6 ? letter + 10 : 255;
}

const groups6: usize = memory.data(16, 16);

/** Reads the IPv6 address in [start, end) into high6 and low6; false where it is none. Not the form with an IPv4 tail. */
export function ipv6(start: usize, end: usize): bool {
  if (end - start > 39 || end - start < 2) return false;
  let count: i32 = 0;
  let gap: i32 = -1;
  let value: u32 = 0;
  let digits: i32 = 0;
  for (let at = start; at < end; at += 1) {
    const character = <u32>load<u8>(at);
    if (character != 0x3a) {
      const digit = hexDigit(character);
      if (digit == 255 || digits == 4) return false;
      value = (value << 4) | digit;
      digits += 1;
      continue;
    }
    if (digits > 0) {
      if (count == 8) return false;
      store<u16>(groups6 + ((<usize>count) << 1), <u16>value);
      count += 1;
      value = 0;
      digits = 0;
    } else if (at > start) return false;
    if (at + 1 < end && load<u8>(at + 1) == 0x3a) {
      if (gap >= 0) return false;
      gap = count;
      at += 1;
    } else if (at + 1 == end || at == start) return false;
  }
  if (digits > 0) {
    if (count == 8) return false;
    store<u16>(groups6 + ((<usize>count) << 1), <u16>value);
    count += 1;
  }
  return gap < 0 ? count == 8 && joinGroups(8, 8) : count < 8 && joinGroups(gap, count);
}

/** Sets high6 and low6 from `count` groups, with zeros after the first `gap` of them. */
function joinGroups(gap: i32, count: i32): bool {
  high6 = 0;
  low6 = 0;
  for (let index = 0; index < 8; index += 1) {
    const from = index < gap ? index : index - (8 - count);
    const given = index < gap || from >= gap;
    const group = given ? <u64>load<u16>(groups6 + ((<usize>from) << 1)) : 0;
    if (index < 4) high6 = (high6 << 16) | group;
    else low6 = (low6 << 16) | group;
  }
  return true;
}

/** Unique-local (fc00::/7), link-local (fe80::/10), multicast (ff00::/8), unspecified and loopback addresses. */
export function isPrivate6(high: u64): bool {
  const top = <u32>(high >> 56);
  return (top & 0xfe) == 0xfc || high >> 54 == 0x3fa || top == 0xff || high == 0;
}
