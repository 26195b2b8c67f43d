/**
 * Reads generated inputs, whole and damaged, and holds what comes of them to laws: `npm run fuzz -- --minutes 10`, or `--count 2000`.
 * A seed and a number are a case: `--seed 7 --case 12` runs that one again. A case that takes more than a minute is a finding.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { scannerBinary } from '../src/traffic/scanner/binary.js';
import { checkCommand } from '../test/fuzz/command-case.js';
import { checkScanner, type Scanners } from '../test/fuzz/scanner-case.js';
import { compile } from '../test/fuzz/scanner-host.js';
import { checkDamaged, checkSums } from '../test/fuzz/traffic-case.js';
import { LogFolder } from '../test/traffic/worlds/check-world.js';
import { randomOf } from '../test/traffic/worlds/random.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    /** How many cases, in place of a time: the same each time. */
    count: { type: 'string' },
    seed: { type: 'string' },
    /** The only case that is run. */
    case: { type: 'string' },
  },
});

const kinds = ['sums', 'damaged', 'command', 'scanner'] as const;
const longest = 60_000;
const seed = Number(values.seed ?? Date.now() % 1e6);
const first = Number(values.case ?? 0);
const isCounted = values.count !== undefined || values.case !== undefined;
const count = values.case === undefined ? Number(values.count ?? Infinity) : 1;
const minutes = Number(values.minutes ?? (isCounted ? Infinity : 1));

/** What a worker tells: the case that it begins, or what it found in one. */
type Told =
  | { readonly begun: number }
  | { readonly found: readonly string[]; readonly in: number }
  | { readonly done: number };

if (isMainThread) watch();
else await work(`${workerData}`);

/** Runs the cases in a thread of their own, and ends it where one hangs. */
function watch(): void {
  const parent = mkdtempSync(join(tmpdir(), 'pathfare-fuzz-'));
  const worker = new Worker(new URL(import.meta.url), {
    argv: process.argv.slice(2),
    workerData: parent,
  });
  let [running, findings] = [first, 0];
  const report = (number: number, what: string) => {
    findings++;
    process.stdout.write(
      `${kindOf(number)}: ${what}\n  npm run fuzz -- --seed ${seed} --case ${number}\n`,
    );
  };
  const hang = () => {
    report(running, `takes more than ${longest / 1000} seconds`);
    void worker.terminate();
  };
  let timer = setTimeout(hang, longest);
  worker.on('message', (told: Told) => {
    if ('found' in told) for (const what of told.found) report(told.in, what);
    if ('begun' in told) {
      running = told.begun;
      clearTimeout(timer);
      timer = setTimeout(hang, longest);
    }
    if ('done' in told)
      process.stdout.write(`${told.done} cases of seed ${seed}, ${findings} findings\n`);
  });
  worker.on('error', (error) => report(running, `ends the thread: ${error.stack}`));
  worker.on('exit', () => {
    clearTimeout(timer);
    rmSync(parent, { recursive: true, force: true });
    if (findings > 0) process.exitCode = 1;
  });
}

async function work(parent: string): Promise<void> {
  const scanners: Scanners = {
    release: compile(Buffer.from(scannerBinary, 'base64')),
    checked: compile(readFileSync(join(import.meta.dirname, 'checked.wasm'))),
  };
  const tell = (told: Told) => parentPort?.postMessage(told);
  const until = performance.now() + minutes * 60_000;
  let number = first;
  for (; number < first + count && performance.now() < until; number++) {
    tell({ begun: number });
    const found = await check(number, parent, scanners);
    if (found.length > 0) tell({ found, in: number });
  }
  tell({ done: number - first });
}

function kindOf(number: number): (typeof kinds)[number] {
  return kinds[number % kinds.length] ?? 'sums';
}

async function check(
  number: number,
  parent: string,
  scanners: Scanners,
): Promise<readonly string[]> {
  const random = randomOf(seed * 1_000_003 + number);
  const at = mkdtempSync(join(parent, 'case-'));
  try {
    switch (kindOf(number)) {
      case 'sums':
        return await checkSums(random, new LogFolder(at));
      case 'damaged':
        return await checkDamaged(random, new LogFolder(at));
      case 'command':
        return await checkCommand(random, new LogFolder(at), at);
      case 'scanner':
        return checkScanner(random, scanners, Math.floor(number / kinds.length));
    }
  } catch (error) {
    return [`throws ${error instanceof Error ? error.stack : String(error)}`];
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}
