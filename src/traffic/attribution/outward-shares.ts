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
    if (ofInterface.size === 0) this.#byInterface.set(own, ofInterface);
    const key = `${keyInLog(group, service)}\n${fateKey}`;
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
    if (shares === undefined) return false;
    for (const { fate } of shares.values()) if (!isPastNat(fate)) return false;
    return true;
  }

  #sharesOf(group: RecordGroup, own: LoggedInterface, service: RemoteService): Shares | undefined {
    const byKey = this.#sharesByKey(own);
    const inLog = byKey.get(keyInLog(group, service));
    return inLog ?? byKey.get(keyOfService(group, service)) ?? byKey.get(familyOf(group));
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

/** The keys of what left, from the narrowest on. */
function shareKeys(group: RecordGroup, service: RemoteService): readonly string[] {
  return [keyInLog(group, service), keyOfService(group, service), familyOf(group)];
}

/** A log with flow-direction tells paths as well: what it has is not mixed with what another log of the interface has. */
function keyInLog(group: RecordGroup, { service, region }: RemoteService): string {
  const log = group.circumstance.direction === null ? '' : 'directed ';
  return `${log}${familyOf(group)} ${service} ${region ?? ''}`;
}

function keyOfService(group: RecordGroup, { service, region }: RemoteService): string {
  return `any ${familyOf(group)} ${service} ${region ?? ''}`;
}

/** IPv4 and IPv6 (no address is kept of it) have routes of their own. */
function familyOf({ address }: RecordGroup): string {
  return address === 0 ? 'IPv6' : 'IPv4';
}

function isPastNat({ verdict }: OutwardFate): boolean {
  if (verdict.kind === 'set-aside') return verdict.reason === 'other-route';
  return verdict.path === 'gateway-endpoint' || verdict.path === 'internet-gateway';
}
