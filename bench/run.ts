import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Answer } from './contender.js';
import { type Corpus, corpusOf } from './corpus.js';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '4000000' },
    rounds: { type: 'string', default: '3' },
  },
});
const records = Number(values.records);
const rounds = Number(values.rounds);
const code = fileURLToPath(new URL('contender.js', import.meta.url));

interface Measured {
  readonly seconds: number;
  readonly answer: Answer;
}

/** Runs a contender in a process of its own; its time is that of the process, from start to end. */
function measure(name: string, input: string): Measured {
  const began = performance.now();
  const run = spawnSync(process.execPath, [code, name, input], { encoding: 'utf8' });
  const seconds = (performance.now() - began) / 1000;
  if (run.status !== 0) throw new Error(`${name} failed:\n${run.stderr}`);
  return { seconds, answer: JSON.parse(run.stdout) };
}

interface Contest {
  readonly what: string;
  readonly name: string;
  readonly input: string;
  /** The share of the corpus that it reads. */
  readonly share: number;
}

/** Every contender in turn, round after round, so that a busy moment of the machine falls on all; the best round of each. */
function race(contests: readonly Contest[]): ReadonlyMap<string, Measured> {
  const best = new Map<string, Measured>();
  for (let round = 0; round < rounds; round++) {
    for (const { what, name, input, share } of contests) {
      const { seconds, answer } = measure(name, input);
      const whole = { seconds: seconds / share, answer };
      const before = best.get(what);
      if (before === undefined || whole.seconds < before.seconds) best.set(what, whole);
    }
  }
  return best;
}

function checkTotals(measured: ReadonlyMap<string, Measured>): void {
  const totals = new Map<string, string>();
  for (const [what, { answer }] of measured) {
    const { records: count, bytes, natOut, natIn } = answer;
    if (bytes !== null) totals.set(`${count} ${bytes} ${natOut} ${natIn}`, what);
  }
  if (totals.size !== 1) throw new Error(`totals differ: ${[...totals].join('; ')}`);
  console.log(`All agree: records, bytes, NAT out, NAT in = ${[...totals.keys()].join()}\n`);
}

/** The corpus so many times over, as links of its files. */
function times(corpus: Corpus, count: number): string {
  const folder = `${corpus.folder}/times-${count}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (let index = 0; index < count; index++) {
    for (const file of corpus.gzipFiles) linkSync(file, `${folder}/${index}-${basename(file)}`);
  }
  return folder;
}

const corpus = await corpusOf(records);
const gzip = `${corpus.folder}/gzip`;
const plain = `${corpus.folder}/plain`;
const measured = race([
  { what: 'pathfare, 16 gzip files', name: 'pathfare', input: gzip, share: 1 },
  { what: 'pathfare, 16 plain files', name: 'pathfare', input: plain, share: 1 },
  { what: 'pathfare, one plain file', name: 'pathfare', input: corpus.singleFile, share: 1 },
  { what: 'inflating alone', name: 'inflate', input: gzip, share: 1 },
  { what: 'DuckDB, 16 gzip files', name: 'duckdb', input: gzip, share: 1 },
  { what: 'DuckDB, 16 plain files', name: 'duckdb', input: plain, share: 1 },
  { what: 'DuckDB, one plain file', name: 'duckdb', input: corpus.singleFile, share: 1 },
  { what: 'csv-parse, splitting alone', name: 'csv-parse', input: gzip, share: 1 / 16 },
]);
checkTotals(measured);

const own = measured.get('pathfare, 16 gzip files')?.seconds ?? 0;
console.log(`${cpus()[0]?.model}, ${availableParallelism()} processors, Node ${process.version}`);
console.log(`${records} records; the best of ${rounds} rounds, whole processes\n`);
console.log('| contender | seconds | million records/s | time, pathfare on gzip = 1 | peak MB |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const [what, { seconds, answer }] of measured) {
  const rate = (records / seconds / 1e6).toFixed(2);
  console.log(
    `| ${what} | ${seconds.toFixed(2)} | ${rate} | ${(seconds / own).toFixed(2)} | ${answer.peakMegabytes} |`,
  );
}

const ratio = (a: string, b: string) =>
  ((measured.get(a)?.seconds ?? 0) / (measured.get(b)?.seconds ?? 1)).toFixed(2);
console.log('\n| aim | reached |\n| --- | ---: |');
console.log(
  `| DuckDB ÷ pathfare, gzip: at least 2 | ${ratio('DuckDB, 16 gzip files', 'pathfare, 16 gzip files')} |`,
);
console.log(
  `| DuckDB ÷ pathfare, plain: at least 2 | ${ratio('DuckDB, 16 plain files', 'pathfare, 16 plain files')} |`,
);
console.log(
  `| inflating alone ÷ pathfare: at least 0.65 | ${ratio('inflating alone', 'pathfare, 16 gzip files')} |`,
);

console.log('\n| peak memory of pathfare | MB |\n| --- | ---: |');
const one = measure('pathfare', corpus.gzipFiles[0] ?? '').answer.peakMegabytes;
const sixteen = measure('pathfare', gzip).answer.peakMegabytes;
const fourTimes = measure('pathfare', times(corpus, 4)).answer.peakMegabytes;
console.log(`| 1 gzip file, ${records / 16} records | ${one} |`);
console.log(`| 16 gzip files, ${records} records | ${sixteen} |`);
console.log(`| 64 gzip files, ${records * 4} records | ${fourTimes} |`);
