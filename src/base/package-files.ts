/** A file that ships with the package. The same relative place from src/base/ and from dist/chunks/, where this file is bundled. */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
