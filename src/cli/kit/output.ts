import { setImmediate as turn } from 'node:timers/promises';
import type { Finding } from '../../base/finding.js';
import { openWhole, type WholeFile } from '../../base/node/files.js';
import { terminalText } from '../../report/draw/labels.js';
import type { Effects, Sink } from './effects.js';

/**
 * Opens the place of a result before the work begins: stdout, or a file that is written under a temporary name beside
 * it and renamed when whole, so that an interrupted run leaves the old one.
 *
 * @throws PathfareError where the file cannot be made
 */
export async function openOutput(
  file: string | undefined,
  { stdout, signal }: Pick<Effects, 'stdout' | 'signal'>,
  { color = false }: Partial<Pick<Screen, 'color'>> = {},
): Promise<WholeFile> {
  const output =
    file === undefined || file === '-'
      ? stdoutOutput(stdout, color)
      : await openWhole(file, {
          name: `--output ${file}`,
          hint: 'Name a file in a folder that exists and that you may write to.',
        });
  return {
    ...output,
    write: async (text) => {
      // What was made in one go has heard no signal: it has its turn before anything is written, and before it is kept.
      await turn();
      signal.throwIfAborted();
      await output.write(text);
      signal.throwIfAborted();
    },
  };
}

/** A pipe gets the bytes of a file; on a terminal they would act, whatever the format. */
function stdoutOutput(stdout: Sink, color: boolean): WholeFile {
  return {
    write: async (text) => {
      const shown = stdout.isTTY === true ? screenText(String(text), color) : text;
      if (!stdout.write(shown)) await new Promise<void>((resolve) => stdout.once('drain', resolve));
    },
    commit: async () => {},
    discard: async () => {},
  };
}

/** Opens the output, makes the result, writes it whole, and discards what was begun if anything fails. */
export async function writeResult(
  file: string | undefined,
  effects: Pick<Effects, 'stdout' | 'signal'>,
  make: () => Promise<string>,
  screen: Partial<Pick<Screen, 'color'>> = {},
): Promise<void> {
  const output = await openOutput(file, effects, screen);
  try {
    await output.write(await make());
  } catch (error) {
    await output.discard();
    throw error;
  }
  await output.commit();
}

/** What tables are colored with. Only they are, and each text of others in them is escaped where it is drawn. */
const escape = '\u001b';
const ownColors = new RegExp(`(${escape}\\[(?:1|22|32|39)m)`);

/** Text for a terminal, line by line: what it would act on becomes a visible escape. */
function screenText(text: string, color: boolean): string {
  const lines = text.split('\n').map((line) => {
    if (!color) return terminalText(line);
    return line
      .split(ownColors)
      .map((part, index) => (index % 2 === 1 ? part : terminalText(part)))
      .join('');
  });
  return lines.join('\n');
}

/** Says lines on stderr. Everything that is said goes through here: no text of others acts on a terminal. */
export function say(text: string, { stderr }: Pick<Effects, 'stderr'>): void {
  stderr.write(`${screenText(text, false)}\n`);
}

/** How wide and how colorful text may be. */
export interface Screen {
  readonly width: number;
  readonly color: boolean;
}

const narrowest = 40;
const widest = 120;

/** The screen a result is drawn for: the terminal's, or 80 columns without color for a pipe or file (no-color.org). */
export function screenOf(
  { stdout, env }: Pick<Effects, 'stdout' | 'env'>,
  output: string | undefined,
): Screen {
  if (output !== undefined || stdout.isTTY !== true) return { width: 80, color: false };
  const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return {
    width: Math.min(widest, Math.max(narrowest, stdout.columns ?? 80)),
    color: !plain,
  };
}

/** Says findings on stderr, for a result that has no place for them. */
export function warn(findings: readonly Finding[], effects: Pick<Effects, 'stderr'>): void {
  for (const { severity, message } of findings) {
    const kind = severity === 'warning' ? 'warning: ' : '';
    say(`pathfare: ${kind}${terminalText(message)}`, effects);
  }
}

/** Says a failure on stderr in two lines: what failed, and what to do. */
export function tellFailure(
  { message, hint }: { readonly message: string; readonly hint: string | undefined },
  effects: Pick<Effects, 'stderr'>,
): void {
  say(`pathfare: ${terminalText(startAsFlag(message))}`, effects);
  if (hint !== undefined) say(`  ${terminalText(asFlags(hint))}`, effects);
}

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

/** One line on a terminal that shows how far the work is; on anything else, nothing. */
export interface ProgressLine {
  /** Shows a text in place of the one before, cut at the terminal's width. */
  readonly show: (text: string) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

const clearLine = '\r\u001b[2K';

/** The progress line of stderr. */
export function progressLine({ stderr }: Pick<Effects, 'stderr'>): ProgressLine {
  let isShown = false;
  return {
    show: (text) => {
      if (stderr.isTTY !== true) return;
      isShown = true;
      const width = Math.max(20, (stderr.columns ?? 80) - 1);
      stderr.write(`${clearLine}${text.slice(0, width)}`);
    },
    clear: () => {
      if (isShown) stderr.write(clearLine);
      isShown = false;
    },
  };
}
