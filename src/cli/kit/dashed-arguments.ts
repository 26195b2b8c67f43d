/** No argument of a program can hold a NUL, so that it marks one without doubt. */
const mark = '\0';

/**
 * Marks the arguments that begin with a hyphen and are no flags: `-` (standard input), numbers such as `-5%`, and all
 * that follows `--`, which goes. yargs drops them from a list of positionals without a word.
 */
export function markDashed(args: readonly string[]): readonly string[] {
  const found = args.indexOf('--');
  const end = found === -1 ? args.length : found;
  return [
    ...args.slice(0, end).map((arg) => (isValue(arg) ? `${mark}${arg}` : arg)),
    ...args.slice(end + 1).map((arg) => `${mark}${arg}`),
  ];
}

/** `-` and `-5%` are no flags: the one is standard input, the other a value that the command refuses in its own words. */
const isValue = (arg: string): boolean => /^-(?:\d.*)?$/.test(arg);

/** Gives marked values back as they were typed. */
export function unmarkDashed<Values extends object>(values: Values): Values {
  const plain = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') Object.assign(plain, { [name]: unmarked(value) });
    if (Array.isArray(value)) Object.assign(plain, { [name]: value.map(unmarked) });
  }
  return plain;
}

const unmarked = <Value>(value: Value): Value | string =>
  typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : value;
