import { type Amount, quotientDown, zero } from './decimal.js';

/** What sharing out needs of a kind of number. */
interface Arithmetic<N> {
  readonly zero: N;
  readonly plus: (a: N, b: N) => N;
  readonly minus: (a: N, b: N) => N;
  readonly exceeds: (a: N, b: N) => boolean;
  /** `whole × weight / total`, rounded down. */
  readonly part: (whole: N, weight: N, total: N) => N;
}

/**
 * Shares a whole out in proportion to weights. Each share is rounded down, to whole bytes or to twelve decimals, and
 * the first of the largest takes the rest: the shares sum to the whole. Where all weights are zero, the first takes all.
 */
function sharing<N>({ zero: none, plus, minus, exceeds, part }: Arithmetic<N>) {
  return (whole: N, weights: readonly N[]): readonly N[] => {
    const sum = (values: readonly N[]) => values.reduce((a, b) => plus(a, b), none);
    const total = sum(weights);
    const shares = weights.map((weight) =>
      exceeds(total, none) ? part(whole, weight, total) : none,
    );
    const rest = minus(whole, sum(shares));
    const largest = weights.reduce(
      (best, weight, index) => (exceeds(weight, weights[best] ?? none) ? index : best),
      0,
    );
    return shares.map((share, index) => (index === largest ? plus(share, rest) : share));
  };
}

/** Shares out an amount: GB, money. */
export const shareOut = sharing<Amount>({
  zero,
  plus: (a, b) => a.plus(b),
  minus: (a, b) => a.minus(b),
  exceeds: (a, b) => a.gt(b),
  part: (whole, weight, total) => quotientDown(whole.times(weight), total),
});

/** Shares out a count: bytes, records. */
export const shareOutCount = sharing<bigint>({
  zero: 0n,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  exceeds: (a, b) => a > b,
  part: (whole, weight, total) => (whole * weight) / total,
});
