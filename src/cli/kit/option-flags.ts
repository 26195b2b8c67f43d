/** An option of the library as its texts name it: `cacheDir`, `source: 'api'`, `from: FILE`. */
const option = /`([a-z][a-zA-Z]*)(?:: '?([\w.-]+)'?)?`/g;

/** A text of the library as the command line says it: its options as flags, `--cache-dir`, `--source api`, `--from FILE`. */
export function asFlags(text: string): string {
  return text.replaceAll(option, (_, name: string, value?: string) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === undefined ? flag : `${flag} ${value}`;
  });
}

/** The same for a message, which holds names of files and values of others: only the option that it begins with. */
export function startAsFlag(message: string): string {
  const start = /^`[a-z][a-zA-Z]*`/.exec(message)?.[0] ?? '';
  return asFlags(start) + message.slice(start.length);
}
