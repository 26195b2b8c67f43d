import { privateHalves, privateLabel } from '../addresses/labels.js';
import { type AddressTable, lookup6 } from '../addresses/table.js';
import { instantiateScanner, type ScannerExports } from './exports.js';
import { addressFields, type FieldPlan, flowFields } from './field-plan.js';
import { FirstNumbers, meaningOf } from './first-numbers.js';
import {
  type Circumstance,
  circumstanceOf,
  type FileContext,
  identityKeys,
  identityReader,
  keyOfContext,
  type LogIdentity,
  sightKey,
} from './identities.js';
import {
  circumstanceFlag,
  groupWord,
  limit,
  lineReason,
  mirrorByte,
  talkerWord,
} from './layout.js';
import {
  internedText,
  type PackedIdentities,
  packIdentities,
  unpackIdentities,
} from './packed-identities.js';
import type { FlowHashes, PackedTalkers, ScanResult } from './packed-sums.js';

/** How records are summed. */
export interface ScanOptions {
  readonly addresses: AddressTable;
  /** Seconds of a time bucket; 0: no buckets. */
  readonly interval: number;
  /** Whether the largest remote addresses are kept. */
  readonly talkers: boolean;
  /** By `sightKey`, the time for which another flow log of the interface counts: start and end of each range. */
  readonly excluded?: ReadonlyMap<string, readonly number[]>;
  /** With how many groups clients are no longer told apart, where it is not the program's own `limit.clientGroups`. */
  readonly clientGroups?: number;
}

/** A line that the scanner could not read as a record. Answers whether it is a header. */
export type StrangeLine = (line: {
  /** Its bytes, in the scanner's memory: to be read at once. */
  readonly bytes: Uint8Array;
  readonly number: number;
  /** The number of the reason: one of `lineReason`. */
  readonly reason: number;
}) => boolean;

/** How much text is handed to the scanner at once. Above it nothing is gained, and memory is for each thread. */
const pieceBytes = 256 * 1024;

/**
 * Sums the records of flow-log text in place: bytes go into its memory, sums come out at the end. One for
 * each thread; it is told of a file's fields before the file's text.
 */
export class Scanner {
  readonly #code: ScannerExports;
  readonly #input: number;
  readonly #identityTable: number;
  readonly #circumstanceTable: number;
  readonly #contexts: FileContext[] = [];
  readonly #contextNumbers = new Map<string, number>();
  /** By flow log, the number of its first context. */
  readonly #flowLogs = new Map<string, number>();
  /** Whether a flow log has several headers, under which the same identity comes again. */
  #repeats = false;
  readonly #firstIdentities = new FirstNumbers();
  readonly #firstCircumstances = new FirstNumbers();
  #plan: FieldPlan | undefined;
  readonly #options: ScanOptions;
  #memory: Uint8Array;
  #circumstances: Circumstance[] = [];
  /** Whether lines of the plan at hand are told apart by flow, as an interface's. */
  #tellsFlows = false;
  readonly #interfaces = new Map<string, number>();
  readonly #interfaceKeys: string[] = [];
  #strangeLine: StrangeLine = () => false;
  /** Bytes of an unended line, which lie before the input. */
  #carry = 0;
  #isSkipping = false;

