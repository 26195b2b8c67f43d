/** The lines that a golden file may have: one that nobody reads proves nothing. */
export const longestGolden = 600;

/** An object whose text is no longer stands on one line. */
const longest = 480;

/**
 * A JSON document as it stands in a golden file: a list has a line for each of its parts, and a component, a charge or a
 * tier is one line. Nothing is left out.
 */
export function goldenJson(document: unknown): string {
  return `${print(document, '')}\n`;
}

function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((part) => print(part, inner))
    : Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${print(part, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const isFlat = Object.values(value).every((part) => typeof part !== 'object' || part === null);
  const line = parts.join(', ').replaceAll(/\n */g, ' ');
  const fits = isFlat || (!Array.isArray(value) && line.length <= longest);
  return fits
    ? `${open} ${line} ${close}`
    : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
