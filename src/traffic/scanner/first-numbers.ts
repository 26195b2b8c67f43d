import type { Circumstance } from './identities.js';

/** The number of the first of several items that say the same. */
export class FirstNumbers {
  readonly #numbers = new Map<string, number>();

  /** The number of the first item that has the same values as this one: all flat, and in one order. */
  of(item: object, number: number): number {
    const key = JSON.stringify(Object.values(item));
    const known = this.#numbers.get(key);
    if (known === undefined) this.#numbers.set(key, number);
    return known ?? number;
  }

  clear(): void {
    this.#numbers.clear();
  }
}

/** A hash of 28 bits of a circumstance, the same in every run: records that differ in nothing else are not one. */
export function meaningOf(circumstance: Circumstance): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify(Object.values(circumstance))))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 4;
}
