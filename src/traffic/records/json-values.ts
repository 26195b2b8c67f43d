/** A JSON value of a file, or a text in its place that is none. */
export type JsonText =
  | {
      readonly kind: 'value';
      readonly line: number;
      readonly value: unknown;
      /** Of an element of a document's list: what the document says before the list. Null: it stands by itself. */
      readonly around: JsonObject | null;
    }
  | {
      readonly kind: 'unreadable';
      readonly line: number;
      readonly reason: string;
      readonly text: string;
    };

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Where a document has its records: what stands in these lists is given one by one. An empty path is a list that is the document. */
export const listPaths = [
  '',
  'events',
  'logEvents',
  'results',
  'Records',
  'records',
  'ResultSet.Rows',
  'hits.hits',
] as const;

const lists: ReadonlySet<string> = new Set(listPaths);
const deepestList = 3;

/** The longest value that is held, in characters: a document of any length is read, its records one by one. */
const longestValue = 16 * 2 ** 20;
/** A line up to this long is parsed whole; of a longer one the values are looked for. */
const longestLine = 2 ** 20;

/** How deep a value may be nested. No log is; what is would end in an overflow of the stack where it is written for a message. */
const deepestNesting = 64;

const notAnObject = 'is not a JSON object';
const tooDeep = `is nested deeper than ${deepestNesting} levels`;

/**
 * Reads the JSON values of a file: one a line, several in a line without anything between (as Firehose joins CloudWatch's messages),
 * one over several lines, or the elements of a document's list. After a text that is damaged or too long it goes on with the next
 * line that begins with `{`: what stands in between is part of it.
 */
export async function* jsonValues(
  source: AsyncIterable<Uint8Array>,
  longest: number = longestValue,
): AsyncGenerator<readonly JsonText[]> {
  const splitter = new ValueSplitter(longest);
  const decoder = new TextDecoder();
  for await (const chunk of source) {
    const found = splitter.push(decoder.decode(chunk, { stream: true }));
    if (found.length > 0) yield found;
  }
  const last = splitter.end(decoder.decode());
  if (last.length > 0) yield last;
}

/** The JSON values of a text. */
export function jsonValuesOf(text: string): readonly JsonText[] {
  const splitter = new ValueSplitter(longestValue);
  return [...splitter.push(text), ...splitter.end('')];
}

/** An open `{` or `[`. */
interface Frame {
  readonly close: '}' | ']';
  /** The keys that lead here; null where no list can follow. */
  readonly path: string | null;
}

