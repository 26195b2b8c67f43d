/**
 * A JSON document as it stands in a golden file: an object or a list without others inside is one line. Nothing is left
 * out, and a row that changes is a line that changes.
 */
export function goldenJson(value: unknown): string {
  return `${lines(value, '')}\n`;
}

function lines(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isFlat = Object.values(value).every((part) => typeof part !== 'object' || part === null);
  const parts = Array.isArray(value)
    ? value.map((part) => lines(part, inner))
    : Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${lines(part, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return isFlat
    ? `${open} ${parts.join(', ')} ${close}`
    : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
