import type { VpcComparison } from '../../cost/compare/comparison.js';

/** A path's name as the head of a column: `Gateway endpoint`. */
export function columnHead(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A VPC's name; one without an id is named by its account. */
export function vpcName({ vpcId, accountId }: Pick<VpcComparison, 'vpcId' | 'accountId'>): string {
  if (vpcId !== null) return vpcId;
  return accountId === null ? 'VPC' : `VPC of account ${accountId}`;
}

/**
 * Text from logs, CSV and rate files is hostile: it may hold terminal escapes, Markdown, HTML or spreadsheet formulas.
 * Each format shows it through the function of its name; a CSV's cells are guarded as they are written (csv.ts).
 */

/** For a terminal: control, format and direction characters become visible escapes. */
export function terminalText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16).padStart(4, '0')}}`;
  });
}

/** For Markdown: every character that could begin markup, a link or an HTML tag stands escaped. */
export function markdownText(text: string): string {
  return terminalText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$@]/g, (character) => `\\${character}`)
    .replace(/(https?|www)([:.])/gi, '$1&#8203;$2')
    .replace(/^(\s*)([-=])/, '$1\\$2')
    .replace(/^(\s*\d+)\./, '$1\\.');
}
