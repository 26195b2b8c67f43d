import { cut, mostShown } from '../draw/cut.js';
import { terminalText } from '../draw/labels.js';
import type { Column } from '../draw/tables.js';

/** HTML that is safe to put into a page: made by this room, text from outside escaped. */
export interface Markup {
  readonly html: string;
}

/** Text for HTML, in an element or in a quoted attribute: control characters become visible, markup stays text. */
function escapeHtml(text: string): string {
  return terminalText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

type Part = string | number | Markup | readonly Markup[];

/** A template of HTML: every value that is text is escaped, markup stands as it is. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const filled = strings.map((text, index) => {
    const value = values[index];
    return value === undefined ? text : text + htmlOf(value);
  });
  return { html: filled.join('') };
}

function htmlOf(value: Part): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('html' in value) return value.html;
  return value.map((each) => each.html).join('\n');
}

/** No markup, where a part of a page is left out. */
export const nothing: Markup = { html: '' };

/** A table with a caption for those who hear it; on a narrow screen it scrolls by itself. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  const { shown, more } = cut(rows, mostShown.tableRows);
  const cell = (value: string | Markup, index: number) => {
    const align = columns[index]?.align === 'right' ? 'n' : 't';
    return index === 0
      ? html`<th scope="row" class="${align}">${value}</th>`
      : html`<td class="${align}">${value}</td>`;
  };
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ head, align }) => html`<th scope="col" class="${align === 'right' ? 'n' : 't'}">${head}</th>`)}</tr></thead>
<tbody>${shown.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
</table></div>${more > 0 ? html`<p class="more">${more} more in the CSV and the JSON.</p>` : nothing}`;
}

/** A list of sentences. */
export function list(lines: readonly string[]): Markup {
  if (lines.length === 0) return html`<p>Nothing.</p>`;
  return html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