class ValueSplitter {
  readonly #longest: number;
  /** What is not given yet, from the beginning of a value on. */
  #text = '';
  /** The line that the text begins in. */
  #textLine = 1;
  /** Up to here the text is looked at. */
  #at = 0;
  #line = 1;
  #isEnd = false;
  #inString = false;
  #isSkipping = false;
  readonly #frames: Frame[] = [];
  /** How many are open beyond the deepest, which are not kept. */
  #beyond = 0;
  #isTooDeep = false;
  /** The beginning of the element at hand is let go of. */
  #isDropped = false;
  /** How many frames are open where the elements of a list begin; 0: in none. */
  #listDepth = 0;
  #around: JsonObject | null = null;
  /** A list of the document at hand was given, so that the document itself is none. */
  #hadList = false;
  #found: JsonText[] = [];

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(text: string): readonly JsonText[] {
    this.#text += text;
    while (this.#step());
    if (this.#text.length > this.#longest) this.#drop();
    return this.#take();
  }

  /** Lets go of a value that is too long: of an element up to its end, for others follow; of any other up to a line that begins one. */
  #drop(): void {
    if (!this.#isDropped) this.#reject('is too long a value', this.#text.slice(0, 1024));
    if (this.#listDepth > 0) {
      this.#isDropped = true;
      this.#cut(this.#at);
    } else {
      this.#reset();
      this.#cut(this.#text.length);
      this.#isSkipping = true;
    }
  }

  end(text: string): readonly JsonText[] {
    this.#isEnd = true;
    const found = this.push(text);
    const isOpen = this.#frames.length > 0;
    if (isOpen) this.#reject('is a JSON object cut short', this.#text);
    else if (this.#text.trim() !== '') this.#reject(notAnObject, this.#text);
    return [...found, ...this.#take()];
  }

  #take(): readonly JsonText[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** Goes on by a token or a line; false where more text is needed. */
  #step(): boolean {
    if (this.#at >= this.#text.length) return false;
    if (this.#isSkipping) return this.#skipLine();
    if (this.#frames.length === 0 && this.#at === 0) {
      const whole = this.#wholeLine();
      if (whole !== undefined) return whole;
    }
    return this.#inString ? this.#endString() : this.#token();
  }

  /** Passes over lines up to one that begins with a brace. */
  #skipLine(): boolean {
    const end = this.#text.indexOf('\n');
    if (end < 0 || end + 1 === this.#text.length) {
      // What follows the line end decides.
      this.#cut(end < 0 ? this.#text.length : end);
      return false;
    }
    this.#isSkipping = this.#text[end + 1] !== '{';
    this.#line++;
    this.#cut(end + 1);
    return true;
  }

  /** A line that is one value. Undefined where it is none; false where its end is not there yet. */
  #wholeLine(): boolean | undefined {
    const end = this.#text.indexOf('\n');
    if (end < 0 && !this.#isEnd && this.#text.length < longestLine) return false;
    const line = end < 0 ? this.#text : this.#text.slice(0, end);
    if (end < 0 && !this.#isEnd) return undefined;
    if (line.trim() !== '') {
      const value = parse(line);
      if (typeof value !== 'object' || value === null) return undefined;
      this.#give(value);
    }
    this.#cut(end < 0 ? this.#text.length : end + 1);
    if (end >= 0) this.#nextLine();
    return true;
  }

  #endString(): boolean {
    const mark = search(/["\\\n]/g, this.#text, this.#at);
    if (mark === -1) {
      this.#at = this.#text.length;
      return false;
    }
    const isEscape = this.#text[mark] === '\\';
    if (isEscape && mark + 1 === this.#text.length && !this.#isEnd) {
      this.#at = mark;
      return false;
    }
    this.#inString = isEscape;
    // No string goes over a line end: it is looked at as any other.
    const isLineEnd = this.#text[mark] === '\n' || (isEscape && this.#text[mark + 1] === '\n');
    if (isLineEnd) this.#inString = false;
    this.#at = mark + (this.#text[mark] === '\n' ? 0 : isEscape && !isLineEnd ? 2 : 1);
    return true;
  }

  #token(): boolean {
    const at = search(/["{}[\],\n]/g, this.#text, this.#at);
    if (at === -1) {
      this.#at = this.#text.length;
      return false;
    }
    const mark = this.#text[at] ?? '';
    if ((mark === '\n' || mark === '[') && at + 1 === this.#text.length && !this.#isEnd) {
      // What follows decides.
      this.#at = at;
      return false;
    }
    this.#at = at + 1;
    if (mark === '\n') this.#lineEnd(at);
    else if (mark === '"') this.#inString = this.#frames.length > 0;
    else if (mark === '{' || mark === '[') this.#open(mark, at);
    else if (mark === ',') this.#comma(at);
    else this.#close(mark === '}' ? '}' : ']', at);
    return true;
  }

  #lineEnd(at: number): void {
    const isOutside = this.#frames.length === 0;
    const before = this.#text.slice(0, at);
    const isOpen = !isOutside && (this.#listDepth === 0 || before.trim() !== '');
    const isCut = isOpen && this.#text[at + 1] === '{';
    if (isOutside && before.trim() !== '') this.#reject(notAnObject, before);
    // What is printed over several lines is indented: where a line begins with a brace, the value before it was cut.
    if (isCut) this.#reject('is a JSON object cut short', before);
    if (isCut) this.#reset();
    if (isCut || isOutside) this.#cut(at + 1);
    this.#nextLine();
  }

  /** A line ends before what is looked at next. */
  #nextLine(): void {
    this.#line++;
    if (this.#at === 0) this.#textLine = this.#line;
  }

  #open(mark: '{' | '[', at: number): void {
    if (this.#frames.length >= deepestNesting) {
      this.#beyond++;
      this.#isTooDeep = true;
      return;
    }
    const isOutside = this.#frames.length === 0;
    if (isOutside) {
      const before = this.#text.slice(0, at);
      if (mark === '[' && (before.trim() !== '' || !listBegins.test(this.#text.slice(at, at + 64))))
        return;
      if (before.trim() !== '') this.#reject(notAnObject, before);
      this.#cut(at);
      this.#at = 1;
    }
    const begin = isOutside ? 0 : at;
    const path = this.#pathTo(begin);
    this.#frames.push({ close: mark === '{' ? '}' : ']', path: mark === '{' ? path : null });
    if (mark === '[' && path !== null && lists.has(path)) this.#openList(begin);
  }

  /** The keys that lead to what opens here; null where it is in a list or deeper than any. */
  #pathTo(at: number): string | null {
    const { length } = this.#frames;
    if (length === 0) return '';
    const outer = this.#frames[length - 1]?.path ?? null;
    if (this.#listDepth > 0 || length > deepestList || outer === null) return null;
    const key = /"([^"\\]{1,64})"\s*:\s*$/.exec(this.#text.slice(Math.max(0, at - 128), at))?.[1];
    if (key === undefined) return null;
    return outer === '' ? key : `${outer}.${key}`;
  }

  #openList(at: number): void {
    const closes = this.#frames.map(({ close }) => close).reverse();
    const around = parse(`${this.#text.slice(0, at)}[${closes.join('')}`);
    this.#around = asObject(around) ?? {};
    this.#listDepth = this.#frames.length;
    this.#hadList = true;
    this.#cut(at + 1);
  }

  #comma(at: number): void {
    if (this.#listDepth === 0 || this.#frames.length !== this.#listDepth) return;
    this.#element(at);
  }

  #element(at: number): void {
    const text = this.#text.slice(0, at);
    if (!this.#isDropped && text.trim() !== '') this.#value(text);
    this.#isDropped = false;
    this.#cut(at + 1);
  }

  #close(mark: '}' | ']', at: number): void {
    if (this.#beyond > 0) {
      this.#beyond--;
      return;
    }
    const within = this.#frames.slice(this.#listDepth).map(({ close }) => close);
    const depth = within.lastIndexOf(mark);
    if (depth < 0) {
      if (mark === ']' && this.#listDepth > 0 && within.length === 0) this.#closeList(at);
      return;
    }
    this.#frames.length = this.#listDepth + depth;
    if (this.#frames.length === 0) this.#endDocument(at);
  }

  #closeList(at: number): void {
    this.#element(at);
    this.#listDepth = 0;
    this.#frames.pop();
    if (this.#frames.length === 0) this.#endDocument(-1);
  }

  #endDocument(at: number): void {
    if (!this.#hadList) this.#value(this.#text.slice(0, at + 1));
    this.#cut(at + 1);
    this.#reset();
  }

  #value(text: string): void {
    if (this.#isTooDeep) {
      this.#reject(tooDeep, text);
      return;
    }
    const value = parse(text);
    if (value === undefined) this.#reject(notAnObject, text);
    else this.#give(value, text);
  }

  #give(value: unknown, text = ''): void {
    const line = this.#lineOf(text);
    this.#found.push({ kind: 'value', line, value, around: this.#around });
  }

  #reject(reason: string, text: string): void {
    this.#found.push({ kind: 'unreadable', line: this.#lineOf(text), reason, text: text.trim() });
  }

  /** The line of the first character that is not blank. */
  #lineOf(text: string): number {
    return this.#textLine + (/^\s*/.exec(text)?.[0].split('\n').length ?? 1) - 1;
  }

  /** Forgets the text up to here; what was looked at is the beginning. */
  #cut(end: number): void {
    this.#text = this.#text.slice(end);
    this.#at = 0;
    this.#isTooDeep = false;
    this.#textLine = this.#line;
  }

  #reset(): void {
    this.#frames.length = 0;
    this.#beyond = 0;
    this.#isDropped = false;
    this.#listDepth = 0;
    this.#around = null;
    this.#hadList = false;
    this.#inString = false;
  }
}

/** A bracket in a line of another log (`[INFO] …`) begins no list. */
const listBegins = /^\[\s*(?:[[{"\]]|$)/;

function search(marks: RegExp, text: string, from: number): number {
  marks.lastIndex = from;
  return marks.exec(text)?.index ?? -1;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isNestedDeeper(value, deepestNesting) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (isNestedDeeper(inner, levels - 1)) return true;
  return false;
}

/** A JSON value as an object, undefined if it is none. */
export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
