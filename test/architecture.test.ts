import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkPathNames } from '../src/cost/paths/index.js';
import { allImports, circleIn, type Import, importsOf, sourceFiles } from './support/imports.js';

/**
 * Who may import whom: each sub-room, from the lowest up, and those below it that it may import; `(t)`: types only.
 * What is not here is refused, a new sub-room too.
 */
const walls: Readonly<Record<string, string>> = {
  base: '',
  'base/node': 'base',
  'cost/facts': 'base',
  pricing: '',
  'pricing/card': 'base, base/node, pricing',
  'cost/price': 'base, pricing, pricing/card(t)',
  'cost/paths': 'base, cost/facts, cost/price, pricing(t), pricing/card(t)',
  'traffic/profile': 'base',
  'cost/demand': 'base, cost/facts, cost/paths, cost/price, pricing/card(t), traffic/profile(t)',
  'cost/compare':
    'base, cost/demand, cost/facts, cost/paths, cost/price, pricing(t), pricing/card(t), traffic/profile(t)',
  'report/draw': 'base, cost/compare(t), cost/price(t)',
  'cli/kit': 'base, base/node, report/draw',
  'pricing/fetch': 'base, base/node, pricing, pricing/card',
  'report/comparison': 'base, cost/compare(t), cost/paths, cost/price(t), report/draw',
  'traffic/addresses': 'base, base/node',
  'traffic/findings': 'base, traffic/profile(t)',
  'traffic/records': 'base',
  'traffic/scanner': 'base, traffic/addresses, traffic/findings(t), traffic/records',
  'traffic/attribution':
    'base, traffic/addresses, traffic/findings, traffic/profile, traffic/scanner',
  'report/lookups':
    'base, cost/compare(t), cost/facts(t), cost/paths, report/draw, traffic/attribution(t)',
  'traffic/sources': 'base, base/node',
  'traffic/unpack': 'base, traffic/sources',
  'traffic/forms': 'traffic/records, traffic/scanner, traffic/sources, traffic/unpack',
  'traffic/scan':
    'base, base/node, traffic/findings, traffic/forms, traffic/profile(t), traffic/records, traffic/scanner, traffic/sources, traffic/unpack(t)',
  'traffic/summary': 'base, traffic/findings, traffic/profile',
  traffic:
    'base, traffic/addresses, traffic/attribution, traffic/findings, traffic/forms, traffic/profile, traffic/scan, traffic/sources, traffic/summary',
  'cli/flags':
    'base, base/node, cli/kit, cost/compare(t), cost/paths, cost/price, pricing/card, pricing/fetch, report/comparison, report/lookups, traffic, traffic/addresses, traffic/attribution(t), traffic/findings, traffic/profile, traffic/records',
  'cost/forecast': '',
  'cost/outlook':
    'base, cost/compare, cost/demand, cost/forecast, cost/paths, cost/price, pricing/card(t)',
  'report/budget':
    'base, cost/compare, cost/demand, cost/facts, cost/outlook, cost/paths, cost/price, pricing/card(t), report/comparison, report/draw',
  'report/html': 'base, cost/paths, cost/price, report/budget, report/draw',
  library:
    'base, cost/compare, cost/demand, cost/outlook, cost/paths, cost/price(t), pricing(t), pricing/card, report/budget, report/comparison, report/draw, report/html, traffic, traffic/addresses, traffic/attribution(t), traffic/findings(t), traffic/profile',
  'cli/report':
    'base, base/node, cli/kit, cost/demand(t), cost/outlook(t), cost/price, library, pricing/card, report/budget, report/draw',
  'report/prices': 'base, pricing, pricing/card, report/draw',
  'cli/commands':
    'base, base/node, cli/flags, cli/kit, cli/report, cost/compare, cost/demand, cost/facts, cost/price, library, pricing/card, pricing/fetch(t), report/budget, report/lookups, report/prices, traffic/addresses, traffic/attribution(t), traffic/profile(t), traffic/summary',
  cli: 'base, cli/commands, cli/kit',
  bin: 'base/node, cli, cli/kit',
  browser: 'base, cost/demand(t), cost/outlook, report/draw',
  front:
    'base, cost/compare, cost/facts, cost/paths, cost/price, library, pricing/card, report/budget(t), traffic/profile(t), traffic/summary',
};

/** What a log shows of a path is a fact of logs; and two discounts are named after the services of AWS's that two paths are. */
const mayNamePaths = /^(traffic\/attribution\/|pricing\/(further-)?rates\.ts$)/;

const source = join(import.meta.dirname, '../src');
const mostFiles = 15;
const imports = allImports(source);
const roomOf = (file: string) => (dirname(file) === '.' ? 'front' : dirname(file));

const entriesOf = (room: string, table = walls) => (table[room] ?? '').split(/,? +/);

function isAllowed({ from, to, types }: Import, entries = entriesOf(roomOf(from))): boolean {
  const room = roomOf(to);
  return (
    room === roomOf(from) || entries.includes(room) || (types && entries.includes(`${room}(t)`))
  );
}

