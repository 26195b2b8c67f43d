import { compareText } from '../../base/finding.js';
import { shareOutCount } from '../../base/share-out.js';
import type { LoggedInterface } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';
import type { RemoteService, Verdict } from './verdict.js';

/** What became of bytes out of an interface: the verdict, and whether they crossed a zone (null: not told). */
export interface OutwardFate {
  readonly verdict: Extract<Verdict, { readonly kind: 'set-aside' | 'out' | 'in' }>;
  readonly crossesZone: boolean | null;
}

/** A part of the bytes that came back to an interface. */
export interface ReturnedPart {
  readonly fate: OutwardFate | undefined;
  readonly bytes: bigint;
  readonly records: number;
}

/** Bytes that left an interface for one service in one time bucket by one path. */
interface Sent {
  /** The first of their groups: what the others of the same key have is the same. */
  readonly group: RecordGroup;
  readonly service: RemoteService;
  readonly fateKey: string;
  readonly fate: OutwardFate;
  bytes: bigint;
}

type Shares = Map<string, { readonly fate: OutwardFate; bytes: bigint }>;

/**
 * By which paths an interface's bytes left, for attributing those that came back: a record of returning traffic has no path of its
 * own (`traffic-path` stands only in egress rows).
 */
export class OutwardShares {
  readonly #byInterface = new Map<LoggedInterface, Map<string, Sent>>();
  /** The shares of the interface last asked for: to keep those of all took most of the memory of a large VPC. */
  #last: { readonly own: LoggedInterface; readonly byKey: Map<string, Shares> } | undefined;

  /** Notes bytes that left an interface; none, where all are set aside but the path of more is known. */
  add(
    group: RecordGroup,
    own: LoggedInterface,
    service: RemoteService,
    { fate, bytes }: { readonly fate: OutwardFate; readonly bytes: bigint },
  ): void {
    const fateKey = keyOfFate(fate);
    const ofInterface = this.#byInterface.get(own) ?? new Map<string, Sent>();
    this.#byInterface.set(own, ofInterface);
    const key = `${shareKeys(group, service)[0]}\n${fateKey}`;
    const sent = ofInterface.get(key);
    if (sent === undefined) ofInterface.set(key, { group, service, fateKey, fate, bytes });
    else sent.bytes += bytes;
    this.#last = undefined;
  }

  /**
   * Splits bytes that came back in proportion to those that left by each path: of the same interface and service, in a log of the
   * same kind; else of the same interface and service; else of the interface. It is by all the time, so that a sum by day or hour
   * comes to the same. The parts add up; without any there is one part of unknown fate.
   */
  split(
    group: RecordGroup,
    { bytes, records }: { readonly bytes: bigint; readonly records: number },
    own: LoggedInterface,
    service: RemoteService,
  ): readonly ReturnedPart[] {
    const shares = this.#sharesOf(group, own, service);
    if (shares === undefined) return [{ fate: undefined, bytes, records }];
    const [only, ...others] = shares.values();
    if (only !== undefined && others.length === 0) return [{ fate: only.fate, bytes, records }];
    // In an order that does not depend on the order of the rows.
    const ordered = [...shares].sort(([a], [b]) => compareText(a, b)).map(([, share]) => share);
    const weights = ordered.map((share) => share.bytes);
    const byteParts = shareOutCount(bytes, weights);
    const recordParts = shareOutCount(BigInt(records), weights);
    return ordered.map(({ fate }, index) => ({
      fate,
      bytes: byteParts[index] ?? 0n,
      records: Number(recordParts[index] ?? 0n),
    }));
  }

  /** Whether all that left went by a path that passes no NAT gateway: then what came back did not pass one, either. */
  passesNoNat(group: RecordGroup, own: LoggedInterface, service: RemoteService): boolean {
    const shares = this.#sharesOf(group, own, service);
    return shares !== undefined && [...shares.values()].every(({ fate }) => isPastNat(fate));
  }

  #sharesOf(group: RecordGroup, own: LoggedInterface, service: RemoteService): Shares | undefined {
    const byKey = this.#sharesByKey(own);
    const key = shareKeys(group, service).find((candidate) => byKey.has(candidate));
    return key === undefined ? undefined : byKey.get(key);
  }

  #sharesByKey(own: LoggedInterface): ReadonlyMap<string, Shares> {
    if (this.#last?.own === own) return this.#last.byKey;
    const byKey = new Map<string, Shares>();
    for (const { group, service, fateKey, fate, bytes } of this.#byInterface.get(own)?.values() ??
      []) {
      for (const key of shareKeys(group, service)) {
        const shares: Shares = byKey.get(key) ?? new Map();
        byKey.set(key, shares);
        const share = shares.get(fateKey) ?? { fate, bytes: 0n };
        share.bytes += bytes;
        shares.set(fateKey, share);
      }
    }
    this.#last = { own, byKey };
    return byKey;
  }
}

function keyOfFate({ verdict, crossesZone }: OutwardFate): string {
  const what = verdict.kind === 'set-aside' ? verdict.reason : verdict.path;
  return `${verdict.kind} ${what} ${crossesZone}`;
}

/** IPv4 and IPv6 (no address is kept of it) have routes of their own. */
function shareKeys(
  { address, circumstance: { direction } }: RecordGroup,
  { service, region }: RemoteService,
): readonly string[] {
  const family = address === 0 ? 'IPv6' : 'IPv4';
  const ofService = `${family} ${service} ${region ?? ''}`;
  // A log with flow-direction tells paths as well: what it has is not mixed with what another log of the interface has.
  const inLog = `${direction === null ? '' : 'directed '}${ofService}`;
  return [inLog, `any ${ofService}`, family];
}

function isPastNat({ verdict }: OutwardFate): boolean {
  if (verdict.kind === 'set-aside') return verdict.reason === 'other-route';
  return verdict.path === 'gateway-endpoint' || verdict.path === 'internet-gateway';
}