  constructor(options: ScanOptions) {
    this.#options = options;
    const { addresses } = options;
    this.#code = instantiateScanner({
      strangeLine: (start, end, reason) => this.#tellStrangeLine(start, end, reason),
      newIdentity: (id) => this.#addIdentity(id),
      newCircumstance: (id) => this.#addCircumstance(id),
      lookup6: (a, b, c, d) => lookup6(addresses, a >>> 0, b >>> 0, c >>> 0, d >>> 0),
    });
    this.#code.setSeed(random32(), random32());
    this.#input = this.#code.prepare(pieceBytes);
    const trie = this.#code.prepareLabels(addresses.trie4.length, privateLabel);
    this.#code.setInterval(options.interval);
    this.#code.setClientGroups(options.clientGroups ?? limit.clientGroups);
    if (options.talkers) this.#code.prepareTalkers();
    this.#identityTable = this.#code.identityTable();
    this.#circumstanceTable = this.#code.circumstanceTable();
    new Uint8Array(this.#code.memory.buffer).set(privateHalves(), this.#code.privateHalves());
    new Int32Array(this.#code.memory.buffer, trie, addresses.trie4.length).set(addresses.trie4);
    this.#memory = new Uint8Array(this.#code.memory.buffer);
  }

  /** Begins a file, or a piece of one: what all its lines have in common, and who is told of strange lines. */
  begin(context: FileContext, strangeLine: StrangeLine): void {
    this.#strangeLine = strangeLine;
    this.#carry = 0;
    this.#isSkipping = false;
    this.#unscannedLines = 0;
    this.#code.clearCounts();
    this.setContext(context);
  }

  /** Changes what the lines to come have in common: a header in the middle of a file. */
  setContext(context: FileContext): void {
    const number = numberOf(this.#contextNumbers, keyOfContext(context));
    this.#contexts[number] = context;
    const first = this.#flowLogs.get(context.flowLog) ?? number;
    this.#flowLogs.set(context.flowLog, first);
    if (first !== number) this.#compareIdentities();
    this.#code.setContext(number);
    this.#plan = context.plan;
    this.#setPlan(context.plan);
  }

  /**
   * From now on identities are compared under all headers. A group is then counted once, so that whether clients are kept depends on
   * all files and not on which of them a thread has read.
   */
  #compareIdentities(): void {
    if (this.#repeats) return;
    this.#repeats = true;
    let id = 0;
    for (const { context, text } of unpackIdentities(this.#packedIdentities()))
      this.#firstIdentities.of(identityReader(context)(text), id++);
  }

  #packedIdentities(): PackedIdentities {
    const { buffer } = this.#code.memory;
    return packIdentities(buffer, this.#identityTable, (number) => this.#contextAt(number));
  }

  #setPlan({ fields, at, identitySpans, circumstanceSpans }: FieldPlan): void {
    const code = this.#code;
    code.setPlan(fields.length, at.bytes, at.start, at.end);
    code.setAddressFields(at.srcaddr, at.dstaddr, at['pkt-srcaddr'], at['pkt-dstaddr']);
    const hasBothAddresses = addressFields.every((field) => at[field] >= 0);
    const tellsFlows = !hasBothAddresses && flowFields.every((field) => at[field] >= 0);
    this.#tellsFlows = tellsFlows;
    if (tellsFlows) code.setFlowFields(at.srcport, at.dstport, at.protocol, at.packets);
    else code.setFlowFields(-1, -1, -1, -1);
    for (const { first, end } of identitySpans) code.addSpan(this.#identityTable, first, end);
    for (const { first, end } of circumstanceSpans)
      code.addSpan(this.#circumstanceTable, first, end);
  }

  /** Where the next bytes of the file may be written, before they are pushed. */
  room(): Uint8Array {
    if (this.#memory.buffer !== this.#code.memory.buffer) {
      this.#memory = new Uint8Array(this.#code.memory.buffer);
    }
    return this.#memory.subarray(this.#input, this.#input + pieceBytes);
  }

  /** Scans so many bytes, which stand in the room. */
  #scanRoom(count: number): void {
    let from = 0;
    if (this.#isSkipping) {
      const newline = this.room().subarray(0, count).indexOf(10);
      if (newline < 0) return;
      this.#isSkipping = false;
      from = newline + 1;
    }
    const end = this.#input + count;
    const rest = this.#code.scan(this.#input + from - this.#carry, end);
    this.#keepRest(rest, end);
  }

  #keepRest(rest: number, end: number): void {
    this.#carry = end - rest;
    if (this.#carry > limit.lineBytes) {
      this.#tellStrangeLine(rest, end, lineReason.tooLong, this.lineCount() + 1);
      this.#unscannedLines++;
      this.#isSkipping = true;
      this.#carry = 0;
    }
    this.room();
    this.#memory.copyWithin(this.#input - this.#carry, rest, rest + this.#carry);
  }

  /** Unreadable lines that the scanner never saw whole. */
  #unscannedLines = 0;

  /** Passes over the rest of a line that an earlier piece of the file reads. */
  skipToLine(): void {
    this.#isSkipping = true;
  }

  /** Whether the text so far ends within a line that is being read. */
  isWithinLine(): boolean {
    return this.#carry > 0;
  }

  /** Scans text: in place where it stands in the room, else copied there. */
  push(bytes: Uint8Array): void {
    if (bytes.buffer === this.#memory.buffer && bytes.byteOffset === this.#input) {
      this.#scanRoom(bytes.length);
      return;
    }
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      this.room().set(piece);
      this.#scanRoom(piece.length);
    }
  }

  /** Ends the file: a last line without its newline is a line. */
  end(): void {
    if (this.#carry > 0) this.push(Uint8Array.of(10));
    this.#isSkipping = false;
    this.#carry = 0;
  }

  /** Ends a file that broke off: its last line may be cut within a value, and counts as unreadable. */
  breakOff(): void {
    if (this.#carry > 0) {
      this.#tellStrangeLine(
        this.#input - this.#carry,
        this.#input,
        lineReason.cutOff,
        this.lineCount() + 1,
      );
      this.#unscannedLines++;
    }
    this.#carry = 0;
    this.#isSkipping = false;
  }

  /** The lines of the file so far. */
  lineCount(): number {
    return this.#code.lineCount() + this.#unscannedLines;
  }

  /** The records of the file so far: its lines that are neither empty nor a header. */
  recordCount(): number {
    return this.#code.recordCount() + this.#unscannedLines;
  }

  #tellStrangeLine(start: number, end: number, reason: number, number?: number): boolean {
    const bytes = new Uint8Array(this.#code.memory.buffer, start, end - start);
    return this.#strangeLine({ bytes, number: number ?? this.lineCount(), reason });
  }

  /** What the scanner must know of an identity: its interface, where sums are by interface, and the times that are not its. */
  #addIdentity(id: number): void {
    const { talkers, excluded } = this.#options;
    const sumsByInterface = talkers || this.#tellsFlows;
    if (!sumsByInterface && excluded === undefined && !this.#repeats) {
      this.#code.describeIdentity(id, id, 0);
      return;
    }
    const { context, text } = internedText(this.#code.memory.buffer, this.#identityTable, id);
    const identity = identityReader(this.#contextAt(context))(text);
    const first = this.#repeats ? this.#firstIdentities.of(identity, id) : id;
    this.#code.describeIdentity(id, first, sumsByInterface ? this.#interfaceNumber(identity) : 0);
    const times = excluded?.get(sightKey(identity)) ?? [];
    if (times.length === 0) return;
    const at = this.#code.excludeTimes(id, times.length / 2);
    new Uint32Array(this.#code.memory.buffer, at, times.length).set(times);
  }

  #interfaceNumber(identity: LogIdentity): number {
    const { networkInterface } = identityKeys(identity);
    const number = numberOf(this.#interfaces, networkInterface);
    this.#interfaceKeys[number] = networkInterface;
    return number;
  }

  #contextAt(number: number): FileContext {
    const context = this.#contexts[number];
    if (context === undefined) throw new Error('a line was scanned before its file was begun');
    return context;
  }

  #flows(): ReadonlyMap<string, FlowHashes> {
    const flows = new Map<string, FlowHashes>();
    for (const [key, eni] of this.#interfaces) {
      const hashes = flowHashes(this.#code, eni);
      if (hashes !== undefined) flows.set(key, hashes);
    }
    return flows;
  }

  /** A digest of the records of the file so far, in any order. */
  digest(): bigint {
    return BigInt.asUintN(64, this.#code.fileDigest());
  }

  /** The names of the fields that the lines have, in order of the alphabet. */
  fieldNames(): string {
    return (
      this.#plan?.fields
        .filter((field) => field !== undefined)
        .toSorted()
        .join(' ') ?? ''
    );
  }

  #addCircumstance(id: number): void {
    const { context, text } = internedText(this.#code.memory.buffer, this.#circumstanceTable, id);
    const circumstance = circumstanceOf(this.#contextAt(context), text);
    this.#circumstances[id] = circumstance;
    const direction = circumstanceFlag[circumstance.direction ?? 'none'];
    const flags = direction + (circumstance.status === 'accepted' ? circumstanceFlag.billed : 0);
    const first = this.#firstCircumstances.of(circumstance, id);
    this.#code.describeCircumstance(id, first, flags, meaningOf(circumstance));
  }

  /** All sums since the last time, which are then forgotten. */
  take(): ScanResult {
    const code = this.#code;
    const result: ScanResult = {
      identities: this.#packedIdentities(),
      circumstances: this.#circumstances,
      groups: filledSlots(code, {
        at: code.groupSlots(),
        capacity: code.groupCapacity(),
        words: groupWord.count,
        filledWords: [groupWord.recordsLow, groupWord.recordsHigh],
      }),
      hasUnkeptClients: code.takeUnkeptClients() !== 0,
      flows: this.#flows(),
    };
    this.#forget();
    return result;
  }

  /** The remote addresses since the last time, which are then forgotten; null where none are kept. */
  takeTalkers(): PackedTalkers | null {
    if (!this.#options.talkers) return null;
    const code = this.#code;
    const slots = filledSlots(code, {
      at: code.talkerSlots(),
      capacity: code.talkerCapacity(),
      words: talkerWord.count,
      filledWords: [talkerWord.side, talkerWord.side],
    });
    const error = BigInt.asUintN(64, code.talkerError()) + (code.talkerErrorCarry() << 64n);
    code.clearTalkers();
    return { slots, error, interfaces: this.#renumbered(slots) };
  }

  /** The interfaces that slots speak of, by which these are numbered anew: a thread knows those of all its files. */
  #renumbered(slots: Uint32Array): readonly string[] {
    const known = new Set<number>();
    for (let at = talkerWord.eni; at < slots.length; at += talkerWord.count)
      known.add(slots[at] ?? 0);
    const used = [...known].sort((a, b) => a - b);
    const numbers = new Map(used.map((number, index) => [number, index]));
    for (let at = talkerWord.eni; at < slots.length; at += talkerWord.count)
      slots[at] = numbers.get(slots[at] ?? 0) ?? 0;
    return used.map((number) => this.#interfaceKeys[number] ?? '');
  }

  #forget(): void {
    this.#code.clearGroups();
    this.#code.clearNames();
    this.#code.clearMirrors();
    this.#circumstances = [];
    this.#firstIdentities.clear();
    this.#firstCircumstances.clear();
    this.#interfaces.clear();
    this.#interfaceKeys.length = 0;
  }
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

/** Half of a secret that no author of a log knows, so that none can choose names that all fall on one place of a table. */
function random32(): number {
  return Math.floor(Math.random() * 2 ** 32);
}

/** The hashes of flows that are kept of an interface; undefined where there are none. */
function flowHashes(
  { memory, mirrorsOf }: Pick<ScannerExports, 'memory' | 'mirrorsOf'>,
  eni: number,
): FlowHashes | undefined {
  const block = mirrorsOf(eni);
  if (block === 0) return undefined;
  const view = new DataView(memory.buffer);
  const hashes = (kind: number): readonly bigint[] => {
    const count = view.getUint32(block + mirrorByte.counts + kind * 4, true);
    const first = block + mirrorByte.hashes + kind * mirrorByte.kindSize;
    return [...new BigUint64Array(memory.buffer, first, count)];
  };
  return { inside: hashes(0), outside: hashes(1) };
}

/** The filled slots of a table of the scanner's, one after another; a slot is filled if one of two words is not 0. */
function filledSlots(
  { memory }: Pick<ScannerExports, 'memory'>,
  table: {
    readonly at: number;
    readonly capacity: number;
    readonly words: number;
    readonly filledWords: readonly [number, number];
  },
): Uint32Array<ArrayBuffer> {
  const { at, capacity, words, filledWords } = table;
  const [first, second] = filledWords;
  const slots = new Uint32Array(memory.buffer, at, capacity * words);
  let count = 0;
  for (let slot = 0; slot < slots.length; slot += words)
    if (slots[slot + first] !== 0 || slots[slot + second] !== 0) count++;
  const filled = new Uint32Array(count * words);
  let to = 0;
  for (let slot = 0; slot < slots.length; slot += words) {
    if (slots[slot + first] === 0 && slots[slot + second] === 0) continue;
    for (let word = 0; word < words; word++) filled[to + word] = slots[slot + word] ?? 0;
    to += words;
  }
  return filled;
}
