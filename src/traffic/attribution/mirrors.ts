import { compareText } from '../../base/finding.js';
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

/** Two interfaces, by name, that logged the same flows of the same private address with public ones. */
export type SameFlows = readonly [string, string];

/** What interfaces show of one another by the flows that both logged. */
export interface SharedFlows {
  /**
   * The interfaces whose records between private addresses are the mirror of what another interface sent to a public address,
   * or got from one: a NAT gateway's private side, in a log without packet addresses. By `interfaceName`.
   */
  readonly mirrors: ReadonlySet<string>;
  /** The pairs of interfaces one of which passes on what the other sends or gets, in a log of packet addresses only. */
  readonly sameFlows: readonly SameFlows[];
}

/** The flows that two interfaces logged, by the samples of each. */
export function sharedFlowsIn(flows: ReadonlyMap<string, FlowHashes>): SharedFlows {
  const outside = new Map<bigint, string>();
  const ofSeveral = new Set<bigint>();
  const pairs = new Map<string, SameFlows>();
  for (const [key, hashes] of flows) {
    // By name: several logs of one interface have several keys of it.
    const name = nameIn(key);
    for (const hash of hashes.outside) {
      const other = outside.get(hash) ?? name;
      outside.set(hash, other);
      if (other === name) continue;
      ofSeveral.add(hash);
      const pair: SameFlows = other < name ? [other, name] : [name, other];
      pairs.set(pair.join(' '), pair);
    }
  }
  const mirrors = new Set<string>();
  for (const [key, { inside }] of flows) {
    const isMirror = inside.some((hash) => {
      const other = outside.get(hash);
      return other !== undefined && (other !== nameIn(key) || ofSeveral.has(hash));
    });
    if (isMirror) mirrors.add(nameIn(key));
  }
  return { mirrors, sameFlows: [...pairs].sort(byText).map(([, pair]) => pair) };
}

function byText([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b);
}

function nameIn(key: string): string {
  return key.slice(key.lastIndexOf(' ') + 1);
}
