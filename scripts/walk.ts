/**
 * Follows a byte, a row and a price through the program: builds a copy of it with a call at the beginning of every
 * named function, runs a command, and counts. Functions count at their first entry. A *return* is such an entry in a
 * file that the run had left for another. Few files and few returns mean that the code reads in the order of its work.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseSync, Visitor } from 'oxc-parser';
import { startPriceListServer } from '../test/support/price-list-server.js';

/** What a run entered. */
export interface Walk {
  readonly functions: number;
  readonly files: number;
  readonly returns: number;
}

interface Place {
  readonly at: number;
  readonly text: string;
}

interface Instrumented {
  readonly folder: string;
  /** The file of each function, by the function's number. */
  readonly files: readonly string[];
}

/** Builds a copy of the program below a folder, and puts a call at the beginning of every function. */
export function instrument(root: string, folder: string): Instrumented {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    rootDir: join(root, 'src'),
    outDir: join(folder, 'dist'),
  };
  const [include, exclude] = [[join(root, 'src')], [join(root, 'src/browser')]];
  const settings = { extends: join(root, 'tsconfig.json'), compilerOptions, include, exclude };
  writeFileSync(config, JSON.stringify(settings));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const built = spawnSync(process.execPath, [tsc, '-p', config], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the copy does not build:\n${built.stdout}`);
  for (const name of ['pricing-cache', 'package.json', 'node_modules'])
    symlinkSync(join(root, name), join(folder, name));
  const files: string[] = [];
  for (const file of scriptsBelow(join(folder, 'dist'))) {
    writeFileSync(
      file,
      marked(readFileSync(file, 'utf8'), file, () => files.push(file) - 1),
    );
  }
  return { folder, files };
}

function scriptsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The text with a call of `entered(number)` at the beginning of every function. */
function marked(text: string, file: string, nextNumber: () => number): string {
  const places: Place[] = [];
  const call = () => `globalThis.entered?.(${nextNumber()})`;
  const enter = ({ body }: { body: { type: string; start: number; end: number } | null }) => {
    if (body === null) return;
    const { type, start, end } = body;
    if (type === 'BlockStatement') places.push({ at: start + 1, text: `${call()};` });
    else places.push({ at: start, text: `(${call()},` }, { at: end, text: ')' });
  };
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  new Visitor({
    FunctionDeclaration: enter,
    MethodDefinition: ({ value }) => enter(value),
    VariableDeclarator: ({ init }) => {
      if (init?.type === 'ArrowFunctionExpression') enter(init);
    },
  }).visit(program);
  return inserted(text, places);
}

function inserted(text: string, places: readonly Place[]): string {
  let result = '';
  let from = 0;
  for (const { at, text: added } of places.toSorted((a, b) => a.at - b.at)) {
    result += text.slice(from, at) + added;
    from = at;
  }
  return result + text.slice(from);
}

/** Runs the copy with arguments, and counts what it entered. */
export async function walk(
  { folder, files }: Instrumented,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Walk> {
  const [trace, out] = [join(folder, 'trace.mjs'), join(folder, 'trace.txt')];
  writeFileSync(trace, tracer(out));
  const program = join(folder, 'dist/bin/pathfare.js');
  const child = spawn(process.execPath, ['--import', pathToFileURL(trace).href, program, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      PATHFARE_CACHE_DIR: join(folder, 'cache'),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  if (code !== 0)
    throw new Error(`pathfare ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${stderr}`);
  const entered = readFileSync(out, 'utf8').trim().split('\n').map(Number);
  return countOf(entered.map((number) => files[number] ?? ''));
}

/**
 * Writes the numbers of the functions that the main thread entered, in the order of their first entry. The seeds of the
 * hash tables are the same in every run: which groups meet in one place decides what is entered, and when.
 */
const tracer = (out: string) => `import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
Math.random = () => 0.5;
const entered = new Set();
globalThis.entered = (number) => { entered.add(number); };
if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(out)}, [...entered].join('\\n')));
`;

/** Counts the files of a walk, and its steps back into a file that it had left. */
export function countOf(steps: readonly string[]): Walk {
  const seen = new Set<string>();
  let returns = 0;
  let last: string | undefined;
  for (const file of steps) {
    if (file !== last && seen.has(file)) returns++;
    seen.add(file);
    last = file;
  }
  return { functions: steps.length, files: seen.size, returns };
}

/** The three walks that stand in docs/architecture.md, by their names there. */
export async function allWalks(root: string, folder: string): Promise<ReadonlyMap<string, Walk>> {
  const copy = instrument(root, folder);
  const log = join(folder, 'flow-log.log.gz');
  writeFileSync(log, gzipSync(readFileSync(join(root, 'examples/flow-log.log'))));
  const byte = await walk(copy, ['compare', log, '--region', 'us-east-1']);
  const row = await walk(copy, ['compare', join(root, 'examples/small-vpc.csv')]);
  await using prices = await startPriceListServer();
  const price = await walk(copy, ['prices', 'refresh', '--region', 'eu-west-1'], {
    AWS_ENDPOINT_URL_PRICING: prices.url,
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
  });
  return new Map([
    ['a byte: `compare` of a gzip flow log', byte],
    ['a row: `compare` of a summary CSV', row],
    ['a price: `prices refresh`', price],
  ]);
}

/** The walks as the table in docs/architecture.md. */
export function walkTable(walks: ReadonlyMap<string, Walk>): string {
  const rows = [...walks].map(
    ([name, { functions, files, returns }]) => `| ${name} | ${functions} | ${files} | ${returns} |`,
  );
  return ['| way of | functions | files | returns |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = process.cwd();
  const walks = await allWalks(root, join(root, '.tmp/walk'));
  process.stdout.write(`${walkTable(walks)}\n`);
}
