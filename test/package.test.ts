import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { generatedRows, textOf } from './traffic/generated-log.js';

/** A program of somebody who installed the package: from a CSV to the plan, and an expected failure. */
const program = `
import { Readable } from 'node:stream';
import { compare, type Comparison, formatComparison, loadRateCard, loadTraffic, PathfareError, reportHtml, type types } from 'pathfare';
import manifest from 'pathfare/package.json' with { type: 'json' };
import schema from 'pathfare/schemas/comparison-1.json' with { type: 'json' };

async function compareCsv(csv: string): Promise<Comparison> {
  const stdin = Readable.from([Buffer.from(csv)]);
  const { profiles } = await loadTraffic(['-'], { region: 'us-east-1' }, { stdin });
  const card = await loadRateCard('us-east-1');
  return compare({ profiles, rateCards: [card], assumptions: { nat: 'keep' } });
}

const comparison = await compareCsv('service,path,gb_out,gb_in\\ns3,nat-gateway,1000,4000\\n');
const choice: types.PlanChoice | undefined = comparison.regions[0]?.plan.choices[0];
const markdown = formatComparison(comparison, 'markdown');
console.log(manifest.name, choice?.path, markdown.includes('gateway'), typeof reportHtml, schema.$id === comparison.$schema);

try {
  await compareCsv('');
} catch (error) {
  if (!(error instanceof PathfareError)) throw error;
  console.log(error.exitCode, error.message, error.hint);
}
`;

/** The examples of docs/library.md, each a program. */
const examples = [
  ...readFileSync(join(import.meta.dirname, '../docs/library.md'), 'utf8').matchAll(
    /```ts\n(.*?)```/gs,
  ),
].map(([, code = '']) => code);

const root = join(import.meta.dirname, '..');
const lock: {
  readonly packages: Readonly<
    Record<
      string,
      { readonly dev?: boolean; readonly optional?: boolean; readonly integrity?: string }
    >
  >;
} = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const consumer = mkdtempSync(join(tmpdir(), 'pathfare-consumer-'));
const installed = join(consumer, 'node_modules/pathfare');
let packed: readonly string[];

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const strictly = [
  '--strict',
  '--exactOptionalPropertyTypes',
  '--skipLibCheck',
  'false',
  '--module',
  'nodenext',
  '--target',
  'es2023',
  '--types',
  'node',
  '--resolveJsonModule',
];

/** Runs a program to its end, in the consumer's folder unless told. */
function run(command: string, args: readonly string[], cwd = consumer) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Makes a link in the consumer's node_modules, as an install would leave it there. */
function link(name: string, target: string): void {
  const place = join(consumer, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place);
}

/** Packs the built project and lays it out as npm would, the dependencies linked instead of fetched. */
beforeAll(() => {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('Run "npm run build" first.');
  const pack = run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', consumer],
    root,
  );
  const [report]: { filename: string; files: { path: string }[] }[] = JSON.parse(pack.stdout);
  if (report === undefined) throw new Error(pack.stderr);
  packed = report.files.map((file) => file.path);
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', report.filename, '--strip-components=1', '-C', installed]);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    link(name, join(root, 'node_modules', name));
  }
  link('.bin/pathfare', join('../pathfare', manifest.bin.pathfare));
});
afterAll(() => rmSync(consumer, { recursive: true }));

