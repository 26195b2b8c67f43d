// The notices of the packages that dist/ holds code of: name, version, license and its text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of packages, as esbuild's metafiles name them, whose code is in what was built. */
function bundledPackages(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs: parts }) => Object.entries(parts))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const folders = inputs.flatMap(
    ([file]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? [],
  );
  return [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1));
}

/** The license of a package that has no file of it, as its author states it: SPDX's name of it and whose it is. */
function statedLicense(manifest) {
  const author = manifest.author?.name ?? manifest.author ?? '';
  return `The package has no license file. Its package.json says: ${manifest.license}${author === '' ? '' : `, by ${author}`}.`;
}

/** A package's texts: its license, and its notices where it has some. */
function textsOf(folder, manifest) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) return [statedLicense(manifest)];
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
}

/**
 * All notices, in the order of the packages' folders.
 *
 * @throws Error where a package names no license
 */
export function noticesOf(metafiles) {
  const notices = bundledPackages(metafiles).map((folder) => {
    const file = join(folder, 'package.json');
    const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    if (typeof manifest.license !== 'string') throw new Error(`${folder}: names no license`);
    const heading = `## ${manifest.name} ${manifest.version} (${manifest.license})`;
    return [heading, ...textsOf(folder, manifest)].join('\n\n').replaceAll('\r\n', '\n');
  });
  const head =
    'The code of pathfare is under its LICENSE. Its files hold code of these packages, too.';
  return `${[...new Set([head, ...notices])].join('\n\n')}\n`;
}
