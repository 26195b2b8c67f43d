import type { Effects } from './effects.js';

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
