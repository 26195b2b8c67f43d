import { groupWord, limit } from './layout.js';
import type { PackedGroups } from './packed-sums.js';

/** Records alike in all that decides what they are, with what their names stand for. */
export interface NamedGroup<Identity, Circumstance> {
  readonly identity: Identity;
  readonly circumstance: Circumstance;
  readonly pattern: number;
  readonly label: number;
  readonly bucket: number;
  readonly address: number;
  readonly records: number;
  readonly bytes: bigint;
}

/** What the numbers of names stand for. */
interface Names<Identity, Circumstance> {
  readonly identities: readonly Identity[];
  readonly circumstances: readonly Circumstance[];
}

/** The numbers that the names of a scan have among those of all scans. */
export interface Renumbering {
  readonly identities: readonly number[];
  readonly circumstances: readonly number[];
}

/** Of a group: identity, circumstance, address pattern, label, time bucket, address. */
const keyWords = 6;

/**
 * Adds up the groups of scans. Their keys are numbers in one array, found by an open-addressed index: a text for each group,
 * and an object, took longer than the rest of the adding up.
 */
export class GroupTable {
  #keys = new Uint32Array(keyWords * 1024);
  #index = new Uint32Array(4096);
  readonly #records: number[] = [];
  readonly #bytes: bigint[] = [];
  /** Texts of others choose the groups, so that none of them may know where one is put. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  readonly #keepsClients: boolean;

  constructor(keepsClients = true) {
    this.#keepsClients = keepsClients;
  }

  /** How many groups there are. */
  get size(): number {
    return this.#records.length;
  }

  /** Adds the groups of a scan. */
  addPacked(groups: PackedGroups, { identities, circumstances }: Renumbering): void {
    this.#reserve(this.size + groups.length / groupWord.count);
    for (let at = 0; at < groups.length; at += groupWord.count) {
      const names = groups[at + groupWord.circumstance] ?? 0;
      this.#key[0] = identities[groups[at + groupWord.identity] ?? 0] ?? 0;
      this.#key[1] = circumstances[names & 0xffff] ?? 0;
      this.#key[2] = names >>> 16;
      this.#key[3] = groups[at + groupWord.label] ?? 0;
      this.#key[4] = groups[at + groupWord.bucket] ?? 0;
      this.#key[5] = groups[at + groupWord.address] ?? 0;
      const low = groups[at + groupWord.bytesLow] ?? 0;
      const high = groups[at + groupWord.bytesHigh] ?? 0;
      const recordsHigh = groups[at + groupWord.recordsHigh] ?? 0;
      this.#add(
        recordsHigh * 2 ** 32 + (groups[at + groupWord.recordsLow] ?? 0),
        wideNumber(low, high, groups[at + groupWord.carry] ?? 0),
      );
    }
  }

  /** The key of the group that is added. */
  readonly #key = new Uint32Array(keyWords);

  #add(records: number, bytes: bigint): void {
    if (!this.#keepsClients && this.#key[5] !== 0) this.#key[5] = limit.unkeptAddress;
    const place = this.#placeOf(this.#key, 0);
    const number = this.#index[place] ?? 0;
    if (number > 0) {
      this.#records[number - 1] = (this.#records[number - 1] ?? 0) + records;
      this.#bytes[number - 1] = (this.#bytes[number - 1] ?? 0n) + bytes;
      return;
    }
    this.#keys.set(this.#key, this.size * keyWords);
    this.#records.push(records);
    this.#index[place] = this.#bytes.push(bytes);
  }

  /** Where the index names the group whose key is at a place of an array, or where it is free for it. */
  #placeOf(keys: Uint32Array, at: number): number {
    const index = this.#index;
    let hash = this.#seed;
    for (let word = 0; word < keyWords; word++) {
      hash = Math.imul(hash ^ (keys[at + word] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let place = hash & (index.length - 1);
    while (index[place] !== 0 && !this.#isKey((index[place] ?? 0) - 1, keys, at)) {
      place = (place + 1) & (index.length - 1);
    }
    return place;
  }

  #isKey(group: number, keys: Uint32Array, at: number): boolean {
    for (let word = 0; word < keyWords; word++) {
      if (this.#keys[group * keyWords + word] !== keys[at + word]) return false;
    }
    return true;
  }

  /** Makes room for so many groups: keys for all, and twice as many places in the index. */
  #reserve(groups: number): void {
    if (groups * keyWords > this.#keys.length) {
      const keys = new Uint32Array(2 ** Math.ceil(Math.log2(groups)) * keyWords);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    if (groups * 2 <= this.#index.length) return;
    this.#index = new Uint32Array(2 ** Math.ceil(Math.log2(groups * 2)));
    for (let group = 0; group < this.size; group++) {
      this.#index[this.#placeOf(this.#keys, group * keyWords)] = group + 1;
    }
  }

  /** The same sums with clients not told apart, and none of those to come. */
  withoutClients(): GroupTable {
    const table = new GroupTable(false);
    table.#reserve(this.size);
    for (const [group, bytes] of this.#bytes.entries()) {
      table.#key.set(this.#keys.subarray(group * keyWords, (group + 1) * keyWords));
      table.#add(this.#records[group] ?? 0, bytes);
    }
    return table;
  }

  /** The groups, those of an identity one after another: what is asked of an identity is then asked once for many groups. */
  byIdentity<Identity extends {}, Circumstance extends {}>({
    identities,
    circumstances,
  }: Names<Identity, Circumstance>): readonly NamedGroup<Identity, Circumstance>[] {
    const groups: NamedGroup<Identity, Circumstance>[] = [];
    for (const group of this.#orderedByIdentity()) {
      const at = group * keyWords;
      const identity = identities[this.#keys[at] ?? 0];
      const circumstance = circumstances[this.#keys[at + 1] ?? 0];
      if (identity === undefined || circumstance === undefined) continue;
      groups.push({
        identity,
        circumstance,
        pattern: this.#keys[at + 2] ?? 0,
        label: this.#keys[at + 3] ?? 0,
        bucket: this.#keys[at + 4] ?? 0,
        address: this.#keys[at + 5] ?? 0,
        records: this.#records[group] ?? 0,
        bytes: this.#bytes[group] ?? 0n,
      });
    }
    return groups;
  }

  /** By counting: how many groups come before each identity's first. */
  #orderedByIdentity(): Uint32Array {
    const ends: number[] = [];
    for (let group = 0; group < this.size; group++) {
      const identity = this.#keys[group * keyWords] ?? 0;
      while (ends.length <= identity + 1) ends.push(0);
      ends[identity + 1] = (ends[identity + 1] ?? 0) + 1;
    }
    for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
    const ordered = new Uint32Array(this.size);
    for (let group = 0; group < this.size; group++) {
      const identity = this.#keys[group * keyWords] ?? 0;
      const to = ends[identity] ?? 0;
      ordered[to] = group;
      ends[identity] = to + 1;
    }
    return ordered;
  }
}

/** A number of 96 bits in three words, as the scanner keeps sums of bytes. */
export function wideNumber(low: number, high: number, carry: number): bigint {
  if (carry === 0 && high < 0x200000) return BigInt(high * 0x100000000 + low);
  return (BigInt(carry) << 64n) + (BigInt(high) << 32n) + BigInt(low);
}
