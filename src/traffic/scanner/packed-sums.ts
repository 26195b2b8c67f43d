import type { UnreadableLine, UnreadableReason } from '../findings/unreadable.js';
import type { Circumstance } from './identities.js';
import type { PackedIdentities } from './packed-identities.js';

/** The smallest hashes of the flows of an interface, for finding NAT gateways in logs without packet addresses. */
export interface FlowHashes {
  /** Of records between private addresses. */
  readonly inside: readonly bigint[];
  /** Of records with a public address. */
  readonly outside: readonly bigint[];
}

/** Groups of records as the scanner keeps them: the words of `groupWord` for each. */
export type PackedGroups = Uint32Array<ArrayBuffer>;

/** Remote addresses with their bytes: the words of `talkerWord` for each. */
export interface PackedTalkers {
  readonly slots: Uint32Array<ArrayBuffer>;
  /** What a sum may be too low by, in bytes. */
  readonly error: bigint;
  /** The interfaces (`identityKeys`) that the slots name by number. */
  readonly interfaces: readonly string[];
}

/** The sums of some files, or of a piece of one. The numbers in `groups` are indexes into the lists beside it. */
export interface ScanResult {
  readonly identities: PackedIdentities;
  readonly circumstances: readonly Circumstance[];
  readonly groups: PackedGroups;
  /** Whether there were too many clients to tell apart. */
  readonly hasUnkeptClients: boolean;
  /** By interface (`identityKeys`), of logs without packet addresses. */
  readonly flows: ReadonlyMap<string, FlowHashes>;
}

/** What was read of a file, or of a piece of one. */
export interface FileCounts {
  readonly lines: number;
  readonly records: number;
  readonly unreadable: Readonly<Partial<Record<UnreadableReason, number>>>;
  readonly samples: readonly UnreadableLine[];
  /** A sum over the records, the same in any order: files with equal ones hold the same records. */
  readonly digest: bigint;
  /** The names of its fields, in order of the alphabet: a copy has the same. */
  readonly fields: string;
  /** Whether a header in the middle named other fields than the first one. */
  readonly headerChanged: boolean;
}
