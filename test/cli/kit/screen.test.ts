import { describe, expect, it } from 'vitest';
import { screenOf } from '../../../src/cli/kit/output.js';

const terminal = (columns: number) => ({
  isTTY: true,
  columns,
  write: () => true,
  once: () => undefined,
});

describe('the screen', () => {
  it('is as wide as the terminal, from 40 to 120 columns, and in color', () => {
    const widths = [20, 100, 300].map(
      (columns) => screenOf({ stdout: terminal(columns), env: {} }, undefined).width,
    );
    expect(widths).toEqual([40, 100, 120]);
    expect(screenOf({ stdout: terminal(80), env: {} }, undefined).color).toBe(true);
  });

  it('is without color where NO_COLOR has a value or the terminal is dumb', () => {
    const color = (env: Readonly<Record<string, string>>) =>
      screenOf({ stdout: terminal(80), env }, undefined).color;
    expect([{ NO_COLOR: '1' }, { NO_COLOR: '' }, { TERM: 'dumb' }].map(color)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('is 80 columns without color for a pipe and for a file', () => {
    const plain = { width: 80, color: false };
    const pipe = { write: () => true, once: () => undefined };
    expect(screenOf({ stdout: pipe, env: {} }, undefined)).toEqual(plain);
    expect(screenOf({ stdout: terminal(100), env: {} }, 'result.txt')).toEqual(plain);
  });
});
