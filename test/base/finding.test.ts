import { describe, expect, it } from 'vitest';
import { findingTable, info, sortFindings, warning } from '../../src/base/finding.js';

const { codes, finding } = findingTable({
  'no-facts': info(() => 'Nothing to name.'),
  'two-facts': warning(({ vpc, bytes }: { vpc: string; bytes: bigint }) => `${vpc}: ${bytes}.`),
});

describe('a table of findings', () => {
  it('makes a finding from its code and its facts', () => {
    expect(finding('no-facts')).toEqual({
      code: 'no-facts',
      severity: 'info',
      message: 'Nothing to name.',
    });
    expect(finding('two-facts', { vpc: 'vpc-1', bytes: 2n })).toEqual({
      code: 'two-facts',
      severity: 'warning',
      message: 'vpc-1: 2.',
    });
  });

  it('lists its codes', () => {
    expect(codes).toEqual(['no-facts', 'two-facts']);
  });

  it('does not compile without the facts, or with a code that it does not have', () => {
    const amiss = () => [
      // @ts-expect-error: the facts are missing
      finding('two-facts'),
      // @ts-expect-error: a fact is missing
      finding('two-facts', { vpc: 'vpc-1' }),
      // @ts-expect-error: the bytes are a text
      finding('two-facts', { vpc: 'vpc-1', bytes: '2' }),
      // @ts-expect-error: no such code
      finding('three-facts'),
    ];
    expect(amiss).toThrow(TypeError);
  });
});

describe('findings in order', () => {
  it('are warnings first, then by code and by message', () => {
    const of = (severity: 'info' | 'warning', code: string, message: string) => ({
      severity,
      code,
      message,
    });
    const sorted = [
      of('warning', 'a', 'z'),
      of('warning', 'b', 'A'),
      of('warning', 'b', 'a'),
      of('info', 'a', ''),
    ];
    expect(sortFindings(sorted.toReversed())).toEqual(sorted);
  });
});
