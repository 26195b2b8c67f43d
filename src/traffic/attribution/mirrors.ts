import { mirrorByte } from '../scanner/layout.js';
import type { FlowHashes } from '../scanner/packed-sums.js';

const kept = mirrorByte.kindSize / 8;

/** The smallest hashes of two samples of one interface's flows: the sample of both together. */
export function smallestOf(a: FlowHashes, b: FlowHashes): FlowHashes {
  return {
    inside: smallest([...a.inside, ...b.inside]),
    outside: smallest([...a.outside, ...b.outside]),
  };
}

function smallest(hashes: readonly bigint[]): readonly bigint[] {
  return [...new Set(hashes)].sort((a, b) => (a < b ? -1 : 1)).slice(0, kept);
}

/**
 * The interfaces whose records between private addresses are the mirror of what another interface sent to a public address,
 * or got from one: a NAT gateway's private side, in a log without packet addresses. By `interfaceName`.
 */
export function mirrorsIn(flows: ReadonlyMap<string, FlowHashes>): ReadonlySet<string> {
  const outside = new Map<bigint, string | null>();
  for (const [key, hashes] of flows) {
    // Null: of several interfaces, so that one of them is another.
    for (const hash of hashes.outside) outside.set(hash, outside.has(hash) ? null : key);
  }
  const mirrors = new Set<string>();
  for (const [key, { inside }] of flows) {
    const isMirror = inside.some((hash) => {
      const other = outside.get(hash);
      return other !== undefined && other !== key;
    });
    if (isMirror) mirrors.add(key.slice(key.lastIndexOf(' ') + 1));
  }
  return mirrors;
}
