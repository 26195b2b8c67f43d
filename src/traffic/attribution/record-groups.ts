import { GroupTable } from '../scanner/group-table.js';
import {
  type Circumstance,
  type FileContext,
  identityKeys,
  identityReader,
  isSoundlyNamed,
  keyOfContext,
  type LogIdentity,
  sightKey,
} from '../scanner/identities.js';
import { limit, rangeByte } from '../scanner/layout.js';
import { type PackedIdentities, unpackIdentities } from '../scanner/packed-identities.js';
import type { FlowHashes, ScanResult } from '../scanner/packed-sums.js';
import { completeIdentities, type Overlaps, overlapsOf } from './flow-logs.js';
import { type SharedFlows, sharedFlowsIn, smallestOf } from './mirrors.js';
import { hoursOf, type TimeRanges, unionOfRanges, unionOfTwo } from './time-ranges.js';

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
export interface RecordGroups extends SharedFlows {
  readonly groups: readonly RecordGroup[];
  /** By the key of the VPC; a VPC whose log has no times is not in it. */
  readonly times: ReadonlyMap<string, LoggedTime>;
  /** The identities whose records tell no time. */
  readonly untimed: ReadonlySet<LogIdentity>;
  /** Whether clients are told apart; with too many of them, addresses are not kept. */
  readonly keepsClients: boolean;
  /** By the key of the VPC: interfaces that are taken to be in it, as the others of their log. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
  /** By the key of the interface: the only named private address that it has traffic with (`UnpackedIdentity`). */
  readonly named: ReadonlyMap<string, number>;
}

interface Numbered<T> {
  readonly items: T[];
  readonly numberOf: (item: T) => number;
}

/** When something was logged, in epoch seconds. */
interface Logged {
  start: number;
  end: number;
  ranges: TimeRanges;
}

/** The identities of scans, numbered, with the time that each was logged in. */
class LoggedIdentities {
  readonly #identities = numbered<LogIdentity>();
  /** By context, the numbers that are known of its texts: each scan has most of the same interfaces. */
  readonly #contexts = new Map<string, KnownTexts>();
  /** By the number of the identity; one whose log has no times is not in it. */
  readonly times = new Map<number, Logged>();
  /** By the number of the identity: the only named address that it has traffic with. */
  readonly named = new Map<number, number>();

  get items(): readonly LogIdentity[] {
    return this.#identities.items;
  }

