import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sayCounts } from './closing-line.js';

const root = join(import.meta.dirname, '../..');
mkdirSync(join(root, '.tmp'), { recursive: true });
const folder = mkdtempSync(join(root, '.tmp/closing-line-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the test files given, by name and body, under the reporter, as a run of its own. */
function runTests(name: string, files: Readonly<Record<string, string>>) {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(
    join(project, 'vitest.config.ts'),
    `import { closingLine } from '../../../test/support/closing-line.js';
     export default { test: { include: ['*.test.ts'], reporters: ['default', closingLine()] } };`,
  );
  for (const [file, body] of Object.entries(files)) {
    writeFileSync(
      join(project, file),
      `import { beforeAll, describe, it } from 'vitest';\n${body}`,
    );
  }
  const run = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run'], {
    cwd: project,
    env: { ...process.env, FORCE_COLOR: '1' },
    encoding: 'utf8',
  });
  return { exitCode: run.status, lastLine: run.stdout.split('\n').at(-2), stdout: run.stdout };
}

describe('the closing line of a run', () => {
  it('counts a file that does not load, a broken hook and a stray error as failures, last and without color, and says above what was skipped and why', () => {
    const run = runTests('red', {
      'fails.test.ts': `it('one', () => { throw new Error('no'); }); it('two', () => {}); it.skip('three', () => {}); it.todo('four');`,
      'does-not-load.test.ts': `import './no-such-file.js'; it('never', () => {});`,
      'hook.test.ts': `describe('group', () => { beforeAll(() => { throw new Error('no'); }); it('a', () => {}); });`,
      'stray.test.ts': `it('a', () => { void Promise.reject(new Error('stray')); });`,
      'noted.test.ts': `for (const name of 'ab') it(name, ({ skip }) => skip('no browser'));`,
    });
    expect(run).toMatchObject({ exitCode: 1, lastLine: '2 passed, 4 failed, 5 skipped' });
    const lines = [
      '',
      '2 in noted.test.ts skipped: no browser',
      '2 passed, 4 failed, 5 skipped',
      '',
    ];
    expect(run.stdout.endsWith(lines.join('\n'))).toBe(true);
  });

  it('says that all passed in the same words', () => {
    expect(sayCounts({ passed: 2, failed: 0, skipped: 2 })).toBe('2 passed, 0 failed, 2 skipped');
  });

  it('does not mention skipped tests where there are none', () => {
    expect(sayCounts({ passed: 3, failed: 1, skipped: 0 })).toBe('3 passed, 1 failed');
  });
});
