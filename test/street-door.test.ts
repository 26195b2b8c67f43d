import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { parseRateCard } from '../src/pricing/card/document.js';
import { writeCachedCard } from '../src/pricing/card/load-rate-card.js';
import { fetchedCard, shippedCard } from './support/cards.js';
import { runCli } from './support/run-cli.js';
import { temporaryFolder } from './support/temporary-folder.js';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const filesIn = (folder: string) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const workflows = filesIn('.github/workflows');
const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('the workflows', () => {
  it.each(workflows)('%s runs npm, and only scripts that exist', (file) => {
    const steps = all(read(file), /^ +(?:- )?run: (.+)$/gm);
    expect(steps.length).toBeGreaterThan(1);
    expect(
      steps.filter(
        (step) => !/^npm (ci|test|run [a-z:]+|publish( --[a-z]+( public)?)*)$/.test(step),
      ),
    ).toEqual([]);
    expect(steps.flatMap(scriptsOf).filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it.each(workflows)('%s pins each action by its version, and keeps no credentials', (file) => {
    const text = read(file);
    const actions = all(text, /uses: (.+)$/gm);
    expect(actions.filter((action) => !/^actions\/[a-z-]+@v\d+\.\d+\.\d+$/.test(action))).toEqual(
      [],
    );
    const checkouts = actions.filter((action) => action.startsWith('actions/checkout'));
    expect(all(text, /(persist-credentials: false)/g)).toHaveLength(checkouts.length);
  });

  it('may write nothing, but for the identity by which npm knows the release', () => {
    const texts = workflows.map(read);
    expect(
      texts.filter((text) => !/^permissions:( \{\}|\n {2}contents: read)\n/m.test(text)),
    ).toEqual([]);
    expect(texts.flatMap((text) => all(text, /^ +([a-z-]+: write)$/gm))).toEqual([
      'id-token: write',
    ]);
    expect(texts.filter((text) => text.includes('secrets.'))).toEqual([]);
  });

  it('test each Node that the project supports', () => {
    const tested = JSON.parse(/node: (\[.+\])/.exec(read('.github/workflows/ci.yml'))?.[1] ?? '[]');
    expect(tested).toEqual([20, 22, 24, 26]);
    expect(manifest.engines.node).toBe('>=20.19');
    expect(read('scripts/test-nodes.mjs')).toContain("['22', '24', '26']");
  });
});

describe('the manifest', () => {
  it('pins the compiler of the scanner, whose output stands in src/', () => {
    expect(manifest.devDependencies.assemblyscript).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('builds in a clone, in an install from git and before it is packed', () => {
    const { prepare, prepack } = manifest.scripts;
    expect([prepare, prepack]).toEqual(['npm run build', 'npm run build']);
  });
});

describe('the documents', () => {
  const documents = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...filesIn('docs').filter((name) => name.endsWith('.md')),
    ...filesIn('.github/ISSUE_TEMPLATE'),
  ];

  it.each(documents)('%s names only npm scripts that exist', (file) => {
    expect(scriptsOf(read(file)).filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});

describe('the form for a wrong result', () => {
  it('has a command that makes a log anonymous and leaves its sums what they are', async () => {
    await using folder = await temporaryFolder();
    const template = read('.github/ISSUE_TEMPLATE/wrong-result.yml');
    const command =
      all(template, /```sh\n([^`]+)```/g).find((block) => block.includes('awk')) ?? '';
    const log = read('examples/flow-log.log');
    writeFileSync(join(folder.path, 'cut.log'), log);
    const { stderr } = spawnSync('sh', ['-c', command], { cwd: folder.path, encoding: 'utf8' });
    expect(stderr).toBe('');
    const anonymous = join(folder.path, 'anonymous.log');
    const text = readFileSync(anonymous, 'utf8');
    const names = log.match(/\b(111122223333|(eni|vpc|subnet|i)-[0-9a-f]{17})\b/g) ?? [];
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => text.includes(name))).toEqual([]);
    const volumes = (csv: string) =>
      csv
        .split('\n')
        // All but the digest of who sent what, at the end.
        .map((row) => row.split(',').slice(3, 12).join(','))
        .toSorted();
    const original = await runCli(['summarize', 'examples/flow-log.log']);
    const cut = await runCli(['summarize', anonymous]);
    expect([cut.exitCode, volumes(cut.stdout)]).toEqual([0, volumes(original.stdout)]);
  });
});

describe('the making of shipped rate cards', () => {
  const files = ['scripts/rates', 'src/pricing/card/regions.ts'];
  const run = async (folder: string, args: readonly string[]) => {
    for (const file of files) await cp(join(root, file), join(folder, file), { recursive: true });
    mkdirSync(join(folder, 'pricing-cache/rates'), { recursive: true });
    // The script resolves its packages from where it stands, and its files from where it runs.
    const script = join(root, 'scripts/build-cards.mjs');
    return spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });
  };

  it('makes of the tables what ships, to the byte', async () => {
    await using folder = await temporaryFolder();
    expect(await run(folder.path, [])).toMatchObject({ status: 0, stderr: '' });
    for (const kind of ['rates', 'further-rates']) {
      const made = readdirSync(join(folder.path, 'pricing-cache', kind));
      expect(made).toEqual(readdirSync(join(root, 'pricing-cache', kind)));
      for (const file of made) {
        const [ours, theirs] = [folder.path, root].map((place) =>
          readFileSync(join(place, 'pricing-cache', kind, file), 'utf8'),
        );
        expect([file, ours === theirs]).toEqual([file, true]);
      }
    }
  });

  it('takes what a refresh left in a folder into the tables first', async () => {
    await using folder = await temporaryFolder();
    const card = await fetchedCard('eu-west-1', '2026-09-01T00:00:00Z');
    const natGatewayGb = {
      unit: 'GB',
      sku: 'NEWSKU0000000001',
      publishedAt: '2026-09-01T00:00:00Z',
      reference: 'AWS Price List API, GetProducts AmazonEC2',
      verifiedAt: card.fetchedAt ?? '',
      tiers: [{ beginRange: '0', endRange: 'Inf', price: '0.05', rateCode: null }],
    } as const;
    await writeCachedCard(join(folder.path, 'refreshed'), {
      ...card,
      rates: { ...card.rates, natGatewayGb },
    });
    expect(await run(folder.path, ['refreshed'])).toMatchObject({ status: 0, stderr: '' });
    const text = readFileSync(join(folder.path, 'pricing-cache/rates/eu-west-1.json'), 'utf8');
    const shipped = parseRateCard(JSON.parse(text), 'eu-west-1.json');
    expect(shipped.rates).toEqual({ ...(await shippedCard('eu-west-1')).rates, natGatewayGb });
    expect([shipped.source, shipped.fetchedAt]).toEqual(['shipped', null]);
    const table = readFileSync(join(folder.path, 'scripts/rates/nat-gateways.csv'), 'utf8');
    expect(table).toContain('eu-west-1,natGatewayGb,,0,Inf,0.05,GB,NEWSKU0000000001,,"AWS Price');
  });
});

describe('the check of a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pathfare-release-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the check says of a project, and of the tag that is pushed. */
  function check(project: object, changelog: string, tag: string) {
    const output = join(folder, 'output');
    writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    writeFileSync(output, '');
    const { status } = spawnSync(process.execPath, [join(root, 'scripts/release-check.mjs')], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', GITHUB_REF_NAME: tag, GITHUB_OUTPUT: output },
    });
    return [status, readFileSync(output, 'utf8')];
  }

  const named = { version: '1.2.3', repository: { url: 'git+https://example.com/pathfare.git' } };

  it('publishes where a repository is named, and the tag and the changelog agree with the version', () => {
    expect(check(named, '# Changelog\n\n## 1.2.3\n', 'v1.2.3')).toEqual([0, 'publish=true\n']);
  });

  it('publishes nothing where no repository is named, without failing', () => {
    expect(check({ version: '1.2.3' }, '', 'v1.2.3')).toEqual([0, 'publish=false\n']);
  });

  it.each([
    ['another tag', '## 1.2.3\n', 'v1.2.4'],
    ['a changelog without the version', '## [Unreleased]\n', 'v1.2.3'],
  ])('fails at %s', (_, changelog, tag) => {
    expect(check(named, changelog, tag)).toEqual([1, 'publish=false\n']);
  });
});

/** The npm scripts that a text names. */
function scriptsOf(text: string): readonly string[] {
  const tested = /\bnpm test\b/.test(text) ? ['test'] : [];
  return [...all(text, /\bnpm run ([a-z:]*[a-z])/g), ...tested];
}
