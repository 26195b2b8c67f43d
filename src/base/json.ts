import { PathfareError, quoteValue } from './errors.js';

/** What a text was read from: its name for messages, and what to do where it can't be used. */
export interface Origin {
  /** The file, with the flag that names it before it: `--rates own.json`. */
  readonly name: string;
  readonly hint: string;
}

/**
 * Reads JSON from text.
 *
 * @throws PathfareError naming the origin, and how the text begins
 */
export function parseJson(text: string, { name, hint }: Origin): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = quoteValue(text.slice(0, 40));
    throw new PathfareError('invalid-json', `${name}: is not JSON, it begins with ${start}`, {
      hint,
      cause,
    });
  }
}

/** Writes a document as JSON: two spaces a level, and a line end. */
export function formatJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What a document of pathfare begins with: the name of its JSON Schema, which is the schema's `$id`, and its own name. */
export interface DocumentHead<Name extends string> {
  readonly $schema: `urn:pathfare:${Name}`;
  readonly schema: `pathfare/${Name}`;
}

/** The head of a document, such as `comparison@1`. */
export function documentHead<Name extends string>(name: Name): DocumentHead<Name> {
  return { $schema: `urn:pathfare:${name}`, schema: `pathfare/${name}` };
}
