import type { RankedBlock } from './flatten-blocks.js';

/** Entries of the first level, and of each block below it. */
const firstLevel = 65_536;
const blockEntries = 256;

/**
 * Paints IPv4 blocks into a trie, those that win last: the lower rank first, then the shorter prefix, then what is listed first.
 * Every run of the program builds one before it can scan, and to flatten the blocks into segments first took three times as long.
 *
 * @param outside the label of addresses that no block holds
 */
export function paintTrie4(blocks: readonly RankedBlock[], outside: number): Int32Array {
  const painter = new Painter(outside);
  const order = (a: RankedBlock, b: RankedBlock) =>
    a.rank - b.rank || a.cidr.length - b.cidr.length;
  for (const { cidr, label } of blocks.toSorted(order)) {
    painter.paint(Number(cidr.start), cidr.length, label);
  }
  return painter.shared();
}

class Painter {
  #trie = new Int32Array(firstLevel * 8);
  #length = firstLevel;

  constructor(outside: number) {
    this.#trie.fill(outside, 0, firstLevel);
  }

  paint(start: number, length: number, label: number): void {
    const first = start >>> 16;
    if (length <= 16) return this.#fill(first, 2 ** (16 - length), label);
    const second = this.#blockAt(first) + ((start >>> 8) & 255);
    if (length <= 24) return this.#fill(second, 2 ** (24 - length), label);
    this.#fill(this.#blockAt(second) + (start & 255), 2 ** (32 - length), label);
  }

  #fill(at: number, count: number, label: number): void {
    this.#trie.fill(label, at, at + count);
  }

  /** The block that an entry leads to; one of the entry's own label is made where there is none. */
  #blockAt(at: number): number {
    const entry = this.#trie[at] ?? 0;
    if (entry < 0) return ~entry;
    const block = this.#length;
    this.#length += blockEntries;
    if (this.#length > this.#trie.length) this.#grow();
    this.#trie.fill(entry, block, block + blockEntries);
    this.#trie[at] = ~block;
    return block;
  }

  #grow(): void {
    const larger = new Int32Array(this.#trie.length * 2);
    larger.set(this.#trie);
    this.#trie = larger;
  }

  /** The trie, where worker threads can see it. */
  shared(): Int32Array {
    const shared = new Int32Array(new SharedArrayBuffer(this.#length * 4));
    shared.set(this.#trie.subarray(0, this.#length));
    return shared;
  }
}