  /** Adds the identities of a scan; answers the number of each. */
  add(packed: PackedIdentities): readonly number[] {
    const known = new Map(packed.contexts.map((context) => [context, this.#knownOf(context)]));
    const numbers: number[] = [];
    for (const { context, text, ...time } of unpackIdentities(packed)) {
      const texts = known.get(context) ?? this.#knownOf(context);
      const number = texts.numbers.get(text) ?? this.#identities.numberOf(texts.read(text));
      texts.numbers.set(text, number);
      if (time.end > 0) widenTime(this.times, number, time);
      addNamed(this.named, number, time.named);
      numbers.push(number);
    }
    return numbers;
  }

  #knownOf(context: FileContext): KnownTexts {
    const key = keyOfContext(context);
    const known = this.#contexts.get(key) ?? { read: identityReader(context), numbers: new Map() };
    this.#contexts.set(key, known);
    return known;
  }
}

interface KnownTexts {
  readonly read: (text: string) => LogIdentity;
  readonly numbers: Map<string, number>;
}

/** Adds up the sums of files and pieces, in any order. Ends with each interface's VPC known, if any of its records names it. */
export class GroupMerger {
  readonly #identities = new LoggedIdentities();
  readonly #circumstances = numbered<Circumstance>();
  #sums = new GroupTable();
  readonly #flows = new Map<string, FlowHashes>();

  readonly #clientGroups: number;
  #keepsClients = true;

  /** `clientGroups`: with how many groups clients are no longer told apart. */
  constructor(clientGroups: number = limit.clientGroups) {
    this.#clientGroups = clientGroups;
  }

  add(scan: ScanResult): void {
    if (scan.hasUnkeptClients) this.#dropClients();
    const identities = this.#identities.add(scan.identities);
    const circumstances = scan.circumstances.map((item) => this.#circumstances.numberOf(item));
    for (const [key, hashes] of scan.flows) {
      const known = this.#flows.get(key);
      this.#flows.set(key, known === undefined ? hashes : smallestOf(known, hashes));
    }
    this.#sums.addPacked(scan.groups, { identities, circumstances });
    // Every scan of a part keeps fewer groups than all together: whether clients are kept does not depend on the parts.
    if (this.#sums.size >= this.#clientGroups) this.#dropClients();
  }

  #dropClients(): void {
    if (!this.#keepsClients) return;
    this.#keepsClients = false;
    this.#sums = this.#sums.withoutClients();
  }

  /** All that was added. */
  result(): RecordGroups {
    const { identities, taken } = completeIdentities(this.#identities.items);
    const circumstances = this.#circumstances.items;
    return {
      groups: this.#sums.byIdentity({ identities, circumstances }),
      times: this.#timesOf(identities),
      untimed: new Set(identities.filter((_, index) => !this.#identities.times.has(index))),
      keepsClients: this.#keepsClients,
      ...sharedFlowsIn(this.#flows),
      taken,
      named: this.#namedBy(identities),
    };
  }

  #namedBy(identities: readonly LogIdentity[]): ReadonlyMap<string, number> {
    const named = new Map<string, number>();
    for (const [number, address] of this.#identities.named) {
      const identity = identities[number];
      if (identity !== undefined) addNamed(named, identityKeys(identity).networkInterface, address);
    }
    return named;
  }

  #timesOf(identities: readonly LogIdentity[]): ReadonlyMap<string, LoggedTime> {
    const times = new Map<string, { start: number; end: number; lists: TimeRanges[] }>();
    for (const [index, identity] of identities.entries()) {
      const time = this.#identities.times.get(index);
      // What is not counted under a name is no time of a VPC of that name.
      if (time === undefined || !isSoundlyNamed(identity)) continue;
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
  readonly #scans: ScanResult[] = [];
  readonly #flowLogs = new Set<string>();

  add(scan: ScanResult): void {
    this.#scans.push(scan);
    for (const { flowLog } of scan.identities.contexts) this.#flowLogs.add(flowLog);
  }

  /** What the flow logs that were added hold of the same interface at the same time. */
  overlaps(): Overlaps {
    // One flow log, as nearly always, holds nothing twice.
    if (this.#flowLogs.size < 2) return overlapsOf([]);
    const identities = new LoggedIdentities();
    for (const scan of this.#scans) identities.add(scan.identities);
    const { items, times } = identities;
    const sights = completeIdentities(items).identities.map((identity, index) => ({
      // As the scanner makes it, which knows one log only.
      key: sightKey(items[index] ?? identity),
      identity,
      ranges: times.get(index)?.ranges ?? [],
    }));
    return overlapsOf(sights);
  }
}

/** Notes an address by its key, or that there are several. */
function addNamed<Key>(named: Map<Key, number>, key: Key, address: number): void {
  if (address === 0) return;
  const known = named.get(key) ?? address;
  named.set(key, known === address ? address : rangeByte.severalNamed);
}

function widenTime(
  times: Map<number, Logged>,
  key: number,
  { start, end, ranges }: Readonly<Logged>,
): void {
  const known = times.get(key);
  if (known === undefined) times.set(key, { start, end, ranges });
  else {
    known.start = Math.min(known.start, start);
    known.end = Math.max(known.end, end);
    known.ranges = unionOfTwo(known.ranges, ranges);
  }
}

/** Numbers values that are flat objects of one shape. */
function numbered<T extends object>(): Numbered<T> {
  const items: T[] = [];
  const numbers = new Map<string, number>();
  const longTexts = new Map<string, number>();
  // A header that stands for a flow log is in each of its identities.
  const short = (value: unknown): unknown => {
    if (typeof value !== 'string' || value.length < 64) return value;
    const number = longTexts.get(value) ?? longTexts.size;
    longTexts.set(value, number);
    return number;
  };
  const numberOf = (item: T): number => {
    // The names of the fields are the same in all, and are half of the text.
    const key = JSON.stringify(Object.values(item).map(short));
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, items.length);
    return items.push(item) - 1;
  };
  return { items, numberOf };
}
