#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const version = packageVersion();
const args = process.argv.slice(2);

// A reader that has seen enough (`| head`) ends the program quietly.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import('../cli/main.js');
  const { realEffects } = await import('../cli/real-effects.js');
  process.exitCode = await main(args, version, realEffects());
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
