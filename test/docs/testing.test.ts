import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { longestGolden } from '../support/golden-json.js';
import { root } from '../support/run-cli.js';

const text = readFileSync(join(root, 'docs/testing.md'), 'utf8');
const tests = readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith('.test.ts') && name !== 'testing.test.ts')
  .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
const countOf = (call: string) => tests.join('').split(call).length - 1;

describe('docs/testing.md', () => {
  it('has counts that are true', () => {
    const told = [...text.matchAll(/\*\*(\d+)\*\*/g)].map(([, count]) => Number(count));
    const cases = readdirSync(join(root, 'test/cases'), { withFileTypes: true });
    const folders = cases.filter((each) => each.isDirectory()).length;
    const [properties = Infinity, goldens = Infinity, lines, processes = 0] = told;
    expect(countOf('fc.assert(')).toBeGreaterThanOrEqual(properties);
    expect(folders).toBeGreaterThanOrEqual(goldens);
    expect(lines).toBe(longestGolden);
    expect(countOf('await runProgram(')).toBeLessThanOrEqual(processes);
  });

  it('has a score of each file that is mutated, and none under 90 %', () => {
    const { mutate }: { mutate: readonly string[] } = JSON.parse(
      readFileSync(join(root, 'stryker.config.json'), 'utf8'),
    );
    const rows = [...text.matchAll(/^\| (src\/\S+) +\| +(\d+) \| +(\d+) \| +(\d+) % \| \d{4}-/gm)];
    expect(rows.map(([, file]) => file)).toEqual(mutate);
    for (const [row, , killed, survived, score] of rows) {
      const all = Number(killed) + Number(survived);
      expect([row, Math.floor((100 * Number(killed)) / all)]).toEqual([row, Number(score)]);
      expect(Number(score)).toBeGreaterThanOrEqual(90);
    }
  });
});
