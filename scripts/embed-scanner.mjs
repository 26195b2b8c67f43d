// Writes the compiled scanner as a module of base64 text, so that the library needs no file beside its code; and the numbers
// that it exports (assembly/layout.ts) as a module for its host, so that each is written once.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from = '.tmp/scan.wasm', to = 'src/traffic/scanner'] = process.argv.slice(2);
const made = '// Made by "npm run build:scanner" from assembly/; not to be edited.\n\n';
const binary = readFileSync(from);

mkdirSync(to, { recursive: true });
writeFileSync(join(to, 'binary.ts'), `${made}${embedded(binary)}`);
writeFileSync(join(to, 'layout.ts'), `${made}${await layoutOf(binary)}`);

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
