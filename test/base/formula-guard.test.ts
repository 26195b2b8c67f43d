import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula, unguardFormula } from '../../src/base/formula-guard.js';

describe('the guard against formulas', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝cmd', '＋1', '－1', '＠A1', "'=1"])(
    'puts a quote before %j',
    (text) => {
      expect(guardFormula(text)).toBe(`'${text}`);
    },
  );

  it.each(['', 'vpc-1', 'a=b', ' =1', "it's", "'x"])('leaves %j as it is', (text) => {
    expect(guardFormula(text)).toBe(text);
  });

  it('comes off again, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '＝', 'x') }));
    fc.assert(
      fc.property(text, (each) => {
        expect(unguardFormula(guardFormula(each))).toBe(each);
      }),
    );
  });
});
