import type { TextLine } from './text-lines.js';
import { textLines } from './text-lines.js';

/** A JSON object at the top level of a file, or a text in its place that is none. */
export type JsonObjectText =
  | {
      readonly kind: 'object';
      readonly line: number;
      readonly value: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'unreadable';
      readonly line: number;
      readonly reason: string;
      readonly text: string;
    };

const notAnObject = 'is not a JSON object';

/**
 * Reads the JSON objects that follow each other in a file: one a line, several in a line without
 * anything between (as Firehose joins CloudWatch's messages), or one over several lines. After a text that
 * is damaged it goes on with the next line that begins with `{`.
 */
export async function* jsonObjects(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly JsonObjectText[]> {
  const splitter = new ObjectSplitter();
  for await (const lines of textLines(source)) {
    const found = lines.flatMap((line) => splitter.push(line));
    if (found.length > 0) yield found;
  }
  const last = splitter.end();
  if (last.length > 0) yield last;
}

class ObjectSplitter {
  /** The lines of an object that has begun and not ended. */
  #open: string[] = [];
  #openLine = 0;
  #scan = new DepthScan();

  push(line: TextLine): readonly JsonObjectText[] {
    if (line.cut)
      return [
        ...this.end(),
        { kind: 'unreadable', line: line.number, reason: 'is too long a line', text: line.text },
      ];
    const found: JsonObjectText[] = [];
    // A string can't hold a line end, and what is printed over several lines is indented: here an object was cut.
    if (this.#open.length > 0 && line.text.startsWith('{')) found.push(...this.end());
    if (this.#open.length === 0) {
      if (line.text.trim() === '') return found;
      const whole = parseObject(line.text);
      if (whole !== undefined)
        return [...found, { kind: 'object', line: line.number, value: whole }];
    }
    this.#take(line, found);
    return found;
  }

  /** What has begun and not ended is unreadable. */
  end(): readonly JsonObjectText[] {
    if (this.#open.length === 0) return [];
    const text = this.#open.join('\n');
    this.#reset();
    return text.trim() === ''
      ? []
      : [{ kind: 'unreadable', line: this.#openLine, reason: 'is a JSON object cut short', text }];
  }

  #reset(): void {
    this.#open = [];
    this.#scan = new DepthScan();
  }

  #take(line: TextLine, found: JsonObjectText[]): void {
    let begin = 0;
    for (const end of this.#scan.objectEnds(line.text)) {
      this.#hold(line.text.slice(begin, end), line.number);
      const text = this.#open.join('\n');
      const value = parseObject(text);
      found.push(
        value === undefined
          ? { kind: 'unreadable', line: this.#openLine, reason: notAnObject, text }
          : { kind: 'object', line: this.#openLine, value },
      );
      this.#open = [];
      begin = end;
    }
    const left = line.text.slice(begin);
    if (this.#open.length > 0 || left.trim() !== '') this.#hold(left, line.number);
    if (this.#scan.isOutside() && this.#open.length > 0) {
      found.push({ kind: 'unreadable', line: this.#openLine, reason: notAnObject, text: left });
      this.#reset();
    }
  }

  #hold(text: string, line: number): void {
    if (this.#open.length === 0) this.#openLine = line;
    this.#open.push(text);
  }
}

/** Follows braces outside strings to find where top-level objects end. */
class DepthScan {
  #depth = 0;
  #inString = false;

  isOutside(): boolean {
    return this.#depth === 0;
  }

  /** The positions after each closing brace in this line that ends a top-level object. */
  *objectEnds(text: string): Generator<number> {
    // No string goes over a line end.
    this.#inString = false;
    for (const { 0: mark, index } of text.matchAll(/\\.|["{}]/g)) {
      if (mark === '"') this.#inString = this.#depth > 0 && !this.#inString;
      else if (this.#inString || mark.length > 1) continue;
      else if (mark === '{') this.#depth++;
      else if (this.#depth > 0 && --this.#depth === 0) yield index + 1;
    }
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A JSON value as an object, undefined if it is none. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}
