/** Gives up on a download that stands still: its signal aborts after a time without a byte. */
export class IdleLimit {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  /** @param timeLimit milliseconds without a byte */
  constructor(timeLimit: number) {
    this.#timer = setTimeout(() => this.#controller.abort(), timeLimit);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Passes the chunks of a body on; each begins the time anew. */
  async *watch(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      this.#timer.refresh();
      yield chunk;
    }
  }

  /** Ends the watch; a timer left behind would keep the process alive. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
