import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { markdownText, terminalText } from '../../../src/report/draw/labels.js';
import { compareShipped, traffic } from '../../cost/traffic.js';
import { anyCodePoint } from '../../support/any-code-point.js';

const escape = '\u001b';

describe('text from outside', () => {
  it.each([
    ['a color', `${escape}[31mred`, '\\u{001b}[31mred'],
    ['a title', `${escape}]0;owned\u0007`, '\\u{001b}]0;owned\\u{0007}'],
    ['a line end', 'a\r\nb', 'a\\u{000d}\\u{000a}b'],
    ['a change of direction', 'a\u202eb', 'a\\u{202e}b'],
    ['a one-byte escape', '\u009b31m', '\\u{009b}31m'],
    ['a half character', '\ud800x', '\\u{d800}x'],
    ['letters of any script', 'équipe-データ', 'équipe-データ'],
  ])('is harmless on a terminal: %s', (_, text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it.each([
    ['a tag', '<script>', '&lt;script&gt;'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['a link', '[a](b)', '\\[a\\]\\(b\\)'],
    ['an image', '![a](b)', '\\!\\[a\\]\\(b\\)'],
    ['a table cell', 'a|b', 'a\\|b'],
    ['code', '`a`', '\\`a\\`'],
    ['emphasis', '*a*_b_~c~', '\\*a\\*\\_b\\_\\~c\\~'],
    ['a heading', '# a', '\\# a'],
    ['a list', '- a', '\\- a'],
    ['a numbered list', '1. a', '1\\. a'],
    ['an address', 'https://x.y', 'https&#8203;://x.y'],
    ['a mention', '@team', '\\@team'],
    ['a backslash before a mark', '\\*', '\\\\\\*'],
    ['two lines', 'a\n# b', 'a\\\\u\\{000a\\}\\# b'],
  ])('is harmless in Markdown: %s', (_, text, shown) => {
    expect(markdownText(text)).toBe(shown);
  });
});

/** Names that a program may hand over, which no summary CSV would be let in with. */
const hostile = fc.string({ unit: anyCodePoint, minLength: 1, maxLength: 40 });

describe('hostile names of VPC and service', () => {
  it('never reach a terminal, a line or a formula of a format', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), (vpcId, service, explain) => {
        const rows = [traffic({ vpcId, service, sent: { gb: '1' } })];
        const comparison = compareShipped(rows);
        const screen = { width: 80, color: false, explain };
        const table = comparisonFormats.table(comparison, screen);
        const markdown = comparisonFormats.markdown(comparison, screen);
        for (const text of [table, markdown]) {
          expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
        expect(markdown).not.toMatch(/<(?!\$|0)/);
        const cells: string[][] = parse(comparisonFormats.csv(comparison), { bom: false });
        for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+@\t\r]|^-\D/);
      }),
      { numRuns: 60 },
    );
  });
});
