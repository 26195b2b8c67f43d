/** `1 zone`, `1,234 zones`: a count with its word. */
export function plural(count: number | bigint, one: string, many = `${one}s`): string {
  return `${groupThousands(count)} ${String(count) === '1' ? one : many}`;
}

/** `1 record is`, `2 records are`: a count with its word, and the verb that agrees with it. */
export function agreeing(count: number | bigint, noun: string, one: string, many: string): string {
  return `${plural(count, noun)} ${String(count) === '1' ? one : many}`;
}

/** Puts a comma between groups of three digits before the decimal point, the same in every locale. */
export function groupThousands(value: string | number | bigint): string {
  const [whole = '', ...fraction] = String(value).split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

const namedAtMost = 6;

/** `a, b, c and 4 more`: names in a sentence, each once, cut where there are many. */
export function listNames(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const listed = distinct.slice(0, namedAtMost).join(', ');
  const more = distinct.length - namedAtMost;
  return more > 0 ? `${listed} and ${more} more` : listed;
}

/** `a, b or c`: names of which one is to be chosen. */
export function anyOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
