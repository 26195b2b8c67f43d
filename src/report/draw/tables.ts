import Table from 'cli-table3';
import stringWidth from 'string-width';

/** A column of a text table. */
export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
}

/** A column of text. */
export const left = (head: string): Column => ({ head, align: 'left' });

/** A column of amounts. */
export const right = (head: string): Column => ({ head, align: 'right' });

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Draws rows under heads, in columns as wide as their content, without borders or color. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    chars: noBorders,
    colAligns: columns.map(({ align }) => align),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(
    columns.map(({ head }) => head),
    ...rows.map((row) => [...row]),
  );
  return trimEnds(table.toString());
}

function trimEnds(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The columns that a line takes on a terminal: a wide character takes two, a combining one none. */
export function displayWidth(line: string): number {
  return stringWidth(line);
}

/** Breaks text into lines of at most `width` columns; the later ones begin with `indent`. A longer word is cut. */
export function wrapText(text: string, width: number, indent = ''): string {
  const lead = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = lead;
  for (const word of text
    .trim()
    .split(' ')
    .flatMap((each) => chunks(each, width - indent.length))) {
    const joined = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (displayWidth(joined) <= width) line = joined;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line].join('\n');
}

// Made where a word is cut for the first time: it takes 10 ms, a tenth of a start.
let graphemes: Intl.Segmenter | undefined;

/** A word in parts of at most `size` columns, never within a character. */
function chunks(word: string, size: number): readonly string[] {
  if (displayWidth(word) <= size) return [word];
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const parts: string[] = [];
  let part = '';
  for (const { segment } of graphemes.segment(word)) {
    if (part !== '' && displayWidth(part + segment) > size) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}

/** Cuts text to a width in columns, with an ellipsis where something is lost. */
export function cutText(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${chunks(text, width - 1)[0]}…`;
}

/** A GitHub Markdown table. Cells are Markdown already: text from outside is escaped by the caller. */
export function markdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [line(columns.map(({ head }) => head)), line(rule), ...rows.map(line)].join('\n');
}
