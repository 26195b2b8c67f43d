import fc from 'fast-check';

/**
 * A unit for `fc.string`: any character but half a surrogate pair. What fast-check calls `binary` is the same, and builds a
 * table of all of them first, which takes a second.
 */
export const anyCodePoint: fc.Arbitrary<string> = fc
  .nat(0x10_ff_ff)
  .filter((code) => code < 0xd8_00 || code > 0xdf_ff)
  .map((code) => String.fromCodePoint(code));
