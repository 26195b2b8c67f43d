import { PathfareError, quoteValue } from '../../base/errors.js';
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
  if (family === 4) {
    const quick = unpackQuickly4(text);
    if (quick !== undefined) return quick;
  }
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

const slash = 47;
const space = 32;
const dot = 46;
const zero = 48;

/**
 * As above for IPv4, by its characters: every run of the program waits for ten thousand prefixes before it can scan. Undefined where
 * anything is not as it should be, which the other way then tells.
 */
function unpackQuickly4(text: string): readonly Cidr[] | undefined {
  const cidrs: Cidr[] = [];
  // The octets of the block at hand; those that it shares with the block before are still there.
  const octets = [0, 0, 0, 0];
  let known = 0;
  let own: number[] = [];
  let value = -1;
  let isLength = false;
  for (let at = 0; at <= text.length; at++) {
    const character = at === text.length ? space : text.charCodeAt(at);
    if (character >= zero && character <= zero + 9) {
      value = Math.max(value, 0) * 10 + character - zero;
      if (value > 255) return undefined;
    } else if ((character === dot || character === slash) && !isLength && value >= 0) {
      own.push(value);
      value = -1;
      isLength = character === slash;
    } else if (character === space && isLength && value >= 0 && value <= 32) {
      const cidr = blockOf(octets, own, value, known);
      if (cidr === undefined) return undefined;
      cidrs.push(cidr);
      known = Math.ceil(value / 8);
      own = [];
      value = -1;
      isLength = false;
    } else return undefined;
  }
  return cidrs;
}

function blockOf(
  octets: number[],
  own: readonly number[],
  length: number,
  known: number,
): Cidr | undefined {
  const count = Math.ceil(length / 8);
  if (count < own.length || count - own.length > known) return undefined;
  for (const [index, octet] of own.entries()) octets[count - own.length + index] = octet;
  octets.fill(0, count);
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  const start = ((a * 256 + b) * 256 + c) * 256 + d;
  if (start % 2 ** (32 - length) !== 0) return undefined;
  return { family: 4, start: BigInt(start), length };
}
