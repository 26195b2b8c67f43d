import { UsageError } from '../base/errors.js';
import { failureReason } from '../base/node/failure-reason.js';
import type { AddressTable } from './addresses/table.js';
import { attributeTraffic } from './attribution/attribute.js';
import { GroupMerger } from './attribution/record-groups.js';
import { RemoteSums, type TopTalkers, topTalkers } from './attribution/talkers.js';
import { intervals } from './attribution/time-buckets.js';
import { type TrafficFinding, trafficFinding } from './findings/findings.js';
import type { RecordCounts } from './findings/set-aside.js';
import { showLine } from './findings/unreadable.js';
import type { ExpandedInputs } from './inputs/expand-inputs.js';
import type { TrafficEffects, TrafficOptions } from './options.js';
import type { TrafficProfile } from './profile/profile.js';
import { FileScan } from './scan/file-scan.js';
import { scanStream } from './scan/form.js';
import type { ScanJob, ScanOutcome } from './scan/jobs.js';
import { runScan, type ScanRunResult } from './scan/pool.js';
import { addCounts, type ReadCounts, readFindings } from './scan/read-counts.js';
import { splitFiles } from './scan/split-files.js';
import type { ScanResult } from './scanner/packed-sums.js';
import { Scanner, type ScanOptions } from './scanner/scanner.js';

/** What the flow logs among the inputs hold. */
export interface ScannedLogs {
  readonly profiles: readonly TrafficProfile[];
  readonly findings: readonly TrafficFinding[];
  readonly counts: RecordCounts | null;
  readonly talkers: TopTalkers | null;
  readonly unreadable: number;
  readonly firstUnreadable: string | undefined;
  readonly failures: ReadCounts['failures'];
  /** Inputs that turned out to be summary CSVs. */
  readonly summaryFiles: readonly string[];
  readonly summaryStream: AsyncIterable<Uint8Array> | undefined;
}

/** Fewer bytes than this are scanned in this thread: to start others takes longer. */
const bytesWorthThreads = 3 * 1024 * 1024;

/** Scans the flow logs among the inputs, and counts each byte once. */
export async function scanLogs(
  inputs: ExpandedInputs,
  options: TrafficOptions & { readonly threads: number },
  effects: TrafficEffects,
): Promise<ScannedLogs> {
  const scan = new LogScan(options, effects);
  await scan.files(inputs);
  if (inputs.hasStandardInput) await scan.standardInput();
  return scan.result(inputs);
}

class LogScan {
  #addresses: Promise<AddressTable> | undefined;
  readonly #options: TrafficOptions & { readonly threads: number };
  readonly #effects: TrafficEffects;
  readonly #merger = new GroupMerger();
  readonly #remotes = new RemoteSums();
  #jobs: readonly ScanJob[] = [];
  #outcomes: readonly ScanOutcome[] = [];
  #summaryStream: AsyncIterable<Uint8Array> | undefined;

  constructor(options: TrafficOptions & { readonly threads: number }, effects: TrafficEffects) {
    this.#options = options;
    this.#effects = effects;
  }

  /** Scans the files. */
  async files({ files }: ExpandedInputs): Promise<void> {
    if (files.length === 0) return;
    const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#jobs = await splitFiles(files, new Set());
    let run = await this.#run(totalBytes);
    const whole = changingHeaders(this.#jobs, run.outcomes);
    if (whole.length > 0) {
      this.#jobs = await splitFiles(files, new Set(whole));
      run = await this.#run(totalBytes);
    }
    this.#outcomes = run.outcomes;
    for (const scan of run.scans) this.#add(scan);
  }

  async #run(totalBytes: number): Promise<ScanRunResult> {
    const { threads } = this.#options;
    const sum = { files: this.#jobs.length, bytes: 0, totalBytes, records: 0 };
    return runScan({
      jobs: this.#jobs,
      options: this.#scanOptions(),
      settings: this.#settings(),
      threads: totalBytes < bytesWorthThreads ? 1 : threads,
      progress: (bytes, records) => {
        sum.bytes += bytes;
        sum.records += records;
        this.#effects.progress?.(sum);
      },
      signal: this.#effects.signal,
    });
  }

  /** The addresses are loaded while the threads start. */
  async #scanOptions(): Promise<ScanOptions> {
    const { interval, top } = this.#options;
    const addresses = await this.#loadAddresses();
    return { addresses, interval: intervals[interval], talkers: top > 0 };
  }

