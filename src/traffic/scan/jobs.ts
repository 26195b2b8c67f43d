import type { FileCounts, PackedTalkers, ScanResult } from '../scanner/packed-sums.js';
import type { ScanOptions } from '../scanner/scanner.js';
import type { Source, SourceDescription } from '../sources/source.js';

/** A source, or a piece of a plain file, to be scanned. */
export interface ScanJob {
  readonly source: Source;
  /** Absent: the whole source. */
  readonly piece?: Piece;
  /** Of an archive, the numbers of the members that are not to be read. */
  readonly skip?: readonly number[];
  /** It is a file of an archive: archives within archives are not read. */
  readonly isMember?: boolean;
}

/** Bytes of a source, from `start` to before `end`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** What is told to every scan of a run. */
export interface ScanSettings {
  /** The fields of lines without a header, by AWS's names; null: version 2's. */
  readonly fields: readonly string[] | null;
}

/** What came of reading a flow log. */
export type ReadOutcome = {
  /** The outermost form of the file; null where it could not be looked at. */
  readonly packing: string | null;
  readonly counts: FileCounts;
} & (
  | { readonly kind: 'scanned' }
  /** It could not be read, or not to its end: what was read counts. `isOther`: it is no flow log of a VPC. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isOther: boolean }
);

/** What came of a file; a summary CSV is to be read as one. */
export type FileOutcome = ReadOutcome | { readonly kind: 'summary-csv' };

/** What came of a file of an archive. */
export interface MemberOutcome {
  readonly number: number;
  readonly name: string;
  readonly bytes: number;
  readonly outcome: FileOutcome;
}

/** What came of a source. */
export type ScanOutcome =
  | FileOutcome
  /** An archive. `rest`: what it failed with where it could not be read to its end. */
  | {
      readonly kind: 'members';
      readonly members: readonly MemberOutcome[];
      readonly rest: ReadOutcome | null;
    };

/** Progress of a scan: bytes of the file read since the last time, and records. */
export type ScanProgress = (bytes: number, records: number) => void;

/** The counts of a file of which nothing could be read. */
export const nothingRead: FileCounts = {
  lines: 0,
  records: 0,
  unreadable: {},
  samples: [],
  digest: 0n,
  fields: '',
  headerChanged: false,
};

/** What is asked of a thread: to begin, to scan a file, or to hand over its sums. */
export type WorkerRequest =
  | { readonly kind: 'begin'; readonly options: ScanOptions; readonly settings: ScanSettings }
  | {
      readonly kind: 'scan';
      readonly number: number;
      readonly source: SourceDescription;
      readonly piece?: Piece;
      readonly skip?: readonly number[];
    }
  | { readonly kind: 'finish' };

/** What a thread tells. */
export type WorkerReply =
  | { readonly kind: 'progress'; readonly bytes: number; readonly records: number }
  | { readonly kind: 'done'; readonly number: number; readonly outcome: ScanOutcome }
  /** The remote addresses of a job: what they add up to depends on the order of the jobs. */
  | { readonly kind: 'talkers'; readonly number: number; readonly talkers: PackedTalkers }
  /** The sums of all that it scanned. */
  | { readonly kind: 'sums'; readonly scan: ScanResult };

/** What adds up remote addresses, job by job in their order. */
export interface TalkerSums {
  readonly add: (talkers: PackedTalkers) => void;
  /** Forgets all, for a scan that begins anew. */
  readonly clear: () => void;
}
