import { PathfareError } from '../../base/errors.js';

/** How much of AWS's price lists is read for one Region before it is given up: a mirror or a proxy may send without end. */
export interface FetchLimits {
  readonly pages: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Far above what AWS sends: some 30 pages, or 500 MB of files. */
export const defaultLimits: FetchLimits = {
  pages: 2000,
  bytes: 2_000_000_000,
  milliseconds: 600_000,
};

/** AWS's price list nests its objects seven deep in an answer of the API, and eight in an offer file. */
const deepestNesting = 64;

const kept = 'The rates you had are kept.';

/** What is left of the limits of one Region. */
export class Allowance {
  readonly #limits: FetchLimits;
  readonly #deadline: AbortSignal;
  #pages = 0;
  #bytes = 0;
  #refusal: PathfareError | undefined;

  constructor(limits: FetchLimits = defaultLimits) {
    this.#limits = limits;
    this.#deadline = AbortSignal.timeout(limits.milliseconds);
  }

  /** Aborted when the time is up. */
  get signal(): AbortSignal {
    return this.#deadline;
  }

  /** What `watch` threw: the AWS SDK gives its errors another text. */
  get refusal(): PathfareError | undefined {
    return this.#refusal;
  }

  /**
   * Counts a page of the API's answers.
   *
   * @throws PathfareError past the last one that is allowed
   */
  page(name: string): void {
    this.#pages += 1;
    if (this.#pages <= this.#limits.pages) return;
    throw refused(name, `still not at its end after ${this.#limits.pages} pages`);
  }

  /**
   * Counts bytes that came.
   *
   * @throws PathfareError past the last one that is allowed
   */
  bytes(name: string, count: number): void {
    this.#bytes += count;
    if (this.#bytes <= this.#limits.bytes) return;
    throw new PathfareError(
      'price-list-invalid',
      `${name}: more than ${this.#limits.bytes} bytes of price lists came for one Region`,
      { hint: `${kept} If AWS's list has grown so large, allow more with \`maxBytes\`.` },
    );
  }

  /**
   * Throws where the time is up; what aborts a request does not say why.
   *
   * @throws PathfareError after the last millisecond
   */
  checkTime(name: string): void {
    if (!this.#deadline.aborted) return;
    throw refused(
      name,
      `still not at its end after ${this.#limits.milliseconds / 60_000} minutes for one Region`,
    );
  }

  /** Passes the chunks of a JSON document on, as long as they are within the limits. */
  async *watch(
    name: string,
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const nesting = new Nesting();
    for await (const chunk of body) {
      try {
        this.checkTime(name);
        this.bytes(name, chunk.length);
        nesting.read(name, chunk);
      } catch (refusal) {
        if (refusal instanceof PathfareError) this.#refusal = refusal;
        throw refusal;
      }
      yield chunk;
    }
  }
}

/**
 * Refuses JSON that nests deeper than any price list: it is hostile, and parsers take time or stack for each level.
 *
 * @throws PathfareError at the first level that is too deep
 */
export function checkNesting(name: string, json: string): void {
  new Nesting().read(name, new TextEncoder().encode(json));
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = Buffer.from('"\\[]{}');

/** How deep a JSON document nests, read piece by piece. */
class Nesting {
  #depth = 0;
  #inString = false;
  #escaped = false;

  read(name: string, chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#inString) this.#readString(byte);
      else if (byte === quote) this.#inString = true;
      else if (byte === openBracket || byte === openBrace) this.#descend(name);
      else if (byte === closeBracket || byte === closeBrace) this.#depth -= 1;
    }
  }

  #readString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) this.#inString = false;
  }

  #descend(name: string): void {
    this.#depth += 1;
    if (this.#depth > deepestNesting) {
      throw refused(name, `it nests more than ${deepestNesting} levels deep`);
    }
  }
}

function refused(name: string, what: string): PathfareError {
  return new PathfareError('price-list-invalid', `${name}: ${what}`, {
    hint: `${kept} Try again; if it persists, the mirror or a proxy may change the answer.`,
  });
}