describe('the package', () => {
  it('holds the program, its rates and its papers', () => {
    const expected = [
      'LICENSE',
      'dist/bin/pathfare.js',
      'dist/index.d.ts',
      'dist/index.js',
      'package.json',
      'pricing-cache/rates/us-east-1.json',
      'schemas/comparison-1.json',
    ];
    expect(expected.filter((file) => !packed.includes(file))).toEqual([]);
  });

  it('holds nothing else', () => {
    const expected =
      /^(dist\/(index|chunks\/[^/]+|bin\/pathfare|browser\/what-if|traffic\/scan\/worker)\.js|dist\/(?!cli\/).+\.d\.ts|dist\/THIRD-PARTY-NOTICES\.md|pricing-cache\/.+|schemas\/[^/]+\.json|LICENSE|package\.json|[A-Z]+\.md)$/;
    expect(packed.filter((file) => !expected.test(file))).toEqual([]);
  });

  it('brings few packages: what is only bundled is none of its dependencies', () => {
    const production = Object.entries(lock.packages)
      .filter(([place, { dev }]) => place !== '' && dev !== true)
      .map(([place]) => place.replace(/^.*node_modules\//, ''));
    const own = production.filter((name) => !/^@(aws-sdk|aws-crypto|aws|smithy)\//.test(name));
    expect(own).toContain('decimal.js');
    expect(own.length).toBeLessThanOrEqual(25);
    expect(production.filter((name) => name.startsWith('@aws-sdk/client-'))).toEqual([
      '@aws-sdk/client-pricing',
    ]);
  });

  it('has the license text of each package whose code is in its files', () => {
    const notices = readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.md'), 'utf8');
    // The bundler names the file of each piece of code in a comment; the page's script is minified, and has decimal.js only.
    const code = packed
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(installed, file), 'utf8'));
    const named = code.flatMap((text) => [
      ...text.matchAll(
        /^\/\/ (?:\.\.\/)*(node_modules\/(?:.+\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//gm,
      ),
    ]);
    const folders = new Set(named.map(([, folder = '']) => folder));
    expect(folders.size).toBeGreaterThan(40);
    expect(folders).toContain('node_modules/decimal.js');
    for (const folder of folders) {
      const { name, version, license } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      const heading = `## ${name} ${version} (${license})\n\n`;
      expect(notices).toContain(heading);
      const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
      const text =
        file === undefined
          ? `The package has no license file. Its package.json says: ${license}`
          : readFileSync(join(root, folder, file), 'utf8')
              .trim()
              .replaceAll('\r\n', '\n');
      expect(notices).toContain(`${heading}${text}`);
    }
  });

  it('is made of, and brings, only packages whose content the lock file holds', () => {
    // Optional ones are the binaries of the tools for other systems: nothing that ships is of them.
    const needed = Object.entries(lock.packages).filter(
      ([place, { optional }]) => place !== '' && optional !== true,
    );
    expect(needed.length).toBeGreaterThan(100);
    const loose = needed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true);
    expect(loose.map(([place]) => place)).toEqual([]);
  });

  it('has types that ask for no other package', () => {
    const named = packed
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) => [
        ...readFileSync(join(installed, file), 'utf8').matchAll(
          /(?:from |import\()['"]([^.'"][^'"]*)/g,
        ),
      ])
      .map(([, name = '']) => name);
    const known = Object.keys(manifest.dependencies);
    expect(named.filter((name) => !name.startsWith('node:') && !known.includes(name))).toEqual([]);
  });

  it('is without fault to publint', async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  it('type-checks in an empty project, with every example of docs/library.md', () => {
    writeFileSync(join(consumer, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(consumer, 'program.ts'), program);
    symlinkSync(join(root, 'examples'), join(consumer, 'examples'));
    const files = examples.map((code, index) => {
      writeFileSync(join(consumer, `example-${index}.ts`), code);
      return `example-${index}.ts`;
    });
    const checked = run(process.execPath, [tsc, ...strictly, 'program.ts', ...files]);
    expect(checked).toMatchObject({ stdout: '', status: 0 });
  });

  it('runs there', () => {
    expect(run(process.execPath, ['program.js'])).toMatchObject({
      stdout: expect.stringMatching(
        /^pathfare gateway-endpoint true function true\n1 -: |^pathfare gateway-endpoint true function true\n1 /,
      ),
      status: 0,
    });
  });

  it('runs every example of docs/library.md, the first in three lines', () => {
    const imports = examples.map((_, index) => `await import('./example-${index}.js');`);
    writeFileSync(join(consumer, 'examples.js'), imports.join("\nconsole.log('<end>');\n"));
    const { stdout, stderr } = run(process.execPath, ['examples.js']);
    expect(stderr).toBe('');
    expect(stdout.split('<end>\n')).toEqual([
      expect.stringMatching(/^You pay +\$/),
      expect.stringMatching(/^\$[\d.,]+\n(?:[\w.-]+: [\w-]+ -> [\w-]+\n)+$/),
      'gateway-endpoint\n',
      expect.stringMatching(/^account_id,region,.*true\n$/),
      "{ gb: '1000' }\n",
      expect.stringMatching(/^(?:ok|warn|over) true\ntrue\n$/),
      expect.stringMatching(/^unknown-region region: "us-east-9" is not a Region of AWS /),
    ]);
    expect(examples[0]?.trim().split('\n')).toHaveLength(3);
  });

  it('has at most 40 exports', () => {
    const names = [
      ...readFileSync(join(root, 'src/index.ts'), 'utf8').matchAll(
        /export (?:type )?(?:\{([^}]*)\}|\* as (\w+))/g,
      ),
    ]
      .flatMap(([, list, namespace]) => (list ?? namespace ?? '').split(','))
      .filter((name) => name.trim() !== '');
    expect(names.length).toBeGreaterThan(20);
    expect(names.length).toBeLessThanOrEqual(40);
  });

  it('starts as a command through the link that npm makes', () => {
    expect(readFileSync(join(installed, manifest.bin.pathfare), 'utf8')).toMatch(
      /^#!\/usr\/bin\/env node\n/,
    );
    expect(run(process.execPath, ['node_modules/.bin/pathfare', '--version'])).toEqual({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it('reads logs on threads where it is installed', () => {
    const text = textOf(generatedRows(6000));
    writeFileSync(join(consumer, 'a.log'), text);
    writeFileSync(join(consumer, 'b.log'), text);
    const tell = "process.on('worker', () => process.stderr.write('a thread\\n'))";
    const hook = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`];
    const args = [...hook, 'node_modules/.bin/pathfare', 'summarize', 'a.log', 'b.log'];
    const { status, stderr } = run(process.execPath, args);
    expect({ status, threads: stderr.match(/^a thread$/gm)?.length ?? 1 }).toEqual({
      status: 0,
      threads: Math.min(2, availableParallelism()),
    });
  });

  it('finds its rates where it is installed', () => {
    const question = '--region us-east-1 --service s3 --gb-out 1000 --gb-in 4000 --format json';
    const args = ['node_modules/.bin/pathfare', 'estimate', ...question.split(' ')];
    const { status, stdout } = run(process.execPath, args);
    expect({ status, answer: JSON.parse(stdout) }).toMatchObject({
      status: 0,
      answer: {
        schema: 'pathfare/comparison@1',
        complete: true,
        regions: [{ region: 'us-east-1' }],
      },
    });
  });
});

describe('the bundle', () => {
  const chunks = join(root, 'dist/chunks');

  /** The text of a command's file and of all that it loads with it. */
  function loadedBy(command: string): string {
    const files = new Set(
      readdirSync(chunks).filter(
        (name) => name.startsWith(`${command}-`) || name.startsWith('main-'),
      ),
    );
    let text = '';
    for (const file of files) {
      const code = readFileSync(join(chunks, file), 'utf8');
      for (const [, name = ''] of code.matchAll(/(?:^import |from )"\.\/([^"]+)";/gm))
        files.add(name);
      text += code;
    }
    return text;
  }

  it.each(['estimate', 'breakeven', 'explain'])(
    'starts %s without what only other commands need',
    (command) => {
      const text = loadedBy(command);
      expect(text).toContain('src/cli/main.ts');
      const lazy =
        /^\/\/ (src\/(?:traffic\/scan|pricing\/fetch|report\/html)|node_modules\/(?:csv-parse|linkedom|@observablehq|yaml|hyparquet))\//gm;
      expect([...text.matchAll(lazy)].map(([, from]) => from)).toEqual([]);
      // Each takes 10 ms: it is made where it is needed.
      expect(text).not.toMatch(/^(?:var|let|const) \w+ = new Intl\./m);
    },
  );
});
