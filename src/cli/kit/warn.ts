import { UsageError } from '../../base/errors.js';
import type { Finding } from '../../base/finding.js';
import { type Region, requireRegion } from '../../pricing/card/regions.js';
import { terminalText } from '../../report/draw/safe-text.js';
import type { Effects } from './effects.js';

/**
 * Reads Regions between commas, each once.
 *
 * @throws UsageError offering the nearest names for one that AWS does not have
 */
export function readRegions(flag: string, text: string): readonly Region[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw new UsageError(`${flag}: no Region is named`, {
      hint: `Give one or several, such as ${flag} us-east-1,eu-west-1.`,
    });
  }
  return [...new Set(names.map((name) => requireRegion(name, flag)))];
}

const dayInMilliseconds = 86_400_000;

/** Tells the age of a rate card at a time: whole days since its rates were published. */
export function ageInDays(now: Date) {
  return ({ publishedAt }: { readonly publishedAt: string }): number =>
    Math.max(0, Math.floor((now.getTime() - Date.parse(publishedAt)) / dayInMilliseconds));
}

/** Tells findings on stderr, for a result that has no place for them. */
export function warn(findings: readonly Finding[], { stderr }: Pick<Effects, 'stderr'>): void {
  for (const { severity, message } of findings) {
    const kind = severity === 'warning' ? 'warning: ' : '';
    stderr.write(`pathfare: ${kind}${terminalText(message)}\n`);
  }
}
