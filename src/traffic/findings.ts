import type { Finding, Severity } from '../finding.js';

/** What each finding of the traffic room is about. */
export interface TrafficFindings {
  'summary-one-direction': { readonly file: string; readonly rows: number };
  'summary-rows-added-up': { readonly file: string; readonly rows: number };
  'summary-columns-not-read': { readonly file: string; readonly columns: readonly string[] };
}

/** The code of a finding about how traffic was read. */
export type TrafficFindingCode = keyof TrafficFindings;

type Texts = {
  readonly [Code in TrafficFindingCode]: {
    readonly severity: Severity;
    readonly text: (facts: TrafficFindings[Code]) => string;
  };
};

const texts: Texts = {
  'summary-one-direction': {
    severity: 'warning',
    text: ({ file, rows }) =>
      `${file}: ${countRows(rows)} gave one direction alone; the other is counted as 0.`,
  },
  'summary-rows-added-up': {
    severity: 'info',
    text: ({ file, rows }) =>
      `${file}: ${countRows(rows)} repeated the profile and period of an earlier row and were added to it.`,
  },
  'summary-columns-not-read': {
    severity: 'info',
    text: ({ file, columns }) => `${file}: columns that were not read: ${columns.join(', ')}.`,
  },
};

/** A finding about how traffic was read, with its text. */
export function trafficFinding<Code extends TrafficFindingCode>(
  code: Code,
  facts: TrafficFindings[Code],
): Finding<Code> {
  const { severity, text } = texts[code];
  return { code, severity, message: text(facts) };
}

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}
