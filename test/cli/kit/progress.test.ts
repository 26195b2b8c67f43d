import { expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/kit/output.js';

function terminal(isTTY: boolean, columns: number) {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  return { written, stderr: { write, once: () => {}, isTTY, columns } };
}

it('shows one text in place of the one before, cut at the width, and goes without a trace', () => {
  const { written, stderr } = terminal(true, 24);
  const line = progressLine({ stderr });
  line.show('a');
  line.show('0123456789012345678901234567890');
  line.clear();
  line.clear();
  const clear = '\r\u001b[2K';
  expect(written).toEqual([`${clear}a`, `${clear}01234567890123456789012`, clear]);
});

it('shows nothing in a pipe or a file, and clears nothing that was not shown', () => {
  const { written, stderr } = terminal(false, 24);
  const line = progressLine({ stderr });
  line.show('a');
  line.clear();
  progressLine({ stderr: { ...stderr, isTTY: true } }).clear();
  expect(written).toEqual([]);
});
