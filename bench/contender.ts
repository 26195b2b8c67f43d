import { createReadStream, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';

/** What a contender found, for the check that all agree, and its peak memory. */
export interface Answer {
  /** Records in all; accepted ones' bytes; bytes of NAT gateways' private side, out and back. Null: not what it does. */
  readonly records: number | null;
  readonly bytes: string | null;
  readonly natOut: string | null;
  readonly natIn: string | null;
  readonly peakMegabytes: number;
}

type Found = Omit<Answer, 'peakMegabytes'>;

const nothing: Found = { records: null, bytes: null, natOut: null, natIn: null };

/** The files of a folder, or the one file. */
function filesOf(input: string): readonly string[] {
  if (/\.log(\.gz)?$/.test(input)) return [input];
  return readdirSync(input)
    .toSorted()
    .map((name) => `${input}/${name}`);
}

/** The project's own summarize. */
async function pathfare(input: string): Promise<Found> {
  const library = new URL('../../../dist/index.js', import.meta.url);
  const { loadTraffic } = await import(library.href);
  const traffic = await loadTraffic([input], { strict: true });
  let [bytes, natOut, natIn] = [traffic.counts.counted.bytes, 0n, 0n];
  bytes += traffic.counts.setAside['other-vantage'].bytes;
  for (const profile of traffic.profiles) {
    if (profile.path !== 'nat-gateway') continue;
    natOut += profile.sent.bytes;
    natIn += profile.received.bytes;
  }
  const [b, o, i] = [bytes, natOut, natIn].map(String);
  return { records: traffic.counts.read, bytes: b ?? '', natOut: o ?? '', natIn: i ?? '' };
}

/** DuckDB, grouping the same columns by the same sides in SQL. */
async function duckdb(input: string): Promise<Found> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const { fields } = await import('./corpus.js');
  const numbers = new Set(['packets', 'bytes', 'start', 'end']);
  const columns = fields
    .split(' ')
    .map((name) => `'${name}': '${numbers.has(name) ? 'BIGINT' : 'VARCHAR'}'`)
    .join(', ');
  const list = filesOf(input)
    .map((file) => `'${file}'`)
    .join(', ');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(`
    WITH log AS (SELECT * FROM read_csv([${list}], delim = ' ', header = true, auto_detect = false,
        nullstr = '-', quote = '', escape = '', columns = {${columns}})),
    groups AS (SELECT "account-id", region, "vpc-id", "interface-id", "az-id", action, "log-status",
        "flow-direction", "traffic-path", "pkt-src-aws-service", "pkt-dst-aws-service",
        CASE WHEN dstaddr <> "pkt-dstaddr" THEN 'out' WHEN srcaddr <> "pkt-srcaddr" THEN 'in' END AS side,
        CASE WHEN dstaddr <> "pkt-dstaddr" THEN srcaddr ELSE dstaddr END AS client,
        sum(bytes) AS bytes, count(*) AS records, min(start) AS first, max("end") AS last
      FROM log GROUP BY ALL)
    SELECT sum(records)::VARCHAR, sum(bytes) FILTER (action = 'ACCEPT')::VARCHAR,
      sum(bytes) FILTER (action = 'ACCEPT' AND side = 'out')::VARCHAR,
      sum(bytes) FILTER (action = 'ACCEPT' AND side = 'in')::VARCHAR FROM groups`);
  const [records, bytes, natOut, natIn] = (reader.getRows()[0] ?? []).map(String);
  return { records: Number(records), bytes: bytes ?? '', natOut: natOut ?? '', natIn: natIn ?? '' };
}

/** Only inflating, on as many threads as there are processors. */
async function inflate(input: string): Promise<Found> {
  const { availableParallelism } = await import('node:os');
  const files = [...filesOf(input)];
  const drive = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(fileURLToPath(import.meta.url));
      const next = () => {
        const file = files.shift();
        if (file !== undefined) worker.postMessage(file);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', next).on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, drive));
  return nothing;
}

async function inflateFile(file: string): Promise<number> {
  let bytes = 0;
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  for await (const chunk of source.pipe(createGunzip({ chunkSize: 1024 * 1024 }))) {
    bytes += chunk.length;
  }
  return bytes;
}

/** csv-parse, splitting the fields of one gzip file and doing nothing with them. */
async function csvParse(input: string): Promise<Found> {
  const { parse } = await import('csv-parse');
  let records = 0;
  const [file = ''] = filesOf(input);
  const parser = parse({ delimiter: ' ', from_line: 2, quote: null });
  for await (const _ of createReadStream(file).pipe(createGunzip()).pipe(parser)) records++;
  return { ...nothing, records };
}

const contenders: Readonly<Record<string, (input: string) => Promise<Found>>> = {
  pathfare,
  duckdb,
  inflate,
  'csv-parse': csvParse,
};

if (!isMainThread) {
  parentPort?.on('message', (file: string) => {
    inflateFile(file).then(
      (bytes) => parentPort?.postMessage(bytes),
      (error: unknown) => {
        throw error;
      },
    );
  });
} else if (process.argv[2] !== undefined) {
  const [, , name = '', input = ''] = process.argv;
  const found = await contenders[name]?.(input);
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ ...found, peakMegabytes }));
}
