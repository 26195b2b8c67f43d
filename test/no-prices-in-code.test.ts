import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRateCard } from '../src/pricing/card/document.js';

const root = join(import.meta.dirname, '..');
const figures = figuresOfShippedCards();

/** Every price and tier bound that a shipped rate card holds, as a plain decimal. */
function figuresOfShippedCards(): ReadonlySet<string> {
  const folder = join(root, 'pricing-cache/rates');
  const cards = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => parseRateCard(JSON.parse(readFileSync(join(folder, file), 'utf8')), file));
  const rates = cards.flatMap((card) => Object.values(card.rates));
  const tiers = rates.flatMap((rate) => rate?.tiers ?? []);
  const found = new Set(tiers.flatMap((tier) => [tier.price, tier.beginRange, tier.endRange]));
  for (const harmless of ['0', '1', 'Inf']) found.delete(harmless);
  return found;
}

/** The figures of rate cards, and any other amount of dollars and cents, in code outside its comments. */
function pricesIn(code: string): readonly string[] {
  const text = withoutComments(code).replaceAll(/(?<=\d)[,_](?=\d{3})/g, '');
  // A percentage is no price: the formatter sets spaces around a remainder.
  const numbers = text.match(/(?<![\d.\w])\d+(\.\d+)?(?![\d.]*\.\d|\d|%)/g) ?? [];
  const dollars = text.match(/\$\d+\.\d+/g) ?? [];
  return [...numbers.filter((number) => figures.has(number)), ...dollars];
}

/** Takes comments out and leaves strings whole: a URL in a string is no comment. */
function withoutComments(code: string): string {
  const stringOrComment =
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/.*$/gm;
  return code.replaceAll(stringOrComment, (_, string: string | undefined) => string ?? '');
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

describe('no price and no tier bound stands in the code', () => {
  it.each(sources)('src/%s', (file) => {
    expect(pricesIn(readFileSync(join(root, 'src', file), 'utf8'))).toEqual([]);
  });

  it.each([
    ['a tier bound', 'const bound = 1048576;'],
    ['a tier bound with separators', 'const bound = 5_242_880n;'],
    ['a price as a number', 'const price = 0.045;'],
    ['a price as a string', `const price = '0.01';`],
    ['a price after a URL', `const page = 'https://example.com', price = '0.01';`],
    ['a price before a remainder', 'const rest = 0.045 % 2;'],
    ['a price in a sentence', `const text = 'NAT costs 0.045 a GB';`],
    ['any amount of dollars and cents', 'const text = `it costs $12.34`;'],
    ['a tier bound in a sentence', `const text = 'over 1,048,576 GB';`],
  ])('%s would be found', (_, code) => {
    expect(pricesIn(code)).toHaveLength(1);
  });

  it.each([
    ['the bytes of a GB', 'const bytesPerGb = 2n ** 30n, same = 1_073_741_824n;'],
    ['the hours of a month', 'const hoursPerMonth = 730;'],
    ['a comment with a sum', '// 1,048,576 GB × $0.01 = $10,485.76\n/** or 0.045 */'],
    ['a version', `const version = '0.1.0';`],
    ['a share', `const accepted = '0.1%';`],
    ['a replacement', `const text = a.replace(b, '$1');`],
  ])('%s is none', (_, code) => {
    expect(pricesIn(code)).toEqual([]);
  });
});
