/** A line of a text file, without its line end. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Longer than the longest line: `text` is only its beginning. */
  readonly cut: boolean;
}

/**
 * The longest line that is read, in bytes. CloudWatch Logs sends a subscriber up to 1 MB at once, as one
 * line; a file without line ends must not fill the memory.
 */
const longestLine = 16 * 2 ** 20;

const lineFeed = 0x0a;
const keptOfCutLine = 1024;

/**
 * Splits bytes into lines (LF or CR LF), in groups as they arrive. Bytes that are no UTF-8 become U+FFFD, and
 * a byte order mark at the start is dropped: a line that is damaged fails by itself, where it is read.
 */
export async function* textLines(
  source: AsyncIterable<Uint8Array>,
  longest: number = longestLine,
): AsyncGenerator<readonly TextLine[]> {
  const splitter = new LineSplitter(longest);
  for await (const chunk of source) {
    const lines = splitter.push(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = splitter.end();
  if (last !== undefined) yield [last];
}

class LineSplitter {
  readonly #longest: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #number = 1;

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(chunk: Uint8Array): readonly TextLine[] {
    const lines: TextLine[] = [];
    let begin = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, begin)) {
      this.#hold(chunk.subarray(begin, end));
      lines.push(this.#line());
      begin = end + 1;
    }
    this.#hold(chunk.subarray(begin));
    return lines;
  }

  /** The last line, if it has no line end. */
  end(): TextLine | undefined {
    return this.#heldBytes > 0 ? this.#line() : undefined;
  }

  /** Keeps bytes of the line at hand: all up to the longest, of a longer one no more than its beginning. */
  #hold(bytes: Uint8Array): void {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes <= this.#longest) {
      if (bytes.length > 0) this.#held.push(bytes);
    } else {
      this.#held = [Buffer.concat([...this.#held, bytes.subarray(0, keptOfCutLine)])];
      this.#held = this.#held.map((held) => held.slice(0, keptOfCutLine));
    }
  }

  #line(): TextLine {
    const [only = new Uint8Array(), ...more] = this.#held;
    const text = this.#decoder.decode(more.length === 0 ? only : Buffer.concat(this.#held));
    const cut = this.#heldBytes > this.#longest;
    const marked = this.#number === 1 ? text.replace(/^\uFEFF/, '') : text;
    const line = { number: this.#number, text: marked.replace(/\r$/, ''), cut };
    this.#held = [];
    this.#heldBytes = 0;
    this.#number++;
    return line;
  }
}
