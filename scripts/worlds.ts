/**
 * Holds the reading of flow logs to its laws on generated worlds: `npm run worlds -- --count 100000`. A seed is a world: `--seed N`
 * reads that one again, and tells all of it. Worlds that break a law are made as small as they get, and told by kind. Interrupted, it
 * tells of those that it has read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { worldOf } from '../test/traffic/worlds/build-world.js';
import { checkWorld, LogFolder } from '../test/traffic/worlds/check-world.js';
import { describeWorld, kindOf } from '../test/traffic/worlds/describe-world.js';
import type { Law, Violation } from '../test/traffic/worlds/laws.js';
import { shrinkWorld } from '../test/traffic/worlds/shrink-world.js';
import { makeTellable } from '../test/traffic/worlds/tellable.js';
import type { World } from '../test/traffic/worlds/world.js';

const { values } = parseArgs({
  options: {
    /** How many worlds, from the first seed on. */
    count: { type: 'string' },
    /** The first seed; without `--count` the only one. */
    seed: { type: 'string' },
    /** Also worlds whose logs don't tell enough to count each byte once. */
    hard: { type: 'boolean', default: false },
    /** How many kinds of failures are shown. */
    show: { type: 'string', default: '40' },
  },
});

interface Kind {
  readonly name: string;
  worlds: number;
  readonly example: World;
  readonly violations: readonly Violation[];
}

const first = Number(values.seed ?? 1);
const count = Number(values.count ?? (values.seed === undefined ? 3000 : 1));
const { hard } = values;
const parent = mkdtempSync(join(tmpdir(), 'pathfare-worlds-'));
const folder = new LogFolder(parent);
const check = (world: World, only?: Law) => checkWorld(world, folder, only);
const prepare = hard ? (world: World) => world : makeTellable;
const kinds = new Map<string, Kind>();
const began = process.cpuUsage();
let ended = 0;
let broken = 0;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (isInterrupted = true));
try {
  for (let seed = first; seed < first + count && !isInterrupted; seed++) {
    const world = worldOf(seed, { hard });
    const violations = await check(world);
    if (count === 1) process.stdout.write(`${describeWorld(world)}\n${tell(violations)}\n`);
    if (violations.length > 0) broken++;
    for (const law of new Set(violations.map((violation) => violation.law))) {
      // Copies fail in the same way whatever they are copies of: one example is enough.
      const isKnown = law === 'copy' && kinds.has(law);
      const example = isKnown ? world : await smallest(world, law);
      const name = law === 'copy' ? law : `${law}: ${kindOf(example)}`;
      const kind = kinds.get(name) ?? {
        name,
        worlds: 0,
        example,
        violations: (await check(example)).filter((violation) => violation.law === law),
      };
      kind.worlds++;
      kinds.set(name, kind);
    }
    ended++;
  }
} finally {
  rmSync(parent, { recursive: true, force: true });
}
const used = process.cpuUsage(began);
const seconds = ((used.user + used.system) / 1e6).toFixed(1);
process.stdout.write(`${ended} worlds, ${broken} break a law, ${seconds} s of CPU\n`);
const ordered = [...kinds.values()].sort((a, b) => b.worlds - a.worlds);
for (const { name, worlds, example, violations } of ordered.slice(0, Number(values.show))) {
  process.stdout.write(
    `\n${name} (${worlds} worlds)\n${tell(violations)}\n${describeWorld(example)}\n  npm run worlds -- --seed ${example.seed}${hard ? ' --hard' : ''}\n`,
  );
}
if (broken > 0) process.exitCode = 1;

function smallest(world: World, law: Law): Promise<World> {
  return shrinkWorld(world, law, { check: (smaller) => check(smaller, law), prepare });
}

function tell(violations: readonly Violation[]): string {
  return violations.map(({ law, what }) => `  ${law}: ${what}`).join('\n');
}
