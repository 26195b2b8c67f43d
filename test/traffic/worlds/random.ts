/** Numbers that look random and are the same for a seed: a world is made again from its seed. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** The items in another order. */
  shuffle<T>(items: readonly T[]): readonly T[];
  /** A volume of bytes: a few, some thousands or many millions. */
  bytes(): number;
}

/** A small generator of 32-bit numbers (mulberry32). */
export function randomOf(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x51ed270b;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const whole = (least: number, most: number) => least + (next() % (most - least + 1));
  return {
    whole,
    chance: (percent) => whole(1, 100) <= percent,
    pick: ([first, ...others]) => {
      const index = whole(0, others.length);
      return index === 0 ? first : (others[index - 1] ?? first);
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
    bytes: () => {
      const most = [900, 90_000, 9_000_000, 4_000_000_000][whole(0, 3)] ?? 900;
      return whole(Math.ceil(most / 9), most) + whole(0, 7);
    },
  };
}
