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
): Promise<WholeFile> {
  const output =
    file === undefined || file === '-'
      ? stdoutOutput(stdout)
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

function stdoutOutput(stdout: Sink): WholeFile {
  return {
    write: async (text) => {
      if (!stdout.write(text)) await new Promise<void>((resolve) => stdout.once('drain', resolve));
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
): Promise<void> {
  const output = await openOutput(file, effects);
  try {
    await output.write(await make());
  } catch (error) {
    await output.discard();
    throw error;
  }
  await output.commit();
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
export function warn(findings: readonly Finding[], { stderr }: Pick<Effects, 'stderr'>): void {
  for (const { severity, message } of findings) {
    const kind = severity === 'warning' ? 'warning: ' : '';
    stderr.write(`pathfare: ${kind}${terminalText(message)}\n`);
  }
}

/** Says a failure on stderr in two lines: what failed, and what to do. */
export function tellFailure(
  { message, hint }: { readonly message: string; readonly hint: string | undefined },
  { stderr }: Pick<Effects, 'stderr'>,
): void {
  const next = hint === undefined ? '' : `  ${terminalText(asFlags(hint))}\n`;
  stderr.write(`pathfare: ${terminalText(startAsFlag(message))}\n${next}`);
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
