import {
  type Circumstance,
  identityKeys,
  type LogIdentity,
  sightKey,
} from '../scanner/identities.js';
import { groupWord, limit } from '../scanner/layout.js';
import type { FlowHashes, LoggedIdentity, ScanResult } from '../scanner/packed-sums.js';
import { completeIdentities } from './complete-identities.js';
import { type Overlaps, overlapsOf } from './flow-logs.js';
import { mirrorsIn, smallestOf } from './mirrors.js';
import { hoursOf, type TimeRanges, unionOfRanges } from './time-ranges.js';

/** Records alike in all that decides what they are: the unit of attribution. */
export interface RecordGroup {
  readonly identity: LogIdentity;
  readonly circumstance: Circumstance;
  /** How the addresses lie: one of `addressPattern`. */
  readonly pattern: number;
  /** The remote address's index in the address table's labels. */
  readonly label: number;
  /** The start of the time bucket, epoch seconds; 0 without buckets. */
  readonly bucket: number;
  /** The VPC's own IPv4 address, as a number; 0 where it is not kept. */
  readonly address: number;
  readonly records: number;
  readonly bytes: bigint;
}

/** When a VPC was logged, in epoch seconds; `hours` since the epoch, in order. */
export interface LoggedTime {
  readonly start: number;
  readonly end: number;
  readonly hours: readonly number[];
}

/** The sums of all files. */
export interface RecordGroups {
  readonly groups: readonly RecordGroup[];
  /** By the key of the VPC; a VPC whose log has no times is not in it. */
  readonly times: ReadonlyMap<string, LoggedTime>;
  /** Whether clients are told apart; with too many of them, addresses are not kept. */
  readonly keepsClients: boolean;
  /** The interfaces (`interfaceName`) that show a NAT gateway's mirrored records, in logs without packet addresses. */
  readonly mirrors: ReadonlySet<string>;
  /** By the key of the VPC: interfaces that are taken to be in it, as the others of their log. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A group whose names are still numbers. */
interface Sum {
  readonly identity: number;
  readonly circumstance: number;
  readonly pattern: number;
  readonly label: number;
  readonly bucket: number;
  readonly address: number;
  records: number;
  bytes: bigint;
}

interface Numbered<T> {
  readonly items: T[];
  readonly numberOf: (item: T) => number;
}

/** Adds up the sums of files and pieces, in any order. Ends with each interface's VPC known, if any of its records names it. */
export class GroupMerger {
  readonly #identities = numbered<LogIdentity>();
  readonly #circumstances = numbered<Circumstance>();
  readonly #sums = new Map<string, Sum>();
  readonly #times = new Map<number, { start: number; end: number; ranges: TimeRanges }>();
  readonly #flows = new Map<string, FlowHashes>();

  #keepsClients = true;

