/**
 * Given to several properties of the same generators, they are tried on the same values, and what is `remembered` is
 * made once for all of them.
 */
export const sameRuns = { seed: Date.now() % 2 ** 31 } as const;

/** A function that makes a result once for equal arguments. */
export function remembered<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (...args: Args) => Result {
  const made = new Map<string, { readonly result: Result }>();
  return (...args) => {
    const key = JSON.stringify(args, (_, value) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    const known = made.get(key) ?? { result: make(...args) };
    made.set(key, known);
    return known.result;
  };
}
