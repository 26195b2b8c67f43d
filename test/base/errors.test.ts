import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitCodes, PathfareError, quoteValue, UsageError } from '../../src/base/errors.js';
import { anyCodePoint } from '../support/any-code-point.js';

describe('quoteValue', () => {
  it.each([
    ['nat-gateway', '"nat-gateway"'],
    ['', '""'],
    ['a "b" \\c', '"a \\"b\\" \\\\c"'],
    ['line\r\nnext\t', '"line\\r\\nnext\\t"'],
    ['\u001b[31mred', '"\\u{001b}[31mred"'],
    ['\u009b31m', '"\\u{009b}31m"'],
    ['\u202egnp.exe', '"\\u{202e}gnp.exe"'],
    ['zero\u200bwidth', '"zero\\u{200b}width"'],
    ['a\u2028b', '"a\\u{2028}b"'],
    ['\ud800', '"\\u{d800}"'],
    ['Zürich 🙂', '"Zürich 🙂"'],
    ['9'.repeat(60), `"${'9'.repeat(60)}"`],
    ['9'.repeat(61), `"${'9'.repeat(60)}…"`],
    ['🙂'.repeat(61), `"${'🙂'.repeat(60)}…"`],
  ])('shows %j as %s', (value, shown) => {
    expect(quoteValue(value)).toBe(shown);
  });

  it('never lets a character through that a terminal acts on', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCodePoint, maxLength: 200 }), (value) => {
        expect(quoteValue(value)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('PathfareError', () => {
  it('fails with 1, and a wrong call with 2', () => {
    expect(new PathfareError('usage', 'x').exitCode).toBe(exitCodes.failed);
    expect(new UsageError('usage', 'x').exitCode).toBe(exitCodes.usage);
  });

  it('carries its hint and its cause', () => {
    const cause = new Error('refused');
    const error = new PathfareError('usage', 'x', { hint: 'Try again.', cause });
    expect([error.hint, error.cause, error.message]).toEqual(['Try again.', cause, 'x']);
  });
});