function arrowsBetween(nameOf: (file: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [nameOf(from), nameOf(to)];
    if (a !== b) arrows.set(a, (arrows.get(a) ?? new Set()).add(b));
  }
  return arrows;
}

describe('the house', () => {
  it('has no import over a wall', () => {
    const refused = imports.filter((each) => !isAllowed(each));
    expect(refused.map(({ from, to, types }) => `${from} → ${to}${types ? ' (t)' : ''}`)).toEqual(
      [],
    );
  });

  it('has a line in the table for each sub-room, and no line that nothing needs', () => {
    const rooms = new Set(sourceFiles(source).map(roomOf));
    expect([...rooms].sort()).toEqual(Object.keys(walls).sort());
    const unused = Object.keys(walls).flatMap((room) =>
      entriesOf(room)
        .filter((entry) => entry !== '' && !isNeeded(room, entry))
        .map((entry) => `${room}: ${entry}`),
    );
    expect(unused).toEqual([]);
  });

  it('imports files that are there', () => {
    const files = new Set(sourceFiles(source));
    expect(imports.filter(({ to }) => !files.has(to) && to.startsWith('..') === false)).toEqual([]);
    expect(imports.length).toBeGreaterThan(500);
  });

  it('has no circle of files and none of sub-rooms', () => {
    expect(circleIn(arrowsBetween((file) => file))).toBeNull();
    expect(circleIn(arrowsBetween(roomOf))).toBeNull();
  });

  it('writes the names of network paths in cost/paths only', () => {
    // The word `unknown` stands for other things, too; as a path it is a constant of traffic/profile.
    const names = networkPathNames.filter((name) => name !== 'unknown').join('|');
    const quoted = new RegExp(`(['"\`])(?:${names})\\1|[pP]ath\\w* [!=]== 'unknown'`);
    const users = sourceFiles(source)
      .filter((file) => !file.startsWith('cost/paths/') && !mayNamePaths.test(file))
      .filter((file) => quoted.test(readFileSync(join(source, file), 'utf8')));
    expect(users).toEqual([]);
  });

  it('asks for a network path through the list of them', () => {
    const single = imports.filter(
      ({ from, to }) =>
        dirname(to) === 'cost/paths' &&
        dirname(from) !== 'cost/paths' &&
        networkPathNames.some((name) => to.endsWith(`/${name}.ts`)),
    );
    expect(single).toEqual([]);
  });

  it('looks at the environment in one place, and never writes to it', () => {
    const users = sourceFiles(source).filter((file) =>
      readFileSync(join(source, file), 'utf8').includes('process.env'),
    );
    expect(users).toEqual(['cli/kit/effects.ts']);
  });

  it(`has no folder of more than ${mostFiles} files`, () => {
    const counts = new Map<string, number>();
    for (const file of sourceFiles(source))
      counts.set(roomOf(file), (counts.get(roomOf(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([]);
  });
});

/** Whether some import would be refused without the entry. */
function isNeeded(room: string, entry: string): boolean {
  const others = entriesOf(room).filter((each) => each !== entry);
  return imports.some((each) => roomOf(each.from) === room && !isAllowed(each, others));
}

describe('the scan of imports', () => {
  const scan = (code: string) => importsOf('cost/paths/a.ts', code);

  it.each([
    ["import { a } from '../../pricing/x.js';", 'pricing/x.ts', false],
    ["import { type A, b } from '../../pricing/x.js';", 'pricing/x.ts', false],
    ["import { type A, type B } from '../../pricing/x.js';", 'pricing/x.ts', true],
    ["import type { A } from '../../pricing/x.js';", 'pricing/x.ts', true],
    ["import {\n  type A,\n} from '../../pricing/x.js';", 'pricing/x.ts', true],
    ["export * from '../../pricing/x.js';", 'pricing/x.ts', false],
    ["export type { A } from './b.js';", 'cost/paths/b.ts', true],
    ["const a = () => import('../../pricing/x.js');", 'pricing/x.ts', false],
    ["import '../x.js';", 'cost/x.ts', false],
  ])('reads %s', (code, to, types) => {
    expect(scan(code)).toEqual([{ from: 'cost/paths/a.ts', to, types }]);
  });

  it('reads one import after another, and none of a package', () => {
    const code =
      "import { a } from 'node:fs';\nimport { b } from './b.js';\nimport c from './c.js';";
    expect(scan(code).map(({ to }) => to)).toEqual(['cost/paths/b.ts', 'cost/paths/c.ts']);
  });

  it('refuses what the table does not name', () => {
    const entries = ['base', 'pricing/card(t)'];
    const refused = (code: string) => scan(code).filter((each) => !isAllowed(each, entries));
    expect(refused("import { a } from '../../pricing/card/x.js';")).toHaveLength(1);
    expect(refused("import type { A } from '../../pricing/card/x.js';")).toHaveLength(0);
    expect(refused("import { a } from '../../base/x.js';")).toHaveLength(0);
    expect(refused("import type { A } from '../compare/x.js';")).toHaveLength(1);
  });

  it('finds a circle', () => {
    const arrows = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(circleIn(arrows)).toEqual(['b', 'c', 'b']);
  });
});
