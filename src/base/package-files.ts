/** A file that ships with the package. The same relative place from src/base/, dist/base/ and dist/bin/, where the program is bundled. */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
