/** Fills in the label of an IPv6 address from the host's table. */
declare function lookup6(a: u32, b: u32, c: u32, d: u32): u32;

/** The trie of IPv4 labels, as the host's address table lays it out: at most three loads. */
let trie: usize = 0;
/** The label of a private address that the user's service map does not name. */
export let privateLabel: u32 = 0;

/** Takes the label of private addresses, and gives room for a trie of so many entries; the host copies it there. */
export function prepareLabels(entries: u32, labelOfPrivate: u32): usize {
  privateLabel = labelOfPrivate;
  trie = heap.alloc(entries * 4);
  return trie;
}

/** The label of an IPv4 address: what it is, by the host's table. */
export function labelOf4(address: u32): u32 {
  let entry = load<i32>(trie + <usize>((address >>> 16) << 2));
  if (entry < 0) entry = load<i32>(trie + <usize>((<u32>~entry + ((address >>> 8) & 255)) << 2));
  if (entry < 0) entry = load<i32>(trie + <usize>((<u32>~entry + (address & 255)) << 2));
  return entry;
}

const CACHE_SLOTS: u64 = 4096;
/** The IPv6 labels last asked for: high half, low half, label + 1. */
const cache6: usize = heap.alloc(4096 * 24);

/** The label of an IPv6 address. The host's search is behind a cache: crossing to it costs more than the search. */
export function labelOf6(high: u64, low: u64): u32 {
  const hash = ((high ^ (low >> 7) ^ low) * 0x9e3779b97f4a7c15) >> 52;
  const slot = cache6 + <usize>(hash & (CACHE_SLOTS - 1)) * 24;
  const known = load<u64>(slot, 16);
  if (known != 0 && load<u64>(slot) == high && load<u64>(slot, 8) == low) return <u32>known - 1;
  const label = lookup6(<u32>(high >> 32), <u32>high, <u32>(low >> 32), <u32>low);
  store<u64>(slot, high);
  store<u64>(slot, low, 8);
  store<u64>(slot, <u64>label + 1, 16);
  return label;
}
