import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/** One file's import of another; `types` where it takes types only, which leave no trace in the program. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly types: boolean;
}

const statement =
  /\b(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\s*\)/g;

/** The relative imports of one file's text; files are named from the folder of all sources. */
export function importsOf(file: string, text: string): readonly Import[] {
  return [...text.matchAll(statement)].map(([, type, names = '', from, lazy]) => ({
    from: file,
    to: normalize(join(dirname(file), from ?? lazy ?? '')).replace(/\.js$/, '.ts'),
    types: type !== undefined || takesTypesOnly(names),
  }));
}

/** `{ type A, type B }`: braces in which each name is marked as a type. */
function takesTypesOnly(names: string): boolean {
  const inside = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  const each = (inside ?? '').split(',').map((name) => name.trim());
  const named = each.filter((name) => name !== '');
  return named.length > 0 && named.every((name) => name.startsWith('type '));
}

/** All source files below a folder, by their path from it. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Every import between the source files of a folder. */
export function allImports(folder: string): readonly Import[] {
  return sourceFiles(folder).flatMap((file) =>
    importsOf(file, readFileSync(join(folder, file), 'utf8')),
  );
}

/** A way from a node over arrows back to itself; null where there is none. */
export function circleIn(
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | null {
  const done = new Set<string>();
  const search = (node: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of arrows.get(node) ?? []) {
      const found = search(next, [...way, node]);
      if (found !== null) return found;
    }
    done.add(node);
    return null;
  };
  for (const node of arrows.keys()) {
    const found = search(node, []);
    if (found !== null) return found;
  }
  return null;
}
