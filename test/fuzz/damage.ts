import type { Random } from '../traffic/worlds/random.js';

/** Bytes with something wrong: cut, changed, doubled, taken out, or with text of another kind put in. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let all = Buffer.from(bytes);
  for (let times = random.whole(1, 4); times > 0; times--) all = damagedOnce(all, random);
  return all;
}

const splices = [
  '\0',
  '\n',
  '{"a":[',
  '"',
  ',',
  'PAR1',
  '\u001b[2J',
  '\u202e',
  '99999999999999999999',
  '[[[[[[[[[[[[[[[['.repeat(9),
] as const;

function damagedOnce(bytes: Buffer<ArrayBuffer>, random: Random): Buffer<ArrayBuffer> {
  const [from, to] = [random.whole(0, bytes.length), random.whole(0, bytes.length)].sort(
    (a, b) => a - b,
  );
  const [before, between, after] = [
    bytes.subarray(0, from),
    bytes.subarray(from, to),
    bytes.subarray(to),
  ];
  switch (random.pick(['cut', 'change', 'double', 'take', 'put'])) {
    case 'cut':
      return Buffer.from(before);
    case 'change': {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[random.whole(0, changed.length - 1)] = random.whole(0, 255);
      return changed;
    }
    case 'double':
      return Buffer.concat([before, between, between, after]);
    case 'take':
      return Buffer.concat([before, after]);
    default:
      return Buffer.concat([before, Buffer.from(random.pick(splices)), between, after]);
  }
}
