import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/**
 * How long the built program takes to start, beside the least that node itself takes. The commands run in
 * turn, round by round, so that whatever else the machine does falls on all of them alike.
 *
 * Usage: npm run bench:startup [-- ROUNDS]
 */
interface Command {
  readonly name: string;
  readonly args: readonly string[];
  /** The most that the command should take, as a multiple of `node -e 0`. */
  readonly aim?: number;
}

const program = 'dist/bin/pathfare.js';
const estimate = 'estimate --region us-east-1 --service s3 --gb-out 1000 --gb-in 4000';
const bare: Command = { name: 'node -e 0', args: ['-e', '0'] };
const commands: readonly Command[] = [
  bare,
  { name: 'pathfare --version', args: [program, '--version'], aim: 1.5 },
  { name: `pathfare ${estimate}`, args: [program, ...estimate.split(' ')], aim: 3 },
];
const warmUpRounds = 3;

/** Runs a command once and returns the milliseconds from its start to its end. */
function time({ name, args }: Command): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const elapsed = performance.now() - start;
  if (status !== 0) throw new Error(`${name} ended with exit code ${status}: ${stderr}`);
  return elapsed;
}

/** Runs every command once a round, each round beginning with another one, after a warm-up. */
function measure(rounds: number): ReadonlyMap<Command, readonly number[]> {
  const times = new Map<Command, number[]>(commands.map((command) => [command, []]));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const first = (round + warmUpRounds) % commands.length;
    for (const command of [...commands.slice(first), ...commands.slice(0, first)]) {
      const elapsed = time(command);
      if (round >= 0) times.get(command)?.push(elapsed);
    }
  }
  return times;
}

/** The value that the given share of the values does not exceed; 0.5 is the median. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

/**
 * The results as a table: median and middle eight tenths in milliseconds, and the median of the ratios to
 * bare node, each taken within its round, since a busy machine slows a whole round.
 */
function table(times: ReadonlyMap<Command, readonly number[]>): string {
  const base = times.get(bare) ?? [];
  const rows = [...times].map(([{ name, aim }, values]) => {
    const median = quantile(values, 0.5).toFixed(1);
    const spread = `${quantile(values, 0.1).toFixed(1)}–${quantile(values, 0.9).toFixed(1)}`;
    const ratios = values.map((value, round) => value / (base[round] ?? Number.NaN));
    return [name, median, spread, quantile(ratios, 0.5).toFixed(2), String(aim ?? '')];
  });
  const head = ['command', 'median ms', '10–90 %', '× node', 'aim'];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
  return [head, ...rows].map((row) => line(row).join('  ').trimEnd()).join('\n');
}

const rounds = Number(process.argv[2] ?? 30);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('ROUNDS must be 1 or more');
console.log(
  `node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, ${rounds} rounds\n`,
);
console.log(table(measure(rounds)));
