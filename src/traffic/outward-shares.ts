import type { RemoteService } from './group-service.js';
import type { TrafficGroup } from './merge-scans.js';
import { interfaceKey } from './scan-result.js';
import { splitByWeight } from './split-bytes.js';
import type { Verdict } from './verdict.js';

/** What became of bytes out of an interface: the verdict, and whether they crossed a zone (null: not told). */
export interface OutwardFate {
  readonly verdict: Exclude<Verdict, { readonly kind: 'in-by-return' }>;
  readonly crossesZone: boolean | null;
}

/** A part of the bytes that came back to an interface. */
export interface ReturnedPart {
  readonly fate: OutwardFate | undefined;
  readonly bytes: bigint;
  readonly records: number;
}

type Shares = Map<string, { readonly fate: OutwardFate; bytes: bigint }>;

/**
 * By which paths an interface's bytes left, for attributing those that came back: a record of returning traffic has no path of its
 * own (`traffic-path` stands in egress rows alone).
 */
export class OutwardShares {
  readonly #byKey = new Map<string, Shares>();

  /** Notes bytes that left an interface. */
  add(group: TrafficGroup, service: RemoteService, fate: OutwardFate): void {
    const fateKey = JSON.stringify(fate);
    for (const key of keysOf(group, service)) {
      const shares: Shares = this.#byKey.get(key) ?? new Map();
      this.#byKey.set(key, shares);
      const share = shares.get(fateKey) ?? { fate, bytes: 0n };
      share.bytes += group.bytes;
      shares.set(fateKey, share);
    }
  }

  /**
   * Splits bytes that came back in proportion to those that left by each path: of the same interface, service and time;
   * else of the same interface and service; else of the interface. The parts add up; without any there is one part of unknown fate.
   */
  split(group: TrafficGroup, service: RemoteService): readonly ReturnedPart[] {
    const { bytes, records } = group;
    const key = keysOf(group, service).find((candidate) => this.#byKey.has(candidate));
    const shares = key === undefined ? undefined : this.#byKey.get(key);
    if (shares === undefined) return [{ fate: undefined, bytes, records }];
    // In an order that does not depend on the order of the rows.
    const ordered = [...shares].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
    const weights = ordered.map((share) => share.bytes);
    const byteParts = splitByWeight(bytes, weights);
    const recordParts = splitByWeight(BigInt(records), weights);
    return ordered.map(({ fate }, index) => ({
      fate,
      bytes: byteParts[index] ?? 0n,
      records: Number(recordParts[index] ?? 0n),
    }));
  }
}

function keysOf({ identity, bucket }: TrafficGroup, service: RemoteService): readonly string[] {
  const own = interfaceKey(identity);
  const ofService = `${own}|${service.service} ${service.region ?? ''}`;
  return [`${ofService}|${bucket}`, ofService, own];
}
