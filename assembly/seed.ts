/**
 * A number that no author of a log knows: who could tell where a name or a group is put could choose thousands of them for one
 * place, and each would be held against all before it.
 */
export let seed: u64 = 0x9e3779b97f4a7c15;

/** Sets the number, before anything is scanned; it is made odd, so that a product by it keeps all that it multiplies. */
export function setSeed(low: u32, high: u32): void {
  seed = ((<u64>high) << 32) | low | 1;
}
