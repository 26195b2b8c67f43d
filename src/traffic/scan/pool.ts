import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ScanResult } from '../scanner/packed-sums.js';
import { Scanner, type ScanOptions } from '../scanner/scanner.js';
import { scanFile } from './file.js';
import type {
  ScanJob,
  ScanOutcome,
  ScanProgress,
  ScanSettings,
  WorkerReply,
  WorkerRequest,
} from './jobs.js';

/** A scan of many files. */
export interface ScanRun {
  readonly jobs: readonly ScanJob[];
  /** Awaited while the threads start. */
  readonly options: Promise<ScanOptions>;
  readonly settings: ScanSettings;
  /** How many threads share the files; 1: this one scans them. */
  readonly threads: number;
  readonly progress: ScanProgress;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface ScanRunResult {
  /** By job. */
  readonly outcomes: readonly ScanOutcome[];
  /** The sums, in the order of the jobs where they are by job. */
  readonly scans: readonly ScanResult[];
}

/** Scans files, on several threads where that is asked for and their code can be found. */
export async function runScan(run: ScanRun): Promise<ScanRunResult> {
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
  progress,
  signal,
}: ScanRun): Promise<ScanRunResult> {
  const scanner = new Scanner(await options);
  const outcomes: ScanOutcome[] = [];
  const scans: ScanResult[] = [];
  const tools = {
    scanner,
    settings,
    progress: (bytes: number, records: number) => {
      signal.throwIfAborted();
      progress(bytes, records);
    },
  };
  for (const job of jobs) {
    signal.throwIfAborted();
    outcomes.push(await scanFile(job, tools));
    if (settings.sumsByJob) scans.push(scanner.take());
  }
  if (!settings.sumsByJob) scans.push(scanner.take());
  return { outcomes, scans };
}

async function scanOnThreads(run: ScanRun, threads: number, code: string): Promise<ScanRunResult> {
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
  readonly #scans: { readonly job: number | null; readonly scan: ScanResult }[] = [];

  constructor(run: ScanRun) {
    this.#run = run;
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
        if (!this.#take(reply)) return;
        const isLast = reply.kind === 'sums' && reply.job === null;
        if (isLast) resolve();
        else worker.postMessage(this.#request());
      });
      worker.postMessage(this.#request());
    });
  }

  /** Takes what a thread tells; whether it is to be answered. */
  #take(reply: WorkerReply): boolean {
    switch (reply.kind) {
      case 'progress':
        this.#run.progress(reply.bytes, reply.records);
        return false;
      case 'sums':
        this.#scans.push(reply);
        return reply.job === null;
      case 'done':
        this.#outcomes.set(reply.number, reply.outcome);
        return true;
      default:
        return reply satisfies never;
    }
  }

  #request(): WorkerRequest {
    const number = this.#next;
    const job = this.#run.jobs[number];
    if (job === undefined) return { kind: 'finish' };
    this.#next++;
    return { kind: 'scan', number, job };
  }

  result(): ScanRunResult {
    const outcomes = this.#run.jobs.map((_, number) => {
      const outcome = this.#outcomes.get(number);
      if (outcome === undefined) throw new Error(`no thread has told of file ${number}`);
      return outcome;
    });
    const byJob = this.#scans.toSorted((a, b) => (a.job ?? Infinity) - (b.job ?? Infinity));
    return { outcomes, scans: byJob.map(({ scan }) => scan) };
  }
}
