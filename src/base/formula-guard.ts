/** What a spreadsheet takes for a formula at the start of a cell, the full-width forms included. */
const formulaStart = /^'*[=+\-@\t\r＝＋－＠]/;

/**
 * Makes a text harmless in a spreadsheet: a cell that begins like a formula gets a single quote before
 * it (OWASP, CSV injection). A text that already begins so gets one more, so that `unguardFormula`
 * gives back exactly what went in.
 */
export function guardFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** Takes the single quote of `guardFormula` off again. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text;
}
