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
    this.#pools.set(vpc, pools);
    const pool = pools.get(key) ?? new Map<number, bigint>();
    pools.set(key, pool);
    pool.set(bucket, (pool.get(bucket) ?? 0n) + bytes);
  }

  /** Of each claim, the bytes that a vantage holds. What one claim takes is not there for the next. */
  meet(claims: readonly Claim[], clientOf: (group: RecordGroup) => number): Held {
    const held: Held = new Map();
    for (const isCertain of [true, false]) {
      const some = claims.filter((claim) => claim.isCertain === isCertain);
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

/** Meets claims from a pool: those of a time bucket from its own first, for windows at a bucket's edge differ; then the rest. */
function meetFrom(pool: Pool, claims: readonly Claim[], held: Held): void {
  const [only, ...others] = claims;
  if (only !== undefined && others.length === 0 && pool.size === 1) {
    meetOne(pool, only.group, held);
    return;
  }
  const ordered = inOrder(claims);
  const byBucket = groupBy(ordered, ({ group }) => group.bucket);
  for (const [bucket, bytes] of pool) {
    const taken = share(bytes, byBucket.get(bucket) ?? [], held);
    pool.set(bucket, bytes - taken);
  }
  const left = [...pool.values()].reduce((sum, bytes) => sum + bytes, 0n);
  let taken = share(left, ordered, held);
  for (const bucket of [...pool.keys()].sort((a, b) => a - b)) {
    const bytes = pool.get(bucket) ?? 0n;
    const part = taken < bytes ? taken : bytes;
    pool.set(bucket, bytes - part);
    taken -= part;
  }
}

/** One claim and one time bucket, as most often. */
function meetOne(pool: Pool, group: RecordGroup, held: Held): void {
  for (const [bucket, bytes] of pool) {
    const before = held.get(group) ?? 0n;
    const lack = group.bytes - before;
    const taken = bytes < lack ? bytes : lack;
    if (taken === 0n) return;
    held.set(group, before + taken);
    pool.set(bucket, bytes - taken);
  }
}

/** An order that does not depend on the order of the records. */
function inOrder(claims: readonly Claim[]): readonly Claim[] {
  if (claims.length < 2) return claims;
  return claims
    .map((claim) => ({ claim, order: orderOf(claim) }))
    .sort((a, b) => compareText(a.order, b.order))
    .map(({ claim }) => claim);
}

function orderOf({ own, group: { bucket, address, identity, circumstance } }: Claim): string {
  const place = `${String(bucket).padStart(12, '0')} ${own.key} ${address}`;
  return `${place} ${JSON.stringify([identity, circumstance])}`;
}

/**
 * Shares bytes out among what claims still lack, in proportion, none more than it lacks: each share rounded down, and a
 * byte more for one after another until the rest is gone. Answers the bytes that found a claim.
 */
function share(bytes: bigint, claims: readonly Claim[], held: Held): bigint {
  const lacks = claims.map(({ group }) => group.bytes - (held.get(group) ?? 0n));
  const total = lacks.reduce((sum, each) => sum + each, 0n);
  const whole = bytes < total ? bytes : total;
  if (whole === 0n) return 0n;
  const shares = lacks.map((lack) => (whole * lack) / total);
  let rest = whole - shares.reduce((sum, each) => sum + each, 0n);
  for (const [index, { group }] of claims.entries()) {
    const part = shares[index] ?? 0n;
    const more = rest > 0n && part < (lacks[index] ?? 0n) ? 1n : 0n;
    rest -= more;
    held.set(group, (held.get(group) ?? 0n) + part + more);
  }
  return whole;
}
