import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../src/base/errors.js';
import { costFindingCodes } from '../src/cost/compare/findings.js';
import { pricingFindingCodes } from '../src/pricing/card/findings.js';
import { reportFindingCodes } from '../src/report/budget/findings.js';
import { trafficFindingCodes } from '../src/traffic/findings/findings.js';
import { commandsIn, withRealOutput } from './support/doc-sessions.js';
import { root, runCli } from './support/run-cli.js';

const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Every command by its words, groups opened. */
async function commandNames(prefix: readonly string[] = []): Promise<readonly string[]> {
  const { stdout } = await runCli([...prefix, '--help']);
  const listed = /^Commands:\n([^]*?)\n\n/m.exec(stdout)?.[1] ?? '';
  const words = [...listed.matchAll(/^ {2}pathfare ([a-z -]*[a-z])/gm)].map(
    ([, name = '']) => name,
  );
  const inner = await Promise.all(words.map((name) => commandNames(name.split(' '))));
  return words.flatMap((name, index) => (inner[index]?.length ? inner[index] : [name]));
}

const names = await commandNames();
const findingCodes = [
  ...costFindingCodes,
  ...trafficFindingCodes,
  ...pricingFindingCodes,
  ...reportFindingCodes,
];

/** Every flag that the help of a command lists. */
async function flagsOf(command: string): Promise<readonly string[]> {
  const { stdout } = await runCli([...command.split(' '), '--help']);
  return [...stdout.matchAll(/^ +(?:-[a-z], +)?(--[a-z0-9-]+)/gm)].map(([, flag = '']) => flag);
}

describe('the documents', () => {
  // "npm run docs" writes the present output into them.
  it.each(documents)('%s shows what its commands print', async (file) => {
    const text = file === 'docs/commands.md' ? withEveryHelp(read(file)) : read(file);
    await expect(await withRealOutput(text)).toMatchFileSnapshot(join(root, file));
  });

  it('run the first two commands that a reader meets', () => {
    expect(commandsIn(read('README.md'))[0]).toMatch(/^pathfare compare examples\//);
    expect(read('README.md')).toContain('npm ci && npm run demo');
  });

  it('hold the help of every command, and so every flag', () => {
    expect(names.length).toBeGreaterThan(5);
    expect(commandsIn(read('docs/commands.md'))).toEqual(
      expect.arrayContaining(names.map((name) => `pathfare ${name} --help`)),
    );
  });

  it('name every command in README', () => {
    const text = read('README.md');
    expect(names.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
  });

  it('tell every finding', () => {
    const told = [...read('docs/findings.md').matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map(
      ([, code = '']) => code,
    );
    expect(told.toSorted()).toEqual(findingCodes.toSorted());
  });

  it('tell every exit code', () => {
    const told = [...read('docs/commands.md').matchAll(/^\| (\d) +\|/gm)].map(([, code]) =>
      Number(code),
    );
    expect(told).toEqual(Object.values(exitCodes));
  });

  it('name in the changelog each flag, finding and exit code', async () => {
    const text = read('CHANGELOG.md');
    const flags = new Set((await Promise.all(names.map(flagsOf))).flat());
    expect(flags.size).toBeGreaterThan(40);
    const shown = [...flags, ...findingCodes, ...Object.values(exitCodes)];
    expect(shown.filter((each) => !text.includes(`\`${each}\``))).toEqual([]);
  });

  it('name files that are there', () => {
    const named = documents.flatMap((file) =>
      [
        ...read(file).matchAll(
          /(?<![\w/.])(?:assembly|bench|pricing-cache|scripts|src|test)\/[\w./-]*\w/g,
        ),
      ].map(([name]) => name),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it('are all found from README', () => {
    const text = read('README.md');
    expect(documents.slice(1).filter((file) => !text.includes(`](${file})`))).toEqual([]);
  });

  it('say what each dependency is for', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const text = read('docs/architecture.md');
    const named = Object.keys({ ...dependencies, ...devDependencies });
    const own = named.filter((name) => !name.startsWith('@types/'));
    expect(own.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('link to files that are there', () => {
    const broken = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
        .map(([, target = '']) => join(root, file, '..', target))
        .filter((target) => !readable(target)),
    );
    expect(broken).toEqual([]);
  });
});

/** The document with a section for each command under its marker; their output is filled in later. */
function withEveryHelp(text: string): string {
  const [start = ''] = text.split(/(?<=^<!-- From here on .*-->\n)/m);
  const sections = ['', ...names].map((name) => {
    const command = ['pathfare', name].join(' ').trim();
    return `\n## ${command}\n\n\`\`\`console\n$ ${command} --help\n\`\`\`\n`;
  });
  return start + sections.join('');
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length >= 0;
  } catch {
    return false;
  }
}
