import { PathfareError, quoteValue } from '../errors.js';
import { type AddressFamily, addressBits, type Cidr, joinParts, splitParts } from './cidr.js';
import { rangesHint } from './ip-ranges.js';

// The parts that a packed prefix is written in: octets in decimal, hextets in hexadecimal.
const forms = {
  4: { bits: 8, radix: 10, part: /^\d{1,3}$/ },
  6: { bits: 16, radix: 16, part: /^[0-9a-f]{1,4}$/ },
} as const;

/**
 * Writes blocks of one family, in ascending order, as words: each without the zero parts at its end and
 * without the leading parts (octets, hextets) that it shares with the block before (`3.5.140/22 144/23`).
 */
export function packPrefixes(cidrs: readonly Cidr[]): string {
  let previous: readonly string[] = [];
  const words: string[] = [];
  for (const { family, start, length } of cidrs) {
    const { bits, radix } = forms[family];
    const all = splitParts(start, BigInt(bits), addressBits[family] / bits);
    const parts = all.slice(0, Math.ceil(length / bits)).map((part) => part.toString(radix));
    words.push(`${parts.slice(sharedParts(previous, parts)).join('.')}/${length}`);
    previous = parts;
  }
  return words.join(' ');
}

/** How many leading parts two prefixes share; a prefix always keeps its own last part. */
function sharedParts(previous: readonly string[], parts: readonly string[]): number {
  let shared = 0;
  while (shared < parts.length - 1 && parts[shared] === previous[shared]) shared++;
  return shared;
}

/**
 * Reads packed blocks of one family.
 *
 * @param where the file and member, for the message of a failure
 * @throws PathfareError with the word that is not a packed prefix
 */
export function unpackPrefixes(
  text: string,
  family: AddressFamily,
  where: string,
): readonly Cidr[] {
  let previous: readonly string[] = [];
  return text.split(' ').map((word) => {
    const [own = '', lengthText = ''] = word.split('/');
    const length = /^\d{1,3}$/.test(lengthText) ? Number(lengthText) : Number.NaN;
    const ownParts = own === '' ? [] : own.split('.');
    const count = Math.ceil(length / forms[family].bits);
    const parts = [...previous.slice(0, Math.max(0, count - ownParts.length)), ...ownParts];
    const cidr = parts.length === count ? readParts(parts, length, family) : undefined;
    if (cidr === undefined) {
      throw new PathfareError(`${where}: ${quoteValue(word)} is not a packed prefix`, {
        hint: rangesHint,
      });
    }
    previous = parts;
    return cidr;
  });
}

function readParts(
  parts: readonly string[],
  length: number,
  family: AddressFamily,
): Cidr | undefined {
  const { bits, radix, part } = forms[family];
  const numbers = parts.map((text) => (part.test(text) ? Number.parseInt(text, radix) : -1));
  if (numbers.some((number) => number < 0 || number >= 2 ** bits)) return undefined;
  const free = addressBits[family] - parts.length * bits;
  const start = joinParts(numbers, BigInt(bits)) << BigInt(free);
  const host = BigInt(addressBits[family] - length);
  if (!(length >= 0 && length <= addressBits[family]) || (start >> host) << host !== start)
    return undefined;
  return { family, start, length };
}
