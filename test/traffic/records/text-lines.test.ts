import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TextLine, textLines } from '../../../src/traffic/records/text-lines.js';
import { chunks } from './gather.js';

async function read(
  content: string | Uint8Array,
  size?: number,
  longest?: number,
): Promise<readonly TextLine[]> {
  const lines: TextLine[] = [];
  for await (const group of textLines(chunks(content, size), longest)) lines.push(...group);
  return lines;
}

describe('textLines', () => {
  it('gives the same lines however the bytes are cut into chunks', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '😀', ' ', '"', '{', '\t', '\u2028'))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        async (lines, end, size) => {
          const whole = lines.map((line) => line + end).join('');
          expect((await read(whole, size)).map((line) => line.text)).toEqual(lines);
        },
      ),
    );
  });

  it('counts lines from 1, with a last line that has no end, and without a byte order mark', async () => {
    expect(await read('\uFEFFa\n\nb')).toEqual([
      { number: 1, text: 'a', cut: false },
      { number: 2, text: '', cut: false },
      { number: 3, text: 'b', cut: false },
    ]);
    expect(await read('')).toEqual([]);
  });

  it.each([1, 7, 1000])(
    'keeps no more than the beginning of an overlong line, in chunks of %i',
    async (size) => {
      const lines = await read(`a\n${'x'.repeat(5000)}\nb\n`, size, 2000);
      expect(lines.map(({ number, cut }) => [number, cut])).toEqual([
        [1, false],
        [2, true],
        [3, false],
      ]);
      expect(lines[1]?.text).toBe('x'.repeat(1024));
      expect(lines[2]?.text).toBe('b');
    },
  );

  it('replaces what is no UTF-8, so that the line fails by itself', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('b\n'),
    ]);
    expect((await read(bytes)).map((line) => line.text)).toEqual(['a', '\uFFFD', 'b']);
  });
});
