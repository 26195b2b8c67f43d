#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const version = packageVersion();
const args = process.argv.slice(2);

// A reader that has seen enough (`| head`), or a log collector that died, takes away what it would have read and nothing
// else: files are written, and the exit code is the result's. A full disk behind `>` is a failure.
process.stderr.on('error', () => {});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') void tellUnwritten(error).finally(() => process.exit(1));
});

// The SDK's word on which Node it will drop is for those who build pathfare, not for those who run it.
const shown = process.listeners('warning');
process.removeAllListeners('warning').on('warning', (warning) => {
  if (warning.message.startsWith('NodeVersionSupportWarning')) return;
  for (const show of shown) show(warning);
});

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else {
  const { endBySignal } = await import('../cli/kit/signals.js');
  const signal = endBySignal(process);
  const { main } = await import('../cli/main.js');
  const { realEffects } = await import('../cli/kit/effects.js');
  const exitCode = await main(args, version, realEffects(signal));
  // A signal that comes when the work is done has set it.
  process.exitCode ??= exitCode;
}

/** Loads what it needs when it is needed: most runs do not fail so, and `--version` loads nothing else. */
async function tellUnwritten(error: Error): Promise<void> {
  const { writeFailureReason } = await import('../base/node/files.js');
  process.stderr.write(
    `pathfare: standard output: cannot be written: ${writeFailureReason(error)}\n  What was written is not whole: run the command again, or give --output.\n`,
  );
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
