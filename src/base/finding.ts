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

/** A finding's severity, and its sentence made from the facts that it speaks of. */
export interface FindingText<Facts extends FactsGiven> {
  readonly severity: Severity;
  readonly text: (...facts: Facts) => string;
}

/** The facts of a finding: one object, or nothing. */
type FactsGiven = readonly [] | readonly [facts: object];

/** The text of a finding that states an assumption. */
export function info<Facts extends FactsGiven>(
  text: (...facts: Facts) => string,
): FindingText<Facts> {
  return { severity: 'info', text };
}

/** The text of a finding that may change the answer. */
export function warning<Facts extends FactsGiven>(
  text: (...facts: Facts) => string,
): FindingText<Facts> {
  return { severity: 'warning', text };
}

/** A room's findings: its codes, for the documentation, and how one is made from its code and its facts. */
export interface FindingTable<Facts extends Record<string, FactsGiven>> {
  readonly codes: readonly string[];
  readonly finding: <Code extends keyof Facts & string>(
    code: Code,
    ...facts: Facts[Code]
  ) => Finding<Code>;
}

/** Makes a room's findings of its one table, code by code. A code without a text, and facts that are amiss, do not compile. */
export function findingTable<Facts extends Record<string, FactsGiven>>(
  texts: {
    readonly [Code in keyof Facts]: FindingText<Facts[Code]>;
  },
): FindingTable<Facts> {
  return {
    codes: Object.keys(texts),
    finding: (code, ...facts) => {
      const { severity, text } = texts[code];
      return { code, severity, message: text(...facts) };
    },
  };
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
