import { spawn } from 'node:child_process';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const script = `
  const { writeCachedCard, readCachedCard } = await import(process.argv[1]);
  const { card } = await readCachedCard(process.argv[2], 'eu-west-1');
  for (let count = 0; ; count += 1) {
    const publishedAt = count % 2 === 0 ? '2026-09-02T00:00:00Z' : '2026-09-03T00:00:00Z';
    await writeCachedCard(process.argv[2], { ...card, publishedAt });
  }
`;

/**
 * Starts a process that writes the cached card of eu-west-1 over and over, and ends it with SIGKILL at the given change
 * in the folder: each write makes a file, fills it and renames it.
 */
export async function killWhileWriting(cacheDir: string, change: number): Promise<string> {
  const built = join(cacheDir, 'card-cache.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/pricing/card/load-rate-card.ts')],
    outfile: built,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  const watcher = new AbortController();
  const changes = watch(join(cacheDir, 'rates'), { signal: watcher.signal });
  const args = ['--input-type=module', '-e', script, pathToFileURL(built).href, cacheDir];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => {
      watcher.abort();
      resolve(signal ?? `exit code ${code}`);
    });
  });
  let seen = 0;
  try {
    for await (const _ of changes) {
      seen += 1;
      if (seen === change) child.kill('SIGKILL');
    }
  } catch (error) {
    if (!watcher.signal.aborted) throw error;
  }
  return ended;
}
