import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The user's folder for what pathfare refreshes: `--cache-dir`, else PATHFARE_CACHE_DIR, else the XDG base
 * directory's `pathfare` ($XDG_CACHE_HOME or ~/.cache).
 */
export function cacheFolder(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const named = flag ?? env['PATHFARE_CACHE_DIR'];
  if (named !== undefined && named !== '') return named;
  // The XDG specification: a relative or empty value is to be ignored.
  const xdg = env['XDG_CACHE_HOME'];
  const home = env['HOME'] ?? homedir();
  return join(xdg?.startsWith('/') ? xdg : join(home, '.cache'), 'pathfare');
}
