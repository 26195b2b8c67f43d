import { parentPort, workerData } from 'node:worker_threads';
import { scanFile } from './scan-file.js';
import type { WorkerData, WorkerReply, WorkerRequest } from './scan-messages.js';
import { Scanner } from './scanner.js';

/** A thread of a scan: it takes one file after another, and hands its sums over at the end. */
function work(port: NonNullable<typeof parentPort>, { options, settings }: WorkerData): void {
  const scanner = new Scanner(options);
  const reply = (message: WorkerReply) => {
    const isSums = message.kind === 'sums';
    port.postMessage(message, isSums ? [message.scan.groups.buffer] : []);
  };
  let lastTold = 0;
  let bytes = 0;
  let records = 0;
  const tell = () => {
    reply({ kind: 'progress', bytes, records });
    bytes = 0;
    records = 0;
    lastTold = performance.now();
  };
  const progress = (moreBytes: number, moreRecords: number) => {
    bytes += moreBytes;
    records += moreRecords;
    if (performance.now() - lastTold > progressMilliseconds) tell();
  };
  const run = async (request: WorkerRequest) => {
    if (request.kind === 'finish') {
      reply({ kind: 'sums', job: null, scan: scanner.take() });
      return;
    }
    const outcome = await scanFile(request.job, { scanner, settings, progress });
    tell();
    if (settings.sumsByJob) reply({ kind: 'sums', job: request.number, scan: scanner.take() });
    reply({ kind: 'done', number: request.number, outcome });
  };
  // What fails here is a defect: it ends the thread, and the pool hears of it.
  port.on(
    'message',
    (request: WorkerRequest) =>
      void run(request).catch((error: unknown) => {
        queueMicrotask(() => {
          throw error;
        });
      }),
  );
}

const progressMilliseconds = 100;

// The pool sends nothing else; both are of this program.
const isWorkerData = (data: unknown): data is WorkerData => typeof data === 'object';
if (parentPort !== null && isWorkerData(workerData)) work(parentPort, workerData);
