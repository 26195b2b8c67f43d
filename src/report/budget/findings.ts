import type { Finding, Severity } from '../../base/finding.js';

/** A finding's severity and its sentence, from the name that it speaks of. */
interface Sentence {
  readonly severity: Severity;
  readonly text: (name: string) => string;
}

/** Every finding of a report beyond those of its comparison. A code without a text does not compile. */
const texts = {
  'internet-egress-counted': {
    severity: 'info',
    text: (free: string) =>
      `Transfer out to the internet counts what leaves for "internet", on every path alike; ${free} GB a month are free over all Regions, shared in proportion to what each sends.`,
  },
  'internet-egress-unpriced': {
    severity: 'warning',
    text: (regions: string) =>
      `The rate card holds no rate for transfer out to the internet in ${regions}: it is not priced, and the bill is a lower bound. Give --rates.`,
  },
  'forecast-flat': {
    severity: 'info',
    text: () =>
      "The forecast takes today's traffic for every month: the input has fewer than 14 whole days and no --growth is given.",
  },
  'trend-not-used': {
    severity: 'info',
    text: () => 'The input has daily sums for a trend; --growth is given, and goes before it.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** The code of a finding of a report. */
export type ReportFindingCode = keyof typeof texts;

/** The codes of every finding of a report, for the documentation. */
export const reportFindingCodes: readonly string[] = Object.keys(texts);

/** Makes a finding from its code and what its sentence names. */
export function reportFinding(code: ReportFindingCode, name = ''): Finding<ReportFindingCode> {
  const { severity, text }: Sentence = texts[code];
  return { code, severity, message: text(name) };
}
