import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A line of code in a file of a room, and the lint rule that refuses it, or null where it is welcome. */
type Sample = readonly [file: string, code: string, rule: string | null];

const imports = 'eslint(no-restricted-imports)';
const globals = 'eslint(no-restricted-globals)';
const node = 'import(no-nodejs-modules)';
const assertions = 'typescript(consistent-type-assertions)';

const samples: readonly Sample[] = [
  // cost and report do no I/O, read no clock and run in a browser
  ['src/cost', `import { a } from 'node:fs'; a();`, node],
  ['src/cost', `export const a = new Date();`, globals],
  ['src/cost', `export const a = Date.now();`, globals],
  ['src/cost', `export const a = performance.now();`, globals],
  ['src/cost', `export const a = process.env;`, globals],
  ['src/cost', `export const a = Buffer.from('');`, globals],
  ['src/cost', `export const a = fetch('');`, globals],
  ['src/report', `import { a } from 'node:fs'; a();`, node],
  ['src/report', `export const a = new Date();`, globals],
  ['src/report', `export const a = Date.now();`, globals],
  ['src/report', `export const a = performance.now();`, globals],
  ['src/report', `export const a = process.env;`, globals],
  ['src/report', `export const a = Buffer.from('');`, globals],
  ['src/report', `export const a = fetch('');`, globals],
  // the what-if of the HTML report is the cost model in a browser
  ['src/browser', `import { a } from 'node:fs'; a();`, node],
  ['src/browser', `export const a = fetch('');`, globals],
  ['src/traffic', `export { readFile } from 'node:fs/promises';`, null],
  ['src/pricing', `export { readFile } from 'node:fs/promises';`, null],
  // the command line is the one that knows a terminal, and its entry the one that ends the process
  ['src/traffic', `export const a = process.stdout;`, globals],
  ['src/pricing', `export const a = process.env;`, globals],
  ['src/pricing', `import { a } from 'node:tty'; a();`, imports],
  ['src', `export const a = process.argv;`, globals],
  ['src/cli', `process.exit(1);`, 'unicorn(no-process-exit)'],
  ['src/cli', `console.log('a');`, 'eslint(no-console)'],
  ['src/cli', `export const a = process.stdout;`, null],
  ['src/cli', `export const a = () => import('../pricing/x.js');`, null],
  ['src/bin', `process.exit(1);`, null],
  // types are earned, not asserted
  ['src/cli', `export const a = (b: unknown) => b as string;`, assertions],
  ['src/cli', `export const a = ['b'] as const;`, null],
  ['src/cli', `export const a = (b: string | null) => b!;`, 'typescript(no-non-null-assertion)'],
  ['src/cli', `export const a = (b: any) => [b];`, 'typescript(no-explicit-any)'],
  ['src/cli', `export const a: string = JSON.parse('');`, 'typescript(no-unsafe-assignment)'],
  ['src/cli', `export const a = async () => {}; a();`, 'typescript(no-floating-promises)'],
  [
    'src/cli',
    `export function a(b: 'x' | 'y') { switch (b) { case 'x': return 1; } return 2; }`,
    'typescript(switch-exhaustiveness-check)',
  ],
  ['src/cli', `export function a() {\n${'a();\n'.repeat(60)}}`, 'eslint(max-lines-per-function)'],
  ['src/cli', `export const a = 'a'.localeCompare('b');`, 'eslint(no-restricted-properties)'],
  // a test that asserts nothing is no test
  ['test', `import { it } from 'vitest'; it('a', () => {});`, 'vitest(expect-expect)'],
  [
    'test',
    `import { it, expect } from 'vitest'; it.only('a', () => { expect(1).toBe(1); });`,
    'vitest(no-focused-tests)',
  ],
];

const project = mkdtempSync(join(tmpdir(), 'pathfare-lint-'));
const root = join(import.meta.dirname, '..');
const name = (index: number) => `${samples[index]?.[0]}/sample-${index}.ts`;
let rulesByFile: ReadonlyMap<string, readonly string[]>;

/** Lints every sample under the project's own rules, in a folder shaped like the project. */
beforeAll(() => {
  for (const file of ['.oxlintrc.json', 'tsconfig.json'])
    cpSync(join(root, file), join(project, file));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  for (const [index, [, code]] of samples.entries()) {
    mkdirSync(join(project, dirname(name(index))), { recursive: true });
    writeFileSync(join(project, name(index)), code);
  }
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '-f', 'json', 'src', 'test'], {
    cwd: project,
    encoding: 'utf8',
  });
  const { diagnostics }: { diagnostics: { code: string; filename: string }[] } = JSON.parse(stdout);
  rulesByFile = new Map(
    samples.map((_, index) => [
      name(index),
      diagnostics.filter((one) => one.filename === name(index)).map((one) => one.code),
    ]),
  );
});
afterAll(() => rmSync(project, { recursive: true }));

describe('the lint rules of the house', () => {
  for (const [index, [folder, code, rule]] of samples.entries()) {
    it(`${folder} ${rule === null ? 'welcomes' : 'refuses'} ${code}`, () => {
      expect(rulesByFile.get(name(index))).toEqual(
        rule === null ? [] : expect.arrayContaining([rule]),
      );
    });
  }
});