  add(scan: ScanResult): void {
    if (scan.hasUnkeptClients) this.#dropClients();
    const identities = scan.identities.map(({ identity }) => this.#identities.numberOf(identity));
    const circumstances = scan.circumstances.map((item) => this.#circumstances.numberOf(item));
    for (const [index, time] of scan.identities.entries()) {
      if (time.end > 0) widenTime(this.#times, identities[index] ?? 0, time);
    }
    for (const [key, hashes] of scan.flows) {
      const known = this.#flows.get(key);
      this.#flows.set(key, known === undefined ? hashes : smallestOf(known, hashes));
    }
    this.#addGroups(scan.groups, identities, circumstances);
  }

  #addGroups(
    groups: Uint32Array,
    identities: readonly number[],
    circumstances: readonly number[],
  ): void {
    for (let at = 0; at < groups.length; at += groupWord.count) {
      const names = groups[at + groupWord.label] ?? 0;
      const pattern = groups[at + groupWord.pattern] ?? 0;
      const sum: Sum = {
        identity: identities[groups[at + groupWord.identity] ?? 0] ?? 0,
        circumstance: circumstances[names >>> 16] ?? 0,
        pattern: pattern & 0xffff,
        label: names & 0xffff,
        bucket: groups[at + groupWord.bucket] ?? 0,
        address: groups[at + groupWord.address] ?? 0,
        records: groups[at + groupWord.records] ?? 0,
        bytes: wideNumber(
          groups[at + groupWord.bytesLow] ?? 0,
          groups[at + groupWord.bytesHigh] ?? 0,
          pattern >>> 16,
        ),
      };
      this.#addSum(this.#keepsClients ? sum : withoutClient(sum));
    }
    // Every scan of a part keeps fewer groups than all together: whether clients are kept does not depend on the parts.
    if (this.#sums.size >= limit.clientGroups) this.#dropClients();
  }

  #dropClients(): void {
    if (!this.#keepsClients) return;
    this.#keepsClients = false;
    const sums = [...this.#sums.values()];
    this.#sums.clear();
    for (const sum of sums) this.#addSum(withoutClient(sum));
  }

  #addSum(sum: Sum): void {
    const { identity, circumstance, pattern, label, bucket, address } = sum;
    const key = `${identity} ${circumstance} ${pattern} ${label} ${bucket} ${address}`;
    const before = this.#sums.get(key);
    if (before === undefined) this.#sums.set(key, sum);
    else {
      before.records += sum.records;
      before.bytes += sum.bytes;
    }
  }

  /** All that was added. */
  result(): RecordGroups {
    const { identities, taken } = completeIdentities(this.#identities.items);
    const groups: RecordGroup[] = [];
    for (const sum of this.#sums.values()) {
      const identity = identities[sum.identity];
      const circumstance = this.#circumstances.items[sum.circumstance];
      if (identity === undefined || circumstance === undefined) continue;
      groups.push({ ...sum, identity, circumstance });
    }
    return {
      groups,
      times: this.#timesOf(identities),
      keepsClients: this.#keepsClients,
      mirrors: mirrorsIn(this.#flows),
      taken,
    };
  }

  #timesOf(identities: readonly LogIdentity[]): ReadonlyMap<string, LoggedTime> {
    const times = new Map<string, { start: number; end: number; lists: TimeRanges[] }>();
    for (const [index, identity] of identities.entries()) {
      const time = this.#times.get(index);
      if (time === undefined) continue;
      const { start, end, ranges } = time;
      const known = times.get(identityKeys(identity).vpc) ?? { start, end, lists: [] };
      known.start = Math.min(known.start, start);
      known.end = Math.max(known.end, end);
      known.lists.push(ranges);
      times.set(identityKeys(identity).vpc, known);
    }
    return new Map(
      Array.from(times, ([key, { start, end, lists }]) => [
        key,
        { start, end, hours: hoursOf(unionOfRanges(lists)) },
      ]),
    );
  }
}

/** When each interface was logged, by which flow log: without the sums, which a run adds up once. */
export class LoggedTimes {
  readonly #identities = numbered<LogIdentity>();
  readonly #times = new Map<number, { start: number; end: number; ranges: TimeRanges }>();

  add({ identities }: ScanResult): void {
    for (const time of identities) {
      const number = this.#identities.numberOf(time.identity);
      if (time.end > 0) widenTime(this.#times, number, time);
    }
  }

  /** What the flow logs that were added hold of the same interface at the same time. */
  overlaps(): Overlaps {
    const { items } = this.#identities;
    // One flow log, as nearly always, holds nothing twice.
    if (new Set(items.map(({ flowLog }) => flowLog)).size < 2) return overlapsOf([]);
    const sights = completeIdentities(items).identities.map((identity, index) => ({
      // As the scanner makes it, which knows one log only.
      key: sightKey(items[index] ?? identity),
      identity,
      ranges: this.#times.get(index)?.ranges ?? [],
    }));
    return overlapsOf(sights);
  }
}

function withoutClient(sum: Sum): Sum {
  return sum.address === 0 ? sum : { ...sum, address: limit.unkeptAddress };
}

function wideNumber(low: number, high: number, carry: number): bigint {
  if (carry === 0 && high < 0x200000) return BigInt(high * 0x100000000 + low);
  return (BigInt(carry) << 64n) + (BigInt(high) << 32n) + BigInt(low);
}

/** The union of two lists. Most interfaces are logged all the time: one range, which holds or touches the other's. */
function joinedRanges(a: TimeRanges, b: TimeRanges): TimeRanges {
  const [start = 0, end = 0] = a;
  const [otherStart = 0, otherEnd = 0] = b;
  const isOneEach = a.length === 2 && b.length === 2;
  if (isOneEach && otherStart <= end && start <= otherEnd)
    return [Math.min(start, otherStart), Math.max(end, otherEnd)];
  return unionOfRanges([a, b]);
}

function widenTime(
  times: Map<number, { start: number; end: number; ranges: TimeRanges }>,
  key: number,
  { start, end, ranges }: LoggedIdentity,
): void {
  const known = times.get(key);
  if (known === undefined) times.set(key, { start, end, ranges });
  else {
    known.start = Math.min(known.start, start);
    known.end = Math.max(known.end, end);
    known.ranges = joinedRanges(known.ranges, ranges);
  }
}

function numbered<T>(): Numbered<T> {
  const items: T[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (item: T): number => {
    const key = JSON.stringify(item);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, items.length);
    return items.push(item) - 1;
  };
  return { items, numberOf };
}
