import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allWalks, countOf, walkTable } from '../scripts/walk.js';

const root = join(import.meta.dirname, '..');

/** A table without the spaces that align its columns. */
const unaligned = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

describe('the way of a byte, a row and a price', () => {
  it('enters as many functions and files as docs/architecture.md says', async () => {
    const walks = await allWalks(root, join(root, '.tmp/walk-test'));
    const table = unaligned(walkTable(walks));
    expect(unaligned(readFileSync(join(root, 'docs/architecture.md'), 'utf8'))).toContain(table);
  });

  it('counts a file once, and a return for each step back into it', () => {
    // a, b, back to a (1), within a, on to c, back to b (2)
    expect(countOf(['a', 'b', 'a', 'a', 'c', 'b'])).toEqual({ functions: 6, files: 3, returns: 2 });
  });
});
