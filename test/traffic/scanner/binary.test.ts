import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../support/run-cli.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

it('the scanner in the library, and the layout that its host uses, are what the source compiles to', async () => {
  await using folder = await temporaryFolder();
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const flags: readonly string[] = scripts['build:scanner'].split(' && ')[0].split(' ').slice(1);
  const file = join(folder.path, 'scan.wasm');
  const args = flags.map((flag) => (flag === '.tmp/scan.wasm' ? file : flag));
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
  const run = spawnSync(process.execPath, [asc, ...args], { cwd: root, encoding: 'utf8' });
  expect([run.stderr, run.status]).toEqual(['', 0]);
  const embed = spawnSync(
    process.execPath,
    [join(root, 'scripts/embed-scanner.mjs'), file, folder.path],
    { encoding: 'utf8' },
  );
  expect([embed.stderr, embed.status]).toEqual(['', 0]);
  // A difference is mended by "npm run build:scanner".
  for (const name of ['binary.ts', 'layout.ts']) {
    const [ours, made] = await Promise.all(
      [join(root, 'src/traffic/scanner'), folder.path].map((place) =>
        readFile(join(place, name), 'utf8'),
      ),
    );
    expect(made).toBe(ours);
  }
});
