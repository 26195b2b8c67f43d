import type { Column } from './tables.js';

/** A GitHub Markdown table. Cells are Markdown already: text from outside is escaped by the caller. */
export function markdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [line(columns.map(({ head }) => head)), line(rule), ...rows.map(line)].join('\n');
}
