import { describe, expect, it } from 'vitest';
import { groupThousands, listNames, plural } from '../../src/base/text.js';

describe('text', () => {
  it.each([
    [0, '0 zones'],
    [1, '1 zone'],
    [1n, '1 zone'],
    [1.5, '1.5 zones'],
    [1234, '1,234 zones'],
    [10n ** 18n, '1,000,000,000,000,000,000 zones'],
  ])('counts %s', (count, text) => {
    expect(plural(count, 'zone')).toBe(text);
  });

  it('has a plural of its own for a word that takes no s', () => {
    expect(plural(1, 'address', 'addresses')).toBe('1 address');
    expect(plural(2, 'address', 'addresses')).toBe('2 addresses');
  });

  it.each([
    ['1234567.1234567', '1,234,567.1234567'],
    ['123', '123'],
    ['-123456', '-123,456'],
    [1000, '1,000'],
    [2n ** 63n, '9,223,372,036,854,775,808'],
  ])('groups the digits of %s', (value, text) => {
    expect(groupThousands(value)).toBe(text);
  });

  it('names each once, and a few of many', () => {
    expect(listNames([])).toBe('');
    expect(listNames(['a', 'b', 'a'])).toBe('a, b');
    expect(listNames('abcdef'.split(''))).toBe('a, b, c, d, e, f');
    expect(listNames('abcdefgh'.split(''))).toBe('a, b, c, d, e, f and 2 more');
  });
});
