import type { Finding } from '../../base/finding.js';
import { terminalText } from '../../report/draw/safe-text.js';
import type { Effects } from './effects.js';

/** Tells findings on stderr, for a result that has no place for them. */
export function warn(findings: readonly Finding[], { stderr }: Pick<Effects, 'stderr'>): void {
  for (const { severity, message } of findings) {
    const kind = severity === 'warning' ? 'warning: ' : '';
    stderr.write(`pathfare: ${kind}${terminalText(message)}\n`);
  }
}

/** Tells a failure on stderr in two lines: what failed, and what to do. */
export function tellFailure(
  { message, hint }: { readonly message: string; readonly hint: string | undefined },
  { stderr }: Pick<Effects, 'stderr'>,
): void {
  const next = hint === undefined ? '' : `  ${terminalText(hint)}\n`;
  stderr.write(`pathfare: ${terminalText(message)}\n${next}`);
}
