import type { Effects } from './effects.js';

/** How wide and how colourful text may be. */
export interface Screen {
  readonly width: number;
  readonly colour: boolean;
}

const narrowest = 40;
const widest = 120;

/** The screen a result is drawn for: the terminal's, or 80 columns without colour for a pipe or file (no-color.org). */
export function screenOf(
  { stdout, env }: Pick<Effects, 'stdout' | 'env'>,
  output: string | undefined,
): Screen {
  if (output !== undefined || stdout.isTTY !== true) return { width: 80, colour: false };
  const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return {
    width: Math.min(widest, Math.max(narrowest, stdout.columns ?? 80)),
    colour: !plain,
  };
}
