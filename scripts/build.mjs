// Builds dist/: the types of the library, its code, the program and the script of the HTML report.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { build } from 'esbuild';
import { noticesOf } from './notices.mjs';

/** What is loaded from outside by its name: the library, its page, a thread of a scan, the program. */
const entries = {
  index: 'src/index.ts',
  'traffic/scan/worker': 'src/traffic/scan/worker.ts',
  'bin/pathfare': 'src/bin/pathfare.ts',
};
/** The types of what a program imports; Windows writes them with its own separators. */
const typed = [normalize('dist/index.d.ts')];

rmSync('dist', { recursive: true, force: true });
writeTypes();
const { metafile } = await build({
  entryPoints: entries,
  outdir: 'dist',
  // Two folders deep, as src/base is: see base/package-files.ts.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Packages with a build of ES modules and no `exports`, as the AWS SDK's: the part that is used is bundled, not all.
  mainFields: ['module', 'main'],
  // Colors are asked for by tables in color only, which there are none of: cli-table3 does without the package.
  external: ['@aws-sdk/client-pricing', '@colors/colors/safe'],
  // One string-width for all, and the one that makes no Intl.Segmenter when it is loaded: three of them took 30 ms of a start.
  alias: { 'string-width': resolve('node_modules/string-width') },
  metafile: true,
  logLevel: 'warning',
});
for (const file of Object.keys(metafile.outputs)) giveRequire(file);
const page = await build({
  entryPoints: ['src/browser/what-if.ts'],
  outfile: 'dist/browser/what-if.js',
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
});
writeFileSync('dist/THIRD-PARTY-NOTICES.md', noticesOf([metafile, page.metafile]));

/** Writes the types, and keeps those that the library's entries reach. */
function writeTypes() {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
  const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  const reached = new Set(typed);
  for (const file of reached) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(
      /(?:from |import\()['"](\.[^'"]+)\.js['"]/g,
    )) {
      reached.add(join(dirname(file), `${name}.d.ts`));
    }
  }
  for (const { parentPath, name } of readdirSync('dist', {
    recursive: true,
    withFileTypes: true,
  })) {
    const file = join(parentPath, name);
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
  }
}

/**
 * CommonJS packages ask for Node's own modules by `require`, which ES modules do not have: it is made in the files whose
 * helper looks for it, and not in all, since each file's own would take part of a start.
 */
function giveRequire(file) {
  const code = readFileSync(file, 'utf8');
  if (!code.includes('typeof require')) return;
  const require =
    "import{createRequire as toRequire}from'node:module';const require=toRequire(import.meta.url);";
  // A hash-bang stays the first line.
  writeFileSync(
    file,
    code.replace(/^(#!.*\n)?/, (line) => `${line}${require}\n`),
  );
}
