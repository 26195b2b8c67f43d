import { existsSync } from 'node:fs';
import { setImmediate as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { formOf } from '../forms/index.js';
import type { PackedTalkers, ScanResult } from '../scanner/packed-sums.js';
import { Scanner, type ScanOptions } from '../scanner/scanner.js';
import { isSeekable, type SeekableSource, type Source } from '../sources/source.js';
import { scanFile } from './file.js';
import { InOrder } from './in-order.js';
import type {
  ScanJob,
  ScanOutcome,
  ScanProgress,
  ScanSettings,
  TalkerSums,
  WorkerReply,
  WorkerRequest,
} from './jobs.js';

/** A scan of many sources. */
export interface SourceScan {
  readonly sources: readonly Source[];
  /** By archive, the numbers of members that are not to be read. */
  readonly skip?: ReadonlyMap<Source, readonly number[]>;
  /** Awaited while the threads start. */
  readonly options: Promise<ScanOptions>;
  readonly settings: ScanSettings;
  /** Takes the remote addresses of each source, where the options ask for them. */
  readonly talkers: TalkerSums;
  /** How many threads share the sources; 1: this one scans them. */
  readonly threads: number;
  /** Told of bytes and records of sources whose size is known. */
  readonly progress: ScanProgress;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface ScannedSources {
  readonly jobs: readonly ScanJob[];
  /** By job. */
  readonly outcomes: readonly ScanOutcome[];
  /** The sums of each thread. */
  readonly scans: readonly ScanResult[];
}

interface ScanRun extends Omit<SourceScan, 'sources' | 'skip'> {
  readonly jobs: readonly ScanJob[];
}

/** Fewer bytes than this are scanned in this thread: to start others takes longer. */
const bytesWorthThreads = 3 * 1024 * 1024;

/** Scans sources: those that can be made again on several threads, then those that belong to this one. */
export async function scanSources({
  sources,
  skip = new Map(),
  ...scan
}: SourceScan): Promise<ScannedSources> {
  const movable = sources.filter(({ description }) => description !== undefined);
  const others = sources.filter(({ description }) => description === undefined);
  const shared = await scanShared(movable, { ...scan, skip });
  if (others.length === 0) return shared;
  const jobs = others.map((source) => jobOf(source, skip));
  const own = await runScan({ ...scan, jobs, threads: 1, progress: () => {} });
  return {
    jobs: [...shared.jobs, ...jobs],
    outcomes: [...shared.outcomes, ...own.outcomes],
    scans: [...shared.scans, ...own.scans],
  };
}

async function scanShared(
  sources: readonly Source[],
  { skip, ...scan }: Omit<ScanRun, 'jobs'> & { readonly skip: Skipped },
): Promise<ScannedSources> {
  scan.talkers.clear();
  if (sources.length === 0) return { jobs: [], outcomes: [], scans: [] };
  const bytes = sources.reduce((sum, source) => sum + (source.bytes ?? 0), 0);
  const threads = bytes < bytesWorthThreads ? 1 : scan.threads;
  const jobs = await jobsOf(sources, { skip, whole: new Set() });
  const first = await runScan({ ...scan, jobs, threads });
  if (jobs.every(({ piece }) => piece === undefined)) return first;
  const whole = changingHeaders(first);
  if (whole.size === 0) return first;
  scan.talkers.clear();
  return runScan({ ...scan, jobs: await jobsOf(sources, { skip, whole }), threads });
}

/**
 * The split sources with a header in the middle that names other fields than the first: the pieces after it were read wrongly, so
 * that such a source must be read in one.
 */
function changingHeaders({ jobs, outcomes }: ScannedSources): ReadonlySet<Source> {
  const changing = jobs.flatMap(({ source, piece }, index) => {
    const outcome = outcomes[index];
    const changed = outcome !== undefined && 'counts' in outcome && outcome.counts.headerChanged;
    return piece !== undefined && changed ? [source] : [];
  });
  return new Set(changing);
}

/** Plain files larger than this are split. The same on every machine, so that sums that depend on pieces are too. */
const pieceBytes = 32 * 1024 * 1024;

type Skipped = ReadonlyMap<Source, readonly number[]>;

function jobOf(source: Source, skipped: Skipped): ScanJob {
  const skip = skipped.get(source);
  return { source, ...(skip === undefined ? {} : { skip }) };
}

/** The jobs of a run: a source each, and pieces of large plain ones, which threads share. `whole`: sources that can't be split. */
async function jobsOf(
  sources: readonly Source[],
  { skip, whole }: { readonly skip: Skipped; readonly whole: ReadonlySet<Source> },
): Promise<readonly ScanJob[]> {
  const jobs = await Promise.all(
    sources.map(async (source): Promise<readonly ScanJob[]> => {
      if (!isSeekable(source) || source.bytes <= 2 * pieceBytes) return [jobOf(source, skip)];
      const canSplit = !whole.has(source) && (await isSplittable(source));
      return canSplit ? piecesOf(source) : [jobOf(source, skip)];
    }),
  );
  return jobs.flat();
}

async function isSplittable(source: Source): Promise<boolean> {
  try {
    const { form } = await formOf(source);
    return form.isSplittable === true;
  } catch {
    // It is told when it is scanned.
    return false;
  }
}

function piecesOf(source: SeekableSource): readonly ScanJob[] {
  const { bytes } = source;
  const count = Math.ceil(bytes / pieceBytes);
  return Array.from({ length: count }, (_, index) => ({
    source,
    piece: { start: index * pieceBytes, end: Math.min(bytes, (index + 1) * pieceBytes) },
  }));
}

/** Runs jobs, on several threads where that is asked for and their code can be found. */
async function runScan(run: ScanRun): Promise<ScannedSources> {
  const threads = Math.min(run.threads, run.jobs.length);
  const code = threads > 1 ? workerCode() : undefined;
  return code === undefined ? scanHere(run) : scanOnThreads(run, threads, code);
}

/** The thread's code, where this module is bundled into dist/chunks/; in a test it is not there. */
function workerCode(): string | undefined {
  const file = fileURLToPath(new URL('../traffic/scan/worker.js', import.meta.url));
  return existsSync(file) ? file : undefined;
}

async function scanHere({
  jobs,
  options,
  settings,
  talkers,
  progress,
  signal,
}: ScanRun): Promise<ScannedSources> {
  const scanner = new Scanner(await options);
  const outcomes: ScanOutcome[] = [];
  const tools = {
    scanner,
    settings,
    progress: (bytes: number, records: number) => {
      signal.throwIfAborted();
      progress(bytes, records);
    },
  };
  signal.throwIfAborted();
  for (const [index, job] of jobs.entries()) {
    outcomes.push(await scanFile(job, tools));
    // Thousands of files must not leave their heads in memory; the pieces of one share its head.
    if (jobs[index + 1]?.source !== job.source) await job.source.close?.();
    // Small files are read in one go: others of the thread (an interruption, what closes) have their turn between them.
    await pause();
    // A stream that an interruption has closed has not failed.
    signal.throwIfAborted();
    const ofJob = scanner.takeTalkers();
    if (ofJob !== null) talkers.add(ofJob);
  }
  return { jobs, outcomes, scans: [scanner.take()] };
}

async function scanOnThreads(run: ScanRun, threads: number, code: string): Promise<ScannedSources> {
  const { settings, signal } = run;
  const pool = new Pool(run);
  const workers = Array.from({ length: threads }, () => new Worker(code));
  try {
    const begin: WorkerRequest = { kind: 'begin', options: await run.options, settings };
    for (const worker of workers) worker.postMessage(begin);
    await Promise.all(workers.map((worker) => pool.drive(worker, signal)));
    return pool.result();
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The jobs that are left, and what has come of the others. */
class Pool {
  readonly #run: ScanRun;
  #next = 0;
  readonly #outcomes = new Map<number, ScanOutcome>();
  readonly #scans: ScanResult[] = [];
  readonly #talkers: InOrder<PackedTalkers>;

  constructor(run: ScanRun) {
    this.#run = run;
    this.#talkers = new InOrder((talkers) => run.talkers.add(talkers));
  }

  /** Gives a thread one job after another until none is left, and takes its sums. */
  drive(worker: Worker, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const interrupted = () => reject(signal.reason);
      signal.addEventListener('abort', interrupted, { once: true });
      if (signal.aborted) interrupted();
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('a scanning thread ended before its work')));
      worker.on('message', (reply: WorkerReply) => {
        this.#take(reply);
        if (reply.kind === 'sums') resolve();
        if (reply.kind === 'done') this.#talkers.whenNear(reply.number, next);
      });
      const next = () => worker.postMessage(this.#request());
      next();
    });
  }

  #take(reply: WorkerReply): void {
    switch (reply.kind) {
      case 'progress':
        this.#run.progress(reply.bytes, reply.records);
        return;
      case 'talkers':
        this.#talkers.put(reply.number, reply.talkers);
        return;
      case 'sums':
        this.#scans.push(reply.scan);
        return;
      case 'done':
        this.#outcomes.set(reply.number, reply.outcome);
        this.#talkers.end(reply.number);
        return;
      default:
        return reply satisfies never;
    }
  }

  #request(): WorkerRequest {
    const number = this.#next;
    const job = this.#run.jobs[number];
    if (job === undefined) return { kind: 'finish' };
    this.#next++;
    const { source, piece, skip } = job;
    if (source.description === undefined) throw new Error(`${source.name} can't go to a thread`);
    const of = { ...(piece && { piece }), ...(skip && { skip }) };
    return { kind: 'scan', number, source: source.description, ...of };
  }

  result(): ScannedSources {
    const outcomes = this.#run.jobs.map((_, number) => {
      const outcome = this.#outcomes.get(number);
      if (outcome === undefined) throw new Error(`no thread has told of file ${number}`);
      return outcome;
    });
    return { jobs: this.#run.jobs, outcomes, scans: this.#scans };
  }
}
