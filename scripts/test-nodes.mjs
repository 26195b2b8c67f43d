// Runs the whole suite under other versions of Node than the one that is installed: npm brings them as the package `node`.
import { spawnSync } from 'node:child_process';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24', '26'];
const suite = ['node', 'node_modules/vitest/vitest.mjs', 'run'];

const failed = versions.filter((version) => {
  process.stdout.write(`\nNode ${version}\n`);
  const args = ['--yes', '--package', `node@${version}`, '--', ...suite];
  // Windows starts npx through a shell only.
  const shell = process.platform === 'win32';
  return spawnSync('npx', args, { stdio: 'inherit', shell }).status !== 0;
});
const told = failed.length === 0 ? 'passes' : `fails under Node ${failed.join(', ')}`;
process.stdout.write(`\nThe suite ${told}; it ran under Node ${versions.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