  #loadAddresses(): Promise<AddressTable> {
    this.#addresses ??= this.#effects.loadAddresses();
    return this.#addresses;
  }

  #settings() {
    return { fields: this.#options.fields, sumsByJob: this.#options.top > 0 };
  }

  #add(scan: ScanResult): void {
    this.#merger.add(scan);
    this.#remotes.add(scan);
  }

  /** Scans standard input. */
  async standardInput(): Promise<void> {
    const { stdin, signal } = this.#effects;
    const scanner = new Scanner(await this.#scanOptions());
    const progress = () => signal.throwIfAborted();
    const scan = new FileScan('standard input', { scanner, settings: this.#settings(), progress });
    const outcome = await scanStream(scan, stdin).catch((error: unknown) => {
      // A stream that was closed by the interruption has not failed.
      signal.throwIfAborted();
      return scan.failed(failureReason(error));
    });
    if (outcome.kind === 'summary-csv') {
      this.#summaryStream = outcome.source;
      return;
    }
    this.#jobs = [...this.#jobs, { file: scan.file }];
    this.#outcomes = [...this.#outcomes, outcome];
    this.#add(scanner.take());
  }

  /** What was scanned, attributed. */
  async result({ unread }: ExpandedInputs): Promise<ScannedLogs> {
    const addresses = await this.#loadAddresses();
    const read = addCounts(this.#jobs, this.#outcomes);
    const merged = this.#merger.result();
    const { interval, natInterfaces, defaults, top } = this.#options;
    const traffic = attributeTraffic(merged, {
      labels: addresses.labels,
      interval,
      natNames: new Set(natInterfaces),
      defaultRegion: () => regionOrFail(defaults.region),
    });
    if (read.unreadable > 0) traffic.ledger.setAside('unreadable', read.unreadable, 0n);
    const counts = traffic.ledger.counts(read.records);
    const failures = [...unread, ...read.failures];
    const talkers = { traffic, groups: merged.groups, remotes: this.#remotes };
    return {
      profiles: traffic.profiles,
      findings: [
        ...readFindings({ ...read, failures }),
        ...countFindings(counts),
        ...traffic.findings,
      ],
      counts,
      talkers: top > 0 ? topTalkers(top, { ...talkers, addresses }) : null,
      unreadable: read.unreadable,
      firstUnreadable: read.samples[0] === undefined ? undefined : showLine(read.samples[0]),
      failures,
      summaryFiles: this.#jobs.flatMap(({ file }, index) =>
        this.#outcomes[index]?.kind === 'summary-csv' ? [file] : [],
      ),
      summaryStream: this.#summaryStream,
    };
  }
}

/**
 * The split files with a header in the middle that names other fields than the first: the pieces after it were read wrongly, so
 * that such a file must be read in one.
 */
function changingHeaders(
  jobs: readonly ScanJob[],
  outcomes: readonly ScanOutcome[],
): readonly string[] {
  return jobs.flatMap(({ file, piece }, index) => {
    const outcome = outcomes[index];
    const changed = outcome !== undefined && 'counts' in outcome && outcome.counts.headerChanged;
    return piece !== undefined && changed ? [file] : [];
  });
}

function countFindings(counts: RecordCounts): readonly TrafficFinding[] {
  if (counts.read === 0) return [];
  const lost = counts.setAside['skip-data']?.records ?? 0;
  return [
    trafficFinding('records-set-aside', { counts }),
    ...(lost === 0 ? [] : [trafficFinding('records-lost', { records: lost })]),
  ];
}

/** The Region of records without one. */
function regionOrFail(region: string | null): string {
  if (region !== null) return region;
  throw new UsageError('the flow log names no Region, in its fields or in its place in S3', {
    hint: 'Name it with --region.',
  });
}
