import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';

/** Bytes that a workload's own interface logged, and that a gateway's or an endpoint's may have logged as well. */
export interface Claim {
  readonly group: RecordGroup;
  readonly own: LoggedInterface;
  /** Out of the workload, or back to it. */
  readonly isSent: boolean;
  /** Whether the record itself proves that a gateway carried them: such claims are met first. */
  readonly isCertain: boolean;
}

/** By time bucket. */
type Pool = Map<number, bigint>;

/**
 * What the interfaces of gateways (or of interface endpoints) hold of a VPC, by client and remote address's label: only as
 * far as a vantage holds the same traffic is a workload's record of it set aside. Where the vantage tells no client (a
 * gateway's public side; too many clients to keep), by label only.
 */
export class HeldTraffic {
  /** By VPC, then by direction, client and label as one number. */
  readonly #pools = new Map<string, Map<number, Pool>>();
  /** Whether any vantage tells no client. */
  #tellsLabelsOnly = false;

  /** Bytes counted at a vantage. `client`: the workload's address, 0 where it is not told. */
  add({ bucket, label, bytes }: RecordGroup, vpc: string, isSent: boolean, client: number): void {
    const key = keyOf(isSent, client, label);
    if (client === 0) this.#tellsLabelsOnly = true;
    const pools = this.#pools.get(vpc) ?? new Map<number, Pool>();
    if (pools.size === 0) this.#pools.set(vpc, pools);
    const pool = pools.get(key) ?? new Map<number, bigint>();
    if (pool.size === 0) pools.set(key, pool);
    pool.set(bucket, (pool.get(bucket) ?? 0n) + bytes);
  }

  /** Of each claim, the bytes that a vantage holds. What one claim takes is not there for the next. */
  meet(claims: readonly Claim[], clientOf: (group: RecordGroup) => number): Held {
    const held: Held = new Map();
    for (const isCertain of [true, false]) {
      const some = claims.filter((claim) => claim.isCertain === isCertain);
      if (some.length === 0) continue;
      this.#meetBy(some, ({ group }) => clientOf(group), held);
      if (this.#tellsLabelsOnly) this.#meetBy(some, () => 0, held);
    }
    return held;
  }

  #meetBy(claims: readonly Claim[], clientOf: (claim: Claim) => number, held: Held): void {
    const byPool = new Map<Pool, Claim[]>();
    for (const claim of claims) {
      const { own, isSent, group } = claim;
      const pool = this.#pools.get(own.vpc)?.get(keyOf(isSent, clientOf(claim), group.label));
      if (pool === undefined) continue;
      const same = byPool.get(pool);
      if (same === undefined) byPool.set(pool, [claim]);
      else same.push(claim);
    }
    for (const [pool, same] of byPool) meetFrom(pool, same, held);
  }
}

/** Of each group, the bytes that a vantage holds. */
export type Held = Map<RecordGroup, bigint>;

/** An address has 32 bits; direction and label have room above it in an exact number. */
function keyOf(isSent: boolean, client: number, label: number): number {
  return (label * 2 + (isSent ? 1 : 0)) * 2 ** 32 + client;
}

/** The claims of one interface for traffic of one kind, over all time buckets, and how much of them is still to be met. */
interface Want {
  readonly groups: readonly RecordGroup[];
  left: bigint;
}

/**
 * Meets claims from a pool. How much each interface's claim is met is told by the sums of all the time, so that a sum by day or
 * hour comes to the same. A time bucket's claims are met from its own part of the pool first, for windows at a bucket's edge differ;
 * then the rest.
 */
