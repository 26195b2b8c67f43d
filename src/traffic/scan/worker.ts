import { type MessagePort, parentPort } from 'node:worker_threads';
import { Scanner, type ScanOptions } from '../scanner/scanner.js';
import { openSource } from '../sources/index.js';
import { scanFile } from './file.js';
import type { ScanJob, ScanProgress, ScanSettings, WorkerReply, WorkerRequest } from './jobs.js';

const progressMilliseconds = 100;

/** A thread of a scan: it takes one file after another, and hands its sums over at the end. */
class ScanThread {
  readonly #port: MessagePort;
  readonly #scanner: Scanner;
  readonly #settings: ScanSettings;
  #bytes = 0;
  #records = 0;
  #told = performance.now();

  constructor(port: MessagePort, options: ScanOptions, settings: ScanSettings) {
    this.#port = port;
    this.#scanner = new Scanner(options);
    this.#settings = settings;
  }

  async scan(number: number, job: ScanJob): Promise<void> {
    const tools = { scanner: this.#scanner, settings: this.#settings, progress: this.#progress };
    const outcome = await scanFile(job, tools);
    const talkers = this.#scanner.takeTalkers();
    if (talkers !== null) this.#reply({ kind: 'talkers', number, talkers }, [talkers.slots.buffer]);
    this.#tell();
    this.#reply({ kind: 'done', number, outcome });
  }

  /** Hands the sums of all that it scanned over. */
  handOver(): void {
    const scan = this.#scanner.take();
    const { groups, identities } = scan;
    const moved = [groups.buffer, identities.texts.buffer, identities.numbers.buffer];
    this.#reply({ kind: 'sums', scan }, moved);
  }

  readonly #progress: ScanProgress = (bytes, records) => {
    this.#bytes += bytes;
    this.#records += records;
    if (performance.now() - this.#told > progressMilliseconds) this.#tell();
  };

  #tell(): void {
    this.#reply({ kind: 'progress', bytes: this.#bytes, records: this.#records });
    this.#bytes = 0;
    this.#records = 0;
    this.#told = performance.now();
  }

  #reply(message: WorkerReply, transfer: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

/** Does what the pool asks, in turn. */
function serve(port: MessagePort): void {
  let thread: ScanThread | undefined;
  const run = async (request: WorkerRequest) => {
    switch (request.kind) {
      case 'begin':
        thread = new ScanThread(port, request.options, request.settings);
        return;
      case 'scan':
        await thread?.scan(request.number, { ...request, source: openSource(request.source) });
        return;
      case 'finish':
        thread?.handOver();
        return;
      default:
        request satisfies never;
    }
  };
  port.on('message', (request: WorkerRequest) => {
    // What fails here is a defect: it ends the thread, and the pool hears of it.
    run(request).catch((error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    });
  });
}

if (parentPort !== null) serve(parentPort);
