// Writes the compiled scanner as a module of base64 text: the library then needs no file beside its code.
import { readFileSync, writeFileSync } from 'node:fs';

const [from = '.tmp/scan.wasm', to = 'src/traffic/scanner/binary.ts'] = process.argv.slice(2);
const lines =
  readFileSync(from)
    .toString('base64')
    .match(/.{1,96}/g) ?? [];
const text = lines.map((line) => `  '${line}',`).join('\n');
writeFileSync(
  to,
  `// Made by "npm run build:scanner" from assembly/; not to be edited.\n\n/** The scanner as WebAssembly, in base64. */\nexport const scannerBinary = [\n${text}\n].join('');\n`,
);
