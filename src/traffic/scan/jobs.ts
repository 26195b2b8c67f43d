import type { FileCounts, ScanResult } from '../scanner/packed-sums.js';
import type { ScanOptions } from '../scanner/scanner.js';

/** A file, or a piece of a plain one, to be scanned. */
export interface ScanJob {
  readonly file: string;
  /** The piece [start, end); absent: the whole file. */
  readonly piece?: { readonly start: number; readonly end: number };
}

/** What is told to every scan of a run. */
export interface ScanSettings {
  /** The fields of lines without a header, by AWS's names; null: version 2's. */
  readonly fields: readonly string[] | null;
  /** Whether the sums of each job are handed over on their own, to be added in order. */
  readonly sumsByJob: boolean;
}

/** What came of reading a flow log. */
export type ReadOutcome =
  | { readonly kind: 'scanned'; readonly counts: FileCounts }
  /** It could not be read, or not to its end: what was read counts. */
  | { readonly kind: 'failed'; readonly reason: string; readonly counts: FileCounts };

/** What came of a file; a summary CSV is to be read as one. */
export type ScanOutcome = ReadOutcome | { readonly kind: 'summary-csv' };

/** Progress of a scan: bytes of the file read since the last time, and records. */
export type ScanProgress = (bytes: number, records: number) => void;

/** The counts of a file of which nothing could be read. */
export const nothingRead: FileCounts = {
  lines: 0,
  records: 0,
  unreadable: {},
  samples: [],
  headerChanged: false,
};

/** What is asked of a thread: to begin, to scan a file, or to hand over its sums. */
export type WorkerRequest =
  | { readonly kind: 'begin'; readonly options: ScanOptions; readonly settings: ScanSettings }
  | { readonly kind: 'scan'; readonly number: number; readonly job: ScanJob }
  | { readonly kind: 'finish' };

/** What a thread tells. */
export type WorkerReply =
  | { readonly kind: 'progress'; readonly bytes: number; readonly records: number }
  | { readonly kind: 'done'; readonly number: number; readonly outcome: ScanOutcome }
  /** The sums of a job, or of all that it scanned. */
  | { readonly kind: 'sums'; readonly job: number | null; readonly scan: ScanResult };
