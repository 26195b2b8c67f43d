/** Gives up on a download that stands still: its signal aborts after a time without a byte. */
export class IdleLimit {
  readonly #controller = new AbortController();
  readonly #timeLimit: number;
  #timer: NodeJS.Timeout;

  /** @param timeLimit milliseconds without a byte */
  constructor(timeLimit: number) {
    this.#timeLimit = timeLimit;
    this.#timer = this.#begin();
  }

  #begin(): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(), this.#timeLimit);
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

  /** Waits for something of our own, which is no silence of the server's: the time begins anew after it. */
  async without(wait: () => Promise<unknown>): Promise<void> {
    this.stop();
    await wait();
    this.#timer = this.#begin();
  }

  /** Ends the watch; a timer left behind would keep the process alive. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
