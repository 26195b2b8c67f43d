// Writes the compiled scanner as a module of base64 text, so that the library needs no file beside its code; and the numbers
// that it exports (assembly/layout.ts) as a module for its host, so that each is written once.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from = '.tmp/scan.wasm', to = 'src/traffic/scanner'] = process.argv.slice(2);
const made = '// Made by "npm run build:scanner" from assembly/; not to be edited.';
const binary = readFileSync(from);
const [code, layout] = [embedded(binary), await layoutOf(binary)];

mkdirSync(to, { recursive: true });
writeFileSync(join(to, 'binary.ts'), `${made}\n// ${digestOf([code, layout])}\n\n${code}`);
writeFileSync(join(to, 'layout.ts'), `${made}\n\n${layout}`);

/** What it was made from and what was made, in one digest: a test holds it without compiling again. */
function digestOf(made) {
  const read = (file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  const sources = readdirSync(join(import.meta.dirname, '../assembly')).toSorted();
  const { scripts, devDependencies } = JSON.parse(read('package.json'));
  const parts = [
    scripts['build:scanner'],
    devDependencies.assemblyscript,
    ...sources.flatMap((name) => [name, read(`assembly/${name}`)]),
    ...made,
  ];
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

function embedded(bytes) {
  const lines = bytes.toString('base64').match(/.{1,96}/g) ?? [];
  const text = lines.map((line) => `  '${line}',`).join('\n');
  return `/** The scanner as WebAssembly, in base64. */\nexport const scannerBinary = [\n${text}\n].join('');\n`;
}

/** An enumeration `GroupWord` of the scanner's becomes an object `groupWord`. */
async function layoutOf(bytes) {
  const module = await WebAssembly.compile(bytes);
  const { exports } = await WebAssembly.instantiate(module, importsOf(module));
  const enumerations = new Map();
  for (const [name, value] of Object.entries(exports)) {
    if (!(value instanceof WebAssembly.Global)) continue;
    const [enumeration, member] = name.split('.');
    const lines = enumerations.get(enumeration) ?? [];
    enumerations.set(enumeration, [...lines, `  ${member}: ${withThousands(value.value)},`]);
  }
  const objects = [...enumerations].map(([name, lines]) => {
    const object = `${name[0].toLowerCase()}${name.slice(1)}`;
    return `export const ${object} = {\n${lines.join('\n')}\n} as const;\n`;
  });
  return `// What each number means is written beside it in assembly/layout.ts.\n\n${objects.join('\n')}`;
}

/** Functions that do nothing, in place of the host's. */
function importsOf(module) {
  const imports = {};
  for (const { module: room, name } of WebAssembly.Module.imports(module)) {
    imports[room] = { ...imports[room], [name]: () => 0 };
  }
  return imports;
}

function withThousands(number) {
  return Math.abs(number) < 10_000
    ? String(number)
    : String(number).replaceAll(/\B(?=(\d{3})+$)/g, '_');
}
