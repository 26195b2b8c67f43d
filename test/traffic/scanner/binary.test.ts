import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { root } from '../../support/run-cli.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

// The build notes one digest of all that it reads and all that it writes: to compile again would take seconds.
it('the scanner in the library, and the layout that its host uses, are what the source was compiled to', () => {
  const [, digest, , ...code] = read('src/traffic/scanner/binary.ts').split('\n');
  const [, , ...layout] = read('src/traffic/scanner/layout.ts').split('\n');
  const sources = readdirSync(join(root, 'assembly')).toSorted();
  const parts = [
    manifest.scripts['build:scanner'],
    manifest.devDependencies.assemblyscript,
    ...sources.flatMap((name) => [name, read(`assembly/${name}`)]),
    code.join('\n'),
    layout.join('\n'),
  ];
  // A difference is mended by "npm run build:scanner".
  expect(digest).toBe(`// ${createHash('sha256').update(parts.join('\0')).digest('hex')}`);
});
