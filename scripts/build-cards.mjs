// Makes refreshed rate cards the ones that ship. Usage: npm run build:cards -- FOLDER, which `prices refresh --cache-dir` filled.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('Give the folder that "prices refresh --cache-dir FOLDER" filled.');
const files = readdirSync(join(folder, 'rates')).filter((name) => name.endsWith('.json'));
for (const name of files) {
  const card = JSON.parse(readFileSync(join(folder, 'rates', name), 'utf8'));
  const shipped = { ...card, fetchedAt: null, source: 'shipped' };
  writeFileSync(join('pricing-cache/rates', name), `${JSON.stringify(shipped, null, 2)}\n`);
}
process.stdout.write(`${files.length} rate cards ship now: ${files.join(', ')}\n`);
