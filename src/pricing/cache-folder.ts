import { platform as currentPlatform, homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The environment variables, as much of them as decides where the cache lies. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The user's folder for refreshed rate cards: `--cache-dir`, else PATHFARE_CACHE_DIR, else the folder
 * `pathfare` where caches go on this system (XDG_CACHE_HOME or ~/.cache; on Windows, LOCALAPPDATA).
 *
 * @param flag the value of `--cache-dir`
 */
export function cacheFolder(
  flag: string | undefined,
  env: Environment,
  platform: string = currentPlatform(),
): string {
  const named = flag ?? env['PATHFARE_CACHE_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  const local = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  // The XDG specification has relative values ignored: https://specifications.freedesktop.org/basedir-spec/
  if (local !== undefined && isAbsolute(local)) return join(local, 'pathfare');
  return join(env['HOME'] ?? homedir(), '.cache', 'pathfare');
}
