const [tab, lineFeed, carriageReturn, space, dash] = [0x09, 0x0a, 0x0d, 0x20, 0x2d];

/**
 * Rewrites lines whose values stand between tabs, or between several spaces, as AWS writes them: one space between values, none before
 * the first and after the last. Between two tabs without anything is a value, which is none (`-`).
 */
export async function* singleSpaced(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const lines = new SpacedLines();
  for await (const chunk of source) yield lines.push(chunk);
}

class SpacedLines {
  #isStart = true;
  /** What stood since the last value. */
  #gap: 'none' | 'space' | 'tab' = 'none';

  push(chunk: Uint8Array): Uint8Array {
    // Of a line's end behind a tab come three bytes, of any other fewer.
    const out = new Uint8Array(3 * chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (byte === carriageReturn) continue;
      if (byte === space) {
        if (this.#gap === 'none') this.#gap = 'space';
        continue;
      }
      const isEmptyValue = this.#gap === 'tab' && (byte === tab || byte === lineFeed);
      const isValue = byte !== tab && byte !== lineFeed;
      if ((isValue || isEmptyValue) && !this.#isStart && this.#gap !== 'none')
        out[length++] = space;
      if (isEmptyValue) out[length++] = dash;
      if (isValue || byte === lineFeed) out[length++] = byte;
      this.#isStart = byte === lineFeed || (this.#isStart && byte === tab);
      this.#gap = byte === tab && !this.#isStart ? 'tab' : 'none';
    }
    return out.subarray(0, length);
  }
}
