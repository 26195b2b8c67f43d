import { describe, expect, it } from 'vitest';
import {
  formatGb,
  formatMoney,
  formatMoneyOf,
  formatQuantity,
  formatRate,
  formatWholeMoney,
} from '../../../src/report/draw/money.js';

describe('money for people', () => {
  it.each([
    ['0', '$0.00'],
    ['225', '$225.00'],
    ['10485.766', '$10,485.77'],
    ['1234567.005', '$1,234,567.01'],
    ['0.005', '$0.01'],
    ['0.00499', '<$0.01'],
    ['0.000000000000000000001', '<$0.01'],
    ['-0.001', '-<$0.01'],
    ['-25.33', '-$25.33'],
    ['-1234.565', '-$1,234.57'],
    ['99.995', '$100.00'],
    ['999999999999999999999.99', '$999,999,999,999,999,999,999.99'],
  ])('%s is %s', (value, shown) => {
    expect(formatMoney(value, 'USD')).toBe(shown);
  });

  it('says that it is a lower bound', () => {
    expect(formatMoney('7.3', 'USD', false)).toBe('≥ $7.30');
  });

  it('is not known where it is a lower bound of nothing', () => {
    expect(formatMoney('0', 'USD', false)).toBe('not known');
    expect(formatWholeMoney('0', 'USD', false)).toBe('not known');
    expect(formatMoneyOf('a month', '0', 'USD', false)).toBe('not known');
    expect(formatMoneyOf('a month', '0', 'USD')).toBe('$0.00 a month');
    expect(formatMoneyOf('a year', '7.3', 'USD', false)).toBe('≥ $7.30 a year');
    expect(formatMoney('0.001', 'USD', false)).toBe('≥ <$0.01');
  });

  it('is in the currency of the rates', () => {
    expect(formatMoney('7.3', 'CNY')).toBe('CN¥7.30');
    expect(formatMoney('7.3', 'EUR')).toBe('EUR 7.30');
    expect(formatRate('0.045', 'USD')).toBe('$0.045');
    expect(formatRate('0.312', 'CNY')).toBe('CN¥0.312');
  });
});

describe('GB for people', () => {
  it.each([
    ['0', '0'],
    ['0.000000000931322574615478515625', '<0.01'],
    ['0.005', '0.01'],
    ['0.75', '0.75'],
    ['99.994', '99.99'],
    ['100.4', '100'],
    ['1048576.5', '1,048,577'],
  ])('%s is %s', (value, shown) => {
    expect(formatGb(value)).toBe(shown);
  });
});

describe('quantities', () => {
  it('are whole to six decimals and grouped by thousands', () => {
    expect(formatQuantity('1048576')).toBe('1,048,576');
    expect(formatQuantity('349525.333333333332')).toBe('349,525.333333');
  });
});

describe('money without cents', () => {
  it.each([
    ['0', '$0'],
    ['0.49', '<$1'],
    ['0.5', '$1'],
    ['1234567.5', '$1,234,568'],
    ['-20.4', '-$20'],
  ])('%s is %s', (value, shown) => {
    expect(formatWholeMoney(value, 'USD')).toBe(shown);
  });
});
