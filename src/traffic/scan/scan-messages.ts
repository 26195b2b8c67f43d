import type { ScanOptions } from '../scanner/scanner.js';
import type { ScanResult } from '../scanner/sums.js';
import type { ScanJob, ScanOutcome, ScanSettings } from './jobs.js';

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
