/**
 * Splits a whole amount over shares in proportion to their weights. The parts add up to the amount: what
 * rounding leaves goes to the first of the heaviest shares.
 */
export function splitByWeight(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map((_, index) => (index === 0 ? amount : 0n));
  const parts = weights.map((weight) => (amount * weight) / total);
  const rest = amount - parts.reduce((sum, part) => sum + part, 0n);
  const heaviest = weights.reduce((best, weight, index) => {
    const bestWeight = weights[best] ?? 0n;
    return weight > bestWeight ? index : best;
  }, 0);
  return parts.map((part, index) => (index === heaviest ? part + rest : part));
}
