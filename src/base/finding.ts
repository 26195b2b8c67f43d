/** How much a finding matters: `info` states an assumption, `warning` something that may change the answer. */
export type Severity = 'info' | 'warning';

/**
 * Advice or a caveat that stands beside a result: an assumption taken, a gap in coverage, a missing
 * gateway endpoint, traffic that cannot be attributed. The message is one sentence for the reader.
 */
export interface Finding<Code extends string = string> {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
}

/** Orders findings for output: warnings first, then by code, then by message. */
export function sortFindings<T extends Finding>(findings: readonly T[]): readonly T[] {
  const rank = (finding: T) => (finding.severity === 'warning' ? 0 : 1);
  return [...findings].sort(
    (a, b) => rank(a) - rank(b) || compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}

/** Compares two strings by code unit, the same on every machine and locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