function meetFrom(pool: Pool, claims: readonly Claim[], held: Held): void {
  const [only, ...others] = claims;
  if (only !== undefined && others.length === 0 && pool.size === 1) {
    meetOne(pool, only.group, held);
    return;
  }
  if (meetAll(pool, claims, held)) return;
  const wants = wantsOf(claims, pool, held);
  const inBuckets = groupBy(
    wants.flatMap((want) => want.groups.map((group) => ({ want, group }))),
    ({ group }) => group.bucket,
  );
  // In the order of time: what a claim gets from one bucket it no longer wants from the next.
  for (const [bucket, bytes] of [...pool].sort(([a], [b]) => a - b)) {
    const some = inBuckets.get(bucket) ?? [];
    const lacks = some.map(({ want, group }) => least(want.left, lackOf(group, held)));
    const parts = share(bytes, lacks);
    let taken = 0n;
    for (const [index, { want, group }] of some.entries())
      taken += give(want, group, parts[index] ?? 0n, held);
    pool.set(bucket, bytes - taken);
  }
  let taken = 0n;
  for (const want of wants)
    for (const group of want.groups) taken += give(want, group, want.left, held);
  drain(pool, taken);
}

/** What each interface is to get: a share of all that the pool has, in proportion to what its claims lack. */
function wantsOf(claims: readonly Claim[], pool: Pool, held: Held): readonly Want[] {
  const groups = [...groupBy(claims, orderOf)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, same]) => same.map(({ group }) => group).sort((a, b) => a.bucket - b.bucket));
  const lacks = groups.map((some) => some.reduce((sum, group) => sum + lackOf(group, held), 0n));
  const all = [...pool.values()].reduce((sum, bytes) => sum + bytes, 0n);
  const shares = share(all, lacks);
  return groups.map((some, index) => ({ groups: some, left: shares[index] ?? 0n }));
}

/** Holds so many bytes of a group, and no more than are wanted or than it lacks; answers how many. */
function give(want: Want, group: RecordGroup, bytes: bigint, held: Held): bigint {
  const given = least(least(bytes, want.left), lackOf(group, held));
  held.set(group, (held.get(group) ?? 0n) + given);
  want.left -= given;
  return given;
}

/** Takes bytes from a pool, from the first time bucket on. */
function drain(pool: Pool, bytes: bigint): void {
  let left = bytes;
  for (const bucket of [...pool.keys()].sort((a, b) => a - b)) {
    const there = pool.get(bucket) ?? 0n;
    const part = least(left, there);
    pool.set(bucket, there - part);
    left -= part;
  }
}

/** One claim and one time bucket, as most often. */
function meetOne(pool: Pool, group: RecordGroup, held: Held): void {
  for (const [bucket, bytes] of pool) {
    const taken = least(bytes, lackOf(group, held));
    if (taken === 0n) return;
    held.set(group, (held.get(group) ?? 0n) + taken);
    pool.set(bucket, bytes - taken);
  }
}

/** One time bucket that holds all that is claimed, as most often: then no claim needs an order. Answers whether it was so. */
function meetAll(pool: Pool, claims: readonly Claim[], held: Held): boolean {
  if (pool.size !== 1) return false;
  let lacked = 0n;
  for (const { group } of claims) lacked += lackOf(group, held);
  for (const [bucket, bytes] of pool) {
    if (bytes < lacked) return false;
    for (const { group } of claims) held.set(group, group.bytes);
    pool.set(bucket, bytes - lacked);
  }
  return true;
}

/** An order that does not depend on the order of the records, nor on time buckets. */
function orderOf({ own, group: { address, pattern, identity, circumstance } }: Claim): string {
  return `${own.key} ${address} ${pattern} ${JSON.stringify([identity, circumstance])}`;
}

function lackOf(group: RecordGroup, held: Held): bigint {
  return group.bytes - (held.get(group) ?? 0n);
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * Shares bytes out among what claims lack, in proportion, none more than it lacks: each share rounded down, and a byte more for one
 * after another until the rest is gone.
 */
function share(bytes: bigint, lacks: readonly bigint[]): readonly bigint[] {
  const total = lacks.reduce((sum, each) => sum + each, 0n);
  const whole = least(bytes, total);
  if (whole === 0n) return lacks.map(() => 0n);
  const shares = lacks.map((lack) => (whole * lack) / total);
  let rest = whole - shares.reduce((sum, each) => sum + each, 0n);
  return shares.map((part, index) => {
    const more = rest > 0n && part < (lacks[index] ?? 0n) ? 1n : 0n;
    rest -= more;
    return part + more;
  });
}
